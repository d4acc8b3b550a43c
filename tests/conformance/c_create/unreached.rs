//! An ECR that is not there.

use std::time::{Duration, Instant};

use local_ecr::Options;
use serde_json::json;
use tonic::Code;

use crate::support::{World, assert_says, quay};

#[tokio::test]
async fn c35_it_is_given_up_soon() {
    let world = World::with(Options::default(), json!({ "endpoints": "[{\"ecr\":\"http://127.0.0.1:1\"}]" })).await;
    let begin = Instant::now();
    let status = world.create(quay()).await.unwrap_err();
    assert_eq!(status.code(), Code::Unavailable);
    assert_says(status.message(), &["(quay)", "aws:endpoints"]);
    assert!(begin.elapsed() < Duration::from_secs(10));
}
