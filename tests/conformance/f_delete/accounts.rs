//! Credentials of another account than the one that the state knows the rule in: a rule of the same prefix there is a stranger's.

use local_ecr::Rule;
use tonic::Code;

use crate::support::{ACCOUNT, REGION, State, World, assert_says, prefixes, quay};

/// The rule in the state is of another account.
fn elsewhere() -> State {
    let mut state = State::of(quay());
    state.outputs["registryId"] = "999999999999".into();
    state
}

#[tokio::test]
async fn f10_a_strangers_rule_is_not_deleted() {
    let world = World::with_account().await;
    world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
    let status = world.delete(&elsewhere()).await.unwrap_err();
    assert_eq!(status.code(), Code::FailedPrecondition);
    assert_says(status.message(), &["(quay)", "999999999999", ACCOUNT, "use credentials of account"]);
    assert_eq!(prefixes(&world.ecr), ["quay"]);
}

/// Where nobody has asked STS, ECR itself is told which account is meant, and refuses.
#[tokio::test]
async fn f10_ecr_is_told_which_account_is_meant() {
    let world = World::start().await;
    world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
    let status = world.delete(&elsewhere()).await.unwrap_err();
    assert_says(status.message(), &["AccessDeniedException", "(account 999999999999)"]);
    assert_eq!(prefixes(&world.ecr), ["quay"]);
}
