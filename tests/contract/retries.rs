//! What is tried again, and what comes of a lost answer.

use local_ecr::{Fault, Options, Rule};
use serde_json::json;
use tonic::Code;

use crate::support::{
    Create, Delete, Describe, Journal as _, OTHER_CREDENTIAL, REGION, State, TYPE, Update, World, assert_says,
    for_each, hub, prefixes, quay, with,
};

#[tokio::test]
async fn throttling_and_failures_of_the_service_are_tried_again() {
    let cases = [
        (400, "ThrottlingException"),
        (429, "TooManyRequestsException"),
        (500, "ServerException"),
        (503, "ServiceUnavailable"),
    ];
    for_each(cases, |(status, code)| async move {
        let world = World::start().await;
        world.ecr.push_fault(Fault::on(Create).answer(status, code, "later").times(2));
        world.create(quay()).await.unwrap_or_else(|error| panic!("{code}: {error}"));
        assert_eq!(world.ecr.count(Create), 3, "{code}");
    })
    .await;
}

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

#[tokio::test]
async fn the_number_of_attempts_is_configurable() {
    for (max_retries, attempts) in [("1", 1), ("2", 2), ("0", 1)] {
        let world = World::with(Options::default(), json!({ "maxRetries": max_retries })).await;
        world.ecr.push_fault(Fault::on(Create).answer(400, "ThrottlingException", "later").always());
        let status = world.create(quay()).await.unwrap_err();
        assert_eq!(status.code(), Code::ResourceExhausted);
        assert_eq!(world.ecr.count(Create), attempts, "maxRetries {max_retries}");
    }
}

#[tokio::test]
async fn an_ecr_that_is_not_there_is_given_up_soon() {
    let world = World::with(Options::default(), json!({ "endpoints": "[{\"ecr\":\"http://127.0.0.1:1\"}]" })).await;
    let begin = std::time::Instant::now();
    let status = world.create(quay()).await.unwrap_err();
    assert_eq!(status.code(), Code::Unavailable);
    assert_says(status.message(), &["quay", "aws:endpoints"]);
    assert!(begin.elapsed() < std::time::Duration::from_secs(10));
}

#[tokio::test]
async fn a_lost_answer_is_recognised() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).commit_then_drop());
    let made = world.create(hub()).await.unwrap();
    assert_eq!((made.id.as_str(), prefixes(&world.ecr)), ("hub", vec!["hub".to_owned()]));
    assert_eq!(made.outputs["registryId"], "123456789012");
    assert_eq!(made.outputs, State::of(hub()).outputs);
}

#[tokio::test]
async fn a_dropped_connection_is_tried_again() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).drop_before());
    world.create(quay()).await.unwrap();
    assert_eq!(world.ecr.count(Create), 2);
}

#[tokio::test]
async fn another_rule_than_was_asked_for_is_not_taken_for_a_lost_answer() {
    let others = [
        Rule::new("quay", "public.ecr.aws"),
        Rule { upstream_repository_prefix: Some("team".to_owned()), ..Rule::new("quay", "quay.io") },
        Rule { credential_arn: Some(OTHER_CREDENTIAL.to_owned()), ..Rule::new("quay", "quay.io") },
    ];
    for_each(others, |other| async move {
        let world = World::start().await;
        world.ecr.put_rule(REGION, other);
        world.ecr.push_fault(Fault::on(Create).drop_before());
        let status = world.create(quay()).await.unwrap_err();
        assert_eq!(status.code(), Code::AlreadyExists);
        assert_says(status.message(), &["pulumi import"]);
    })
    .await;
}

/// Throttled is not carried out: the rule was there before.
#[tokio::test]
async fn an_existing_rule_is_not_adopted_because_of_throttling() {
    for_each(["ThrottlingException", "TooManyRequestsException"], |code| async move {
        let world = World::start().await;
        world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
        world.ecr.push_fault(Fault::on(Create).answer(400, code, "later"));
        assert_eq!(world.create(quay()).await.unwrap_err().code(), Code::AlreadyExists, "{code}");
    })
    .await;
}

#[tokio::test]
async fn a_create_that_fails_for_good_after_a_lost_answer_has_made_the_rule() {
    let world = World::with(Options::default(), json!({ "maxRetries": "1" })).await;
    world.ecr.push_fault(Fault::on(Create).commit_then_drop());
    assert_eq!(world.create(quay()).await.unwrap().id, "quay");
    assert_eq!((world.ecr.count(Create), world.ecr.count(Describe)), (1, 1));
}

#[tokio::test]
async fn a_create_that_fails_for_good_and_made_nothing_is_a_clear_failure() {
    let world = World::with(Options::default(), json!({ "maxRetries": "1" })).await;
    world.ecr.push_fault(Fault::on(Create).drop_before());
    assert_eq!(world.create(quay()).await.unwrap_err().code(), Code::Unavailable);
}

#[tokio::test]
async fn what_nobody_can_know_is_said_to_be_unknown() {
    let world = World::with(Options::default(), json!({ "maxRetries": "1" })).await;
    world.ecr.push_fault(Fault::on(Create).commit_then_drop());
    world.ecr.push_fault(Fault::on(Describe).drop_before().always());
    let status = world.create(quay()).await.unwrap_err();
    assert_eq!(status.code(), Code::Unknown);
    assert_says(status.message(), &["not known", &format!("pulumi import {TYPE} rule quay")]);
}

/// An attempt that was carried out is followed by one that does not see the secret, and by one that sees the rule.
#[tokio::test]
async fn a_lost_answer_is_remembered_while_a_secret_is_waited_for() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).commit_then_drop());
    world.ecr.push_fault(Fault::on(Create).answer(400, "SecretNotFoundException", "not yet"));
    assert_eq!(world.create(hub()).await.expect("the rule is this one").id, "hub");
}

#[tokio::test]
async fn a_lost_answer_of_a_delete_is_success() {
    let world = World::start().await;
    let made = world.create(quay()).await.unwrap();
    world.ecr.push_fault(Fault::on(Delete).commit_then_drop());
    world.delete(&made).await.unwrap();
    assert_eq!(prefixes(&world.ecr), [""; 0]);
}

#[tokio::test]
async fn a_lost_answer_of_an_update_is_success() {
    let world = World::start().await;
    let made = world.create(hub()).await.unwrap();
    world.ecr.push_fault(Fault::on(Update).commit_then_drop());
    let news = with(hub(), json!({ "credentialArn": OTHER_CREDENTIAL }));
    assert_eq!(world.update(&made, news).await.unwrap()["credentialArn"], OTHER_CREDENTIAL);
}
