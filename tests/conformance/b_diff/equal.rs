//! Rules that mean the same.

use serde_json::{Value, json};

use super::{diff, kinds, same};
use crate::support::{CREDENTIAL, ROLE, State, World, output, quay, secret};

cases! { same;
    b01_the_least(json!({}), json!({}));
    b01_all_of_it(
        json!({ "credentialArn": CREDENTIAL, "customRoleArn": ROLE, "upstreamRepositoryPrefix": "team" }),
        json!({ "credentialArn": CREDENTIAL, "customRoleArn": ROLE, "upstreamRepositoryPrefix": "team" }),
    );
    b09_root_and_no_upstream_prefix(json!({ "upstreamRepositoryPrefix": "ROOT" }), json!({}));
    b09_root_and_an_empty_upstream_prefix(
        json!({ "upstreamRepositoryPrefix": "ROOT" }),
        json!({ "upstreamRepositoryPrefix": "" }),
    );
    b14_an_empty_credential(json!({ "credentialArn": "" }), json!({}));
    b14_an_empty_role(json!({ "customRoleArn": "" }), json!({}));
    b14_an_empty_upstream_prefix(json!({ "upstreamRepositoryPrefix": "" }), json!({}));
    b14_an_empty_region(json!({ "region": "" }), json!({}));
    b14_a_secret_with_nothing_in_it(json!({ "credentialArn": secret("") }), json!({}));
    b15_a_slash_at_the_end_of_the_prefix(json!({ "ecrRepositoryPrefix": "quay/" }), json!({}));
    b15_a_slash_at_the_end_of_the_upstreams_prefix(
        json!({ "upstreamRepositoryPrefix": "team/" }),
        json!({ "upstreamRepositoryPrefix": "team" }),
    );
    b21_a_secret(json!({ "credentialArn": secret(CREDENTIAL) }), json!({ "credentialArn": CREDENTIAL }));
    b21_an_output(json!({ "credentialArn": output(CREDENTIAL) }), json!({ "credentialArn": CREDENTIAL }));
    b21_a_secret_upstream(json!({ "upstreamRegistryUrl": secret("quay.io") }), json!({}));
    b20_what_a_bridged_provider_keeps_for_itself(json!({ "__defaults": [], "__meta": "x" }), json!({}));
}

#[tokio::test]
async fn b14_nulls_in_a_state_and_in_a_program() {
    let world = World::start().await;
    let mut nulls = quay();
    for optional in ["credentialArn", "customRoleArn", "upstreamRepositoryPrefix", "region"] {
        nulls[optional] = Value::Null;
    }
    for (old, new) in [(nulls.clone(), quay()), (quay(), nulls.clone()), (nulls.clone(), nulls)] {
        let old = State { inputs: old, ..State::of(quay()) };
        assert_eq!(kinds(&diff(&world, &old, new).await), [].into());
    }
}

#[tokio::test]
async fn b14_empty_outputs_of_an_old_state() {
    let world = World::start().await;
    let mut old = State::of(quay());
    for optional in ["credentialArn", "customRoleArn", "upstreamRepositoryPrefix"] {
        old.outputs[optional] = "".into();
    }
    assert_eq!(kinds(&diff(&world, &old, quay()).await), [].into());
}

#[tokio::test]
async fn b28_diff_asks_nobody() {
    let world = World::start().await;
    diff(&world, &State::of(quay()), crate::support::hub()).await;
    assert_eq!((world.ecr.journal().len(), world.engine.messages()), (0, vec![]));
}
