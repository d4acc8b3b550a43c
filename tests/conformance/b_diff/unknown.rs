//! New values that are not known yet: they count as changed, and may turn out the same.

use serde_json::{Value, json};

use super::between;
use crate::support::{CREDENTIAL, OTHER_UNKNOWNS, ROLE, UNKNOWN, secret};

/// The property counts as changed from the old value, whatever stands for the new one.
async fn counts_as(property: &str, old: Value, kind: &str) {
    for unknown in [json!(UNKNOWN), secret(UNKNOWN), json!(OTHER_UNKNOWNS[0])] {
        let diff = between(json!({ property: old }), json!({ property: unknown })).await;
        assert_eq!(super::kinds(&diff), [(property, kind)].into());
        // The prefix and the region may stay what they are, so the old rule may be in the way.
        assert!(diff.delete_before_replace);
    }
}

cases! { counts_as;
    b19_the_credential("credentialArn", CREDENTIAL.into(), "UPDATE");
    b19_a_first_credential("credentialArn", Value::Null, "ADD");
    b19_the_role("customRoleArn", ROLE.into(), "UPDATE");
    b19_the_upstream("upstreamRegistryUrl", "quay.io".into(), "UPDATE_REPLACE");
    b19_the_part_of_the_upstream("upstreamRepositoryPrefix", "team".into(), "UPDATE_REPLACE");
    b19_a_first_part_of_the_upstream("upstreamRepositoryPrefix", Value::Null, "ADD_REPLACE");
    b26_the_prefix("ecrRepositoryPrefix", "quay".into(), "UPDATE_REPLACE");
    b26_the_region("region", "us-east-1".into(), "UPDATE_REPLACE");
}
