//! Whoever changes nothing but the plugin sees no change, whatever ECR turns out to echo.

use harness::Result;
use local_ecr::{Behaviour, RootEcho, SlashEcho};

use super::checkpoint::{Checkpoint, V6, V7};
use super::readable::assert_readable;
use crate::{local_ecr, operations, writes};

#[test]
fn a_stack_of_6_77_goes_on_without_a_change() -> Result<()> {
    goes_on_without_a_change(&V6)
}

#[test]
fn a_stack_of_7_48_goes_on_without_a_change() -> Result<()> {
    goes_on_without_a_change(&V7)
}

fn goes_on_without_a_change(checkpoint: &Checkpoint) -> Result<()> {
    let ecr = local_ecr();
    let stack = checkpoint.stack(&ecr)?;
    stack.run(["preview", "--diff", "--expect-no-changes"])?.assert_success().assert_contains(&checkpoint.unchanged());
    assert!(operations(&ecr).iter().all(|operation| operation == "GetCallerIdentity"), "{:?}", operations(&ecr));
    for behaviour in echoes() {
        ecr.set_behaviour(behaviour);
        stack.run(["preview", "--refresh", "--diff", "--expect-no-changes"])?.assert_success();
    }
    stack.up()?.assert_success().assert_contains(&checkpoint.unchanged());
    assert_readable(&stack, checkpoint)?;
    for behaviour in echoes() {
        let is_readable = behaviour.root_echo == RootEcho::Absent;
        ecr.set_behaviour(behaviour);
        stack.refresh()?.assert_success().assert_contains(&checkpoint.unchanged());
        stack.run(["preview", "--diff", "--expect-no-changes"])?.assert_success();
        if is_readable {
            assert_readable(&stack, checkpoint)?;
        }
    }
    assert_eq!(writes(&ecr), [""; 0]);
    Ok(())
}

/// What ECR may answer, each for one prefix. Were it the second, pulumi-aws would read `ROOT` into its state as well, and replace every rule
/// whose program does not say so: then there is nothing to go back to.
fn echoes() -> [Behaviour; 2] {
    let slash = Behaviour { slash_echo: SlashEcho::Strip, ..Behaviour::default() };
    [slash, Behaviour { root_echo: RootEcho::Root, ..Behaviour::default() }]
}

/// As for a user whose new configuration says more than the old one did. The engine shows and counts no default provider.
#[test]
fn a_provider_with_another_configuration_is_updated_and_no_rule_is() -> Result<()> {
    let ecr = local_ecr();
    let stack = V7.stack(&ecr)?;
    stack.configure_local(&ecr.url())?;
    stack.run(["preview", "--diff", "--expect-no-changes"])?.assert_success();
    stack.up()?.assert_success().assert_contains(&V7.unchanged());
    let state = stack.export()?;
    let (old, new) = (&V7.resources()[1], state.resource("default_7_48_0")?);
    assert_eq!((&old["type"], &old["id"]), (&new["type"], &new["id"]), "the provider was replaced");
    assert!(new["inputs"]["endpoints"].as_str().is_some_and(|text| text.contains(&ecr.url())), "{new:#}");
    assert_eq!(writes(&ecr), [""; 0]);
    Ok(())
}
