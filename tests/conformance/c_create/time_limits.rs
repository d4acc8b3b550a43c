//! `customTimeouts` of a create.

use std::time::{Duration, Instant};

use local_ecr::{Fault, Options};
use serde_json::json;
use tonic::Code;

use crate::support::{Create, Describe, Journal as _, TYPE, World, assert_says, prefixes, quay};

#[tokio::test]
async fn c26_a_create_that_may_have_happened_says_so() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).delay(Duration::from_mins(1)).always());
    let begin = Instant::now();
    let status = world.within(2.0).create(quay()).await.unwrap_err();
    assert!(begin.elapsed() < Duration::from_secs(10), "{:?}", begin.elapsed());
    assert_eq!(status.code(), Code::Unknown);
    let import = format!("pulumi import {TYPE} rule quay");
    assert_says(status.message(), &["within 2 s", "customTimeouts", "not known", &import]);
}

/// Throttling is never carried out, so what happened is known, unless an attempt is on the wire when the time is over.
#[tokio::test]
async fn c26_retries_end_with_the_time() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).answer(400, "ThrottlingException", "later").always());
    let begin = Instant::now();
    let status = world.within(2.0).create(quay()).await.unwrap_err();
    assert!(begin.elapsed() < Duration::from_secs(10), "{:?}", begin.elapsed());
    assert!(matches!(status.code(), Code::DeadlineExceeded | Code::Unknown), "{status}");
    assert_says(
        status.message(),
        &["(quay)", "within 2 s", "ThrottlingException: later", "CreatePullThroughCacheRule"],
    );
    let calls = world.ecr.count(Create);
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!((world.ecr.count(Create), prefixes(&world.ecr).len()), (calls, 0), "nothing goes on");
}

/// After a lost answer there is time for two looks. The last that was answered found nothing.
async fn ends_with_the_last_look(second: Fault) {
    let world = World::with(Options::default(), json!({ "maxRetries": "1" })).await;
    world.ecr.push_fault(Fault::on(Create).drop_before());
    world.ecr.push_fault(Fault::on(Describe).answer(400, "PullThroughCacheRuleNotFoundException", "no"));
    world.ecr.push_fault(second.always());
    let begin = Instant::now();
    let status = world.within(1.4).create(quay()).await.unwrap_err();
    assert!(begin.elapsed() < Duration::from_secs(3), "{:?}", begin.elapsed());
    assert_eq!(status.code(), Code::Unavailable, "{status}");
    assert_says(status.message(), &["no such rule is there now"]);
    assert_eq!(world.ecr.count(Describe), 2);
}

cases! { ends_with_the_last_look;
    c26_a_look_that_finds_nothing(Fault::on(Describe).answer(400, "PullThroughCacheRuleNotFoundException", "no"));
    c26_a_look_that_the_time_cuts_off(Fault::on(Describe).delay(Duration::from_mins(1)));
    c26_a_look_that_is_refused(Fault::on(Describe).answer(400, "AccessDeniedException", "no"));
}
