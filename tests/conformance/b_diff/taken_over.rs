//! States that pulumi-aws wrote, in every form that they can have.

use serde_json::{Value, json};

use super::{diff, kinds};
use crate::support::{State, World, quay, with};

fn inputs(more: Value) -> Value {
    with(with(quay(), json!({ "__defaults": [] })), more)
}

fn outputs(more: Value) -> Value {
    with(with(quay(), json!({ "id": "quay", "registryId": "123456789012" })), more)
}

/// What is unset, as its bridge writes it.
fn empty() -> Value {
    json!({ "credentialArn": "", "customRoleArn": "", "upstreamRepositoryPrefix": "" })
}

fn version_7() -> Value {
    json!({ "region": "us-east-1", "__pulumi_raw_state_delta": { "obj": {} } })
}

/// Every program that says what the old one said leaves the rule alone.
async fn is_left_alone(inputs: Value, outputs: Value) {
    let world = World::start().await;
    let old = State::new(inputs, outputs);
    for program in [quay(), self::inputs(json!({})), self::inputs(json!({ "region": "us-east-1" }))] {
        assert_eq!(kinds(&diff(&world, &old, program.clone()).await), [].into(), "{program}");
    }
}

cases! { is_left_alone;
    b30_version_6(inputs(json!({})), outputs(json!({})));
    b30_version_6_with_empty_outputs(inputs(json!({})), outputs(empty()));
    b30_version_7(inputs(json!({ "region": "us-east-1" })), outputs(with(empty(), version_7())));
    b30_version_7_after_version_6(inputs(json!({})), outputs(with(empty(), version_7())));
    b30_version_7_before_a_refresh(inputs(json!({ "region": "us-east-1" })), outputs(empty()));
}
