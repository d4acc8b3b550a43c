//! `ignoreChanges`: the engine puts old inputs in the place of the new ones, and asks Check, Diff and Update about the result.

use pulumi_aws::pulumi::rpc::{DiffRequest, UpdateRequest};
use serde_json::{Value, json};

use super::{assert_consistent, kinds};
use crate::support::{
    CREDENTIAL, Journal as _, OTHER_CREDENTIAL, OTHER_ROLE, REGION, ROLE, State, Update, World, from_struct, hub, quay,
    to_struct, with,
};

/// The new inputs that an engine sends: the program's, where ignored ones are what they were.
fn sent(program: &Value, old: &State, ignored: &[&str]) -> Value {
    let kept = ignored.iter().map(|name| ((*name).to_owned(), old.inputs[name].clone())).collect();
    with(program.clone(), Value::Object(kept))
}

fn names(ignored: &[&str]) -> Vec<String> {
    ignored.iter().map(|name| (*name).to_owned()).collect()
}

/// A changed program differs by some properties from the rule where others are ignored.
async fn differs(old: Value, program: Value, ignored: &[&str], changes: &[(&str, &str)]) {
    let world = World::start().await;
    let old = State::of(old);
    let checked = world.check_against(old.inputs.clone(), sent(&program, &old, ignored)).await;
    assert_eq!(checked.failures, [].into());
    let request = DiffRequest {
        id: old.id.clone(),
        urn: world.urn.clone(),
        olds: Some(to_struct(old.outputs.clone())),
        old_inputs: Some(to_struct(old.inputs.clone())),
        news: Some(to_struct(checked.inputs)),
        ignore_changes: names(ignored),
        ..DiffRequest::default()
    };
    let diff = world.client().diff(request).await.unwrap().into_inner();
    assert_consistent(&diff);
    assert_eq!(kinds(&diff), changes.iter().copied().collect());
}

cases! { differs;
    b22_another_prefix(quay(), with(quay(), json!({ "ecrRepositoryPrefix": "other" })), &["ecrRepositoryPrefix"], &[]);
    b22_another_upstream(quay(), with(quay(), json!({ "upstreamRegistryUrl": "ghcr.io" })), &["upstreamRegistryUrl"], &[]);
    b22_another_credential(hub(), with(hub(), json!({ "credentialArn": OTHER_CREDENTIAL })), &["credentialArn"], &[]);
    b22_a_credential_that_is_removed(hub(), with(hub(), json!({ "credentialArn": null })), &["credentialArn"], &[]);
    b22_a_credential_that_is_added(quay(), with(quay(), json!({ "credentialArn": CREDENTIAL })), &["credentialArn"], &[]);
    b22_another_region(quay(), with(quay(), json!({ "region": "eu-west-1" })), &["region"], &[]);
    b22_a_computed_property(quay(), quay(), &["registryId"], &[]);
    b22_only_what_is_named(
        with(hub(), json!({ "customRoleArn": ROLE })),
        with(hub(), json!({ "credentialArn": OTHER_CREDENTIAL, "customRoleArn": OTHER_ROLE })),
        &["credentialArn"],
        &[("customRoleArn", "UPDATE")],
    );
    b22_a_removed_credential_beside_another_upstream(
        hub(),
        json!({ "ecrRepositoryPrefix": "hub", "upstreamRegistryUrl": "quay.io" }),
        &["credentialArn"],
        &[("upstreamRegistryUrl", "UPDATE_REPLACE")],
    );
}

/// Updates as an engine does, and gives the new outputs.
async fn update(world: &World, old: &State, program: &Value, ignored: &[&str]) -> Value {
    let request = UpdateRequest {
        id: old.id.clone(),
        urn: world.urn.clone(),
        olds: Some(to_struct(old.outputs.clone())),
        old_inputs: Some(to_struct(old.inputs.clone())),
        news: Some(to_struct(sent(program, old, ignored))),
        ignore_changes: names(ignored),
        ..UpdateRequest::default()
    };
    from_struct(world.client().update(request).await.unwrap().into_inner().properties.unwrap())
}

#[tokio::test]
async fn b22_an_update_sends_the_old_value_of_what_is_ignored() {
    let world = World::start().await;
    let made = world.create(with(hub(), json!({ "customRoleArn": ROLE }))).await.unwrap();
    let program = with(hub(), json!({ "credentialArn": OTHER_CREDENTIAL, "customRoleArn": OTHER_ROLE }));
    let outputs = update(&world, &made, &program, &["credentialArn"]).await;
    assert_eq!((&outputs["credentialArn"], &outputs["customRoleArn"]), (&json!(CREDENTIAL), &json!(OTHER_ROLE)));
    let rule = &world.ecr.rules(REGION)[0];
    assert_eq!((rule.credential_arn.as_deref(), rule.custom_role_arn.as_deref()), (Some(CREDENTIAL), Some(OTHER_ROLE)));
}

#[tokio::test]
async fn b22_an_update_of_nothing_but_what_is_ignored_sends_nothing() {
    let world = World::start().await;
    let made = world.create(hub()).await.unwrap();
    let outputs =
        update(&world, &made, &with(hub(), json!({ "credentialArn": OTHER_CREDENTIAL })), &["credentialArn"]).await;
    assert_eq!((outputs, world.ecr.count(Update)), (made.outputs, 0));
}

/// A credential that somebody sets outside, while the program looks away.
#[tokio::test]
async fn b22_drift_of_what_is_ignored_stays() {
    let world = World::start().await;
    let made = world.create(hub()).await.unwrap();
    let mut rule = world.ecr.rules(REGION).remove(0);
    rule.credential_arn = Some(OTHER_CREDENTIAL.to_owned());
    world.ecr.put_rule(REGION, rule);
    let refreshed = world.refresh(&made).await.unwrap().unwrap();
    let news = sent(&hub(), &refreshed, &["credentialArn"]);
    assert_eq!(kinds(&super::diff(&world, &refreshed, news).await), [].into());
    assert_eq!(kinds(&super::diff(&world, &refreshed, hub()).await), [("credentialArn", "UPDATE")].into());
}
