//! The acceptance tests of Terraform's resource and data source, as Pulumi programs: seven of the one and five of the other, and
//! the pair of pull request #41875, which was never merged.
//!
//! Where Terraform verifies an import, the same rule is imported under a second name, and the two are held against each other.

use harness::{Result, Stack};

use crate::support::TYPE;

mod data_source;
mod resource;

/// The longest prefix that ECR takes: 30 characters.
const LONG_PREFIX: &str = "tf-test/abcdefghijklmnopqrstuv";

/// The host of a private ECR.
const OWN_REGISTRY: &str = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
const FOREIGN_REGISTRY: &str = "210987654321.dkr.ecr.us-east-1.amazonaws.com";

/// Imports what `rule` manages under another name, and holds the two states against each other.
fn verify_import(stack: &Stack, id: &str) -> Result<()> {
    let import = ["import", TYPE, "imported", id, "--yes", "--protect=false", "--generate-code=false"];
    stack.run(import)?.assert_success().assert_contains("1 imported");
    let state = stack.export()?;
    let (created, imported) = (state.resource("rule")?, state.resource("imported")?);
    for part in ["id", "outputs"] {
        assert_eq!(created[part], imported[part], "{part} of {id}");
    }
    let mut inputs = created["inputs"].clone();
    if inputs["upstreamRepositoryPrefix"] == "ROOT" {
        // The default, which an import leaves out: whether a program has said it cannot be seen.
        inputs.as_object_mut().expect("inputs are an object").remove("upstreamRepositoryPrefix");
    }
    assert_eq!(inputs, imported["inputs"], "inputs of {id}");
    Ok(())
}
