//! Rules that this process has deleted a moment ago, whose prefixes ECR may hold a while longer.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::prefix;

/// How long ECR may take to let go of a prefix. Nobody has reported that it does; a replacement must not fail if it does.
const LINGERS: Duration = Duration::from_secs(15);

/// When the rules were deleted, by region and prefix.
#[derive(Debug, Default)]
pub struct Deletions(Mutex<BTreeMap<(String, String), Instant>>);

impl Deletions {
    /// Notes that a rule has just been deleted.
    pub(super) fn note(&self, region: &str, prefix: &str) {
        let now = Instant::now();
        let mut deletions = self.lock();
        deletions.retain(|_, deleted| *deleted + LINGERS > now);
        deletions.insert(key(region, prefix), now);
    }

    /// Notes that there is a rule again.
    pub(super) fn forget(&self, region: &str, prefix: &str) {
        self.lock().remove(&key(region, prefix));
    }

    /// Until when ECR may take a deleted rule to exist. None where none was deleted.
    pub(super) fn linger_until(&self, region: &str, prefix: &str) -> Option<Instant> {
        self.lock().get(&key(region, prefix)).map(|deleted| *deleted + LINGERS)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<(String, String), Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(region: &str, prefix: &str) -> (String, String) {
    (region.to_owned(), prefix::canonical(prefix).unwrap_or(prefix).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_deleted_rule_lingers_for_a_while() {
        let deletions = Deletions::default();
        assert_eq!(deletions.linger_until("us-east-1", "quay"), None);
        deletions.note("us-east-1", "quay/");
        let until = deletions.linger_until("us-east-1", "quay");
        assert_eq!(until, Some(Instant::now() + LINGERS));
        assert_eq!(deletions.linger_until("eu-west-1", "quay"), None);
        deletions.forget("us-east-1", "quay");
        assert_eq!(deletions.linger_until("us-east-1", "quay"), None);
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_long_gone_is_forgotten() {
        let deletions = Deletions::default();
        deletions.note("us-east-1", "quay");
        tokio::time::advance(LINGERS).await;
        deletions.note("us-east-1", "other");
        assert_eq!(deletions.lock().len(), 1);
    }
}
