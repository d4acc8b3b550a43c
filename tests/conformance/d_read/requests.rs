//! What a read asks of ECR.

use local_ecr::Rule;
use serde_json::json;

use crate::{
    engine::up,
    support::{ACCOUNT, Describe, Journal as _, REGION, World, quay},
};

#[tokio::test]
async fn d06_exactly_one_prefix() {
    let world = World::start().await;
    world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
    world.import("quay").await.unwrap().unwrap();
    world.get("quay", json!({})).await.unwrap().unwrap();
    let asked = json!({ "ecrRepositoryPrefixes": ["quay"] });
    assert_eq!(world.ecr.bodies(Describe), [asked.clone(), asked]);
}

/// So that a rule of another account is never taken for this one.
#[tokio::test]
async fn d06_in_the_account_that_the_state_knows() {
    let world = World::start().await;
    let (made, _) = up(&world, None, &quay()).await;
    world.refresh(&made).await.unwrap().unwrap();
    assert_eq!(world.ecr.bodies(Describe), [json!({ "ecrRepositoryPrefixes": ["quay"], "registryId": ACCOUNT })]);
}
