//! Rules with less or more in them than the API model says.

use serde_json::{Value, json};

use crate::{
    answers::answering,
    engine::is_none,
    support::{ACCOUNT, CREDENTIAL, State, hub, with},
};

/// The rule is read with these fields of the answer, and is the one of the program.
async fn is_read(changes: Value) {
    let rule = json!({
        "ecrRepositoryPrefix": "hub", "upstreamRegistryUrl": "registry-1.docker.io", "credentialArn": CREDENTIAL,
        "registryId": ACCOUNT, "createdAt": 1_795_000_000, "updatedAt": 1_795_000_000, "upstreamRegistry": "docker-hub",
    });
    let body = json!({ "pullThroughCacheRules": [with(rule, changes)] }).to_string();
    let (world, _ecr) = answering([(200, body)]).await;
    assert_eq!(world.import("hub").await.unwrap().unwrap(), State::of(hub()));
    let refreshed = world.refresh(&State::of(hub())).await.unwrap().unwrap();
    assert_eq!(refreshed, State::of(hub()));
    assert!(is_none(&world.diff(&refreshed, hub()).await));
}

cases! { is_read;
    d26_as_the_model_says(json!({}));
    d26_fields_that_are_new(json!({ "signingRoleArn": "arn:aws:iam::123456789012:role/x", "somethingNew": { "a": [1, null] } }));
    d26_fractions_of_seconds(json!({ "createdAt": 1_795_000_000.123_456, "updatedAt": 1.795e9 }));
    d26_no_times(json!({ "createdAt": null, "updatedAt": null }));
    d26_a_time_before_all_times(json!({ "createdAt": -1 }));
    d26_an_upstream_that_is_new(json!({ "upstreamRegistry": "harbor" }));
    d26_no_name_of_the_upstream(json!({ "upstreamRegistry": null }));
    d26_empty_texts(json!({ "customRoleArn": "", "upstreamRepositoryPrefix": "" }));
}
