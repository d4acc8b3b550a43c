//! The rules, per account and Region.

use std::collections::BTreeMap;

use crate::{Rule, SlashRules};

/// The rules of one registry: one account in one Region.
#[derive(Clone, Debug, Default)]
pub(crate) struct Registry {
    /// By their prefixes as they were given.
    rules: BTreeMap<String, Rule>,
}

impl Registry {
    pub(crate) fn get(&self, slashes: SlashRules, prefix: &str) -> Option<&Rule> {
        self.rules.get(&self.key(slashes, prefix)?)
    }

    pub(crate) fn get_mut(&mut self, slashes: SlashRules, prefix: &str) -> Option<&mut Rule> {
        self.rules.get_mut(&self.key(slashes, prefix)?)
    }

    /// Puts a rule in, in the place of one with the same prefix, which is given back.
    pub(crate) fn put(&mut self, slashes: SlashRules, rule: Rule) -> Option<Rule> {
        let earlier = self.remove(slashes, &rule.ecr_repository_prefix);
        self.rules.insert(rule.ecr_repository_prefix.clone(), rule);
        earlier
    }

    pub(crate) fn remove(&mut self, slashes: SlashRules, prefix: &str) -> Option<Rule> {
        self.rules.remove(&self.key(slashes, prefix)?)
    }

    pub(crate) fn len(&self) -> usize {
        self.rules.len()
    }

    /// The rules in the order of their prefixes.
    pub(crate) fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.values()
    }

    /// How the rule that a prefix names is spelled here. One that is spelled just so comes first.
    fn key(&self, slashes: SlashRules, prefix: &str) -> Option<String> {
        if self.rules.contains_key(prefix) {
            return Some(prefix.to_owned());
        }
        self.rules.keys().find(|key| slashes.same(key, prefix)).cloned()
    }
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
        let one = SlashRules::One;
        let mut registry = Registry::default();
        assert_eq!(registry.put(one, Rule::new("quay/", "quay.io")), None);
        assert!(registry.put(one, Rule::new("quay", "quay.io")).is_some());
        assert!(registry.get(one, "quay/").is_some());
        assert_eq!(registry.len(), 1);
        assert!(registry.remove(one, "quay/").is_some());
        assert_eq!(registry.len(), 0);
    }

    #[test]
    fn a_trailing_slash_names_another_rule_where_they_are_two() {
        let two = SlashRules::Two;
        let mut registry = Registry::default();
        assert_eq!(registry.put(two, Rule::new("quay/", "quay.io")), None);
        assert_eq!(registry.get(two, "quay"), None);
        assert_eq!(registry.put(two, Rule::new("quay", "ghcr.io")), None);
        assert_eq!(registry.remove(two, "quay/").map(|rule| rule.upstream_registry_url).as_deref(), Some("quay.io"));
        assert_eq!(registry.len(), 1);
    }

    #[test]
    fn accounts_and_regions_have_registries_of_their_own() {
        let mut registries = Registries::default();
        registries.of("111111111111", "us-east-1").put(SlashRules::One, Rule::new("quay", "quay.io"));
        assert_eq!(registries.of("111111111111", "us-east-2").len(), 0);
        assert_eq!(registries.of("222222222222", "us-east-1").len(), 0);
        assert_eq!(registries.get("111111111111", "us-east-1").map(Registry::len), Some(1));
    }
}
