//! Values that are secrets: judged as others, and told to nobody.

use serde_json::{Value, json};

use super::{assert_good, reason};
use crate::support::{CREDENTIAL, ROLE, World, assert_says, hub, output, quay, secret, with};

/// A good value stays what it is.
async fn passes(wrap: fn(Value) -> Value) {
    let wrapped = json!({ "credentialArn": wrap(CREDENTIAL.into()), "ecrRepositoryPrefix": wrap("hub".into()) });
    assert_good(with(hub(), wrapped)).await;
}

cases! { passes;
    a34_good_secrets_stay_secret(secret);
    a34_good_outputs_stay_outputs(output);
    a34_secret_outputs_stay_both(|value| secret(output(value)));
}

#[tokio::test]
async fn a34_a_bad_secret_is_not_shown_but_the_rule_for_it_is() {
    let reason = reason(with(hub(), json!({ "credentialArn": secret("foo") })), "credentialArn").await;
    assert_says(&reason, &["not valid (it is a secret and not shown)", "ARN of a Secrets Manager secret whose name"]);
}

#[tokio::test]
async fn a34_a_bad_output_is_shown() {
    let reason = reason(with(hub(), json!({ "credentialArn": output("foo") })), "credentialArn").await;
    assert_says(&reason, &["is an invalid ARN: arn: invalid prefix"]);
}

/// A secret value is in no failure and no warning, in no part and no spelling.
async fn is_not_told(property: &str, value: Value, part: &str) {
    let world = World::with_account().await;
    let failures = world.check(with(quay(), json!({ property: secret(value) }))).await.failures;
    let told = format!("{failures:?} {:?}", world.engine.messages());
    assert!(!told.to_lowercase().contains(&part.to_lowercase()), "{told}");
    assert!(!failures.is_empty() || !world.warnings().is_empty(), "there is something to tell");
}

cases! { is_not_told;
    a57_a_bad_prefix("ecrRepositoryPrefix", "Hunter2".into(), "hunter2");
    a57_a_bad_upstream("upstreamRegistryUrl", "https://hunter2.example.com/x".into(), "hunter2");
    a57_an_upstream_that_is_written_in_another_way("upstreamRegistryUrl", "https://hunter2.azurecr.io".into(), "hunter2");
    a57_an_unusual_upstream("upstreamRegistryUrl", "hunter2.example.com".into(), "hunter2");
    a57_an_upstream_that_means_another("upstreamRegistryUrl", "k8s.gcr.io".into(), "did you mean");
    a57_a_bad_credential("credentialArn", "hunter2".into(), "hunter2");
    a57_the_account_of_a_credential(
        "credentialArn",
        CREDENTIAL.replace("123456789012", "210987654321").into(),
        "210987654321",
    );
    a57_the_region_of_a_credential("credentialArn", CREDENTIAL.replace("us-east-1", "ap-south-2").into(), "ap-south-2");
    a57_a_bad_role("customRoleArn", "hunter2".into(), "hunter2");
    a57_the_account_of_a_role("customRoleArn", ROLE.replace("123456789012", "210987654321").into(), "210987654321");
    a57_a_bad_upstream_prefix("upstreamRepositoryPrefix", "Hunter2-".into(), "hunter2");
    a57_a_bad_region("region", "hunter2".into(), "hunter2");
    a57_the_region_of_a_zone("region", "ap-south-2a".into(), "ap-south-2");
    a57_a_region_of_another_partition("region", "cn-north-1".into(), "cn-north-1");
    a57_the_number_of_a_wrong_type("ecrRepositoryPrefix", json!(8_675_309), "8675309");
}
