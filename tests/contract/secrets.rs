//! Secrets that ECR does not see yet.

use std::time::{Duration, Instant};

use local_ecr::{Behaviour, Fault, Options};
use pulumi_aws::pulumi::rpc::LogSeverity;
use serde_json::json;
use tonic::Code;

use crate::support::{
    CREDENTIAL, Create, Journal as _, OTHER_CREDENTIAL, Update, World, assert_says, for_each, hub, quay, with,
};

async fn lagging(secret_lag: u32) -> World {
    let behaviour = Behaviour { secret_lag, ..Behaviour::default() };
    World::with(Options { behaviour, ..Options::default() }, json!({})).await
}

#[tokio::test]
async fn a_new_secret_is_waited_for() {
    let world = lagging(2).await;
    assert_eq!(world.create(hub()).await.unwrap().outputs["credentialArn"], CREDENTIAL);
    assert_eq!(world.ecr.count(Create), 3);
}

#[tokio::test]
async fn the_wait_is_shown_while_it_lasts() {
    let world = lagging(1).await;
    world.create(hub()).await.unwrap();
    let messages = world.engine.messages();
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert_eq!((messages[0].severity(), messages[0].ephemeral), (LogSeverity::Info, true));
    assert_eq!(messages[0].urn, world.urn);
    assert_says(&messages[0].message, &["credentialArn"]);
}

#[tokio::test]
async fn an_update_waits_for_a_new_secret_too() {
    let world = World::start().await;
    let made = world.create(hub()).await.unwrap();
    world.ecr.set_behaviour(Behaviour { secret_lag: 1, ..Behaviour::default() });
    let news = with(hub(), json!({ "credentialArn": OTHER_CREDENTIAL }));
    assert_eq!(world.update(&made, news).await.unwrap()["credentialArn"], OTHER_CREDENTIAL);
    assert_eq!(world.ecr.count(Update), 2);
}

#[tokio::test]
async fn a_secret_that_cannot_be_read_yet_is_waited_for() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).answer(400, "UnableToAccessSecretException", "no"));
    world.create(hub()).await.unwrap();
    assert_eq!(world.ecr.count(Create), 2);
}

#[tokio::test]
async fn a_secret_that_never_comes_is_waited_for_within_the_time_of_the_resource() {
    let cases = [
        ("SecretNotFoundException", Code::FailedPrecondition, "dependsOn"),
        ("UnableToAccessSecretException", Code::PermissionDenied, "secretsmanager:GetSecretValue"),
    ];
    for_each(cases, |(code, grpc, advice)| async move {
        let world = World::start().await;
        world.ecr.push_fault(Fault::on(Create).answer(400, code, "no").always());
        let begin = Instant::now();
        let status = world.within(2.5).create(hub()).await.unwrap_err();
        assert!(begin.elapsed() < Duration::from_secs(4), "{:?}", begin.elapsed());
        assert_eq!(status.code(), grpc);
        assert_says(status.message(), &[code, "hub", advice]);
        assert!(world.ecr.count(Create) >= 2);
    })
    .await;
}

#[tokio::test]
async fn a_rule_without_a_secret_waits_for_none() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).answer(400, "SecretNotFoundException", "no").always());
    world.create(quay()).await.unwrap_err();
    assert_eq!(world.ecr.count(Create), 1);
}

#[tokio::test]
async fn a_secret_that_cannot_be_decrypted_is_no_matter_of_time() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).answer(400, "UnableToDecryptSecretValueException", "no").always());
    let status = world.create(hub()).await.unwrap_err();
    assert_says(status.message(), &["customer managed key"]);
    assert_eq!(world.ecr.count(Create), 1);
}
