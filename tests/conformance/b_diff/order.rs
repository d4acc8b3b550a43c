//! Which of two rules goes first, should the engine replace one: it takes this from every answer.

use pulumi_aws::pulumi::rpc::diff_response::DiffChanges;
use serde_json::{Value, json};

use super::between;
use crate::support::{CREDENTIAL, OTHER_CREDENTIAL};

/// The rule keeps its place, so a replacement that the user forces (`replaceOnChanges`) has to delete first.
async fn deletes_first(old: Value, new: Value, changes: DiffChanges) {
    let diff = between(old, new).await;
    assert_eq!((diff.changes(), diff.replaces.len(), diff.delete_before_replace), (changes, 0, true));
}

cases! { deletes_first;
    b27_an_update(
        json!({ "credentialArn": CREDENTIAL }),
        json!({ "credentialArn": OTHER_CREDENTIAL }),
        DiffChanges::DiffSome,
    );
    b27_no_change(json!({}), json!({}), DiffChanges::DiffNone);
    b27_another_spelling(json!({ "ecrRepositoryPrefix": "quay/" }), json!({}), DiffChanges::DiffNone);
}
