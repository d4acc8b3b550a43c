//! Delete: of the rule in the state, and of nothing else.

use local_ecr::{Fault, Options, Rule};
use pulumi_aws::pulumi::rpc::DeleteRequest;
use serde_json::json;
use tonic::Code;

use crate::support::{
    ACCOUNT, Create, Delete, Journal as _, REGION, State, World, assert_says, hub, prefixes, quay, with,
};

#[tokio::test]
async fn the_prefix_and_the_account_are_sent() {
    let world = World::start().await;
    let made = world.create(quay()).await.unwrap();
    world.delete(&made).await.unwrap();
    assert_eq!(world.ecr.bodies(Delete), [json!({ "ecrRepositoryPrefix": "quay", "registryId": ACCOUNT })]);
    assert_eq!(prefixes(&world.ecr), [""; 0]);
}

#[tokio::test]
async fn an_account_that_is_not_known_is_not_sent() {
    for outputs in [json!({}), json!({ "registryId": "" }), with(quay(), json!({ "id": "quay" }))] {
        let world = World::start().await;
        world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
        world.delete(&State::new(quay(), outputs)).await.unwrap();
        assert_eq!(world.ecr.bodies(Delete), [json!({ "ecrRepositoryPrefix": "quay" })]);
    }
}

#[tokio::test]
async fn what_is_gone_is_deleted() {
    let world = World::start().await;
    world.delete(&State::of(quay())).await.unwrap();
    assert_eq!(world.ecr.count(Delete), 1);
}

#[tokio::test]
async fn the_rule_is_deleted_where_it_is() {
    let world = World::start().await;
    for region in [REGION, "eu-west-1"] {
        world.ecr.put_rule(region, Rule::new("quay", "quay.io"));
    }
    world.delete(&State::of(with(quay(), json!({ "region": "eu-west-1" })))).await.unwrap();
    assert_eq!((world.ecr.rules("eu-west-1").len(), world.ecr.rules(REGION).len()), (0, 1));
}

#[tokio::test]
async fn a_state_without_a_region_is_in_that_of_the_provider() {
    let world = World::with(Options::default(), json!({ "region": "eu-west-1" })).await;
    world.ecr.put_rule("eu-west-1", Rule::new("quay", "quay.io"));
    world.delete(&State::new(quay(), with(quay(), json!({ "registryId": ACCOUNT })))).await.unwrap();
    assert!(world.ecr.rules("eu-west-1").is_empty());
}

#[tokio::test]
async fn errors_keep_the_resource() {
    for (code, grpc) in
        [("AccessDeniedException", Code::PermissionDenied), ("InvalidParameterException", Code::InvalidArgument)]
    {
        let world = World::start().await;
        let made = world.create(quay()).await.unwrap();
        world.ecr.push_fault(Fault::on(Delete).answer(400, code, "no"));
        let status = world.delete(&made).await.unwrap_err();
        assert_eq!(status.code(), grpc);
        assert_says(status.message(), &["deleting ECR Pull Through Cache Rule (quay)", code]);
        assert_eq!(prefixes(&world.ecr), ["quay"]);
    }
}

#[tokio::test]
async fn a_replacement_can_follow_at_once() {
    let world = World::start().await;
    let made = world.create(hub()).await.unwrap();
    world.delete(&made).await.unwrap();
    world.create(with(hub(), json!({ "upstreamRegistryUrl": "ghcr.io" }))).await.unwrap();
    assert_eq!((world.ecr.count(Create), world.ecr.rules(REGION).len()), (2, 1));
}

#[tokio::test]
async fn a_request_without_an_id_deletes_nothing() {
    let world = World::start().await;
    world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
    let request = DeleteRequest { urn: world.urn.clone(), ..DeleteRequest::default() };
    assert_eq!(world.client().delete(request).await.unwrap_err().code(), Code::InvalidArgument);
    assert_eq!(prefixes(&world.ecr), ["quay"]);
}
