//! Answers with less or more in them than the API model says, and answers of others.

use serde_json::{Value, json};

use crate::{
    answers::{STATUSES_OF_PROXIES, answering, assert_about_a_proxy, behind_a_proxy},
    support::{ACCOUNT, State, for_each, hub, quay},
};

/// A rule is made, and what the answer does not say is as it was asked for.
async fn is_enough(answer: Value, registry_id: Value) {
    let (world, ecr) = answering([(200, answer.to_string())]).await;
    let made = world.create(hub()).await.unwrap();
    let mut expected = State::of(hub());
    expected.outputs["registryId"] = registry_id;
    assert_eq!(made, expected);
    assert_eq!(ecr.asked().len(), 1);
}

cases! { is_enough;
    c24_nothing_at_all(json!({}), Value::Null);
    c24_nulls(json!({ "ecrRepositoryPrefix": null, "upstreamRegistryUrl": null, "registryId": null }), Value::Null);
    c24_a_field_that_is_new(
        json!({ "registryId": ACCOUNT, "signingRoleArn": "x", "somethingNew": { "a": [1] } }), json!(ACCOUNT)
    );
    c24_a_fraction_of_a_second(json!({ "registryId": ACCOUNT, "createdAt": 1_795_000_000.123_456 }), json!(ACCOUNT));
    c24_an_upstream_that_is_new(json!({ "registryId": ACCOUNT, "upstreamRegistry": "harbor" }), json!(ACCOUNT));
}

#[tokio::test]
async fn c40_a_page_of_a_proxy() {
    for_each(STATUSES_OF_PROXIES, |status| async move {
        let error = behind_a_proxy(status).await.create(quay()).await.unwrap_err();
        assert_about_a_proxy(&error, status, "creating");
    })
    .await;
}
