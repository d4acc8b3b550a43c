//! `customTimeouts`: they bound everything that an operation does.

use std::time::{Duration, Instant};

use local_ecr::Fault;
use serde_json::json;
use tonic::{Code, Status};

use crate::support::{
    Create, Delete, Describe, Journal as _, OTHER_CREDENTIAL, State, TYPE, Update, World, assert_says, hub, quay, with,
};

const LIMIT: f64 = 0.6;

/// A world whose ECR holds every call of an operation up.
async fn slow(operation: local_ecr::Operation) -> (World, Instant) {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(operation).delay(Duration::from_mins(1)).always());
    (world, Instant::now())
}

#[track_caller]
fn assert_in_time(begin: Instant, status: &Status) {
    assert!(begin.elapsed() < Duration::from_secs(3), "{:?}", begin.elapsed());
    assert_says(status.message(), &["0.6 s", "customTimeouts"]);
}

#[tokio::test]
async fn a_create_that_may_have_happened_says_so() {
    let (world, begin) = slow(Create).await;
    let status = world.within(LIMIT).create(quay()).await.unwrap_err();
    assert_in_time(begin, &status);
    assert_eq!(status.code(), Code::Unknown);
    assert_says(status.message(), &["not known", &format!("pulumi import {TYPE} rule quay")]);
}

#[tokio::test]
async fn an_update_that_may_have_happened_says_so() {
    let (world, begin) = slow(Update).await;
    let news = with(hub(), json!({ "credentialArn": OTHER_CREDENTIAL }));
    let status = world.within(LIMIT).update(&State::of(hub()), news).await.unwrap_err();
    assert_in_time(begin, &status);
    assert_eq!(status.code(), Code::Unknown);
}

#[tokio::test]
async fn a_delete_that_may_have_happened_says_so() {
    let (world, begin) = slow(Delete).await;
    let status = world.within(LIMIT).delete(&State::of(quay())).await.unwrap_err();
    assert_in_time(begin, &status);
    assert_eq!(status.code(), Code::Unknown);
}

#[tokio::test]
async fn a_read_is_just_late() {
    let (world, begin) = slow(Describe).await;
    let status = world.within(LIMIT).refresh(&State::of(quay())).await.unwrap_err();
    assert_in_time(begin, &status);
    assert_eq!(status.code(), Code::DeadlineExceeded);
}

/// Throttling is never carried out, so what happened is known.
#[tokio::test]
async fn retries_end_with_the_time() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).answer(400, "ThrottlingException", "later").always());
    let begin = Instant::now();
    let status = world.within(2.0).create(quay()).await.unwrap_err();
    assert!(begin.elapsed() < Duration::from_secs(4));
    assert!(matches!(status.code(), Code::DeadlineExceeded | Code::ResourceExhausted), "{status}");
    assert_says(status.message(), &["quay", "ThrottlingException: later", "CreatePullThroughCacheRule"]);
}

#[tokio::test]
async fn a_second_operation_has_a_time_of_its_own() {
    let (world, _) = slow(Create).await;
    world.within(LIMIT).create(quay()).await.unwrap_err();
    world.ecr.set_behaviour(local_ecr::Behaviour::default());
    world.within(LIMIT).create(with(quay(), json!({ "ecrRepositoryPrefix": "other" }))).await.unwrap();
    assert_eq!(world.ecr.count(Create), 2);
}
