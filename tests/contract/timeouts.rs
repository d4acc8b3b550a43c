//! `customTimeouts`: they bound everything that an operation does.

use std::time::{Duration, Instant};

use local_ecr::Fault;
use pulumi_aws::pulumi::rpc::CreateRequest;
use serde_json::json;
use tonic::Code;

use crate::support::{Create, Describe, Journal as _, State, World, assert_says, quay, to_struct, with};

const LIMIT: f64 = 0.6;

/// A world whose ECR holds every call of an operation up.
async fn slow(operation: local_ecr::Operation) -> (World, Instant) {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(operation).delay(Duration::from_mins(1)).always());
    (world, Instant::now())
}

#[tokio::test]
async fn a_read_is_just_late() {
    let (world, begin) = slow(Describe).await;
    let status = world.within(LIMIT).refresh(&State::of(quay())).await.unwrap_err();
    assert!(begin.elapsed() < Duration::from_secs(3), "{:?}", begin.elapsed());
    assert_says(status.message(), &["0.6 s", "customTimeouts"]);
    assert_eq!(status.code(), Code::DeadlineExceeded);
}

#[tokio::test]
async fn a_second_operation_has_a_time_of_its_own() {
    let (world, _) = slow(Create).await;
    world.within(LIMIT).create(quay()).await.unwrap_err();
    world.ecr.set_behaviour(local_ecr::Behaviour::default());
    world.within(LIMIT).create(with(quay(), json!({ "ecrRepositoryPrefix": "other" }))).await.unwrap();
    assert_eq!(world.ecr.count(Create), 2);
}

#[tokio::test]
async fn strange_time_limits_are_no_limits() {
    let world = World::start().await;
    for (number, timeout) in [-1.0, f64::NAN, f64::INFINITY, 1e300, 1e18, 1e-300].into_iter().enumerate() {
        let inputs = with(quay(), json!({ "ecrRepositoryPrefix": format!("quay-{number}") }));
        let request = CreateRequest {
            urn: world.urn.clone(),
            properties: Some(to_struct(inputs)),
            timeout,
            ..CreateRequest::default()
        };
        world.client().create(request).await.unwrap_or_else(|status| panic!("{timeout}: {status}"));
    }
}
