//! Whatever goes wrong with a read is an error, and never "gone".

use local_ecr::{Fault, Options};
use serde_json::json;
use tonic::Code;

use crate::{
    answers::{STATUSES_OF_PROXIES, answering, assert_about_a_proxy, behind_a_proxy},
    support::{Describe, Journal as _, State, World, assert_says, for_each, quay},
};

async fn once() -> World {
    World::with(Options::default(), json!({ "maxRetries": "1" })).await
}

/// The answer of ECR to a refresh, an import and a `get`, and what the plugin makes of it.
async fn is_an_error(status: u16, code: &'static str, expected: Code) {
    let world = once().await;
    world.ecr.push_fault(Fault::on(Describe).answer(status, code, "What ECR says.").always());
    for error in [
        world.refresh(&State::of(quay())).await.unwrap_err(),
        world.import("quay").await.unwrap_err(),
        world.get("quay", json!({})).await.unwrap_err(),
    ] {
        assert_eq!(error.code(), expected);
        assert_says(error.message(), &["reading ECR Pull Through Cache Rule (quay)", code, "What ECR says."]);
    }
}

cases! { is_an_error;
    d11_access_denied(400, "AccessDeniedException", Code::PermissionDenied);
    d11_unknown_credentials(400, "UnrecognizedClientException", Code::Unauthenticated);
    d11_expired_credentials(400, "ExpiredTokenException", Code::Unauthenticated);
    d11_throttling(400, "ThrottlingException", Code::ResourceExhausted);
    d11_too_many_requests(429, "TooManyRequestsException", Code::ResourceExhausted);
    d11_a_server_that_fails(500, "ServerException", Code::Unavailable);
    d11_a_bad_parameter(400, "InvalidParameterException", Code::InvalidArgument);
    d11_another_kind_of_not_found(404, "NotFound", Code::FailedPrecondition);
    d11_a_repository_that_is_not_found(400, "RepositoryNotFoundException", Code::FailedPrecondition);
}

#[tokio::test]
async fn d11_what_passes_is_tried_again() {
    let world = World::start().await;
    let made = world.create(quay()).await.unwrap();
    world.ecr.push_fault(Fault::on(Describe).answer(500, "ServerException", "no"));
    assert_eq!(world.refresh(&made).await.unwrap(), Some(made));
    assert_eq!(world.ecr.count(Describe), 2);
}

#[tokio::test]
async fn d24_a_lost_connection() {
    let world = once().await;
    world.ecr.push_fault(Fault::on(Describe).drop_before());
    assert_eq!(world.refresh(&State::of(quay())).await.unwrap_err().code(), Code::Unavailable);
}

#[tokio::test]
async fn d24_a_page_of_a_proxy() {
    for_each(STATUSES_OF_PROXIES, |status| async move {
        let world = behind_a_proxy(status).await;
        let error = world.refresh(&State::of(quay())).await.unwrap_err();
        assert_about_a_proxy(&error, status, "reading");
        assert_ne!(error.code(), Code::Unknown, "a read changes nothing");
    })
    .await;
}

#[tokio::test]
async fn d24_half_an_answer() {
    let (world, _ecr) = answering([(200, r#"{"pullThroughCacheRules":[{"ecrRepositoryPr"#.to_owned())]).await;
    let status = world.refresh(&State::of(quay())).await.unwrap_err();
    assert_eq!(status.code(), Code::Unavailable);
    assert_says(status.message(), &["reading", "quay"]);
}
