//! Credentials of another account than the one that the state knows a rule in: a rule of the same prefix there is a stranger's.

use local_ecr::{Options, Rule};
use serde_json::json;
use tonic::Code;

use crate::support::{ACCOUNT, CREDENTIAL, REGION, State, World, assert_says, prefixes, quay, with};

const OTHER_ACCOUNT: &str = "999999999999";

/// The credentials are of the local ECR's account, the rule is of another, and both have a rule of this prefix.
async fn with_a_strangers_rule(knows_the_account: bool) -> (World, State) {
    let world =
        if knows_the_account { World::with_account().await } else { World::with(Options::default(), json!({})).await };
    world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
    let mut old = State::of(quay());
    old.outputs["registryId"] = OTHER_ACCOUNT.into();
    (world, old)
}

#[tokio::test]
async fn a_strangers_rule_is_not_read_changed_or_deleted() {
    let (world, old) = with_a_strangers_rule(true).await;
    for status in [
        world.refresh(&old).await.unwrap_err(),
        world.update(&old, with(quay(), json!({ "credentialArn": CREDENTIAL }))).await.unwrap_err(),
        world.delete(&old).await.unwrap_err(),
    ] {
        assert_eq!(status.code(), Code::FailedPrecondition);
        assert_says(status.message(), &["quay", OTHER_ACCOUNT, ACCOUNT, "use credentials of account"]);
    }
    assert_eq!(prefixes(&world.ecr), ["quay"]);
    assert_eq!(world.ecr.rules(REGION)[0].credential_arn, None);
}

/// Where nobody has asked STS, ECR itself is told which account is meant, and refuses.
#[tokio::test]
async fn the_account_is_told_to_ecr_where_it_cannot_be_compared() {
    let (world, old) = with_a_strangers_rule(false).await;
    world.refresh(&old).await.unwrap_err();
    world.update(&old, with(quay(), json!({ "credentialArn": CREDENTIAL }))).await.unwrap_err();
    world.delete(&old).await.unwrap_err();
    assert_eq!(prefixes(&world.ecr), ["quay"]);
    assert_eq!(world.ecr.rules(REGION)[0].credential_arn, None);

    world.ecr.remove_rule(REGION, "quay");
    world.refresh(&old).await.expect_err("the rule is gone from here, but it never was here");
}
