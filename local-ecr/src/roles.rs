//! Which custom roles ECR has seen.

use std::collections::BTreeMap;

/// How many calls of ECR named each role. Every role exists: only that ECR sees a new one late is of interest here.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roles {
    calls: BTreeMap<String, u32>,
}

impl Roles {
    /// Whether ECR sees a role. Each call counts against the lag.
    pub(crate) fn sees(&mut self, arn: &str, lag: u32) -> bool {
        let calls = self.calls.entry(arn.to_owned()).or_default();
        *calls = calls.saturating_add(1);
        *calls > lag
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_role_is_seen_after_the_lag() {
        let mut roles = Roles::default();
        let seen: Vec<bool> = (0..4).map(|_| roles.sees("one", 2)).collect();
        assert_eq!(seen, [false, false, true, true]);
        assert!(!roles.sees("another", 2));
        assert!(roles.sees("a third", 0));
    }
}
