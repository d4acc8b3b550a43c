//! Cancel: waits end at once, a call on the wire ends by itself, and later calls are not concerned.

use std::time::{Duration, Instant};

use local_ecr::Fault;
use serde_json::json;
use tonic::Code;

use crate::support::{
    AT_ONCE, Create, Delete, Describe, GetCallerIdentity, Journal as _, OTHER_CREDENTIAL, State, Update, World,
    arrived, configuration, configure, creating, for_each, hub, quay, with,
};

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
