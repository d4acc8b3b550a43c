//! Cancel: waits end at once, a call on the wire ends by itself, and later calls are not concerned.

use std::time::{Duration, Instant};

use local_ecr::{Fault, Operation};
use serde_json::json;
use tonic::{Code, Status};

use crate::support::{
    Create, Delete, Describe, GetCallerIdentity, Journal as _, OTHER_CREDENTIAL, State, TYPE, Update, World,
    configuration, configure, creating, for_each, hub, prefixes, quay, with,
};

/// What "at once" is on a busy machine.
const AT_ONCE: Duration = Duration::from_millis(400);

async fn arrived(world: &World, operation: Operation) {
    let begin = Instant::now();
    while world.ecr.count(operation) == 0 {
        assert!(begin.elapsed() < Duration::from_secs(20), "no call arrived");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_wait_for_a_secret_ends_at_once() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).answer(400, "SecretNotFoundException", "not yet").always());
    let create = creating(&world, hub());
    arrived(&world, Create).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let begin = Instant::now();
    world.cancel().await;
    let status = create.await.unwrap().unwrap_err();
    assert!(begin.elapsed() < AT_ONCE, "{:?}", begin.elapsed());
    assert_eq!(status.code(), Code::Aborted);
    assert!(status.message().contains("cancelled") && status.message().contains("hub"), "{status}");
}

#[tokio::test]
async fn retries_end_at_once() {
    for_each([(Create, 400), (Describe, 400), (Update, 400), (Delete, 500)], |(operation, code)| async move {
        let world = World::start().await;
        world.ecr.push_fault(Fault::on(operation).answer(code, "ThrottlingException", "later").always());
        let rule = world.named("rule");
        let call = tokio::spawn(async move {
            let old = State::of(hub());
            match operation {
                Create => rule.create(hub()).await.map(drop),
                Describe => rule.refresh(&old).await.map(drop),
                Update => rule.update(&old, with(hub(), json!({ "credentialArn": OTHER_CREDENTIAL }))).await.map(drop),
                _ => rule.delete(&old).await,
            }
        });
        arrived(&world, operation).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
        let begin = Instant::now();
        world.cancel().await;
        call.await.unwrap().unwrap_err();
        assert!(begin.elapsed() < AT_ONCE, "{operation:?}: {:?}", begin.elapsed());
        let calls = world.ecr.count(operation);
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(world.ecr.count(operation), calls, "{operation:?} goes on");
    })
    .await;
}

#[tokio::test]
async fn a_write_on_the_wire_ends_by_itself() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).delay(Duration::from_millis(600)));
    let create = creating(&world, quay());
    arrived(&world, Create).await;
    let begin = Instant::now();
    world.cancel().await;
    assert!(begin.elapsed() < AT_ONCE, "Cancel itself does not wait");
    assert_eq!(create.await.unwrap().expect("the rule was made").id, "quay");
    assert_eq!(prefixes(&world.ecr), ["quay"]);
}

#[tokio::test]
async fn a_write_on_the_wire_that_fails_is_not_tried_again() {
    let world = World::start().await;
    world.ecr.push_fault(
        Fault::on(Create).delay(Duration::from_millis(300)).answer(400, "ThrottlingException", "later").always(),
    );
    let create = creating(&world, quay());
    arrived(&world, Create).await;
    world.cancel().await;
    create.await.unwrap().unwrap_err();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(world.ecr.count(Create), 1);
}

/// The first attempt was carried out, but its answer was lost; the user cancels before the next.
#[tokio::test]
async fn a_rule_whose_answer_was_lost_is_not_lost_with_the_cancel() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).commit_then_drop());
    world.ecr.push_fault(Fault::on(Create).answer(500, "ServerException", "later").always());
    let create = creating(&world, quay());
    arrived(&world, Create).await;
    tokio::time::sleep(Duration::from_millis(150)).await;
    world.cancel().await;
    let result = create.await.unwrap();
    assert_eq!(prefixes(&world.ecr), ["quay"]);
    let told = |status: &Status| status.message().contains(&format!("pulumi import {TYPE} rule quay"));
    assert!(result.as_ref().map_or_else(told, |made| made.id == "quay"), "the rule is in no state: {result:?}");
}

#[tokio::test]
async fn a_read_on_the_wire_is_dropped() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Describe).delay(Duration::from_secs(30)));
    let rule = world.named("rule");
    let read = tokio::spawn(async move { rule.refresh(&State::of(quay())).await });
    arrived(&world, Describe).await;
    let begin = Instant::now();
    world.cancel().await;
    assert_eq!(read.await.unwrap().unwrap_err().code(), Code::Aborted);
    assert!(begin.elapsed() < AT_ONCE);
}

#[tokio::test]
async fn the_proof_of_the_credentials_is_dropped() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(GetCallerIdentity).delay(Duration::from_mins(1)).always());
    let given = with(configuration(&world.ecr), json!({ "skipCredentialsValidation": "false" }));
    let configured = tokio::spawn(configure(world.client(), given));
    arrived(&world, GetCallerIdentity).await;
    let begin = Instant::now();
    world.cancel().await;
    drop(configured.await.unwrap());
    assert!(begin.elapsed() < AT_ONCE, "{:?}", begin.elapsed());
}

#[tokio::test]
async fn later_calls_are_not_concerned() {
    let world = World::start().await;
    for number in 0..3 {
        world.cancel().await;
        world.cancel().await;
        world.create(with(quay(), json!({ "ecrRepositoryPrefix": format!("quay-{number}") }))).await.unwrap();
    }
    // A wait that starts after a Cancel is a wait.
    world.ecr.push_fault(Fault::on(Create).answer(400, "ThrottlingException", "later"));
    world.create(quay()).await.unwrap();
}

#[tokio::test]
async fn every_call_in_flight_ends() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).answer(400, "ThrottlingException", "later").always());
    let creates =
        (0..20).map(|number| creating(&world, with(quay(), json!({ "ecrRepositoryPrefix": format!("q-{number}") }))));
    let creates = creates.collect::<Vec<_>>();
    arrived(&world, Create).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    let begin = Instant::now();
    world.cancel().await;
    for create in creates {
        create.await.unwrap().unwrap_err();
    }
    assert!(begin.elapsed() < Duration::from_secs(1), "{:?}", begin.elapsed());
}
