//! A new secret that ECR does not see yet.

use std::time::{Duration, Instant};

use local_ecr::{Behaviour, Fault};
use tonic::Code;

use super::{other_hub, put};
use crate::support::{AT_ONCE, Journal as _, OTHER_CREDENTIAL, REGION, State, Update, World, assert_says, hub, until};

#[tokio::test]
async fn e05_a_new_secret_is_waited_for() {
    let world = World::start().await;
    let made = world.create(hub()).await.unwrap();
    world.ecr.set_behaviour(Behaviour { secret_lag: 2, ..Behaviour::default() });
    assert_eq!(world.update(&made, other_hub()).await.unwrap()["credentialArn"], OTHER_CREDENTIAL);
    assert_eq!(world.ecr.count(Update), 3);
}

/// It ends a little before the time of the resource is over, with ECR's own error, which says more.
async fn is_given_up_in_time(code: &str, grpc: Code, advice: &str) {
    let world = World::start().await;
    put(&world, REGION, &hub());
    world.ecr.push_fault(Fault::on(Update).answer(400, code, "What ECR says.").always());
    let begin = Instant::now();
    let status = world.within(6.9).update(&State::of(hub()), other_hub()).await.unwrap_err();
    assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
    assert_eq!(status.code(), grpc);
    assert_says(status.message(), &["(hub)", &format!("{code}: What ECR says."), advice]);
    assert!(world.ecr.count(Update) >= 2);
}

cases! { is_given_up_in_time;
    e05_a_secret_that_never_comes("SecretNotFoundException", Code::FailedPrecondition, "dependsOn");
    e05_a_secret_that_cannot_be_read(
        "UnableToAccessSecretException", Code::PermissionDenied, "secretsmanager:GetSecretValue"
    );
}

#[tokio::test]
async fn e05_the_wait_ends_with_a_cancel() {
    let world = World::start().await;
    put(&world, REGION, &hub());
    world.ecr.push_fault(Fault::on(Update).answer(400, "SecretNotFoundException", "not yet").always());
    let rule = world.named("rule");
    let update = tokio::spawn(async move { rule.update(&State::of(hub()), other_hub()).await });
    until("the wait", || !world.engine.messages().is_empty()).await;
    let begin = Instant::now();
    world.cancel().await;
    let status = update.await.unwrap().unwrap_err();
    assert!(begin.elapsed() < AT_ONCE, "{:?}", begin.elapsed());
    assert_eq!(status.code(), Code::Aborted);
}
