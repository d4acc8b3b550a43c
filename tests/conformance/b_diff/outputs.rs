//! Outputs that no program sets.

use serde_json::{Value, json};

use super::kinds;
use crate::support::{CREDENTIAL, ROLE, State, World, quay};

/// An output is in the state and not in the program: that is no difference.
async fn is_no_difference(name: &str, value: Value) {
    let mut old = State::of(quay());
    old.outputs[name] = value;
    let diff = World::start().await.diff(&old, quay()).await;
    super::assert_consistent(&diff);
    assert_eq!(kinds(&diff), [].into());
}

cases! { is_no_difference;
    b20_the_account("registryId", "999999999999".into());
    b20_no_account("registryId", Value::Null);
    b20_the_id("id", "something".into());
    b20_a_credential("credentialArn", CREDENTIAL.into());
    b20_a_role("customRoleArn", ROLE.into());
    b20_root_upstream("upstreamRepositoryPrefix", "ROOT".into());
    b20_the_deltas_of_a_bridged_provider("__pulumi_raw_state_delta", json!({ "obj": {} }));
    b20_a_property_of_the_future("createdAt", "2026-01-01".into());
}
