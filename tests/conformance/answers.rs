//! Answers that ECR may give though the local one does not.

use local_ecr::Options;
use serde_json::{Value, json};

use crate::support::{ACCOUNT, Answer, Scripted, World};

/// A world whose ECR gives some answers.
pub(super) async fn answering(answers: impl IntoIterator<Item = Answer>) -> (World, Scripted) {
    let ecr = Scripted::start(answers);
    let endpoints = json!([{ "ecr": ecr.url() }]).to_string();
    (World::with(Options::default(), json!({ "endpoints": endpoints, "maxRetries": "1" })).await, ecr)
}

/// A page of rules with some prefixes.
pub(super) fn page(prefixes: &[&str], next: Option<&str>) -> Answer {
    let rule = |prefix: &&str| json!({ "ecrRepositoryPrefix": prefix, "upstreamRegistryUrl": "quay.io", "registryId": ACCOUNT });
    let mut body = json!({ "pullThroughCacheRules": prefixes.iter().map(rule).collect::<Value>() });
    if let Some(next) = next {
        body["nextToken"] = next.into();
    }
    (200, body.to_string())
}
