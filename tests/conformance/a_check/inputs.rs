//! What becomes of inputs as a whole.

use serde_json::{Value, json};

use super::{assert_good, checked};
use crate::support::{Checked, Launch, Provider, ROLE, World, hub, quay, with};

cases! { assert_good;
    a39_the_least_comes_back_unchanged(quay());
    a39_all_of_it_comes_back_unchanged(
        with(hub(), json!({ "customRoleArn": ROLE, "upstreamRepositoryPrefix": "team", "region": "eu-west-1" })),
    );
    a39_what_is_empty_stays_empty(with(quay(), json!({ "credentialArn": "", "customRoleArn": "", "region": "" })));
    a37_what_a_bridged_provider_keeps_for_itself(with(quay(), json!({ "__defaults": [], "__meta": "{}" })));
}

#[tokio::test]
async fn a39_null_stays_null() {
    let mut inputs = quay();
    inputs["credentialArn"] = Value::Null;
    assert_good(inputs).await;
}

#[tokio::test]
async fn a33_all_mistakes_come_in_one_answer() {
    let inputs = json!({
        "ecrRepositoryPrefix": "Bad",
        "upstreamRegistryUrl": "docker.io",
        "credentialArn": "foo",
        "customRoleArn": "bar",
        "upstreamRepositoryPrefix": "-",
        "region": "nowhere",
        "registryId": "123456789012",
        "tag": "x",
    });
    let failed = checked(inputs.clone()).await.failures;
    assert_eq!(failed.keys().collect::<Vec<_>>(), inputs.as_object().unwrap().keys().collect::<Vec<_>>());
}

/// The engine sends none for a new rule, and other ones for a changed one.
#[tokio::test]
async fn a40_old_inputs_do_not_matter() {
    let plugin = Launch::new().start().await;
    let rule = Provider::new(plugin.connect().await);
    for olds in [json!({}), with(hub(), json!({ "__defaults": [], "region": "eu-west-1" })), json!({ "tag": 7 })] {
        assert_eq!(rule.check_against(olds, quay()).await, Checked { inputs: quay(), failures: [].into() });
    }
}

#[tokio::test]
async fn a37_old_defaults_do_not_come_back() {
    let plugin = Launch::new().start().await;
    let rule = Provider::new(plugin.connect().await);
    let olds = with(quay(), json!({ "__defaults": [] }));
    assert_eq!(rule.check_against(olds, quay()).await.inputs, quay());
}

#[tokio::test]
async fn a43_check_asks_nobody() {
    let world = World::with_account().await;
    let before = world.ecr.journal().len();
    world.check(hub()).await;
    assert_eq!((world.ecr.journal().len(), world.engine.messages()), (before, vec![]));
}

#[tokio::test]
async fn a43_the_same_inputs_have_the_same_answer() {
    let plugin = Launch::new().start().await;
    let rule = Provider::new(plugin.connect().await);
    let inputs = with(hub(), json!({ "ecrRepositoryPrefix": "Bad", "tags": {} }));
    let first = rule.check(inputs.clone()).await;
    assert_eq!(first.failures.len(), 2);
    assert_eq!(rule.check(inputs).await, first);
}
