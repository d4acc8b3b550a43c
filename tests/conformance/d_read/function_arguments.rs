//! The get-function: what it takes.

use local_ecr::Rule;
use serde_json::{Value, json};
use tonic::Code;

use crate::support::{FUNCTION, REGION, UNKNOWN, World, assert_says, secret};

async fn world() -> World {
    let world = World::start().await;
    world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
    world
}

/// The argument is named, with the reason, and nobody is asked.
async fn is_refused(arguments: Value, argument: &'static str, says: &'static str) {
    let world = world().await;
    let response = world.invoke_token(FUNCTION, arguments).await.unwrap();
    assert_eq!(response.r#return, None);
    assert_eq!(response.failures.len(), 1, "{:?}", response.failures);
    assert_eq!(response.failures[0].property, argument);
    assert_says(&response.failures[0].reason, &[says]);
    assert_eq!(world.ecr.journal().len(), 0);
}

cases! { is_refused;
    d19_no_prefix(json!({}), "ecrRepositoryPrefix", "required");
    d19_an_empty_prefix(json!({ "ecrRepositoryPrefix": "" }), "ecrRepositoryPrefix", "required");
    d31_a_prefix_that_is_none(json!({ "ecrRepositoryPrefix": "Bad" }), "ecrRepositoryPrefix", "position 1");
    d31_a_number(json!({ "ecrRepositoryPrefix": 7 }), "ecrRepositoryPrefix", "string");
    d31_a_region_that_is_none(json!({ "ecrRepositoryPrefix": "quay", "region": "nowhere" }), "region", "nowhere");
    d31_an_argument_that_is_none(
        json!({ "ecrRepositoryPrefix": "quay", "regoin": "x" }), "regoin", "did you mean `region`"
    );
}

#[tokio::test]
async fn d31_all_that_is_wrong_comes_in_one_answer() {
    let world = world().await;
    let arguments = json!({ "ecrRepositoryPrefix": "Bad", "region": "nowhere", "regoin": "x" });
    let failures = world.invoke_token(FUNCTION, arguments).await.unwrap().failures;
    let mut named = failures.into_iter().map(|failure| failure.property).collect::<Vec<_>>();
    named.sort();
    assert_eq!(named, ["ecrRepositoryPrefix", "region", "regoin"]);
}

#[tokio::test]
async fn d32_an_argument_that_is_not_known_yet_is_refused() {
    let world = world().await;
    let status = world.invoke(json!({ "ecrRepositoryPrefix": UNKNOWN })).await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
    assert_eq!(world.ecr.journal().len(), 0);
}

#[tokio::test]
async fn d32_the_engines_own_keys_are_passed_over() {
    let result = world().await.invoke(json!({ "ecrRepositoryPrefix": "quay", "__defaults": [] })).await.unwrap();
    assert_eq!(result["upstreamRegistryUrl"], "quay.io");
}

#[tokio::test]
async fn d30_a_secret_argument_is_in_no_error() {
    let world = world().await;
    let status = world.invoke(json!({ "ecrRepositoryPrefix": secret("hunter2") })).await.unwrap_err();
    assert_eq!(status.code(), Code::NotFound);
    assert!(!status.message().contains("hunter2"), "{status}");
    let bad = world.invoke_token(FUNCTION, json!({ "ecrRepositoryPrefix": secret("Hunter2") })).await.unwrap();
    assert!(!bad.failures[0].reason.contains("Hunter2"), "{:?}", bad.failures);
}
