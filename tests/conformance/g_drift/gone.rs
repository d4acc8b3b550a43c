//! A rule that somebody has deleted.

use local_ecr::{Fault, Rule, SlashRules};
use serde_json::json;
use tonic::Code;

use crate::{
    engine::{Done, assert_converged, refresh, up},
    settings::{slashes, under, under_each},
    support::{CREDENTIAL, Delete, Describe, Journal as _, REGION, Update, World, assert_says, quay, with},
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

/// Where the prefix has a slash, it is looked for without one too, and found by neither.
#[tokio::test]
async fn g16_a_rule_with_a_slash_that_is_gone() {
    under(slashes(), |world| async move {
        let program = with(quay(), json!({ "ecrRepositoryPrefix": "quay/" }));
        let (made, _) = up(&world, None, &program).await;
        assert!(world.ecr.remove_rule(REGION, "quay/"));
        assert_eq!(refresh(&world, &made).await, None);
        let news = with(program, json!({ "credentialArn": CREDENTIAL }));
        assert_eq!(world.update(&made, news).await.unwrap_err().code(), Code::NotFound);
        world.delete(&made).await.unwrap();
    })
    .await;
}

/// Where a slash makes another rule, that one is somebody else's.
#[tokio::test]
async fn g16_the_rule_without_the_slash_is_let_alone() {
    let two = slashes().into_iter().filter(|setting| setting.slash_rules == SlashRules::Two).collect();
    under(two, |world| async move {
        let program = with(quay(), json!({ "ecrRepositoryPrefix": "quay/" }));
        let (made, _) = up(&world, None, &program).await;
        let stranger = Rule::new("quay", "public.ecr.aws");
        world.ecr.put_rule(REGION, stranger.clone());
        world.ecr.remove_rule(REGION, "quay/");
        assert_eq!(refresh(&world, &made).await, None);
        let news = with(program, json!({ "credentialArn": CREDENTIAL }));
        assert_eq!(world.update(&made, news).await.unwrap_err().code(), Code::NotFound);
        world.delete(&made).await.unwrap();
        assert_eq!(world.ecr.rules(REGION), [stranger]);
    })
    .await;
}

/// What the look for the other spelling does not find out is no "gone".
#[tokio::test]
async fn g16_a_look_without_the_slash_that_is_not_allowed() {
    let world = World::start().await;
    let program = with(quay(), json!({ "ecrRepositoryPrefix": "quay/" }));
    let (made, _) = up(&world, None, &program).await;
    for operation in [Update, Delete] {
        let missing = Fault::on(operation).answer(400, "PullThroughCacheRuleNotFoundException", "no");
        world.ecr.push_fault(missing);
    }
    let refused = "not authorized to perform: ecr:DescribePullThroughCacheRules";
    world.ecr.push_fault(Fault::on(Describe).answer(400, "AccessDeniedException", refused).always());
    let news = with(program, json!({ "credentialArn": CREDENTIAL }));
    for status in [world.update(&made, news).await.unwrap_err(), world.delete(&made).await.unwrap_err()] {
        assert_eq!(status.code(), Code::PermissionDenied);
        let advice = "ecr:DescribePullThroughCacheRules for a prefix with a slash at its end";
        assert_says(status.message(), &["AccessDeniedException", refused, advice]);
    }
    assert_eq!(world.ecr.rules(REGION).len(), 1);
}
