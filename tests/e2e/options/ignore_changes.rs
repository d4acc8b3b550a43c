//! `ignoreChanges`.

use harness::Result;
use local_ecr::Rule;

use crate::support::{K8S, QUAY, SECRET, only_rule, program, rewrite, rule, running, writes_by_prefix};
use crate::{REGION, local_ecr, operations};

#[test]
fn what_is_ignored_is_left_alone_also_where_somebody_else_changes_it() -> Result<()> {
    let ecr = local_ecr();
    let ignore = "{ ignoreChanges: [ ecrRepositoryPrefix, upstreamRegistryUrl, credentialArn ] }";
    let stack = running(&ecr, &program(&[rule("rule", QUAY, ignore)]))?;
    let other =
        [("ecrRepositoryPrefix", "other"), ("upstreamRegistryUrl", "registry.k8s.io"), ("credentialArn", SECRET)];
    rewrite(&stack, &[rule("rule", &other, ignore)])?;
    stack.up()?.assert_success().assert_contains("2 unchanged");
    assert!(!operations(&ecr).iter().any(|operation| operation.contains("Rule")), "{:?}", operations(&ecr));
    let state = stack.export()?;
    assert_eq!(state.resource("rule")?["inputs"]["ecrRepositoryPrefix"], "cache");

    let mut drifted = Rule::new("cache", "quay.io");
    drifted.credential_arn = Some(SECRET.to_owned());
    ecr.put_rule(REGION, drifted);
    rewrite(&stack, &[rule("rule", QUAY, ignore)])?;
    stack.refresh()?.assert_success().assert_contains("1 updated");
    stack.up()?.assert_success().assert_contains("2 unchanged");
    assert_eq!(only_rule(&ecr, REGION).credential_arn.as_deref(), Some(SECRET));
    Ok(())
}

/// For a replacement the engine asks Check with all that the program says, ignored or not, so an ignored prefix moves on the way. The
/// Diff before had the old one, so the order is that for a rule that stays where it is, which does no harm.
#[test]
fn a_replacement_takes_up_what_was_ignored() -> Result<()> {
    let ecr = local_ecr();
    let ignore = "{ ignoreChanges: [ ecrRepositoryPrefix ] }";
    let stack = running(&ecr, &program(&[rule("rule", QUAY, ignore)]))?;
    let other = [("ecrRepositoryPrefix", "other"), K8S[1]];
    rewrite(&stack, &[rule("rule", &other, ignore)])?;
    stack.up()?.assert_success().assert_contains("1 replaced");
    assert_eq!(writes_by_prefix(&ecr), ["Delete cache", "Create other"]);
    assert_eq!(stack.export()?.resource("rule")?["id"], "other");
    stack.run(["preview", "--expect-no-changes"])?.assert_success();
    Ok(())
}
