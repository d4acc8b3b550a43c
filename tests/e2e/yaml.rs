//! The YAML example.

use harness::Result;
use serde_json::json;

use crate::{REGION, local_ecr, yaml_stack};

const EXAMPLE: &str = include_str!("../../examples/yaml/Pulumi.yaml");

#[test]
fn the_example_is_previewed_created_left_alone_and_destroyed() -> Result<()> {
    let ecr = local_ecr();
    let stack = yaml_stack(EXAMPLE, &ecr)?;

    stack.preview()?.assert_success().assert_contains("ecrRepositoryPrefix").assert_contains("2 to create");
    assert!(ecr.rules(REGION).is_empty(), "a preview wrote to ECR");

    stack.up()?.assert_success().assert_contains("2 created");
    let rules = ecr.rules(REGION);
    assert_eq!(rules.len(), 1);
    let state = stack.export()?;
    let rule = state.resource("example")?;
    assert_eq!(rule["id"], json!("ecr-public"));
    assert_eq!(rule["outputs"]["registryId"], json!("123456789012"));

    stack.run(["preview", "--expect-no-changes"])?.assert_success();

    stack.destroy()?.assert_success();
    assert!(ecr.rules(REGION).is_empty(), "the rule is still there");
    stack.check_no_plugin_left()
}
