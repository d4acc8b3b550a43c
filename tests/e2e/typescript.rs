//! The unmodified TypeScript SDK of pulumi-aws.

use harness::{NodePackages, Project, Result};
use serde_json::json;

use crate::{PLUGIN, REGION, VERSION, local_ecr, operations, pulumi};

#[test]
fn the_example_runs_on_the_unmodified_sdk_and_its_second_preview_is_quiet() -> Result<()> {
    let ecr = local_ecr();
    let program = include_str!("../../examples/typescript/index.ts");
    let project = Project::new(pulumi()?)?.plugin(PLUGIN, VERSION).typescript(&NodePackages::aws_v6()?, program);
    let stack = project.stack("dev")?;
    stack.configure_local(&ecr.url())?;

    stack.preview()?.assert_success().assert_contains("2 to create");
    stack.up()?.assert_success().assert_contains("2 created");
    assert_eq!(ecr.rules(REGION).len(), 1);
    let outputs = stack.run(["stack", "output", "--json"])?;
    let outputs: serde_json::Value = serde_json::from_str(&outputs.stdout).expect("outputs are JSON");
    assert_eq!(outputs["registry"], "123456789012");
    assert_eq!(outputs["customRole"], json!(null));
    assert_eq!(outputs["needsRole"], "no");

    // Also where the program reads outputs that are not set, and computes with them.
    ecr.clear_journal();
    stack.run(["preview", "--diff", "--expect-no-changes"])?.assert_success();
    assert_eq!(operations(&ecr), ["GetCallerIdentity"]);

    let state = stack.export()?;
    let provider = state.resource("default_6_77_0")?;
    assert_eq!(provider["inputs"]["version"], "6.77.0");
    stack.destroy()?.assert_success();
    assert!(ecr.rules(REGION).is_empty());
    Ok(())
}
