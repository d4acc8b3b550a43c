//! The ways to send rules here, each taking a stack over. The first, a folder with build metadata, is what the other tests use.

use std::path::Path;

use harness::{Project, Result, Stack};
use serde_json::Value;

use super::checkpoint::{Checkpoint, V6, V7, text};
use crate::support::TYPE;
use crate::{PLUGIN, local_ecr, pulumi, writes};

/// The version by which a program sends single rules here.
const OURS: &str = "0.1.0";

#[test]
fn a_project_that_names_the_plugin_goes_on_without_a_change() -> Result<()> {
    let ecr = local_ecr();
    let folder = Path::new(PLUGIN).parent().expect("the plugin is in a folder");
    let stack = V6.import_into(Project::new(pulumi()?)?.link("ours", folder), &ecr)?;
    stack
        .write("Pulumi.yaml", &format!("plugins: {{ providers: [{{ name: aws, path: ./ours }}] }}\n{}", V6.program))?;
    stack.run(["preview", "--diff", "--refresh", "--expect-no-changes"])?.assert_success();
    stack.up()?.assert_success().assert_contains(&V6.unchanged());
    assert_eq!(writes(&ecr), [""; 0]);
    Ok(())
}

#[test]
fn rules_of_6_77_are_switched_over_and_back_by_version() -> Result<()> {
    switches_over_and_back(&V6)
}

#[test]
fn rules_of_7_48_are_switched_over_and_back_by_version() -> Result<()> {
    switches_over_and_back(&V7)
}

/// One rule first, so that rules of both providers are in the state; then all; then back.
fn switches_over_and_back(checkpoint: &Checkpoint) -> Result<()> {
    let ecr = local_ecr();
    let stack = checkpoint.stack(&ecr)?;
    stack.home().install_plugin(PLUGIN.as_ref(), OURS)?;
    let theirs = format!("version: {}", checkpoint.version);
    let ours = format!("version: {OURS}");
    let rules = checkpoint.resources().iter().filter(|resource| text(resource, "/type") == TYPE).count();
    for (program, switched) in [
        (checkpoint.program.replacen(&theirs, &ours, 2), None),
        (checkpoint.program.replace(&theirs, &ours), Some(rules)),
        (checkpoint.program.to_owned(), Some(0)),
    ] {
        stack.write("Pulumi.yaml", &program)?;
        let preview = stack.preview()?;
        preview.assert_success().assert_lacks("to replace").assert_lacks("to delete").assert_lacks("to create");
        stack.up()?.assert_success();
        let served_here = served_by_ours(&stack)?;
        match switched {
            Some(count) => assert_eq!(served_here, count),
            None => assert!((1..rules).contains(&served_here), "{served_here}"),
        }
    }
    stack.run(["preview", "--diff", "--expect-no-changes"])?.assert_success();
    assert_eq!(writes(&ecr), [""; 0]);
    Ok(())
}

/// How many rules the state gives to a provider of our version.
fn served_by_ours(stack: &Stack) -> Result<usize> {
    let state = stack.export()?;
    let is_ours = |resource: &&Value| text(resource, "/inputs/version") == OURS;
    let providers: Vec<_> = state.resources().iter().filter(is_ours).map(|provider| text(provider, "/urn")).collect();
    let is_served = |rule: &&Value| {
        let reference = text(rule, "/provider").rsplit_once("::").unwrap_or_default().0;
        text(rule, "/type") == TYPE && providers.contains(&reference)
    };
    Ok(state.resources().iter().filter(is_served).count())
}
