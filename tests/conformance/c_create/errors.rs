//! Errors that no second attempt would mend.

use local_ecr::Fault;
use tonic::Code;

use crate::{
    settings::under_each,
    support::{Create, Journal as _, REGION, World, assert_says, fill, prefixes, quay},
};

/// ECR is asked once; its code, text and request id are kept, and what the user can do is added.
async fn fails_at_once(code: &str, grpc: Code, advice: &str) {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).answer(400, code, "What ECR says.").always());
    let error = world.create(quay()).await.unwrap_err();
    assert_eq!(error.code(), grpc);
    let title = format!("creating ECR Pull Through Cache Rule (quay): CreatePullThroughCacheRule in {REGION}: ");
    assert_says(error.message(), &[&title, &format!("{code}: What ECR says."), "request id", advice]);
    assert_eq!((world.ecr.count(Create), world.ecr.journal().len()), (1, 1));
}

cases! { fails_at_once;
    c16_invalid_parameter("InvalidParameterException", Code::InvalidArgument, "");
    c16_validation("ValidationException", Code::InvalidArgument, "");
    c16_an_error_that_is_new("SomethingNewException", Code::FailedPrecondition, "");
    c17_access_denied("AccessDeniedException", Code::PermissionDenied, "ecr:CreatePullThroughCacheRule");
    c17_an_unknown_access_key("UnrecognizedClientException", Code::Unauthenticated, "check the access key");
    c17_a_session_that_is_over("ExpiredTokenException", Code::Unauthenticated, "expired");
}

#[tokio::test]
async fn c13_a_full_registry_is_tried_once() {
    under_each(|world| async move {
        fill(&world.ecr, 50);
        let status = world.create(quay()).await.unwrap_err();
        assert_eq!(status.code(), Code::ResourceExhausted);
        assert_says(status.message(), &["LimitExceededException", "50 pull-through cache rules in a region", REGION]);
        assert_eq!((world.ecr.count(Create), prefixes(&world.ecr).len()), (1, 50));
    })
    .await;
}

/// It travels as HTTP metadata, which has its limits.
#[tokio::test]
async fn c33_the_text_of_an_error_stays_short() {
    let world = World::start().await;
    let text = format!("It begins so {} and ends so.", "é".repeat(50_000));
    world.ecr.push_fault(Fault::on(Create).answer(400, "AccessDeniedException", &text));
    let status = world.create(quay()).await.unwrap_err();
    assert_eq!(status.code(), Code::PermissionDenied);
    assert!(status.message().len() < 4096, "{}", status.message().len());
    let beginning = ["creating ECR Pull Through Cache Rule (quay)", "AccessDeniedException: It begins so é"];
    assert_says(status.message(), &beginning);
    assert_says(status.message(), &["é and ends so.", "request id", "ecr:CreatePullThroughCacheRule"]);
}
