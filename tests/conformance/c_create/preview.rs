//! Previews of a create: what the outputs will be, without a write, whether AWS can be reached or not.

use std::time::{Duration, Instant};

use local_ecr::{Fault, Options};
use serde_json::{Value, json};

use crate::{
    settings::under_each,
    support::{CREDENTIAL, Describe, Journal as _, REGION, UNKNOWN, World, hub, quay, secret, with},
};

#[tokio::test]
async fn c05_inputs_are_shown_with_what_is_not_known_yet() {
    under_each(|world| async move {
        let expected = json!({
            "ecrRepositoryPrefix": "quay",
            "upstreamRegistryUrl": "quay.io",
            "credentialArn": null,
            "customRoleArn": null,
            "upstreamRepositoryPrefix": null,
            "region": REGION,
            "registryId": UNKNOWN,
            "id": UNKNOWN,
        });
        assert_eq!(world.preview(quay()).await.unwrap(), expected);
        assert_eq!((world.ecr.writes(), world.ecr.rules(REGION).len()), (0, 0));
    })
    .await;
}

/// A value that is special on the wire is shown as it is.
async fn is_shown(property: &str, value: Value) {
    let world = World::start().await;
    let shown = world.preview(with(hub(), json!({ property: value }))).await.unwrap();
    assert_eq!(shown[property], value);
    assert_eq!(world.ecr.writes(), 0);
}

cases! { is_shown;
    c05_a_secret("credentialArn", secret(CREDENTIAL));
    c05_an_unknown_prefix("ecrRepositoryPrefix", json!(UNKNOWN));
    c05_an_unknown_secret("credentialArn", secret(UNKNOWN));
    c05_an_unknown_role("customRoleArn", json!(UNKNOWN));
    c05_an_unknown_region("region", json!(UNKNOWN));
}

#[tokio::test]
async fn c36_many_rules_share_one_look() {
    let world = World::start().await;
    let previews = (0..40).map(|number| {
        let rule = world.named(&format!("rule-{number}"));
        let prefix = json!({ "ecrRepositoryPrefix": format!("quay-{number}") });
        tokio::spawn(async move { rule.preview(with(quay(), prefix)).await })
    });
    for preview in previews.collect::<Vec<_>>() {
        preview.await.unwrap().unwrap();
    }
    assert_eq!((world.ecr.count(Describe), world.ecr.journal().len()), (1, 1));
    world.named("elsewhere").preview(with(quay(), json!({ "region": "eu-west-1" }))).await.unwrap();
    assert_eq!(world.ecr.count(Describe), 2, "another region is another registry");
}

/// An ECR that refuses to be looked at: the preview is as it would be, and says nothing of it.
async fn fails_no_preview(status: u16, code: &str) {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Describe).answer(status, code, "no").always());
    assert_eq!(world.preview(quay()).await.unwrap()["registryId"], UNKNOWN);
    assert_eq!(world.engine.messages(), []);
}

cases! { fails_no_preview;
    c37_a_missing_permission(400, "AccessDeniedException");
    c37_an_unknown_access_key(400, "UnrecognizedClientException");
    c37_a_failure_of_ecr(500, "ServerException");
}

#[tokio::test]
async fn c37_an_ecr_that_cannot_be_reached_fails_no_preview() {
    let begin = Instant::now();
    let endpoints = json!({ "endpoints": "[{\"ecr\":\"http://127.0.0.1:1\"}]" });
    let world = World::with(Options::default(), endpoints).await;
    world.preview(quay()).await.unwrap();
    assert_eq!(world.engine.messages(), []);
    assert!(begin.elapsed() < Duration::from_secs(8), "{:?}", begin.elapsed());
}

#[tokio::test]
async fn c37_a_slow_ecr_holds_a_preview_up_for_a_limited_time_only() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Describe).delay(Duration::from_mins(1)).always());
    let begin = Instant::now();
    for name in ["one", "two"] {
        world.named(name).preview(with(quay(), json!({ "ecrRepositoryPrefix": name }))).await.unwrap();
    }
    assert!(begin.elapsed() < Duration::from_secs(8), "{:?}", begin.elapsed());
    assert_eq!((world.ecr.count(Describe), world.engine.messages()), (1, vec![]));
}

#[tokio::test]
async fn c37_without_credentials_a_preview_works() {
    let world = World::with(Options::default(), json!({ "accessKey": null, "secretKey": null })).await;
    world.preview(quay()).await.unwrap();
    assert_eq!((world.ecr.journal().len(), world.engine.messages()), (0, vec![]));
}
