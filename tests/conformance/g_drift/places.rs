//! Where a refresh looks: in the account and the region that the state has.

use local_ecr::Rule;
use serde_json::json;
use tonic::Code;

use crate::{
    engine::{refresh, up},
    settings::under_each,
    support::{ACCOUNT, Describe, Journal as _, REGION, State, World, assert_says, quay, with},
};

#[tokio::test]
async fn g14_the_region_of_the_inputs_or_of_the_outputs() {
    under_each(|world| async move {
        world.ecr.put_rule("eu-west-1", Rule::new("quay", "quay.io"));
        let in_inputs = State::of(with(quay(), json!({ "region": "eu-west-1" })));
        let mut in_outputs = State::of(quay());
        in_outputs.outputs["region"] = "eu-west-1".into();
        for old in [in_inputs, in_outputs] {
            let refreshed = world.refresh(&old).await.unwrap().expect("it is there");
            assert_eq!((&refreshed.outputs["region"], &refreshed.inputs), (&json!("eu-west-1"), &old.inputs));
        }
        assert!(world.ecr.calls(Describe).iter().all(|call| call.region == "eu-west-1"));
    })
    .await;
}

/// That it is in no other region says nothing.
#[tokio::test]
async fn g14_a_rule_of_another_region_is_another_rule() {
    under_each(|world| async move {
        let (made, _) = up(&world, None, &quay()).await;
        world.ecr.remove_rule(REGION, "quay");
        world.ecr.put_rule("eu-west-1", Rule::new("quay", "quay.io"));
        assert_eq!(refresh(&world, &made).await, None);
    })
    .await;
}

/// With the credentials of another account nothing can be said of the rule, least of all that it is gone.
#[tokio::test]
async fn g15_a_rule_of_another_account_is_not_gone() {
    let world = World::with_account().await;
    let mut old = State::of(quay());
    old.outputs["registryId"] = "999999999999".into();
    let status = world.refresh(&old).await.unwrap_err();
    assert_eq!(status.code(), Code::FailedPrecondition);
    assert_says(status.message(), &["999999999999", ACCOUNT, "use credentials of account 999999999999"]);
    assert_eq!(world.ecr.count(Describe), 0);
}

/// A provider that does not know its account lets ECR decide.
#[tokio::test]
async fn g15_ecr_is_told_the_account_of_the_state() {
    let world = World::start().await;
    let mut old = State::of(quay());
    old.outputs["registryId"] = "999999999999".into();
    assert_eq!(world.refresh(&old).await.unwrap_err().code(), Code::PermissionDenied);
    assert_eq!(world.ecr.bodies(Describe)[0]["registryId"], "999999999999");
}
