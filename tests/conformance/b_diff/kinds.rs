//! How an answer tells of a change, for display and for `replaceOnChanges`.

use serde_json::{Value, json};

use super::between;
use crate::support::{CREDENTIAL, OTHER_CREDENTIAL};

/// The one change, by its Pulumi name and kind in every part of the answer.
async fn is_told(old: Value, new: Value, property: &str, kind: &str) {
    let diff = between(old, new).await;
    let replaces = kind.ends_with("_REPLACE").then_some(property).into_iter().collect::<Vec<_>>();
    assert_eq!(diff.diffs, [property]);
    assert_eq!(diff.replaces, replaces);
    let detail = diff.detailed_diff[property];
    assert_eq!((detail.kind().as_str_name(), detail.input_diff, diff.detailed_diff.len()), (kind, true, 1));
    assert!(diff.has_detailed_diff);
}

cases! { is_told;
    b23_add(json!({}), json!({ "credentialArn": CREDENTIAL }), "credentialArn", "ADD");
    b23_update(
        json!({ "credentialArn": CREDENTIAL }),
        json!({ "credentialArn": OTHER_CREDENTIAL }),
        "credentialArn",
        "UPDATE",
    );
    b23_add_replace(json!({}), json!({ "upstreamRepositoryPrefix": "team" }), "upstreamRepositoryPrefix", "ADD_REPLACE");
    b23_update_replace(json!({}), json!({ "upstreamRegistryUrl": "ghcr.io" }), "upstreamRegistryUrl", "UPDATE_REPLACE");
    b23_delete_replace(json!({ "credentialArn": CREDENTIAL }), json!({}), "credentialArn", "DELETE_REPLACE");
    b23_a_region(json!({}), json!({ "region": "eu-west-1" }), "region", "UPDATE_REPLACE");
}

#[tokio::test]
async fn b23_the_account_stays_known_through_an_update_only() {
    let update = between(json!({}), json!({ "credentialArn": CREDENTIAL })).await;
    assert_eq!(update.stables, ["registryId"]);
    let replacement = between(json!({}), json!({ "upstreamRegistryUrl": "ghcr.io" })).await;
    assert_eq!(replacement.stables, [""; 0]);
}
