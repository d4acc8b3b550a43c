//! Update: only what ECR can change, and only when something changes.

mod accounts;
mod errors;
mod lost_answers;
mod nothing_to_send;
mod outputs;
mod preview;
mod request;
mod secrets;
mod time_limits;

use serde_json::{Value, json};

use crate::support::{OTHER_CREDENTIAL, World, hub, rule, with};

/// Puts the rule of some inputs into a region, as an earlier `up` left it.
fn put(world: &World, region: &str, inputs: &Value) {
    world.ecr.put_rule(region, rule(inputs));
}

/// A rule whose secret is another one now.
fn other_hub() -> Value {
    with(hub(), json!({ "credentialArn": OTHER_CREDENTIAL }))
}
