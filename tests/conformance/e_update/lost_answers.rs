//! Updates of which ECR has carried out more than the engine heard of.

use local_ecr::{Fault, Options};
use serde_json::json;
use tonic::Code;

use super::{other_hub, put};
use crate::{
    settings::under_each,
    steady::assert_steady,
    support::{Describe, Journal as _, OTHER_CREDENTIAL, REGION, State, Update, World, assert_says, hub, prefixes},
};

#[tokio::test]
async fn e09_an_update_whose_answer_was_lost_is_sent_again() {
    under_each(|world| async move {
        let made = world.create(hub()).await.unwrap();
        world.ecr.push_fault(Fault::on(Update).commit_then_drop());
        let updated = world.update(&made, other_hub()).await.unwrap();
        assert_eq!((updated["credentialArn"].as_str(), world.ecr.count(Update)), (Some(OTHER_CREDENTIAL), 2));
        assert_steady(&world, &State::new(other_hub(), updated)).await;
    })
    .await;
}

/// The engine keeps the old state, and what it does next mends it: with a refresh first, and without.
#[tokio::test]
async fn e09_the_next_run_converges() {
    for refreshes in [false, true] {
        let world = World::with(Options::default(), json!({ "maxRetries": "1" })).await;
        let mut state = world.create(hub()).await.unwrap();
        world.ecr.push_fault(Fault::on(Update).commit_then_drop());
        assert_eq!(world.update(&state, other_hub()).await.unwrap_err().code(), Code::Unavailable);
        assert_eq!(world.ecr.rules(REGION)[0].credential_arn.as_deref(), Some(OTHER_CREDENTIAL));

        if refreshes {
            state = world.refresh(&state).await.unwrap().unwrap();
        }
        let diff = world.diff(&state, other_hub()).await;
        assert_eq!((diff.diffs.len(), diff.replaces), (usize::from(!refreshes), Vec::<String>::new()));
        let updated = world.update(&state, other_hub()).await.unwrap();
        assert_steady(&world, &State::new(other_hub(), updated)).await;
        assert_eq!(prefixes(&world.ecr), ["hub"]);
    }
}

/// Nothing is read after an update, so that nothing can fail between it and the state.
#[tokio::test]
async fn e09_an_ecr_that_cannot_be_read_does_not_matter() {
    under_each(|world| async move {
        put(&world, REGION, &hub());
        world.ecr.push_fault(Fault::on(Describe).answer(400, "AccessDeniedException", "no").always());
        let updated = world.update(&State::of(hub()), other_hub()).await.unwrap();
        assert_eq!(updated["credentialArn"], OTHER_CREDENTIAL);
        assert_eq!(world.ecr.journal().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn e09_throttling_is_tried_again() {
    let world = World::start().await;
    put(&world, REGION, &hub());
    for (status, code) in [(400, "ThrottlingException"), (500, "ServerException")] {
        world.ecr.push_fault(Fault::on(Update).answer(status, code, "later"));
    }
    world.update(&State::of(hub()), other_hub()).await.unwrap();
    assert_eq!(world.ecr.count(Update), 3);
}

#[tokio::test]
async fn e09_a_failure_that_stays_is_an_error() {
    let world = World::with(Options::default(), json!({ "maxRetries": "2" })).await;
    put(&world, REGION, &hub());
    world.ecr.push_fault(Fault::on(Update).answer(500, "ServerException", "later").always());
    let status = world.update(&State::of(hub()), other_hub()).await.unwrap_err();
    assert_eq!(status.code(), Code::Unavailable);
    assert_says(status.message(), &["(hub)", "ServerException: later"]);
    assert_eq!(world.ecr.count(Update), 2);
}
