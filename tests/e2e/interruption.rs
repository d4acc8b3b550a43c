//! Ctrl-C and worse, while ECR is slow: no rule is lost and no process is left.

use std::time::Duration;

use harness::{Result, Stack};
use local_ecr::LocalEcr;

use crate::support::{LIMIT, create_is_on_the_wire, wait_until};
use crate::{REGION, local_ecr, rule_program, yaml_stack};

fn slow_stack(ecr: &LocalEcr) -> Result<Stack> {
    let stack = yaml_stack(&rule_program(&[("ecrRepositoryPrefix", "quay"), ("upstreamRegistryUrl", "quay.io")]), ecr)?;
    // Longer than the command takes to get there, shorter than it would wait.
    ecr.set_latency(Duration::from_secs(4));
    Ok(stack)
}

#[test]
fn an_interrupted_create_ends_and_is_kept() -> Result<()> {
    let ecr = local_ecr();
    let stack = slow_stack(&ecr)?;
    let mut up = stack.spawn(["up", "--yes", "--skip-preview"])?;
    wait_until("the create starts", || Ok(create_is_on_the_wire(&ecr)))?;
    up.interrupt()?;
    let outcome = up.wait(LIMIT)?;
    outcome.assert_failure();

    assert_eq!(ecr.rules(REGION).len(), 1);
    let state = stack.export()?;
    assert_eq!(state.resource("rule")?["id"], "quay", "the rule is in ECR, but not in the state");
    assert_eq!(state.pending_operations().len(), 0);
    assert_eq!(stack.plugin_processes()?, [0_u32; 0], "the plugin outlived the engine");

    ecr.set_latency(Duration::ZERO);
    stack.up()?.assert_success().assert_lacks("AlreadyExists");
    Ok(())
}

#[test]
fn a_killed_engine_leaves_no_process_and_a_rule_that_the_state_expects() -> Result<()> {
    let ecr = local_ecr();
    let stack = slow_stack(&ecr)?;
    let mut up = stack.spawn(["up", "--yes", "--skip-preview"])?;
    wait_until("the create starts", || Ok(create_is_on_the_wire(&ecr)))?;
    up.kill()?;
    up.wait(LIMIT)?;

    wait_until("the create ends", || Ok(ecr.rules(REGION).len() == 1))?;
    wait_until("the plugin ends", || Ok(stack.plugin_processes()?.is_empty()))?;
    ecr.set_latency(Duration::ZERO);
    // The engine noted what it had begun, so that the user is asked and the rule can be taken over.
    assert_eq!(stack.export()?.pending_operations().len(), 1);
    Ok(())
}
