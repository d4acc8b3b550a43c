//! What is tried again.

use local_ecr::Fault;
use serde_json::json;

use crate::support::{Create, Delete, Describe, Journal as _, OTHER_CREDENTIAL, Update, World, hub, with};

#[tokio::test]
async fn every_operation_is_tried_again() {
    let world = World::start().await;
    for operation in [Create, Describe, Update, Delete] {
        world.ecr.push_fault(Fault::on(operation).answer(500, "ServerException", "later"));
    }
    let made = world.create(hub()).await.unwrap();
    world.refresh(&made).await.unwrap().unwrap();
    world.update(&made, with(hub(), json!({ "credentialArn": OTHER_CREDENTIAL }))).await.unwrap();
    world.delete(&made).await.unwrap();
    for operation in [Create, Describe, Update, Delete] {
        assert_eq!(world.ecr.count(operation), 2, "{operation:?}");
    }
}
