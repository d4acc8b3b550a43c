//! Credentials of another account than the one that the state knows the rule in: a rule of the same prefix there is a stranger's.

use tonic::Code;

use super::{other_hub, put};
use crate::support::{ACCOUNT, CREDENTIAL, REGION, State, World, assert_says, hub};

/// The rule in the state is of another account.
fn elsewhere() -> State {
    let mut state = State::of(hub());
    state.outputs["registryId"] = "999999999999".into();
    state
}

#[tokio::test]
async fn e18_a_strangers_rule_is_not_changed() {
    let world = World::with_account().await;
    put(&world, REGION, &hub());
    let status = world.update(&elsewhere(), other_hub()).await.unwrap_err();
    assert_eq!(status.code(), Code::FailedPrecondition);
    assert_says(status.message(), &["(hub)", "999999999999", ACCOUNT, "use credentials of account"]);
    assert_eq!(world.ecr.rules(REGION)[0].credential_arn.as_deref(), Some(CREDENTIAL));
}

/// Where nobody has asked STS, ECR itself is told which account is meant, and refuses.
#[tokio::test]
async fn e18_ecr_is_told_which_account_is_meant() {
    let world = World::start().await;
    put(&world, REGION, &hub());
    let status = world.update(&elsewhere(), other_hub()).await.unwrap_err();
    assert_says(status.message(), &["AccessDeniedException", "(account 999999999999)"]);
    assert_eq!(world.ecr.rules(REGION)[0].credential_arn.as_deref(), Some(CREDENTIAL));
}
