//! Programs with many rules.

use serde_json::json;

use crate::support::{REGION, World, quay, with};

#[tokio::test]
async fn c34_a_registry_is_filled_at_once() {
    let world = World::start().await;
    let creates = (0..50).map(|number| {
        let rule = world.named(&format!("rule-{number}"));
        tokio::spawn(async move {
            rule.create(with(quay(), json!({ "ecrRepositoryPrefix": format!("quay-{number}") }))).await
        })
    });
    for create in creates.collect::<Vec<_>>() {
        create.await.unwrap().unwrap();
    }
    assert_eq!(world.ecr.rules(REGION).len(), 50);
}
