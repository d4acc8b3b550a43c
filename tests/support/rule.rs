//! Rules as programs, states and registries have them.

use local_ecr::Rule;
use serde_json::{Value, json};

use super::REGION;

pub(crate) const CREDENTIAL: &str =
    "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/hub-AbCdEf";
pub(crate) const OTHER_CREDENTIAL: &str =
    "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/other-AbCdEf";
pub(crate) const ROLE: &str = "arn:aws:iam::123456789012:role/ecr-pull-through";
pub(crate) const OTHER_ROLE: &str = "arn:aws:iam::123456789012:role/other";

/// The properties that a program can set.
pub(crate) const INPUTS: [&str; 6] = [
    "ecrRepositoryPrefix",
    "upstreamRegistryUrl",
    "credentialArn",
    "customRoleArn",
    "upstreamRepositoryPrefix",
    "region",
];

/// The least that makes a rule.
pub(crate) fn quay() -> Value {
    json!({ "ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": "quay.io" })
}

/// A rule with a secret.
pub(crate) fn hub() -> Value {
    json!({
        "ecrRepositoryPrefix": "hub",
        "upstreamRegistryUrl": "registry-1.docker.io",
        "credentialArn": CREDENTIAL,
    })
}

/// Some properties with others over them; null takes one away.
pub(crate) fn with(mut properties: Value, changes: Value) -> Value {
    let fields = properties.as_object_mut().expect("an object");
    let Value::Object(changes) = changes else {
        panic!("not an object: {changes}");
    };
    for (name, value) in changes {
        if value.is_null() {
            fields.remove(&name);
        } else {
            fields.insert(name, value);
        }
    }
    properties
}

/// The rule that some inputs or outputs tell of, as ECR has it.
pub(crate) fn rule(properties: &Value) -> Rule {
    let text = |name: &str| super::meaning::text(properties, name);
    Rule {
        credential_arn: text("credentialArn"),
        custom_role_arn: text("customRoleArn"),
        upstream_repository_prefix: text("upstreamRepositoryPrefix"),
        ..Rule::new(text("ecrRepositoryPrefix").expect("a prefix"), text("upstreamRegistryUrl").expect("a URL"))
    }
}

/// What this provider keeps as the outputs of a rule with some inputs.
pub(crate) fn outputs(inputs: &Value) -> Value {
    let mut outputs = json!({
        "id": inputs["ecrRepositoryPrefix"],
        "credentialArn": null,
        "customRoleArn": null,
        "upstreamRepositoryPrefix": null,
        "region": REGION,
        "registryId": super::ACCOUNT,
    });
    for (name, value) in inputs.as_object().expect("an object") {
        outputs[name] = value.clone();
    }
    outputs
}
