//! The role that ECR reads another registry with.

use local_ecr::Behaviour;
use serde_json::json;

use crate::{
    settings::{codes, lags, under},
    steady::assert_steady,
    support::{Create, Journal as _, REGION, ROLE, World, assert_says, prefixes, quay, with},
};

const ELSEWHERE: &str = "999999999999.dkr.ecr.us-east-1.amazonaws.com";

/// Which error it gives is not known, so that none is waited for; the next `pulumi up` makes the rule.
#[tokio::test]
async fn c27_a_new_role_that_is_refused_is_an_error() {
    under(lags(), |world| async move {
        let code = world.ecr.behaviour().refusals.unseen_role.code();
        let inputs = with(quay(), json!({ "upstreamRegistryUrl": ELSEWHERE, "customRoleArn": ROLE }));
        let status = world.create(inputs.clone()).await.unwrap_err();
        let says = [code, "request id", REGION, "customRoleArn", "pullthroughcache.ecr.amazonaws.com", "pulumi up"];
        assert_says(status.message(), &says);
        assert_eq!((world.ecr.count(Create), prefixes(&world.ecr).len()), (1, 0));
        let made = world.create(inputs).await.unwrap();
        assert_steady(&world, &made).await;
    })
    .await;
}

#[tokio::test]
async fn c22_ecr_of_another_account_needs_a_role() {
    under(codes(), |world| async move {
        let code = world.ecr.behaviour().refusals.missing_role.code();
        let status = world.create(with(quay(), json!({ "upstreamRegistryUrl": ELSEWHERE }))).await.unwrap_err();
        let says = [code, "Specify a valid custom role ARN", "request id", REGION, "set `customRoleArn`"];
        assert_says(status.message(), &says);
        assert_eq!((world.ecr.count(Create), prefixes(&world.ecr).len()), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn c22_ecr_of_the_own_account_is_told_nothing_of_a_role() {
    let world = World::with_account().await;
    world.ecr.set_behaviour(codes().remove(0));
    let own = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
    let status = world.create(with(quay(), json!({ "upstreamRegistryUrl": own }))).await.unwrap_err();
    assert!(!status.message().contains("customRoleArn"), "{status}");
}

/// The documentation speaks of other regions and accounts only: whether ECR takes its own registry is for ECR to say.
#[tokio::test]
async fn c38_the_registry_of_the_rule_itself() {
    let settings = [Behaviour::default()].into_iter().chain(codes()).collect();
    under(settings, |world| async move {
        let own = json!({ "upstreamRegistryUrl": "123456789012.dkr.ecr.us-east-1.amazonaws.com" });
        let made = world.create(with(quay(), own)).await;
        assert_eq!(world.ecr.count(Create), 1);
        match (world.ecr.behaviour().refusals.own_registry, made) {
            (None, made) => assert_steady(&world, &made.unwrap()).await,
            (Some(refusal), made) => {
                let says = [refusal.code(), "is the registry of the rule", "request id"];
                assert_says(made.unwrap_err().message(), &says);
            }
        }
    })
    .await;
}
