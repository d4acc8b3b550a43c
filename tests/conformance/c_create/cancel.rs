//! The user cancels while a rule is being made.

use std::time::{Duration, Instant};

use local_ecr::Fault;
use tonic::{Code, Status};

use crate::support::{
    AT_ONCE, Create, Journal as _, TYPE, World, arrived, assert_says, creating, hub, prefixes, quay, until,
};

#[tokio::test]
async fn c26_a_wait_for_a_secret_ends_at_once() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).answer(400, "SecretNotFoundException", "not yet").always());
    let create = creating(&world, hub());
    until("the wait", || !world.engine.messages().is_empty()).await;
    let begin = Instant::now();
    world.cancel().await;
    let status = create.await.unwrap().unwrap_err();
    assert!(begin.elapsed() < AT_ONCE, "{:?}", begin.elapsed());
    assert_eq!(status.code(), Code::Aborted);
    assert_says(status.message(), &["(hub)", "cancelled", "SecretNotFoundException"]);
}

#[tokio::test]
async fn c26_a_create_on_the_wire_ends_by_itself() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).delay(Duration::from_millis(600)));
    let create = creating(&world, quay());
    arrived(&world, Create).await;
    world.cancel().await;
    assert!(!create.is_finished(), "Cancel itself does not wait");
    assert_eq!(create.await.unwrap().expect("the rule was made").id, "quay");
    assert_eq!(prefixes(&world.ecr), ["quay"]);
}

#[tokio::test]
async fn c26_a_create_on_the_wire_that_fails_is_not_tried_again() {
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
async fn c26_a_rule_whose_answer_was_lost_is_not_lost_with_the_cancel() {
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
