//! What ECR may do better at the next attempt.

use local_ecr::{Fault, Options};
use serde_json::json;
use tonic::Code;

use crate::support::{Create, Journal as _, Scripted, World, assert_says, for_each, prefixes, quay};

/// Twice it fails, and the third attempt makes the rule.
async fn is_tried_again(status: u16, code: &str) {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).answer(status, code, "later").times(2));
    world.create(quay()).await.unwrap();
    assert_eq!((world.ecr.count(Create), prefixes(&world.ecr)), (3, vec!["quay".to_owned()]));
}

cases! { is_tried_again;
    c14_a_failure_of_ecr(500, "ServerException");
    c14_a_service_that_is_unavailable(503, "ServiceUnavailable");
    c15_throttling(400, "ThrottlingException");
    c15_too_many_requests(429, "TooManyRequestsException");
}

/// `maxRetries` counts attempts, as in pulumi-aws.
async fn is_tried_as_often_as_configured(max_retries: &'static str, attempts: usize) {
    let answers = [
        (400, "ThrottlingException", Code::ResourceExhausted, "--parallel"),
        (500, "ServerException", Code::Unavailable, "AWS's side"),
    ];
    for_each(answers, |(status, code, grpc, advice)| async move {
        let world = World::with(Options::default(), json!({ "maxRetries": max_retries })).await;
        world.ecr.push_fault(Fault::on(Create).answer(status, code, "later").always());
        let error = world.create(quay()).await.unwrap_err();
        assert_eq!(error.code(), grpc);
        assert_says(error.message(), &[code, "later", "request id", advice]);
        assert_eq!(world.ecr.count(Create), attempts, "{code}");
    })
    .await;
}

cases! { is_tried_as_often_as_configured;
    c15_one_attempt("1", 1);
    c15_two_attempts("2", 2);
    c15_four_attempts("4", 4);
    c15_none_is_one("0", 1);
}

#[tokio::test]
async fn c18_a_request_that_never_arrived_is_tried_again() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).drop_before());
    world.create(quay()).await.unwrap();
    assert_eq!((world.ecr.count(Create), prefixes(&world.ecr).len()), (2, 1));
}

/// The SDK takes it for a matter of clocks, and goes by AWS's from then on.
#[tokio::test]
async fn c41_a_refusal_where_this_machines_clock_is_wrong() {
    let refusal = (400, json!({ "__type": "AccessDeniedException", "message": "no" }).to_string());
    let ecr = Scripted::with_header("date: Wed, 01 Jan 2020 00:00:00 GMT\r\n", [refusal]);
    let endpoints = json!([{ "ecr": ecr.url() }]).to_string();
    let world = World::with(Options::default(), json!({ "endpoints": endpoints })).await;
    let error = world.create(quay()).await.unwrap_err();
    assert_eq!(error.code(), Code::PermissionDenied);
    assert_eq!(ecr.asked().len(), 2, "once more, by AWS's clock");
}
