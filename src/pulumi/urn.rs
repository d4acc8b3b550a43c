//! URNs: the engine's names for resources.

/// A resource's URN, `urn:pulumi:<stack>::<project>::<parent types$type>::<name>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Urn(String);

impl Urn {
    /// The URN as the engine sent it. Nothing is validated: the engine makes URNs, the plugin only shows them again.
    pub fn new(urn: impl Into<String>) -> Self {
        Self(urn.into())
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The resource's own type token, without those of its parents. Empty where the URN has none.
    pub fn resource_type(&self) -> &str {
        let qualified = self.0.split("::").nth(2).unwrap_or_default();
        qualified.rsplit('$').next().unwrap_or_default()
    }

    /// The name that the program gave the resource. Empty where the URN has none.
    pub fn name(&self) -> &str {
        // A name may hold "::" itself, so only the first three separators count.
        self.0.splitn(4, "::").nth(3).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Urn;

    #[test]
    fn type_and_name_are_found_behind_parents_and_odd_names() {
        let urn =
            Urn::new("urn:pulumi:dev::app::my:index:Caches$aws:ecr/pullThroughCacheRule:PullThroughCacheRule::a::b$c");
        assert_eq!(urn.resource_type(), "aws:ecr/pullThroughCacheRule:PullThroughCacheRule");
        assert_eq!(urn.name(), "a::b$c");
    }

    proptest! {
        #[test]
        fn what_a_urn_is_made_of_is_found_again(kind in "[a-z]{1,5}:[a-z]{1,5}(/[a-z]{1,5})?:[A-Z][a-z]{1,5}", name in ".{1,12}") {
            for parents in ["", "my:index:A$", "my:index:A$my:index:B$"] {
                let urn = Urn::new(format!("urn:pulumi:dev::app::{parents}{kind}::{name}"));
                prop_assert_eq!((urn.resource_type(), urn.name()), (kind.as_str(), name.as_str()));
            }
        }

        #[test]
        fn any_text_is_kept_as_it_is(text in ".{0,20}") {
            let urn = Urn::new(text.clone());
            prop_assert_eq!(urn.as_str(), text.as_str());
            prop_assert!(text.contains(urn.resource_type()) && text.contains(urn.name()));
        }
    }

    #[test]
    fn a_text_that_is_no_urn_has_neither() {
        for text in ["", "urn:pulumi:dev", "urn:pulumi:dev::app"] {
            assert_eq!(Urn::new(text).resource_type(), "");
            assert_eq!(Urn::new(text).name(), "");
        }
    }
}
