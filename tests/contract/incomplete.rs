//! Requests that no engine sends, or that only a preview may hold: nothing of them reaches AWS.

use local_ecr::Rule;
use pulumi_aws::pulumi::rpc::{CreateRequest, DeleteRequest, UpdateRequest};
use serde_json::json;
use tonic::Code;

use crate::support::{REGION, State, UNKNOWN, World, hub, prefixes, quay, secret, with};

#[tokio::test]
async fn what_cannot_be_created_is_not_sent() {
    let world = World::start().await;
    for inputs in [
        json!({}),
        json!({ "ecrRepositoryPrefix": "quay" }),
        json!({ "upstreamRegistryUrl": "quay.io" }),
        with(quay(), json!({ "credentialArn": UNKNOWN })),
        with(quay(), json!({ "credentialArn": secret(UNKNOWN) })),
    ] {
        assert_eq!(world.create(inputs).await.unwrap_err().code(), Code::InvalidArgument);
    }
    let request = CreateRequest { urn: world.urn.clone(), ..CreateRequest::default() };
    assert_eq!(world.client().create(request).await.unwrap_err().code(), Code::InvalidArgument);
    assert_eq!(world.ecr.journal().len(), 0);
}

#[tokio::test]
async fn what_cannot_be_updated_is_not_sent() {
    let world = World::start().await;
    let new = with(hub(), json!({ "credentialArn": UNKNOWN }));
    assert_eq!(world.update(&State::of(hub()), new).await.unwrap_err().code(), Code::InvalidArgument);
    let request = UpdateRequest { id: "hub".to_owned(), urn: world.urn.clone(), ..UpdateRequest::default() };
    assert_eq!(world.client().update(request).await.unwrap_err().code(), Code::InvalidArgument);
    assert_eq!(world.ecr.journal().len(), 0);
}

#[tokio::test]
async fn a_request_without_an_id_deletes_nothing() {
    let world = World::start().await;
    world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
    let request = DeleteRequest { urn: world.urn.clone(), ..DeleteRequest::default() };
    assert_eq!(world.client().delete(request).await.unwrap_err().code(), Code::InvalidArgument);
    assert_eq!(prefixes(&world.ecr), ["quay"]);
}
