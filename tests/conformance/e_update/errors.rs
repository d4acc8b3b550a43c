//! Updates that fail.

use local_ecr::Fault;
use serde_json::json;
use tonic::Code;

use super::{other_hub, put};
use crate::{
    answers::{STATUSES_OF_PROXIES, assert_about_a_proxy, behind_a_proxy},
    settings::{codes, doubts, lags, under, under_each},
    support::{
        ACCOUNT, CREDENTIAL, Journal as _, OTHER_ROLE, REGION, ROLE, State, Update, World, assert_says, for_each, hub,
        prefixes, quay, with,
    },
};

#[tokio::test]
async fn e04_a_rule_that_is_gone_is_not_made_in_silence() {
    under_each(|world| async move {
        let status = world.update(&State::of(hub()), other_hub()).await.unwrap_err();
        assert_eq!(status.code(), Code::NotFound);
        assert_says(
            status.message(),
            &["updating ECR Pull Through Cache Rule (hub)", "PullThroughCacheRuleNotFoundException", "pulumi refresh"],
        );
        assert_eq!((world.ecr.writes(), prefixes(&world.ecr).len()), (1, 0));
    })
    .await;
}

/// ECR is asked once, and what it says is kept; so is the rule, which the next `pulumi up` changes.
async fn fails_at_once(code: &str, grpc: Code, message: &str, advice: &str) {
    let world = World::start().await;
    put(&world, REGION, &hub());
    world.ecr.push_fault(Fault::on(Update).answer(400, code, message));
    let status = world.update(&State::of(hub()), other_hub()).await.unwrap_err();
    assert_eq!(status.code(), grpc);
    let title = format!(
        "updating ECR Pull Through Cache Rule (hub): UpdatePullThroughCacheRule in {REGION} (account {ACCOUNT}): "
    );
    assert_says(status.message(), &[&title, &format!("{code}: {message}"), "request id", advice]);
    assert_eq!(world.ecr.count(Update), 1);
    assert_eq!(world.ecr.rules(REGION)[0].credential_arn.as_deref(), Some(CREDENTIAL));
    world.update(&State::of(hub()), other_hub()).await.expect("the next `pulumi up` updates it");
}

cases! { fails_at_once;
    e08_no_arn(
        "InvalidParameterException",
        Code::InvalidArgument,
        "Invalid input: Please set either credential arn or role arn to update the credentials",
        "",
    );
    e08_no_arn_as_a_validation(
        "ValidationException",
        Code::InvalidArgument,
        "Invalid input: Please set either credential arn or role arn to update the credentials",
        "",
    );
    e15_access_denied(
        "AccessDeniedException", Code::PermissionDenied, "User: x is not authorized", "ecr:UpdatePullThroughCacheRule"
    );
    e15_a_secret_under_a_customers_key(
        "UnableToDecryptSecretValueException", Code::FailedPrecondition, "No.", "customer managed key"
    );
    e10_an_upstream_without_credentials(
        "UnsupportedUpstreamRegistryException", Code::InvalidArgument, "No credentials are taken.", "credentialArn"
    );
}

/// Whether ECR takes a secret for an upstream that asks for none is for ECR to say.
#[tokio::test]
async fn e10_a_secret_for_a_public_upstream() {
    under(doubts().into_iter().chain(codes()).collect(), |world| async move {
        put(&world, REGION, &quay());
        let new = with(quay(), json!({ "credentialArn": CREDENTIAL }));
        let updated = world.update(&State::of(quay()), new).await;
        assert_eq!(world.ecr.count(Update), 1);
        assert_eq!(world.ecr.bodies(Update)[0]["credentialArn"], CREDENTIAL);
        match world.ecr.behaviour().refusals.needless_credential {
            None => assert_eq!(updated.unwrap()["credentialArn"], CREDENTIAL),
            Some(refusal) => {
                let says = [refusal.code(), "the upstream registry takes no credentials", "request id"];
                assert_says(updated.unwrap_err().message(), &says);
            }
        }
    })
    .await;
}

/// A new role that ECR does not see yet is an error, and the next `pulumi up` sets it.
#[tokio::test]
async fn e16_an_error_about_a_role_says_what_a_role_needs() {
    under(lags(), |world| async move {
        let code = world.ecr.behaviour().refusals.unseen_role.code();
        let old = with(quay(), json!({ "customRoleArn": ROLE }));
        put(&world, REGION, &old);
        let new = with(quay(), json!({ "customRoleArn": OTHER_ROLE }));
        let status = world.update(&State::of(old.clone()), new.clone()).await.unwrap_err();
        let says = [code, "request id", "customRoleArn", "pullthroughcache.ecr.amazonaws.com", "pulumi up"];
        assert_says(status.message(), &says);
        assert_eq!(world.ecr.count(Update), 1);
        assert_eq!(world.update(&State::of(old), new).await.unwrap()["customRoleArn"], OTHER_ROLE);
    })
    .await;
}

#[tokio::test]
async fn e19_a_page_of_a_proxy() {
    for_each(STATUSES_OF_PROXIES, |status| async move {
        let new = with(quay(), json!({ "credentialArn": CREDENTIAL }));
        let error = behind_a_proxy(status).await.update(&State::of(quay()), new).await.unwrap_err();
        assert_about_a_proxy(&error, status, "updating");
    })
    .await;
}
