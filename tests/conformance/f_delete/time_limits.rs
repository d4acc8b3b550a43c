//! `customTimeouts` of a delete.

use std::time::{Duration, Instant};

use local_ecr::Fault;
use tonic::Code;

use crate::support::{Delete, State, World, assert_says, quay};

#[tokio::test]
async fn f09_a_delete_that_may_have_happened_says_so() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Delete).delay(Duration::from_mins(1)).always());
    let begin = Instant::now();
    let status = world.within(2.0).delete(&State::of(quay())).await.unwrap_err();
    assert!(begin.elapsed() < Duration::from_secs(10), "{:?}", begin.elapsed());
    assert_eq!(status.code(), Code::Unknown);
    assert_says(status.message(), &["within 2 s", "customTimeouts", "not known", "pulumi destroy", "does no harm"]);
}
