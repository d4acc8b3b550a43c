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

use local_ecr::Rule;
use serde_json::{Value, json};

use crate::support::{OTHER_CREDENTIAL, World, hub, with};

/// Puts the rule of some inputs into a region, as an earlier `up` left it.
fn put(world: &World, region: &str, inputs: &Value) {
    let text = |name: &str| inputs.get(name).and_then(Value::as_str).map(str::to_owned);
    world.ecr.put_rule(
        region,
        Rule {
            credential_arn: text("credentialArn"),
            custom_role_arn: text("customRoleArn"),
            upstream_repository_prefix: text("upstreamRepositoryPrefix"),
            ..Rule::new(text("ecrRepositoryPrefix").unwrap(), text("upstreamRegistryUrl").unwrap())
        },
    );
}

/// A rule whose secret is another one now.
fn other_hub() -> Value {
    with(hub(), json!({ "credentialArn": OTHER_CREDENTIAL }))
}
