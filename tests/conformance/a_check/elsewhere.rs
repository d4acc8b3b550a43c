//! What lies in another account, region or partition than the rule.

use serde_json::{Value, json};

use crate::support::{CREDENTIAL, ROLE, World, assert_says, hub, quay, with};

/// The rule passes, with one warning that says something.
async fn is_warned_of(inputs: Value, says: &[&str]) {
    let world = World::with_account().await;
    assert_eq!(world.check(inputs).await.failures, [].into());
    let [warning] = &world.warnings()[..] else { panic!("not one warning: {:?}", world.warnings()) };
    assert_says(warning, says);
}

/// The rule passes without a word.
async fn is_fine(inputs: Value) {
    let world = World::with_account().await;
    assert_eq!(world.check(inputs).await.failures, [].into());
    assert_eq!(world.warnings(), [""; 0]);
}

/// Nor does a provider warn that does not know its own account.
#[tokio::test]
async fn a42_a_secret_of_an_account_that_may_be_the_own_one() {
    let world = World::start().await;
    let secret = CREDENTIAL.replace("123456789012", "210987654321");
    world.check(with(hub(), json!({ "credentialArn": secret }))).await;
    assert_eq!(world.warnings(), [""; 0]);
}

fn registry(host: &str) -> Value {
    with(quay(), json!({ "upstreamRegistryUrl": host }))
}

cases! { is_warned_of;
    a42_a_secret_of_another_region(
        with(hub(), json!({ "credentialArn": CREDENTIAL.replace("us-east-1", "eu-west-1") })),
        &["the secret of `credentialArn` is in eu-west-1, but the rule in us-east-1"],
    );
    a42_a_rule_of_another_region_than_its_secret(
        with(hub(), json!({ "region": "eu-west-1" })),
        &["the secret of `credentialArn` is in us-east-1, but the rule in eu-west-1"],
    );
    a42_a_secret_of_another_account(
        with(hub(), json!({ "credentialArn": CREDENTIAL.replace("123456789012", "210987654321") })),
        &["the secret of `credentialArn` is in account 210987654321, but the rule in 123456789012"],
    );
    a42_a_role_of_another_account(
        with(quay(), json!({ "customRoleArn": ROLE.replace("123456789012", "210987654321") })),
        &["the role of `customRoleArn` is in account 210987654321, but the rule in 123456789012"],
    );
    a54_the_registry_of_another_account_without_a_role(
        registry("210987654321.dkr.ecr.us-east-1.amazonaws.com"),
        &["is the registry of another account", "`customRoleArn`"],
    );
    a55_the_registry_of_another_partition(
        registry("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn"),
        &["is a registry of another partition than the rule's"],
    );
}

cases! { is_fine;
    a42_a_secret_of_the_same_region_and_account(hub());
    a54_the_registry_of_another_account_with_a_role(
        with(registry("210987654321.dkr.ecr.us-east-1.amazonaws.com"), json!({ "customRoleArn": ROLE })),
    );
    a54_a_registry_of_another_region(registry("123456789012.dkr.ecr.eu-west-1.amazonaws.com"));
}
