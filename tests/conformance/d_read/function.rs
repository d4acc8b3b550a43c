//! The get-function: what it tells of a rule.

use local_ecr::{RootEcho, Rule};
use serde_json::{Value, json};
use tonic::Code;

use crate::{
    settings::{slashes, under, under_each},
    support::{ACCOUNT, CREDENTIAL, Describe, Journal as _, REGION, ROLE, World, assert_says, secret},
};

/// SDKs type every result as a text that is there.
#[tokio::test]
async fn d16_every_result_is_a_text() {
    under_each(|world| async move {
        world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
        let upstream_prefix = if world.ecr.behaviour().root_echo == RootEcho::Root { "ROOT" } else { "" };
        let expected = json!({
            "id": "quay",
            "ecrRepositoryPrefix": "quay",
            "upstreamRegistryUrl": "quay.io",
            "credentialArn": "",
            "customRoleArn": "",
            "upstreamRepositoryPrefix": upstream_prefix,
            "registryId": ACCOUNT,
            "region": REGION,
        });
        assert_eq!(world.invoke(json!({ "ecrRepositoryPrefix": "quay" })).await.unwrap(), expected);
        assert_eq!(world.ecr.bodies(Describe), [json!({ "ecrRepositoryPrefixes": ["quay"] })]);
    })
    .await;
}

#[tokio::test]
async fn d17_a_rule_that_there_is_not_is_an_error() {
    under_each(|world| async move {
        let status = world.invoke(json!({ "ecrRepositoryPrefix": "other" })).await.unwrap_err();
        assert_eq!(status.code(), Code::NotFound);
        assert_says(status.message(), &["reading ECR Pull Through Cache Rule (other): couldn't find resource", REGION]);
    })
    .await;
}

/// The prefix is found as it is given, also where it is one that pulumi-aws refuses.
async fn is_found(prefix: &'static str) {
    under(slashes(), |world| async move {
        world.ecr.put_rule(REGION, Rule::new(prefix, "quay.io"));
        let result = world.invoke(json!({ "ecrRepositoryPrefix": prefix })).await.unwrap();
        assert_eq!((&result["id"], &result["upstreamRegistryUrl"]), (&json!(prefix), &json!("quay.io")));
    })
    .await;
}

cases! { is_found;
    d18_root("ROOT");
    d18_a_slash_at_the_end("quay/");
    d18_several_parts("team/quay");
    d18_two_dashes("team--quay");
}

/// A rule of another region with all that a rule can have.
async fn there() -> World {
    let world = World::start().await;
    let rule = Rule {
        credential_arn: Some(CREDENTIAL.to_owned()),
        custom_role_arn: Some(ROLE.to_owned()),
        upstream_repository_prefix: Some("team".to_owned()),
        ..Rule::new("hub", "registry-1.docker.io")
    };
    world.ecr.put_rule("eu-west-1", rule);
    world
}

#[tokio::test]
async fn d20_the_region_that_is_asked_for() {
    let world = there().await;
    let result = world.invoke(json!({ "ecrRepositoryPrefix": "hub", "region": "eu-west-1" })).await.unwrap();
    assert_eq!(result["region"], "eu-west-1");
    assert_eq!(world.ecr.calls(Describe)[0].region, "eu-west-1");
    assert_eq!(world.invoke(json!({ "ecrRepositoryPrefix": "hub" })).await.unwrap_err().code(), Code::NotFound);
}

#[tokio::test]
async fn d21_no_result_is_a_secret() {
    let result = there().await.invoke(json!({ "ecrRepositoryPrefix": "hub", "region": "eu-west-1" })).await.unwrap();
    for (name, value) in [("credentialArn", CREDENTIAL), ("customRoleArn", ROLE), ("upstreamRepositoryPrefix", "team")]
    {
        assert_eq!(result[name], value, "{name}");
    }
    assert!(result.as_object().unwrap().values().all(Value::is_string));
}

/// Which result tells of it cannot be said.
#[tokio::test]
async fn d30_a_secret_argument_makes_every_result_a_secret() {
    let world = World::start().await;
    world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
    let result = world.invoke(json!({ "ecrRepositoryPrefix": secret("quay") })).await.unwrap();
    let expected = json!({
        "id": secret("quay"),
        "ecrRepositoryPrefix": secret("quay"),
        "upstreamRegistryUrl": secret("quay.io"),
        "credentialArn": secret(""),
        "customRoleArn": secret(""),
        "upstreamRepositoryPrefix": secret(""),
        "registryId": secret(ACCOUNT),
        "region": secret(REGION),
    });
    assert_eq!(result, expected);
}
