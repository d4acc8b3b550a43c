//! Diff: what of a rule differs, and what that leads to.

use std::collections::BTreeMap;

use local_ecr::Options;
use pulumi_aws::pulumi::rpc::{DiffRequest, DiffResponse, diff_response::DiffChanges};
use serde_json::{Value, json};

use crate::support::{
    CREDENTIAL, OTHER_CREDENTIAL, OTHER_ROLE, ROLE, State, UNKNOWN, World, hub, output, quay, secret, to_struct, with,
};

/// A diff in short: the kind of each property's change, by name.
fn kinds(diff: &DiffResponse) -> BTreeMap<&str, &str> {
    diff.detailed_diff.iter().map(|(name, detail)| (name.as_str(), detail.kind().as_str_name())).collect()
}

/// What every answer has to be, whatever differs.
fn assert_consistent(diff: &DiffResponse) {
    assert!(diff.has_detailed_diff);
    let mut names = diff.diffs.clone();
    names.sort();
    assert_eq!(names, kinds(diff).into_keys().collect::<Vec<_>>(), "each property once, with a detail");
    let replacing = kinds(diff).into_iter().filter(|(_, kind)| kind.ends_with("_REPLACE")).map(|(name, _)| name);
    let mut replaces = diff.replaces.clone();
    replaces.sort();
    assert_eq!(replaces, replacing.collect::<Vec<_>>());
    let expected = if names.is_empty() { DiffChanges::DiffNone } else { DiffChanges::DiffSome };
    assert_eq!(diff.changes(), expected);
    if diff.replaces.is_empty() {
        assert_eq!(diff.stables, ["registryId"]);
    }
}

async fn diff(world: &World, old: Value, new: Value) -> DiffResponse {
    let diff = world.diff(&State::of(old), new).await;
    assert_consistent(&diff);
    diff
}

#[tokio::test]
async fn rules_that_mean_the_same_do_not_differ() {
    let world = World::start().await;
    let all = with(hub(), json!({ "customRoleArn": ROLE, "upstreamRepositoryPrefix": "team" }));
    for (one, other) in [
        (json!({}), json!({})),
        (all.clone(), all),
        (json!({ "credentialArn": "" }), json!({})),
        (json!({ "customRoleArn": "", "region": "" }), json!({})),
        (json!({ "upstreamRepositoryPrefix": "ROOT" }), json!({})),
        (json!({ "upstreamRepositoryPrefix": "ROOT" }), json!({ "upstreamRepositoryPrefix": "" })),
        (json!({ "upstreamRepositoryPrefix": "team/" }), json!({ "upstreamRepositoryPrefix": "team" })),
        (json!({ "ecrRepositoryPrefix": "quay/" }), json!({ "ecrRepositoryPrefix": "quay" })),
        (json!({ "region": "us-east-1" }), json!({})),
        (json!({ "credentialArn": secret(CREDENTIAL) }), json!({ "credentialArn": CREDENTIAL })),
        (json!({ "credentialArn": output(CREDENTIAL) }), json!({ "credentialArn": CREDENTIAL })),
        (json!({ "__defaults": [], "__meta": "x" }), json!({})),
    ] {
        for (old, new) in [(&one, &other), (&other, &one)] {
            let (old, new) = (with(quay(), old.clone()), with(quay(), new.clone()));
            let diff = diff(&world, old.clone(), new.clone()).await;
            assert_eq!(diff.changes(), DiffChanges::DiffNone, "{old} to {new}: {diff:?}");
        }
    }
}

#[tokio::test]
async fn nulls_in_a_state_are_nothing() {
    let world = World::start().await;
    let mut old = State::of(quay());
    for optional in ["credentialArn", "customRoleArn", "upstreamRepositoryPrefix", "region"] {
        old.inputs[optional] = Value::Null;
    }
    assert_eq!(world.diff(&old, quay()).await.changes(), DiffChanges::DiffNone);
}

#[tokio::test]
async fn each_change_has_its_kind() {
    let world = World::start().await;
    let credential = json!({ "credentialArn": CREDENTIAL });
    let role = json!({ "customRoleArn": ROLE });
    for (old, new, expected) in [
        (credential.clone(), json!({ "credentialArn": OTHER_CREDENTIAL }), vec![("credentialArn", "UPDATE")]),
        (json!({}), credential.clone(), vec![("credentialArn", "ADD")]),
        (role.clone(), json!({ "customRoleArn": OTHER_ROLE }), vec![("customRoleArn", "UPDATE")]),
        (json!({}), role.clone(), vec![("customRoleArn", "ADD")]),
        (
            with(credential.clone(), role.clone()),
            json!({ "credentialArn": OTHER_CREDENTIAL, "customRoleArn": OTHER_ROLE }),
            vec![("credentialArn", "UPDATE"), ("customRoleArn", "UPDATE")],
        ),
        (credential.clone(), json!({}), vec![("credentialArn", "DELETE_REPLACE")]),
        (credential.clone(), json!({ "credentialArn": "" }), vec![("credentialArn", "DELETE_REPLACE")]),
        (with(credential, role.clone()), role.clone(), vec![("credentialArn", "DELETE_REPLACE")]),
        (role, json!({}), vec![("customRoleArn", "DELETE_REPLACE")]),
        (
            json!({}),
            json!({ "upstreamRegistryUrl": "public.ecr.aws" }),
            vec![("upstreamRegistryUrl", "UPDATE_REPLACE")],
        ),
        (json!({}), json!({ "upstreamRepositoryPrefix": "team" }), vec![("upstreamRepositoryPrefix", "ADD_REPLACE")]),
        (
            json!({ "upstreamRepositoryPrefix": "ROOT" }),
            json!({ "upstreamRepositoryPrefix": "team" }),
            vec![("upstreamRepositoryPrefix", "ADD_REPLACE")],
        ),
        (
            json!({ "upstreamRepositoryPrefix": "team" }),
            json!({}),
            vec![("upstreamRepositoryPrefix", "DELETE_REPLACE")],
        ),
        (
            json!({ "upstreamRepositoryPrefix": "a1" }),
            json!({ "upstreamRepositoryPrefix": "b1" }),
            vec![("upstreamRepositoryPrefix", "UPDATE_REPLACE")],
        ),
    ] {
        let diff = diff(&world, with(quay(), old.clone()), with(quay(), new.clone())).await;
        assert_eq!(kinds(&diff), expected.into_iter().collect(), "{old} to {new}");
        assert!(diff.delete_before_replace, "one rule per prefix: {old} to {new}");
        assert!(diff.detailed_diff.values().all(|detail| detail.input_diff));
    }
}

#[tokio::test]
async fn a_new_prefix_or_region_is_created_first() {
    let world = World::start().await;
    for (new, property, kind) in [
        (json!({ "ecrRepositoryPrefix": "other" }), "ecrRepositoryPrefix", "UPDATE_REPLACE"),
        (json!({ "region": "eu-west-1" }), "region", "UPDATE_REPLACE"),
    ] {
        let diff = diff(&world, quay(), with(quay(), new)).await;
        assert_eq!(kinds(&diff), [(property, kind)].into());
        assert!(!diff.delete_before_replace, "{property}");
    }
    let both = json!({ "ecrRepositoryPrefix": "other", "upstreamRegistryUrl": "public.ecr.aws" });
    assert!(!diff(&world, quay(), with(quay(), both)).await.delete_before_replace);
}

#[tokio::test]
async fn a_prefix_that_may_turn_out_the_same_is_deleted_first() {
    let world = World::start().await;
    let diff = diff(&world, quay(), with(quay(), json!({ "ecrRepositoryPrefix": UNKNOWN }))).await;
    assert_eq!(kinds(&diff), [("ecrRepositoryPrefix", "UPDATE_REPLACE")].into());
    assert!(diff.delete_before_replace);
}

#[tokio::test]
async fn what_is_not_known_yet_counts_as_changed() {
    let world = World::start().await;
    for (property, old, kind) in [
        ("credentialArn", json!(CREDENTIAL), "UPDATE"),
        ("credentialArn", Value::Null, "ADD"),
        ("upstreamRegistryUrl", json!("quay.io"), "UPDATE_REPLACE"),
        ("upstreamRepositoryPrefix", Value::Null, "ADD_REPLACE"),
        ("region", json!("us-east-1"), "UPDATE_REPLACE"),
    ] {
        for unknown in [json!(UNKNOWN), secret(UNKNOWN)] {
            let (old, new) = (with(quay(), json!({ property: old })), with(quay(), json!({ property: unknown })));
            assert_eq!(kinds(&diff(&world, old, new).await), [(property, kind)].into());
        }
    }
}

#[tokio::test]
async fn outputs_that_no_program_sets_never_differ() {
    let world = World::start().await;
    let mut old = State::of(quay());
    for (name, value) in [
        ("registryId", json!("999999999999")),
        ("credentialArn", json!(CREDENTIAL)),
        ("upstreamRepositoryPrefix", json!("ROOT")),
        ("__pulumi_raw_state_delta", json!({ "obj": {} })),
        ("id", json!("something")),
    ] {
        old.outputs[name] = value;
    }
    assert_eq!(world.diff(&old, quay()).await.changes(), DiffChanges::DiffNone);
}

/// States as pulumi-aws 6.77, 7.5 and 7.48 write them.
#[tokio::test]
async fn states_of_pulumi_aws_are_left_alone() {
    let world = World::start().await;
    let v6_inputs = with(quay(), json!({ "__defaults": [] }));
    let v7_inputs = with(v6_inputs.clone(), json!({ "region": "us-east-1" }));
    let v6_outputs = with(quay(), json!({ "id": "quay", "registryId": "123456789012" }));
    let mut v6_empty = v6_outputs.clone();
    for optional in ["credentialArn", "customRoleArn", "upstreamRepositoryPrefix"] {
        v6_empty[optional] = "".into();
    }
    let v7_outputs =
        with(v6_empty.clone(), json!({ "region": "us-east-1", "__pulumi_raw_state_delta": { "obj": {} } }));
    for (inputs, outputs) in [
        (v6_inputs.clone(), v6_outputs),
        (v6_inputs.clone(), v6_empty),
        (v7_inputs.clone(), v7_outputs.clone()),
        (v6_inputs.clone(), v7_outputs),
    ] {
        let old = State::new(inputs, outputs);
        for news in [&v6_inputs, &v7_inputs, &quay()] {
            let diff = world.diff(&old, news.clone()).await;
            assert_eq!(diff.changes(), DiffChanges::DiffNone, "{old:?} to {news}: {diff:?}");
        }
    }
}

#[tokio::test]
async fn the_region_of_the_provider_is_that_of_its_rules() {
    let world = World::with(Options::default(), json!({ "region": "eu-west-1" })).await;
    // The rule was made in us-east-1, where the provider was then.
    let diff = world.diff(&State::of(quay()), quay()).await;
    assert_eq!(kinds(&diff), [("region", "UPDATE_REPLACE")].into());
    assert!(!diff.detailed_diff["region"].input_diff, "it is in no input");
    assert!(!diff.delete_before_replace);
    // A rule with a region of its own stays where it is.
    let own = with(quay(), json!({ "region": "us-east-1" }));
    assert_eq!(world.diff(&State::of(own.clone()), own.clone()).await.changes(), DiffChanges::DiffNone);
    // Without it, it would move to the provider's.
    assert_eq!(kinds(&world.diff(&State::of(own), quay()).await), [("region", "UPDATE_REPLACE")].into());
}

#[tokio::test]
async fn engines_that_send_no_old_inputs_are_served() {
    let world = World::start().await;
    for (new, expected) in [
        (quay(), DiffChanges::DiffNone),
        (with(quay(), json!({ "upstreamRegistryUrl": "public.ecr.aws" })), DiffChanges::DiffSome),
    ] {
        let request = DiffRequest {
            id: "quay".to_owned(),
            urn: world.urn.clone(),
            olds: Some(to_struct(State::of(quay()).outputs)),
            news: Some(to_struct(new)),
            ..DiffRequest::default()
        };
        let response = world.client().diff(request).await.unwrap().into_inner();
        assert_eq!(response.changes(), expected);
    }
}

#[tokio::test]
async fn a_request_without_anything_in_it_is_no_difference() {
    let world = World::start().await;
    let request = DiffRequest { urn: world.urn.clone(), ..DiffRequest::default() };
    assert_eq!(world.client().diff(request).await.unwrap().into_inner().changes(), DiffChanges::DiffNone);
}

#[tokio::test]
async fn diff_asks_nobody() {
    let world = World::start().await;
    diff(&world, quay(), hub()).await;
    assert_eq!((world.ecr.journal().len(), world.engine.messages()), (0, vec![]));
}
