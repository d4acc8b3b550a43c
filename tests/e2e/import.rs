//! Rules that exist become a stack's; rules that do not are said to be missing.

use harness::Result;
use local_ecr::Rule;
use serde_json::json;

use crate::support::{K8S, QUAY, ROLE, SECRET, TYPE, program, rewrite, rule};
use crate::{REGION, local_ecr, rule_program, writes, yaml_stack};

#[test]
fn an_imported_rule_and_its_generated_code_agree() -> Result<()> {
    let ecr = local_ecr();
    let mut there = Rule::new("team/hub", "registry-1.docker.io");
    there.credential_arn = Some(SECRET.to_owned());
    ecr.put_rule(REGION, there);
    let stack = yaml_stack("", &ecr)?;

    let import = stack.run(["import", "--yes", TYPE, "hub", "team/hub", "--out", "generated.yaml"])?;
    import.assert_success().assert_contains("1 imported");
    let state = stack.export()?;
    assert_eq!(state.resource("hub")?["id"], "team/hub");
    let inputs = json!({
        "ecrRepositoryPrefix": "team/hub", "upstreamRegistryUrl": "registry-1.docker.io", "credentialArn": SECRET,
    });
    assert_eq!(state.resource("hub")?["inputs"], inputs);

    let generated = std::fs::read_to_string(stack.folder().join("generated.yaml")).expect("the code is written");
    stack.write("Pulumi.yaml", &format!("name: example\nruntime: yaml\n{generated}"))?;
    stack.run(["preview", "--expect-no-changes"])?.assert_success();
    stack.up()?.assert_success().assert_contains("2 unchanged");
    assert_eq!(writes(&ecr), [""; 0], "an import wrote to ECR");
    Ok(())
}

#[test]
fn a_rule_of_another_region_is_imported_by_prefix_and_region() -> Result<()> {
    let ecr = local_ecr();
    ecr.put_rule("eu-west-1", Rule::new("quay", "quay.io"));
    let stack = yaml_stack("", &ecr)?;
    stack.run(["import", "--yes", TYPE, "rule", "quay@eu-west-1"])?.assert_success();
    let state = stack.export()?;
    assert_eq!(state.resource("rule")?["id"], "quay");
    assert_eq!(state.resource("rule")?["inputs"]["region"], "eu-west-1");
    let program =
        rule_program(&[("ecrRepositoryPrefix", "quay"), ("upstreamRegistryUrl", "quay.io"), ("region", "eu-west-1")]);
    stack.write("Pulumi.yaml", &format!("{program}    options: {{ protect: true }}\n"))?;
    stack.run(["preview", "--expect-no-changes"])?.assert_success();
    Ok(())
}

#[test]
fn the_import_option_takes_a_rule_over() -> Result<()> {
    let ecr = local_ecr();
    ecr.put_rule(REGION, Rule::new("cache", "quay.io"));
    let import = "{ import: cache }";
    let stack = yaml_stack(&program(&[rule("rule", K8S, import)]), &ecr)?;
    // The engine has imported the rule by the time that it finds that it would have to be replaced.
    stack.up()?.assert_failure().assert_contains("may not be replaced");
    assert_eq!(stack.export()?.resource("rule")?["inputs"]["upstreamRegistryUrl"], "quay.io");
    rewrite(&stack, &[rule("rule", QUAY, import)])?;
    stack.up()?.assert_success().assert_contains("2 unchanged");
    assert_eq!(writes(&ecr), [""; 0]);

    // What can be changed is, at once.
    ecr.put_rule(REGION, Rule::new("other", "quay.io"));
    let other = [("ecrRepositoryPrefix", "other"), QUAY[1], ("customRoleArn", ROLE)];
    rewrite(&stack, &[rule("rule", QUAY, import), rule("other", &other, "{ import: other }")])?;
    stack.up()?.assert_success();
    assert_eq!(writes(&ecr), ["UpdatePullThroughCacheRule"]);
    assert_eq!(stack.export()?.resource("other")?["outputs"]["customRoleArn"], ROLE);
    Ok(())
}

#[test]
fn what_does_not_exist_or_cannot_be_an_id_is_said() -> Result<()> {
    let ecr = local_ecr();
    let stack = yaml_stack("", &ecr)?;
    for (id, message) in [
        ("missing", "resource 'missing' does not exist"),
        ("Foo Bar", "is not the id of a pull-through cache rule"),
        ("quay@moon-1", "names a region that is none here"),
    ] {
        stack.run(["import", "--yes", TYPE, "rule", id])?.assert_failure().assert_contains(message);
    }
    Ok(())
}

#[test]
fn get_and_the_function_read_a_rule_that_is_not_managed() -> Result<()> {
    let ecr = local_ecr();
    ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
    let program = "\
resources:
  known:
    type: aws:ecr:PullThroughCacheRule
    get:
      id: quay
variables:
  called:
    fn::invoke:
      function: aws:ecr:getPullThroughCacheRule
      arguments: { ecrRepositoryPrefix: quay }
outputs:
  fromGet: ${known.upstreamRegistryUrl}
  fromFunction: ${called.upstreamRegistryUrl}
  unset: ${called.credentialArn}
";
    let stack = yaml_stack(program, &ecr)?;
    stack.up()?.assert_success();
    let outputs = stack.run(["stack", "output", "--json"])?;
    let outputs: serde_json::Value = serde_json::from_str(&outputs.stdout).expect("outputs are JSON");
    assert_eq!(outputs, json!({ "fromGet": "quay.io", "fromFunction": "quay.io", "unset": "" }));
    assert_eq!(writes(&ecr), [""; 0]);

    ecr.remove_rule(REGION, "quay");
    stack.up()?.assert_failure().assert_contains("couldn't find resource");
    Ok(())
}
