//! Answers that ECR may give though the local one does not.

use local_ecr::Options;
use serde_json::{Value, json};
use tonic::{Code, Status};

use crate::support::{ACCOUNT, Answer, Scripted, World, assert_says};

/// A world whose ECR gives some answers.
pub(crate) async fn answering(answers: impl IntoIterator<Item = Answer>) -> (World, Scripted) {
    let ecr = Scripted::start(answers);
    let endpoints = json!([{ "ecr": ecr.url() }]).to_string();
    (World::with(Options::default(), json!({ "endpoints": endpoints, "maxRetries": "1" })).await, ecr)
}

/// A page of rules with some prefixes.
pub(crate) fn page(prefixes: &[&str], next: Option<&str>) -> Answer {
    let rule = |prefix: &&str| json!({ "ecrRepositoryPrefix": prefix, "upstreamRegistryUrl": "quay.io", "registryId": ACCOUNT });
    let mut body = json!({ "pullThroughCacheRules": prefixes.iter().map(rule).collect::<Value>() });
    if let Some(next) = next {
        body["nextToken"] = next.into();
    }
    (200, body.to_string())
}

/// What a proxy may answer in the place of ECR: a page for people, with any of these.
pub(crate) const STATUSES_OF_PROXIES: [u16; 6] = [200, 302, 403, 404, 407, 502];

/// A world behind such a proxy.
pub(crate) async fn behind_a_proxy(status: u16) -> World {
    answering([(status, "<html><body>Please log in to the network</body></html>".to_owned())]).await.0
}

/// Fails unless an error says nothing about the rule, and sends the user to the proxy.
#[track_caller]
pub(crate) fn assert_about_a_proxy(error: &Status, status: u16, doing: &str) {
    assert!(!matches!(error.code(), Code::NotFound | Code::Internal | Code::DataLoss), "{error}");
    assert_says(error.message(), &[doing, "(quay)", &status.to_string(), "check proxies and endpoints"]);
}
