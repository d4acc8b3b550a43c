//! Deletes that fail.

use local_ecr::{Fault, Options};
use serde_json::json;
use tonic::Code;

use crate::{
    answers::{STATUSES_OF_PROXIES, assert_about_a_proxy, behind_a_proxy},
    support::{ACCOUNT, Delete, Journal as _, REGION, State, World, assert_says, for_each, prefixes, quay},
};

/// It passes at the second attempt.
async fn is_tried_again(status: u16, code: &str) {
    let world = World::start().await;
    let made = world.create(quay()).await.unwrap();
    world.ecr.push_fault(Fault::on(Delete).answer(status, code, "later"));
    world.delete(&made).await.unwrap();
    assert_eq!((world.ecr.count(Delete), prefixes(&world.ecr).len()), (2, 0));
}

cases! { is_tried_again;
    f04_a_failure_of_ecr(500, "ServerException");
    f04_throttling(400, "ThrottlingException");
}

/// The rule stays, and the resource with it.
async fn fails_at_once(code: &str, grpc: Code, advice: &str) {
    let world = World::start().await;
    let made = world.create(quay()).await.unwrap();
    world.ecr.push_fault(Fault::on(Delete).answer(400, code, "What ECR says."));
    let status = world.delete(&made).await.unwrap_err();
    assert_eq!(status.code(), grpc);
    let title = format!(
        "deleting ECR Pull Through Cache Rule (quay): DeletePullThroughCacheRule in {REGION} (account {ACCOUNT}): "
    );
    assert_says(status.message(), &[&title, &format!("{code}: What ECR says."), "request id", advice]);
    assert_eq!((world.ecr.count(Delete), prefixes(&world.ecr)), (1, vec!["quay".to_owned()]));
    world.delete(&made).await.expect("the next `pulumi up` deletes it");
}

cases! { fails_at_once;
    f04_access_denied("AccessDeniedException", Code::PermissionDenied, "ecr:DeletePullThroughCacheRule");
    f04_invalid_parameter("InvalidParameterException", Code::InvalidArgument, "");
    f04_validation("ValidationException", Code::InvalidArgument, "");
}

#[tokio::test]
async fn f04_a_failure_that_stays_is_an_error() {
    let world = World::with(Options::default(), json!({ "maxRetries": "2" })).await;
    let made = world.create(quay()).await.unwrap();
    world.ecr.push_fault(Fault::on(Delete).answer(500, "ServerException", "later").always());
    let status = world.delete(&made).await.unwrap_err();
    assert_eq!(status.code(), Code::Unavailable);
    assert_says(status.message(), &["(quay)", "ServerException"]);
    assert_eq!(world.ecr.count(Delete), 2);
}

/// Least of all does a page that is not found say that the rule is gone.
#[tokio::test]
async fn f11_a_page_of_a_proxy() {
    for_each(STATUSES_OF_PROXIES, |status| async move {
        let error = behind_a_proxy(status).await.delete(&State::of(quay())).await.unwrap_err();
        assert_about_a_proxy(&error, status, "deleting");
    })
    .await;
}
