//! The checkpoints as stacks whose rules exist.

use harness::{Project, Result, Stack};
use local_ecr::{LocalEcr, Rule};
use serde_json::Value;

use crate::support::TYPE;
use crate::{PLUGIN, REGION, pulumi};

/// Where each checkpoint has one rule more, with the prefix of another one.
pub(super) const ELSEWHERE: &str = "eu-west-1";

/// A state that a release of pulumi-aws wrote, and its program.
pub(super) struct Checkpoint {
    pub(super) version: &'static str,
    pub(super) program: &'static str,
    state: &'static str,
}

pub(super) const V6: Checkpoint = Checkpoint {
    version: "6.77.0",
    program: include_str!("../../checkpoints/pulumi-aws-6.77.0.yaml"),
    state: include_str!("../../checkpoints/pulumi-aws-6.77.0.json"),
};

pub(super) const V7: Checkpoint = Checkpoint {
    version: "7.48.0",
    program: include_str!("../../checkpoints/pulumi-aws-7.48.0.yaml"),
    state: include_str!("../../checkpoints/pulumi-aws-7.48.0.json"),
};

impl Checkpoint {
    /// Its stack, with the plugin installed in the place of the release that made it, and nothing else changed.
    pub(super) fn stack(&self, ecr: &LocalEcr) -> Result<Stack> {
        self.import_into(Project::new(pulumi()?)?.plugin(PLUGIN, self.version), ecr)
    }

    /// Its stack in a project that has its plugins. Keys and endpoints come by the environment, as the state holds none.
    pub(super) fn import_into(&self, project: Project, ecr: &LocalEcr) -> Result<Stack> {
        let keys = [("AWS_ENDPOINT_URL", ecr.url()), ("AWS_ACCESS_KEY_ID", "local".to_owned())];
        let project = keys.into_iter().fold(project, |project, (name, value)| project.env(name, value));
        let stack = project.env("AWS_SECRET_ACCESS_KEY", "local-secret").yaml(self.program).stack("dev")?;
        stack.configure(&[("aws:region", REGION)], &[])?;
        self.put_rules(ecr);
        stack.import_state(&self.state())?;
        Ok(stack)
    }

    /// The state, as exported.
    pub(super) fn state(&self) -> Value {
        serde_json::from_str(self.state).unwrap_or_else(|error| panic!("a checkpoint is no JSON: {error}"))
    }

    /// Its resources, those of the engine's own among them.
    pub(super) fn resources(&self) -> Vec<Value> {
        let state = self.state();
        let resources = state.pointer("/deployment/resources").and_then(Value::as_array);
        resources.map_or_else(|| panic!("a checkpoint has resources"), Vec::clone)
    }

    /// The resource of this name.
    pub(super) fn resource(&self, urn: &str) -> Value {
        let found = self.resources().into_iter().find(|resource| text(resource, "/urn") == urn);
        found.unwrap_or_else(|| panic!("the checkpoint has no {urn}"))
    }

    /// What `pulumi` says of a run that leaves everything as it is: it counts the stack, and no default provider.
    pub(super) fn unchanged(&self) -> String {
        let counted = self.resources().iter().filter(|resource| !text(resource, "/urn").contains("::default_")).count();
        format!("{counted} unchanged")
    }

    /// Makes its rules exist.
    fn put_rules(&self, ecr: &LocalEcr) {
        for resource in self.resources().iter().filter(|resource| text(resource, "/type") == TYPE) {
            let set = |name: &str| resource.pointer(name).and_then(plain).filter(|value| !value.is_empty());
            let prefix = text(resource, "/outputs/ecrRepositoryPrefix");
            let mut rule = Rule::new(prefix, text(resource, "/outputs/upstreamRegistryUrl"));
            rule.credential_arn = set("/outputs/credentialArn");
            rule.custom_role_arn = set("/outputs/customRoleArn");
            rule.upstream_repository_prefix = set("/outputs/upstreamRepositoryPrefix");
            let is_elsewhere = text(resource, "/urn").ends_with("::elsewhere");
            ecr.put_rule(if is_elsewhere { ELSEWHERE } else { REGION }, rule);
        }
    }
}

/// The string at this place, empty where there is none.
pub(super) fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// A string as a state holds it, a secret one in clear.
pub(super) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        // A secret's text is JSON once more.
        Value::Object(secret) => serde_json::from_str(secret.get("plaintext")?.as_str()?).ok(),
        _ => None,
    }
}
