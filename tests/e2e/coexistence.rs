//! Two releases of the aws plugin in one program: the resource option `version` says which one serves a rule.
//!
//! The official plugin is not to be had in every place that runs tests, so this plugin stands in for it as well: what is held here is
//! the engine's side of a switch and that ours sees no change in it.

use harness::Result;

use crate::{PLUGIN, VERSION, local_ecr, rule_program, writes, yaml_stack};

/// The version by which a program sends single rules here.
const OURS: &str = "0.1.0";

#[test]
fn switching_a_rule_over_and_back_changes_nothing() -> Result<()> {
    let ecr = local_ecr();
    let rule = rule_program(&[("ecrRepositoryPrefix", "quay"), ("upstreamRegistryUrl", "quay.io")]);
    let served_by = |version: &str| format!("{rule}    options: {{ version: {version} }}\n");
    let stack = yaml_stack(&served_by(VERSION), &ecr)?;
    stack.home().install_plugin(PLUGIN.as_ref(), OURS)?;
    stack.up()?.assert_success().assert_contains("2 created");

    ecr.clear_journal();
    for (version, provider) in [(OURS, "default_0_1_0"), (VERSION, "default_6_77_0")] {
        stack.write("Pulumi.yaml", &served_by(version))?;
        stack.preview()?.assert_success().assert_lacks("to update").assert_lacks("to replace");
        stack.up()?.assert_success().assert_contains("2 unchanged");
        let state = stack.export()?;
        let reference = state.resource("rule")?["provider"].as_str().unwrap_or_default();
        assert!(reference.contains(provider), "{version}: {reference}");
    }
    assert_eq!(writes(&ecr), [""; 0]);
    stack.destroy()?.assert_success();
    Ok(())
}

#[test]
fn a_package_added_by_path_serves_a_program() -> Result<()> {
    let ecr = local_ecr();
    let rule = rule_program(&[("ecrRepositoryPrefix", "quay"), ("upstreamRegistryUrl", "quay.io")]);
    let stack = yaml_stack("", &ecr)?;
    stack.home().install_plugin(PLUGIN.as_ref(), OURS)?;
    stack.run(["package", "add", PLUGIN])?.assert_success().assert_contains("Added package");
    let project = std::fs::read_to_string(stack.folder().join("Pulumi.yaml")).expect("the project file");
    let (_, resources) = rule.split_once("resources:").expect("a program has resources");
    stack.write("Pulumi.yaml", &format!("{project}\nresources:{resources}"))?;
    stack.up()?.assert_success().assert_contains("2 created");
    stack.destroy()?.assert_success();
    Ok(())
}
