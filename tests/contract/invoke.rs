//! The function `getPullThroughCacheRule`.

use local_ecr::Rule;
use serde_json::json;
use tonic::Code;

use crate::support::{
    ACCOUNT, CREDENTIAL, Describe, FUNCTION, Journal as _, REGION, ROLE, UNKNOWN, World, assert_says, secret,
};

async fn world() -> World {
    let world = World::start().await;
    world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
    world
}

#[tokio::test]
async fn every_result_is_a_string() {
    let world = world().await;
    let expected = json!({
        "id": "quay",
        "ecrRepositoryPrefix": "quay",
        "upstreamRegistryUrl": "quay.io",
        "credentialArn": "",
        "customRoleArn": "",
        "upstreamRepositoryPrefix": "",
        "registryId": ACCOUNT,
        "region": REGION,
    });
    assert_eq!(world.invoke(json!({ "ecrRepositoryPrefix": "quay" })).await.unwrap(), expected);
    assert_eq!(world.ecr.bodies(Describe), [json!({ "ecrRepositoryPrefixes": ["quay"] })]);
}

#[tokio::test]
async fn all_that_a_rule_has_is_told() {
    let world = world().await;
    let rule = Rule {
        credential_arn: Some(CREDENTIAL.to_owned()),
        custom_role_arn: Some(ROLE.to_owned()),
        upstream_repository_prefix: Some("team".to_owned()),
        ..Rule::new("ROOT", "quay.io")
    };
    world.ecr.put_rule("eu-west-1", rule);
    let result = world.invoke(json!({ "ecrRepositoryPrefix": "ROOT", "region": "eu-west-1" })).await.unwrap();
    for (name, value) in [
        ("credentialArn", CREDENTIAL),
        ("customRoleArn", ROLE),
        ("upstreamRepositoryPrefix", "team"),
        ("region", "eu-west-1"),
        ("id", "ROOT"),
    ] {
        assert_eq!(result[name], value, "{name} is told, and is no secret");
    }
}

#[tokio::test]
async fn a_missing_rule_is_an_error() {
    let world = world().await;
    let status = world.invoke(json!({ "ecrRepositoryPrefix": "other" })).await.unwrap_err();
    assert_eq!(status.code(), Code::NotFound);
    assert_says(status.message(), &["reading ECR Pull Through Cache Rule (other): couldn't find resource", REGION]);
}

#[tokio::test]
async fn bad_arguments_are_named() {
    let world = world().await;
    for (arguments, property, says) in [
        (json!({}), "ecrRepositoryPrefix", "required"),
        (json!({ "ecrRepositoryPrefix": "" }), "ecrRepositoryPrefix", "required"),
        (json!({ "ecrRepositoryPrefix": "Bad" }), "ecrRepositoryPrefix", "position 1"),
        (json!({ "ecrRepositoryPrefix": 7 }), "ecrRepositoryPrefix", "string"),
        (json!({ "ecrRepositoryPrefix": "quay", "region": "nowhere" }), "region", "nowhere"),
        (json!({ "ecrRepositoryPrefix": "quay", "regoin": "x" }), "regoin", "did you mean `region`"),
    ] {
        let response = world.invoke_token(FUNCTION, arguments).await.unwrap();
        assert_eq!(response.r#return, None);
        assert_eq!(response.failures.len(), 1, "{:?}", response.failures);
        assert_eq!(response.failures[0].property, property);
        assert_says(&response.failures[0].reason, &[says]);
    }
    assert_eq!(world.ecr.journal().len(), 0);
}

#[tokio::test]
async fn a_secret_argument_makes_every_result_secret() {
    let world = world().await;
    let result = world.invoke(json!({ "ecrRepositoryPrefix": secret("quay") })).await.unwrap();
    assert_eq!(result["upstreamRegistryUrl"], secret("quay.io"));
    assert_eq!(result["registryId"], secret(ACCOUNT));
}

#[tokio::test]
async fn an_argument_that_is_not_known_is_refused() {
    let world = world().await;
    let status = world.invoke(json!({ "ecrRepositoryPrefix": UNKNOWN })).await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
    assert_eq!(world.ecr.journal().len(), 0);
}

#[tokio::test]
async fn the_engines_own_keys_are_passed_over() {
    world().await.invoke(json!({ "ecrRepositoryPrefix": "quay", "__defaults": [] })).await.unwrap();
}

#[tokio::test]
async fn a_secret_value_is_in_no_error() {
    let world = world().await;
    let status = world.invoke(json!({ "ecrRepositoryPrefix": secret("hunter2") })).await.unwrap_err();
    assert_eq!(status.code(), Code::NotFound);
    assert!(!status.message().contains("hunter2"), "{status}");
    let bad = world.invoke_token(FUNCTION, json!({ "ecrRepositoryPrefix": secret("Hunter2") })).await.unwrap();
    assert!(!bad.failures[0].reason.contains("Hunter2"), "{:?}", bad.failures);
}
