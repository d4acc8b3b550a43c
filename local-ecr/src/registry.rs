//! The rules, per account and Region.

use std::collections::BTreeMap;

use crate::Rule;

/// The rules of one registry: one account in one Region.
///
/// A prefix with a trailing slash names the same rule as without, since ECR matches repositories with both alike.
#[derive(Clone, Debug, Default)]
pub(crate) struct Registry {
    rules: BTreeMap<String, Rule>,
}

impl Registry {
    pub(crate) fn get(&self, prefix: &str) -> Option<&Rule> {
        self.rules.get(key(prefix))
    }

    pub(crate) fn get_mut(&mut self, prefix: &str) -> Option<&mut Rule> {
        self.rules.get_mut(key(prefix))
    }

    /// Puts a rule in, in the place of one with the same prefix, which is given back.
    pub(crate) fn put(&mut self, rule: Rule) -> Option<Rule> {
        self.rules.insert(key(&rule.ecr_repository_prefix).to_owned(), rule)
    }

    pub(crate) fn remove(&mut self, prefix: &str) -> Option<Rule> {
        self.rules.remove(key(prefix))
    }

    pub(crate) fn len(&self) -> usize {
        self.rules.len()
    }

    /// The rules in the order of their prefixes.
    pub(crate) fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.values()
    }
}

/// What names a rule: its prefix without the trailing slash. The order of pages is that of these keys.
pub(crate) fn key(prefix: &str) -> &str {
    prefix.strip_suffix('/').unwrap_or(prefix)
}

/// All registries, by account and Region.
#[derive(Clone, Debug, Default)]
pub(crate) struct Registries {
    by_place: BTreeMap<(String, String), Registry>,
}

impl Registries {
    pub(crate) fn get(&self, account: &str, region: &str) -> Option<&Registry> {
        self.by_place.get(&(account.to_owned(), region.to_owned()))
    }

    /// The registry of a place, which is there from the first use on.
    pub(crate) fn of(&mut self, account: &str, region: &str) -> &mut Registry {
        self.by_place.entry((account.to_owned(), region.to_owned())).or_default()
    }

    /// Every registry with its account and Region.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str, &Registry)> {
        self.by_place.iter().map(|((account, region), registry)| (account.as_str(), region.as_str(), registry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trailing_slash_names_the_same_rule() {
        let mut registry = Registry::default();
        assert_eq!(registry.put(Rule::new("quay/", "quay.io")), None);
        assert!(registry.put(Rule::new("quay", "quay.io")).is_some());
        assert!(registry.get("quay/").is_some());
        assert_eq!(registry.len(), 1);
        assert!(registry.remove("quay/").is_some());
        assert_eq!(registry.len(), 0);
    }

    #[test]
    fn accounts_and_regions_have_registries_of_their_own() {
        let mut registries = Registries::default();
        registries.of("111111111111", "us-east-1").put(Rule::new("quay", "quay.io"));
        assert_eq!(registries.of("111111111111", "us-east-2").len(), 0);
        assert_eq!(registries.of("222222222222", "us-east-1").len(), 0);
        assert_eq!(registries.get("111111111111", "us-east-1").map(Registry::len), Some(1));
    }
}
