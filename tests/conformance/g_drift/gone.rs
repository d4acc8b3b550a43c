//! A rule that somebody has deleted.

use serde_json::json;

use crate::{
    engine::{Done, assert_converged, refresh, up},
    settings::under_each,
    support::{Delete, Journal as _, REGION, quay, with},
};

#[tokio::test]
async fn g01_a_rule_that_is_gone_is_dropped_and_made_again() {
    under_each(|world| async move {
        let (made, _) = up(&world, None, &quay()).await;
        assert!(world.ecr.remove_rule(REGION, "quay"));
        assert_eq!(refresh(&world, &made).await, None);
        let (again, done) = up(&world, None, &quay()).await;
        assert_eq!(done, Done::Created);
        assert_converged(&world, &again, &quay()).await;
    })
    .await;
}

/// Between the refresh and the `up` somebody may do the same.
#[tokio::test]
async fn g01_what_is_gone_already_is_replaced_all_the_same() {
    under_each(|world| async move {
        let (made, _) = up(&world, None, &quay()).await;
        world.ecr.remove_rule(REGION, "quay");
        let news = with(quay(), json!({ "upstreamRegistryUrl": "public.ecr.aws" }));
        let (replaced, done) = up(&world, Some(&made), &news).await;
        assert_eq!((done, world.ecr.count(Delete)), (Done::DeletedAndCreated, 1));
        assert_converged(&world, &replaced, &news).await;
    })
    .await;
}
