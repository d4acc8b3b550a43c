//! The upstream's prefix, beside the rule's own.

use serde_json::{Value, json};

use super::{assert_good, passes, reason};
use crate::support::{UNKNOWN, assert_says, secret};

fn root(upstream: impl Into<Value>) -> Value {
    json!({
        "ecrRepositoryPrefix": "ROOT",
        "upstreamRegistryUrl": "quay.io",
        "upstreamRepositoryPrefix": upstream.into(),
    })
}

async fn root_passes(upstream: impl Into<Value>) {
    assert_good(root(upstream)).await;
}

#[tokio::test]
async fn a26_an_empty_upstream_prefix() {
    passes("upstreamRepositoryPrefix", "").await;
}

cases! { root_passes;
    a27_root_for_root("ROOT");
    a27_root_for_nothing("");
    a27_root_for_null(Value::Null);
    a27_root_for_what_is_not_known_yet(UNKNOWN);
}

#[tokio::test]
async fn a28_root_for_a_part_of_the_upstream() {
    let reason = reason(root("team"), "upstreamRepositoryPrefix").await;
    assert_says(&reason, &["is `team`", "a rule for `ROOT`", "leave it out", "`ecrRepositoryPrefix` of its own"]);
}

#[tokio::test]
async fn a28_root_for_a_secret_part_of_the_upstream() {
    let reason = reason(root(secret("team")), "upstreamRepositoryPrefix").await;
    assert!(!reason.contains("team") && reason.contains("[secret]"), "{reason}");
}
