//! What a rule looks like that has just been made or changed.

use local_ecr::RootEcho;
use pulumi_aws::pulumi::rpc::diff_response::DiffChanges;
use serde_json::Value;

use crate::support::{State, World};

/// The outputs of a rule with some inputs: the program's spelling, and what ECR reports of its own account.
pub(crate) fn outputs(world: &World, inputs: &Value) -> Value {
    let mut outputs = State::of(inputs.clone()).outputs;
    if outputs["upstreamRepositoryPrefix"].is_null() && world.ecr.behaviour().root_echo == RootEcho::Root {
        outputs["upstreamRepositoryPrefix"] = "ROOT".into();
    }
    outputs
}

/// Fails unless the program that made a state has nothing to do, at once and after a refresh.
pub(crate) async fn assert_steady(world: &World, made: &State) {
    let read = world.refresh(made).await.unwrap().expect("the rule is there");
    assert_eq!(read.outputs, made.outputs, "a refresh shows what is in the state");
    for state in [made, &read] {
        let diff = world.diff(state, made.inputs.clone()).await;
        assert_eq!((diff.changes(), diff.diffs), (DiffChanges::DiffNone, Vec::new()));
    }
}
