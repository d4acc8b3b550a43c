//! What is not known yet, because another resource will only tell it.

use serde_json::json;

use super::assert_good;
use crate::support::{OTHER_UNKNOWNS, UNKNOWN, hub, quay, secret, unknown_output, with};

/// Each property by itself may be unknown, and nothing is said of the others for it.
async fn passes(property: &str) {
    for unknown in OTHER_UNKNOWNS.into_iter().chain([UNKNOWN]) {
        assert_good(with(hub(), json!({ property: unknown }))).await;
        assert_good(with(hub(), json!({ property: secret(unknown) }))).await;
    }
    assert_good(with(hub(), json!({ property: unknown_output() }))).await;
}

cases! { passes;
    a16_the_prefix("ecrRepositoryPrefix");
    a16_the_upstream("upstreamRegistryUrl");
    a16_the_credential("credentialArn");
    a16_the_role("customRoleArn");
    a16_the_upstream_prefix("upstreamRepositoryPrefix");
    a16_the_region("region");
}

#[tokio::test]
async fn a16_everything() {
    assert_good(json!({
        "ecrRepositoryPrefix": UNKNOWN,
        "upstreamRegistryUrl": UNKNOWN,
        "credentialArn": secret(UNKNOWN),
        "customRoleArn": UNKNOWN,
        "upstreamRepositoryPrefix": UNKNOWN,
        "region": UNKNOWN,
    }))
    .await;
}

#[tokio::test]
async fn a16_an_unknown_upstream_may_be_one_that_needs_no_credential() {
    assert_good(with(quay(), json!({ "upstreamRegistryUrl": UNKNOWN }))).await;
}
