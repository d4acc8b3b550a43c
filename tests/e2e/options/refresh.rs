//! `--refresh`, with and without the program.

use harness::Result;
use local_ecr::Rule;

use crate::support::{QUAY, SECRET, only_rule, program, rule, running, up_with, writes_by_prefix};
use crate::{REGION, local_ecr, writes};

#[test]
fn one_update_sees_and_mends_what_somebody_else_did() -> Result<()> {
    let ecr = local_ecr();
    let stack = running(&ecr, &program(&[rule("rule", QUAY, "")]))?;
    let mut drifted = Rule::new("cache", "quay.io");
    drifted.credential_arn = Some(SECRET.to_owned());

    for arguments in [&["--refresh"][..], &["--refresh", "--run-program"]] {
        ecr.put_rule(REGION, drifted.clone());
        ecr.clear_journal();
        up_with(&stack, arguments)?.assert_success().assert_contains("1 replaced");
        assert_eq!(writes_by_prefix(&ecr), ["Delete cache", "Create cache"], "{arguments:?}");
        assert_eq!(only_rule(&ecr, REGION).credential_arn, None);

        ecr.remove_rule(REGION, "cache");
        ecr.clear_journal();
        up_with(&stack, arguments)?.assert_success();
        assert_eq!(writes_by_prefix(&ecr), ["Create cache"], "{arguments:?}");
    }
    ecr.clear_journal();
    let refresh = ["refresh", "--yes", "--skip-preview", "--run-program", "--expect-no-changes"];
    stack.run(refresh)?.assert_success().assert_contains("2 unchanged");
    assert_eq!(writes(&ecr), [""; 0]);
    Ok(())
}
