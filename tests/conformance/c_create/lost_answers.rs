//! Answers that were lost on the way: what ECR has done is found out, and no rule is made that no state knows of.

use std::time::{Duration, SystemTime};

use local_ecr::{Fault, Options, Rule};
use serde_json::json;
use tonic::{Code, Status};

use super::request::whole;
use crate::{
    settings::under_each,
    steady::{assert_steady, outputs},
    support::{
        Create, Describe, Journal as _, OTHER_CREDENTIAL, OTHER_ROLE, REGION, TYPE, World, assert_says, for_each, hub,
        prefixes, quay, rule,
    },
};

async fn with_attempts(max_retries: &str) -> World {
    World::with(Options::default(), json!({ "maxRetries": max_retries })).await
}

#[tokio::test]
async fn c18_the_rule_of_a_lost_answer_is_this_one() {
    for inputs in [quay(), whole()] {
        under_each(|world| {
            let inputs = inputs.clone();
            async move {
                world.ecr.push_fault(Fault::on(Create).commit_then_drop());
                let made = world.create(inputs.clone()).await.unwrap();
                assert_eq!(made.outputs, outputs(&world, &inputs));
                assert_eq!((world.ecr.count(Create), prefixes(&world.ecr).len()), (2, 1));
                assert_steady(&world, &made).await;
            }
        })
        .await;
    }
}

/// What lies in the registry is another rule than was asked for, and is left alone.
async fn is_not_ours(other: Rule) {
    let world = World::start().await;
    world.ecr.put_rule(REGION, other);
    let before = world.ecr.rules(REGION);
    world.ecr.push_fault(Fault::on(Create).drop_before());
    let status = world.create(whole()).await.unwrap_err();
    assert_eq!(status.code(), Code::AlreadyExists);
    assert_says(
        status.message(),
        &["PullThroughCacheRuleAlreadyExistsException", &format!("pulumi import {TYPE} rule hub")],
    );
    assert_eq!(world.ecr.rules(REGION), before);
}

/// The rule that was asked for, as somebody else made it.
fn twin() -> Rule {
    rule(&whole())
}

cases! { is_not_ours;
    c18_another_upstream(Rule { upstream_registry_url: "ghcr.io".to_owned(), ..twin() });
    c18_another_secret(Rule { credential_arn: Some(OTHER_CREDENTIAL.to_owned()), ..twin() });
    c18_no_secret(Rule { credential_arn: None, ..twin() });
    c18_another_role(Rule { custom_role_arn: Some(OTHER_ROLE.to_owned()), ..twin() });
    c18_no_role(Rule { custom_role_arn: None, ..twin() });
    c18_another_upstream_prefix(Rule { upstream_repository_prefix: Some("other".to_owned()), ..twin() });
    c18_no_upstream_prefix(Rule { upstream_repository_prefix: None, ..twin() });
}

/// What helps against the failure does not help here: another rule has the prefix.
#[tokio::test]
async fn c18_a_failure_of_ecr_and_a_rule_that_is_not_ours() {
    let world = with_attempts("1").await;
    world.ecr.put_rule(REGION, Rule::new("quay", "ghcr.io"));
    world.ecr.push_fault(Fault::on(Create).answer(500, "ServerException", "oops"));
    let status = world.create(quay()).await.unwrap_err();
    assert_eq!(status.code(), Code::AlreadyExists);
    assert_says(status.message(), &["ServerException: oops", &format!("pulumi import {TYPE} rule quay")]);
    assert!(!status.message().contains("again later"), "{status}");
}

/// An attempt that was carried out is followed by one that does not see the secret, and by one that sees the rule.
#[tokio::test]
async fn c18_a_lost_answer_is_remembered_while_a_secret_is_waited_for() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).commit_then_drop());
    world.ecr.push_fault(Fault::on(Create).answer(400, "SecretNotFoundException", "not yet"));
    assert_eq!(world.create(hub()).await.expect("the rule is this one").id, "hub");
    assert_eq!(world.ecr.count(Create), 3);
}

/// After the lost answer comes an error that no attempt mends.
#[tokio::test]
async fn c18_an_error_after_a_lost_answer_does_not_lose_the_rule() {
    for_each(["AccessDeniedException", "ExpiredTokenException", "LimitExceededException"], |code| async move {
        let world = World::start().await;
        world.ecr.push_fault(Fault::on(Create).commit_then_drop());
        world.ecr.push_fault(Fault::on(Create).answer(400, code, "no").always());
        assert_eq!(world.create(quay()).await.unwrap_or_else(|error| panic!("{code}: {error}")).id, "quay");
    })
    .await;
}

#[tokio::test]
async fn c18_a_lost_answer_to_the_last_attempt_does_not_lose_the_rule() {
    let world = with_attempts("1").await;
    world.ecr.push_fault(Fault::on(Create).commit_then_drop());
    assert_eq!(world.create(quay()).await.unwrap().id, "quay");
    assert_eq!((world.ecr.count(Create), world.ecr.count(Describe)), (1, 1));
}

/// ECR may say `ServerException` of what it has done all the same. When, by its clock, does not matter: that may be wrong, or ours.
#[tokio::test]
async fn c18_a_failure_of_ecr_may_have_made_the_rule() {
    let world = with_attempts("1").await;
    let created_at = SystemTime::now() - Duration::from_hours(1);
    world.ecr.put_rule(REGION, Rule { created_at, ..Rule::new("quay", "quay.io") });
    world.ecr.push_fault(Fault::on(Create).answer(500, "ServerException", "oops"));
    assert_eq!(world.create(quay()).await.unwrap().id, "quay");
}

#[tokio::test]
async fn c25_the_answer_of_a_create_is_all_that_is_needed() {
    under_each(|world| async move {
        world.ecr.push_fault(Fault::on(Describe).answer(400, "PullThroughCacheRuleNotFoundException", "no").always());
        let made = world.create(quay()).await.unwrap();
        assert_eq!((made.id.as_str(), &made.outputs), ("quay", &outputs(&world, &quay())));
        assert_eq!(world.ecr.journal().len(), 1, "nobody asks again what the answer has said");
    })
    .await;
}

/// ECR says that the rule exists, and does not show it yet.
#[tokio::test]
async fn c25_a_rule_that_is_not_shown_yet_is_waited_for() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).commit_then_drop());
    world.ecr.push_fault(Fault::on(Describe).answer(400, "PullThroughCacheRuleNotFoundException", "no").times(2));
    assert_eq!(world.create(quay()).await.unwrap().id, "quay");
    assert_eq!(world.ecr.count(Describe), 3);
}

#[tokio::test]
async fn c25_a_rule_that_is_never_shown_can_be_imported() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).commit_then_drop());
    world.ecr.push_fault(Fault::on(Describe).answer(400, "PullThroughCacheRuleNotFoundException", "no").always());
    let status = world.create(quay()).await.unwrap_err();
    assert_eq!(status.code(), Code::AlreadyExists);
    assert_says(status.message(), &["AlreadyExists", &format!("pulumi import {TYPE} rule quay")]);
}

#[tokio::test]
async fn c25_a_create_that_made_nothing_is_a_clear_failure() {
    let world = with_attempts("1").await;
    world.ecr.push_fault(Fault::on(Create).drop_before());
    let status = world.create(quay()).await.unwrap_err();
    assert_eq!(status.code(), Code::Unavailable, "the next `pulumi up` creates it");
    // The connection is gone, but the service may still be at it.
    assert_says(status.message(), &["no such rule is there now", &format!("pulumi import {TYPE} rule quay")]);
    world.create(quay()).await.unwrap();
}

/// Nothing tells whether the rule was made: the user is told so, and how to go on in either case.
async fn is_not_known(fault: Fault) {
    let world = with_attempts("1").await;
    world.ecr.push_fault(Fault::on(Create).commit_then_drop());
    world.ecr.push_fault(fault);
    let status = world.create(quay()).await.unwrap_err();
    assert_unknown(&status);
}

#[track_caller]
fn assert_unknown(status: &Status) {
    assert_eq!(status.code(), Code::Unknown);
    assert_says(status.message(), &["not known", &format!("pulumi import {TYPE} rule quay")]);
}

cases! { is_not_known;
    c25_the_look_is_lost_too(Fault::on(Describe).drop_before().always());
    c25_the_look_is_not_allowed(Fault::on(Describe).answer(400, "AccessDeniedException", "no").always());
    c25_the_look_takes_too_long(Fault::on(Describe).delay(Duration::from_mins(1)).always());
}
