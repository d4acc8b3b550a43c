//! Secrets that ECR does not see yet, or cannot read.

use std::time::{Duration, Instant};

use local_ecr::{Behaviour, Fault, Options};
use pulumi_aws::pulumi::rpc::LogSeverity;
use serde_json::{Value, json};
use tonic::Code;

use crate::support::{
    AT_ONCE, CREDENTIAL, Create, Journal as _, World, arrived, assert_says, creating, for_each, hub, prefixes, quay,
    until, with,
};

const CODES: [&str; 2] = ["SecretNotFoundException", "UnableToAccessSecretException"];

async fn lagging(secret_lag: u32) -> World {
    let behaviour = Behaviour { secret_lag, ..Behaviour::default() };
    World::with(Options { behaviour, ..Options::default() }, json!({})).await
}

#[tokio::test]
async fn c09_a_new_secret_is_waited_for() {
    for_each([1, 2], |lag| async move {
        let world = lagging(lag).await;
        assert_eq!(world.create(hub()).await.unwrap().outputs["credentialArn"], CREDENTIAL);
        assert_eq!(world.ecr.count(Create), lag as usize + 1);
    })
    .await;
}

#[tokio::test]
async fn c09_the_wait_is_shown_while_it_lasts() {
    let world = lagging(1).await;
    let create = creating(&world, hub());
    arrived(&world, Create).await;
    let begin = Instant::now();
    until("a message", || !world.engine.messages().is_empty()).await;
    assert!(begin.elapsed() < AT_ONCE, "it comes when the wait is over: {:?}", begin.elapsed());
    assert!(!create.is_finished());
    create.await.unwrap().unwrap();
    let messages = world.engine.messages();
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert_eq!((messages[0].severity(), messages[0].ephemeral), (LogSeverity::Info, true));
    assert_eq!(messages[0].urn, world.urn);
    assert_says(&messages[0].message, &["credentialArn"]);
}

/// It ends a little before the time of the resource is over, with ECR's own error, which says more.
async fn is_given_up_in_time(code: &'static str, grpc: Code, advice: &str) {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).answer(400, code, "What ECR says.").always());
    let begin = Instant::now();
    let status = world.within(6.9).create(hub()).await.unwrap_err();
    assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
    assert_eq!(status.code(), grpc);
    assert_says(status.message(), &["(hub)", &format!("{code}: What ECR says."), "request id", advice]);
    assert!(world.ecr.count(Create) >= 2);
}

cases! { is_given_up_in_time;
    c10_a_secret_that_never_comes("SecretNotFoundException", Code::FailedPrecondition, "needs a version (a value)");
    c12_a_secret_that_cannot_be_read(
        "UnableToAccessSecretException", Code::PermissionDenied, "secretsmanager:GetSecretValue"
    );
}

/// As long as it takes where the resource names no time of its own: a real minute.
#[tokio::test]
async fn c10_a_secret_that_never_comes_has_a_minute() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).answer(400, "SecretNotFoundException", "no").always());
    let begin = Instant::now();
    world.create(hub()).await.unwrap_err();
    // The last try is the last that could begin within the minute, at most one pause before its end.
    assert!((50..80).contains(&begin.elapsed().as_secs()), "{:?}", begin.elapsed());
}

#[tokio::test]
async fn c12_a_permission_that_is_new_is_waited_for() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).answer(400, "UnableToAccessSecretException", "no"));
    world.create(hub()).await.unwrap();
    assert_eq!(world.ecr.count(Create), 2);
}

#[tokio::test]
async fn c12_a_secret_that_cannot_be_decrypted_is_no_matter_of_time() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).answer(400, "UnableToDecryptSecretValueException", "no").always());
    let status = world.create(hub()).await.unwrap_err();
    assert_eq!(status.code(), Code::FailedPrecondition);
    assert_says(status.message(), &["UnableToDecryptSecretValueException", "customer managed key"]);
    assert_eq!(world.ecr.count(Create), 1);
}

#[tokio::test]
async fn c11_a_rule_without_a_secret_waits_for_none() {
    for_each(CODES, |code| async move {
        let world = World::start().await;
        world.ecr.push_fault(Fault::on(Create).answer(400, code, "no").always());
        assert_says(world.create(quay()).await.unwrap_err().message(), &[code]);
        assert_eq!(world.ecr.count(Create), 1);
    })
    .await;
}

/// ECR looks for a secret in the rule's own account and region only, so that one of another never comes.
async fn is_out_of_reach(changes: Value) {
    for_each(CODES, |code| {
        let inputs = with(hub(), changes.clone());
        async move {
            let world = World::with_account().await;
            world.ecr.push_fault(Fault::on(Create).answer(400, code, "no").always());
            let status = world.create(inputs).await.unwrap_err();
            assert_says(status.message(), &[code, "own account and region"]);
            assert_eq!((world.ecr.count(Create), prefixes(&world.ecr).len()), (1, 0));
        }
    })
    .await;
}

cases! { is_out_of_reach;
    c11_a_secret_of_another_region_is_not_waited_for(json!({ "region": "eu-west-1" }));
    c11_a_secret_of_another_account_is_not_waited_for(
        json!({ "credentialArn": CREDENTIAL.replace("123456789012", "210987654321") })
    );
}
