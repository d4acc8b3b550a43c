//! Explicit providers: `provider`, with `version` and another region.

use harness::Result;
use serde_json::json;

use crate::support::{QUAY, only_rule, outputs, program, rule, writes_by_prefix};
use crate::{REGION, VERSION, local_ecr, yaml_stack};

#[test]
fn a_provider_in_another_region_serves_its_rules_and_calls() -> Result<()> {
    let ecr = local_ecr();
    let url = ecr.url();
    let provider = |region: &str| {
        format!(
            "  there:\n    type: pulumi:providers:aws\n    properties:\n      region: {region}\n      accessKey: local\n      \
             secretKey: explicit-secret\n      endpoints: [ {{ ecr: \"{url}\", sts: \"{url}\" }} ]\n    options: {{ version: {VERSION} }}\n"
        )
    };
    let look_up = "\
variables:
  found:
    fn::invoke:
      function: aws:ecr:getPullThroughCacheRule
      arguments: { ecrRepositoryPrefix: \"${far.id}\" }
      options: { provider: \"${there}\" }
outputs:
  region: ${found.region}
";
    let in_region = |region| {
        let far = rule("far", QUAY, "{ provider: \"${there}\" }");
        format!("{}{look_up}", program(&[provider(region), far, rule("near", QUAY, "")]))
    };
    let stack = yaml_stack(&in_region("eu-west-1"), &ecr)?;
    stack.up()?.assert_success().assert_contains("4 created");
    only_rule(&ecr, REGION);
    only_rule(&ecr, "eu-west-1");
    assert_eq!(outputs(&stack)?, json!({ "region": "eu-west-1" }));
    let state = stack.export()?;
    let provider = state.resource("there")?["urn"].as_str().unwrap_or_default();
    assert!(state.resource("far")?["provider"].as_str().is_some_and(|used| used.starts_with(provider)));
    stack.run(["stack", "export"])?.assert_success().assert_lacks("explicit-secret");

    ecr.clear_journal();
    stack.write("Pulumi.yaml", &in_region("eu-central-1"))?;
    stack.up()?.assert_success().assert_contains("1 replaced");
    assert_eq!(writes_by_prefix(&ecr), ["Create cache", "Delete cache"]);
    assert!(ecr.rules("eu-west-1").is_empty());
    only_rule(&ecr, "eu-central-1");
    stack.destroy()?.assert_success();
    assert!([REGION, "eu-central-1"].iter().all(|region| ecr.rules(region).is_empty()));
    Ok(())
}
