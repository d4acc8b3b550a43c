//! A provider that works in another region than before.

use local_ecr::Options;
use serde_json::json;

use super::{diff, kinds};
use crate::support::{State, World, quay, with};

/// The rule was made in us-east-1, where the provider was then.
async fn moved() -> World {
    World::with(Options::default(), json!({ "region": "eu-west-1" })).await
}

#[tokio::test]
async fn b25_a_rule_without_a_region_of_its_own_moves_with_the_provider() {
    let diff = moved().await.diff(&State::of(quay()), quay()).await;
    super::assert_consistent(&diff);
    assert_eq!(kinds(&diff), [("region", "UPDATE_REPLACE")].into());
    assert!(!diff.detailed_diff["region"].input_diff, "it is in no input");
    assert!(!diff.delete_before_replace);
}

#[tokio::test]
async fn b25_a_rule_with_a_region_of_its_own_stays() {
    let world = moved().await;
    let own = with(quay(), json!({ "region": "us-east-1" }));
    assert_eq!(kinds(&diff(&world, &State::of(own.clone()), own.clone()).await), [].into());
    // The same where the program names it only now.
    assert_eq!(kinds(&diff(&world, &State::of(quay()), own).await), [].into());
}

#[tokio::test]
async fn b25_a_rule_whose_region_is_no_longer_named_moves_to_the_provider() {
    let own = State::of(with(quay(), json!({ "region": "us-east-1" })));
    let diff = diff(&moved().await, &own, quay()).await;
    assert_eq!(kinds(&diff), [("region", "UPDATE_REPLACE")].into());
    assert!(diff.detailed_diff["region"].input_diff, "it was in the old inputs");
}
