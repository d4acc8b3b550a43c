//! `customTimeouts` of an update.

use std::time::{Duration, Instant};

use local_ecr::Fault;
use tonic::Code;

use super::other_hub;
use crate::support::{State, Update, World, assert_says, hub};

#[tokio::test]
async fn e17_an_update_that_may_have_happened_says_so() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Update).delay(Duration::from_mins(1)).always());
    let begin = Instant::now();
    let status = world.within(2.0).update(&State::of(hub()), other_hub()).await.unwrap_err();
    assert!(begin.elapsed() < Duration::from_secs(10), "{:?}", begin.elapsed());
    assert_eq!(status.code(), Code::Unknown);
    assert_says(status.message(), &["(hub)", "within 2 s", "customTimeouts", "not known", "pulumi up", "does no harm"]);
}
