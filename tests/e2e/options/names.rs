//! A rule under another name or in another stack is the same rule: `aliases`, `state rename`, `state move`.

use harness::Result;

use crate::support::{QUAY, managed, program, rewrite, rule, running, urn};
use crate::{REGION, local_ecr, writes};

#[test]
fn a_renamed_rule_is_the_same_rule() -> Result<()> {
    let ecr = local_ecr();
    let stack = running(&ecr, &program(&[rule("rule", QUAY, "")]))?;
    rewrite(&stack, &[rule("second", QUAY, "{ aliases: [ { name: rule } ] }")])?;
    stack.up()?.assert_success().assert_contains("2 unchanged");
    assert_eq!(managed(&stack.export()?), ["second"]);

    stack.run(["state", "rename", &urn("second"), "third", "--yes"])?.assert_success();
    rewrite(&stack, &[rule("third", QUAY, "")])?;
    stack.up()?.assert_success().assert_contains("2 unchanged");
    assert_eq!(managed(&stack.export()?), ["third"]);
    assert_eq!(writes(&ecr), [""; 0]);
    Ok(())
}

#[test]
fn a_rule_moves_to_another_stack() -> Result<()> {
    let ecr = local_ecr();
    let stack = running(&ecr, &program(&[rule("rule", QUAY, "")]))?;
    stack.run(["stack", "init", "other", "--copy-config-from", "dev"])?.assert_success();
    stack.run(["state", "move", "--yes", "--source", "dev", "--dest", "other", &urn("rule")])?.assert_success();
    // `init` has made it the one that commands are for.
    stack.up()?.assert_success().assert_contains("2 unchanged");
    assert_eq!(managed(&stack.export()?), ["rule"]);
    assert_eq!(writes(&ecr), [""; 0]);

    rewrite(&stack, &[])?;
    stack.run(["up", "--yes", "--skip-preview", "--stack", "dev"])?.assert_success();
    assert_eq!(ecr.rules(REGION).len(), 1, "the stack that it came from took it away");
    stack.destroy()?.assert_success();
    assert!(ecr.rules(REGION).is_empty());
    Ok(())
}
