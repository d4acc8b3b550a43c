//! Switches for what nobody outside AWS knows about ECR.

use std::collections::VecDeque;

use crate::{Fault, Refusals};

/// What ECR may turn out to do where its documentation is silent, and the faults that a test asks for.
///
/// The default is the likeliest real behaviour, without faults.
#[derive(Clone, Debug, Default)]
pub struct Behaviour {
    /// What answers say for an `upstreamRepositoryPrefix` that was not set.
    pub root_echo: RootEcho,
    /// What answers do with a trailing slash of a prefix.
    pub slash_echo: SlashEcho,
    /// Whether a prefix with a trailing slash and the one without name the same rule.
    pub slash_rules: SlashRules,
    /// What an Update does with an ARN that is an empty text.
    pub empty_arn: EmptyArn,
    /// How many calls of ECR that name a new secret fail with `SecretNotFoundException` before the secret is seen.
    ///
    /// New is a secret that was created or added after the start, or, with [`Secrets::Any`](crate::Secrets::Any), one that no
    /// call named before. The lag is counted against the value at the time of the call.
    pub secret_lag: u32,
    /// How many calls of ECR that name a new custom role fail, as [`Refusals::unseen_role`] says, before the role is seen. New is one
    /// that no call named before.
    pub role_lag: u32,
    /// The codes of what is refused.
    pub refusals: Refusals,
    /// The most rules that one page holds, whatever the call asks for. `None` is what ECR does: as many as the call asks for (1 to
    /// 1000), or 100.
    pub page_size: Option<usize>,
    /// Scripted faults. Each call takes the first one that applies to it.
    pub faults: VecDeque<Fault>,
}

/// What ECR answers for an `upstreamRepositoryPrefix` that was not set: its documentation says that it "will use the ROOT".
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum RootEcho {
    /// The field is absent. Terraform's acceptance tests pass only if this is so.
    #[default]
    Absent,
    /// The field is `ROOT`.
    Root,
}

/// What ECR answers for a prefix that was given with a trailing slash.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum SlashEcho {
    /// The prefix as it was given.
    #[default]
    Keep,
    /// The prefix without its trailing slash.
    Strip,
}

/// Whether `x` and `x/` are one rule or two.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum SlashRules {
    /// They are the same rule: ECR matches repositories with both alike.
    #[default]
    One,
    /// Each is a rule of its own.
    Two,
}

/// What an Update does with an ARN that is `""`.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum EmptyArn {
    /// It is refused. For a credential the model says so, which wants 50 characters; for a role it says nothing.
    #[default]
    Refused,
    /// The rule has none from then on.
    Clears,
}

impl RootEcho {
    /// The upstream prefix that an answer shows for a rule's.
    pub(crate) fn show(self, prefix: Option<&str>) -> Option<&str> {
        match (prefix, self) {
            (None, Self::Root) => Some("ROOT"),
            (prefix, _) => prefix,
        }
    }
}

impl SlashRules {
    /// Whether two prefixes name the same rule.
    pub(crate) fn same(self, one: &str, other: &str) -> bool {
        match self {
            Self::One => SlashEcho::Strip.show(one) == SlashEcho::Strip.show(other),
            Self::Two => one == other,
        }
    }
}

impl SlashEcho {
    /// The prefix that an answer shows for a rule's.
    pub(crate) fn show(self, prefix: &str) -> &str {
        match self {
            Self::Keep => prefix,
            Self::Strip => prefix.strip_suffix('/').unwrap_or(prefix),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unset_upstream_prefix_is_absent_or_root() {
        assert_eq!(RootEcho::Absent.show(None), None);
        assert_eq!(RootEcho::Root.show(None), Some("ROOT"));
        assert_eq!(RootEcho::Root.show(Some("team")), Some("team"));
    }

    #[test]
    fn a_trailing_slash_is_kept_or_stripped() {
        assert_eq!(SlashEcho::Keep.show("quay/"), "quay/");
        assert_eq!(SlashEcho::Strip.show("quay/"), "quay");
        assert_eq!(SlashEcho::Strip.show("a/b"), "a/b");
    }

    #[test]
    fn a_trailing_slash_makes_another_rule_or_not() {
        for (one, other) in [("quay", "quay/"), ("quay/", "quay")] {
            assert!(SlashRules::One.same(one, other));
            assert!(!SlashRules::Two.same(one, other));
        }
        assert!(!SlashRules::One.same("a/b", "a"));
    }
}
