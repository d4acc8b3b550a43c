//! What pulumi-aws needs of a state to read it again.
//!
//! Known of its bridge to Terraform (August 2026), from its source, and seen with it around a stand-in for the resource:
//! - An output that is null is as good as one that is absent.
//! - `__defaults` in the inputs may be absent.
//! - Outputs and program are compared letter by letter, but for `""`, which is nothing: where ECR spells a prefix in another way than the
//!   program, the program's spelling has to be in the outputs, or the rule would be replaced.
//! - Beside a `__pulumi_raw_state_delta`, every output goes back to Terraform as it stands; so the delta may only stay beside the outputs that
//!   it was written for. Without it the outputs are read by the schema, and what the schema does not know is left out. That is what becomes
//!   of the `region` in outputs where the release is 6.77.0, which has none.

use harness::{Result, Stack};
use serde_json::Value;

use super::checkpoint::{Checkpoint, plain, text};
use crate::support::TYPE;

const DELTA: &str = "__pulumi_raw_state_delta";

const INPUTS: [&str; 5] =
    ["credentialArn", "customRoleArn", "ecrRepositoryPrefix", "upstreamRegistryUrl", "upstreamRepositoryPrefix"];

/// Holds that the release that wrote the checkpoint can read what the stack's state is now.
pub(super) fn assert_readable(stack: &Stack, checkpoint: &Checkpoint) -> Result<()> {
    let state = stack.export()?;
    let rules: Vec<_> = state.resources().iter().filter(|resource| text(resource, "/type") == TYPE).collect();
    assert!(!rules.is_empty());
    for rule in rules {
        let outputs = fields(rule, "/outputs");
        for (name, value) in &outputs {
            let known = INPUTS.contains(name) || ["id", "registryId", "region"].contains(name);
            assert!(known && (value.is_null() || plain(value).is_some()) || *name == DELTA, "{name} of {rule:#}");
        }
        assert_eq!(text(rule, "/outputs/id"), text(rule, "/id"));
        assert!(!text(rule, "/outputs/registryId").is_empty(), "{rule:#}");
        if outputs.iter().any(|(name, _)| *name == DELTA) {
            assert_eq!(rule.get("outputs"), checkpoint.resource(text(rule, "/urn")).get("outputs"), "{rule:#}");
        }
        for name in INPUTS {
            let of =
                |kind: &str| rule.pointer(&format!("/{kind}/{name}")).and_then(plain).filter(|text| !text.is_empty());
            assert_eq!(of("outputs"), of("inputs"), "{name} of {rule:#}");
        }
        for (name, value) in fields(rule, "/inputs") {
            let is_known = INPUTS.contains(&name) || (name == "region" && checkpoint.version.starts_with('7'));
            assert!((is_known && plain(value).is_some()) || name == "__defaults", "{name} of {rule:#}");
        }
    }
    Ok(())
}

fn fields<'a>(resource: &'a Value, pointer: &str) -> Vec<(&'a str, &'a Value)> {
    let object = resource.pointer(pointer).and_then(Value::as_object);
    object.into_iter().flatten().map(|(name, value)| (name.as_str(), value)).collect()
}
