//! Answers to a write that are not ECR's.

use local_ecr::Options;
use serde_json::json;
use tonic::Code;

use crate::support::{Scripted, State, World, assert_says, quay};

/// What a proxy says in the place of ECR says nothing about a rule, and the user should look at the proxy.
#[tokio::test]
async fn a_page_for_people_is_an_error() {
    const PAGE: &str = "<html><body>Please log in to the network</body></html>";
    for status in [200, 302, 403, 404, 407, 502] {
        let ecr = Scripted::start([(status, PAGE.to_owned())]);
        let endpoints = json!([{ "ecr": ecr.url() }]).to_string();
        let world = World::with(Options::default(), json!({ "endpoints": endpoints, "maxRetries": "1" })).await;
        let old = State::of(quay());
        for (doing, error) in
            [("deleting", world.delete(&old).await.unwrap_err()), ("creating", world.create(quay()).await.unwrap_err())]
        {
            assert!(!matches!(error.code(), Code::NotFound | Code::Internal), "{status}: {error}");
            assert_says(error.message(), &[doing, "quay", &status.to_string(), "check proxies and endpoints"]);
        }
    }
}
