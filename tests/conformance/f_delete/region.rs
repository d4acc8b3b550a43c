//! Where a rule is deleted.

use local_ecr::{Options, Rule};
use serde_json::json;

use crate::{
    settings::under_each,
    support::{ACCOUNT, Delete, Journal as _, REGION, State, World, prefixes, quay, with},
};

#[tokio::test]
async fn f07_a_rule_is_deleted_in_its_own_region() {
    under_each(|world| async move {
        for region in [REGION, "eu-west-1"] {
            world.ecr.put_rule(region, Rule::new("quay", "quay.io"));
        }
        world.delete(&State::of(with(quay(), json!({ "region": "eu-west-1" })))).await.unwrap();
        assert_eq!(world.ecr.calls(Delete)[0].region, "eu-west-1");
        assert_eq!((world.ecr.rules("eu-west-1").len(), prefixes(&world.ecr).len()), (0, 1));
    })
    .await;
}

/// The provider has moved since; the rule has not.
#[tokio::test]
async fn f07_the_region_of_the_state_holds() {
    let world = World::with(Options::default(), json!({ "region": "eu-west-1" })).await;
    for region in [REGION, "eu-west-1"] {
        world.ecr.put_rule(region, Rule::new("quay", "quay.io"));
    }
    world.delete(&State::of(quay())).await.unwrap();
    assert_eq!((world.ecr.rules("eu-west-1").len(), prefixes(&world.ecr).len()), (1, 0));
}

#[tokio::test]
async fn f07_a_state_without_a_region_is_in_that_of_the_provider() {
    let world = World::with(Options::default(), json!({ "region": "eu-west-1" })).await;
    world.ecr.put_rule("eu-west-1", Rule::new("quay", "quay.io"));
    world.delete(&State::new(quay(), with(quay(), json!({ "registryId": ACCOUNT })))).await.unwrap();
    assert!(world.ecr.rules("eu-west-1").is_empty());
}
