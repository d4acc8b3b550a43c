//! `customTimeouts`: a call that takes longer is given up, said to be, and carried out by the next update.

use std::time::Duration;

use harness::Result;
use local_ecr::{Fault, Operation};

use crate::support::{
    LIMIT, OTHER_SECRET, QUAY, SECRET, TYPE, create_is_on_the_wire, hub, managed, only_rule, program, rewrite, rule,
    wait_until,
};
use crate::{REGION, local_ecr, yaml_stack};

/// Longer than any test waits.
const NEVER: Duration = Duration::from_mins(10);

#[test]
fn a_call_that_takes_too_long_is_given_up_and_made_again() -> Result<()> {
    let ecr = local_ecr();
    let hub = |secret| hub(secret, "{ customTimeouts: { create: 2s, update: 2s, delete: 2s } }");
    let stack = yaml_stack(&program(&[hub(SECRET)]), &ecr)?;

    ecr.push_fault(Fault::on(Operation::CreatePullThroughCacheRule).delay(NEVER));
    stack.up()?.assert_failure().assert_contains("creating ECR Pull Through Cache Rule (hub)").assert_contains("2 s");
    assert_eq!(managed(&stack.export()?), [""; 0]);
    stack.up()?.assert_success();

    rewrite(&stack, &[hub(OTHER_SECRET)])?;
    ecr.push_fault(Fault::on(Operation::UpdatePullThroughCacheRule).delay(NEVER));
    let failed = stack.up()?;
    failed.assert_failure().assert_contains("the next `pulumi up` sends it again, which does no harm");
    assert_eq!(stack.export()?.resource("rule")?["outputs"]["credentialArn"], SECRET);
    stack.up()?.assert_success().assert_contains("1 updated");
    assert_eq!(only_rule(&ecr, REGION).credential_arn.as_deref(), Some(OTHER_SECRET));

    ecr.push_fault(Fault::on(Operation::DeletePullThroughCacheRule).delay(NEVER));
    stack.destroy()?.assert_failure().assert_contains("It is not known whether ECR carried it out");
    assert_eq!(managed(&stack.export()?), ["rule"]);
    stack.destroy()?.assert_success();
    assert!(ecr.rules(REGION).is_empty());
    Ok(())
}

/// The time limit holds for a look at what became of the create, too: only the user knows how long that may take.
#[test]
fn a_rule_whose_answer_comes_too_late_is_taken_over_as_the_error_says() -> Result<()> {
    let ecr = local_ecr();
    let stack = yaml_stack(&program(&[rule("rule", QUAY, "{ customTimeouts: { create: 2s } }")]), &ecr)?;
    // Time enough to make this one answer slow, and no other.
    ecr.push_fault(Fault::on(Operation::CreatePullThroughCacheRule).delay(Duration::from_secs(1)));
    let up = stack.spawn(["up", "--yes", "--skip-preview"])?;
    wait_until("the create starts", || Ok(create_is_on_the_wire(&ecr)))?;
    ecr.set_latency(NEVER);
    let failed = up.wait(LIMIT)?;
    ecr.set_latency(Duration::ZERO);
    let import = format!("pulumi import {TYPE} rule cache");
    failed.assert_failure().assert_contains("It is not known whether ECR carried it out").assert_contains(&import);
    assert_eq!(managed(&stack.export()?), [""; 0]);
    only_rule(&ecr, REGION);

    let arguments = import.split_whitespace().skip(1).chain(["--yes", "--generate-code=false"]);
    stack.run(arguments)?.assert_success();
    stack.up()?.assert_success().assert_contains("2 unchanged");
    Ok(())
}
