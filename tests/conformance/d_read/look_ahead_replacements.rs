//! What a preview warns of where a rule takes the place of another.

use local_ecr::Rule;
use serde_json::json;

use super::crowd;
use crate::{
    settings::under_each,
    support::{REGION, State, quay, with},
};

#[tokio::test]
async fn d41_the_rule_that_is_replaced_is_in_nobodys_way() {
    under_each(|world| async move {
        world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
        crowd(&world, 49);
        let news = with(quay(), json!({ "upstreamRegistryUrl": "public.ecr.aws" }));
        assert!(world.diff(&State::of(quay()), news.clone()).await.delete_before_replace);
        world.preview(news).await.unwrap();
        assert_eq!(world.engine.messages(), []);
    })
    .await;
}

/// A new prefix is created before the old one is deleted, so that for a moment both are there.
#[tokio::test]
async fn d41_a_replacement_that_creates_first_needs_room_too() {
    under_each(|world| async move {
        world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
        crowd(&world, 49);
        let news = with(quay(), json!({ "ecrRepositoryPrefix": "other" }));
        assert!(!world.diff(&State::of(quay()), news.clone()).await.delete_before_replace);
        world.preview(news).await.unwrap();
        assert_eq!(world.warnings().len(), 1, "the update fails with LimitExceededException");
    })
    .await;
}

#[tokio::test]
async fn d41_a_rule_that_moves_to_a_region_where_its_prefix_is_taken() {
    under_each(|world| async move {
        for region in [REGION, "eu-west-1"] {
            world.ecr.put_rule(region, Rule::new("quay", "quay.io"));
        }
        let news = with(quay(), json!({ "region": "eu-west-1" }));
        world.diff(&State::of(quay()), news.clone()).await;
        world.preview(news).await.unwrap();
        assert_eq!(world.warnings().len(), 1, "the rule in eu-west-1 is not the one that is replaced");
    })
    .await;
}
