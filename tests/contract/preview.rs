//! Previews: what outputs will be, without a write, whether AWS can be reached or not.

use std::time::{Duration, Instant};

use local_ecr::{Fault, Options};
use serde_json::json;

use crate::support::{
    CREDENTIAL, Describe, Journal as _, OTHER_CREDENTIAL, REGION, State, UNKNOWN, World, for_each, hub, quay, secret,
    with,
};

#[tokio::test]
async fn a_create_shows_inputs_and_what_is_not_known_yet() {
    let world = World::start().await;
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
}

#[tokio::test]
async fn secrets_and_unknowns_show_as_they_are() {
    let world = World::start().await;
    let changes = json!({
        "ecrRepositoryPrefix": UNKNOWN,
        "credentialArn": secret(CREDENTIAL),
        "customRoleArn": secret(UNKNOWN),
        "region": UNKNOWN,
    });
    let shown = world.preview(with(hub(), changes.clone())).await.unwrap();
    for (name, value) in changes.as_object().unwrap() {
        assert_eq!(&shown[name], value);
    }
}

#[tokio::test]
async fn an_update_shows_the_old_outputs_with_the_new_inputs() {
    let world = World::start().await;
    for new in [json!(OTHER_CREDENTIAL), json!(UNKNOWN), secret(OTHER_CREDENTIAL)] {
        let old = State::of(hub());
        let shown = world.preview_update(&old, with(hub(), json!({ "credentialArn": new }))).await.unwrap();
        let expected = with(old.outputs, json!({ "credentialArn": new, "id": null }));
        assert_eq!(with(shown, json!({ "id": null })), expected);
    }
    assert_eq!(world.ecr.journal().len(), 0);
}

#[tokio::test]
async fn nothing_is_written() {
    let world = World::start().await;
    world.preview(quay()).await.unwrap();
    world.preview_update(&State::of(hub()), with(hub(), json!({ "credentialArn": OTHER_CREDENTIAL }))).await.unwrap();
    assert_eq!(world.ecr.writes(), 0);
}

#[tokio::test]
async fn many_rules_share_one_look() {
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

#[tokio::test]
async fn an_ecr_that_refuses_fails_no_preview() {
    let cases = [(400, "AccessDeniedException"), (400, "UnrecognizedClientException"), (500, "ServerException")];
    for_each(cases, |(status, code)| async move {
        let world = World::start().await;
        world.ecr.push_fault(Fault::on(Describe).answer(status, code, "no").always());
        assert_eq!(world.preview(quay()).await.unwrap()["registryId"], UNKNOWN);
        assert_eq!(world.engine.messages(), [], "{code}");
    })
    .await;
}

#[tokio::test]
async fn an_ecr_that_cannot_be_reached_fails_no_preview() {
    let begin = Instant::now();
    let endpoints = json!({ "endpoints": "[{\"ecr\":\"http://127.0.0.1:1\"}]" });
    let world = World::with(Options::default(), endpoints).await;
    world.preview(quay()).await.unwrap();
    assert!(begin.elapsed() < Duration::from_secs(8));
}

#[tokio::test]
async fn a_slow_ecr_holds_a_preview_up_for_a_limited_time_only() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Describe).delay(Duration::from_mins(1)).always());
    let begin = Instant::now();
    for name in ["one", "two"] {
        world.named(name).preview(with(quay(), json!({ "ecrRepositoryPrefix": name }))).await.unwrap();
    }
    assert!(begin.elapsed() < Duration::from_secs(8), "{:?}", begin.elapsed());
    assert_eq!(world.ecr.count(Describe), 1);
}

#[tokio::test]
async fn without_credentials_a_preview_works() {
    let world = World::with(Options::default(), json!({ "accessKey": null, "secretKey": null })).await;
    world.preview(quay()).await.unwrap();
    assert_eq!(world.ecr.journal().len(), 0);
}
