//! What a stack that was taken over goes through.

use harness::{Result, Stack};
use local_ecr::{LocalEcr, Rule};

use super::checkpoint::{Checkpoint, ELSEWHERE, V6, V7};
use super::readable::assert_readable;
use crate::{REGION, local_ecr, writes};

#[test]
fn a_stack_of_6_77_is_changed_replaced_refreshed_and_destroyed() -> Result<()> {
    lives(&V6)
}

#[test]
fn a_stack_of_7_48_is_changed_replaced_refreshed_and_destroyed() -> Result<()> {
    lives(&V7)
}

fn lives(checkpoint: &Checkpoint) -> Result<()> {
    let ecr = local_ecr();
    let stack = checkpoint.stack(&ecr)?;
    let mut program = checkpoint.program.to_owned();
    changed_in_place(&ecr, &stack, &mut program)?;
    assert_readable(&stack, checkpoint)?;
    replaced(&ecr, &stack, &mut program)?;
    drifted(&ecr, &stack)?;
    assert_readable(&stack, checkpoint)?;
    destroyed(&ecr, &stack)
}

/// Other ARNs are an update each, also of a secret one and of a protected rule.
fn changed_in_place(ecr: &LocalEcr, stack: &Stack, program: &mut String) -> Result<()> {
    for (old, new) in
        [("ghcr-GhIjKl", "ghcr-new"), ("gitlab-MnOpQr", "gitlab-new"), ("role/ecr-pull", "role/other-pull")]
    {
        change(program, old, new);
    }
    let outcome = update(ecr, stack, program, "3 updated")?;
    assert_eq!(outcome, ["UpdatePullThroughCacheRule"; 3]);
    let state = stack.run(["stack", "export"])?;
    state.assert_success().assert_lacks("ghcr-new");
    assert!(rule(ecr, "ghcr").credential_arn.is_some_and(|arn| arn.ends_with("ghcr-new")));
    assert!(rule(ecr, "team/base").custom_role_arn.is_some_and(|arn| arn.ends_with("role/other-pull-through")));
    Ok(())
}

/// Another upstream, another upstream prefix and an ARN that is removed delete first; another prefix creates first.
fn replaced(ecr: &LocalEcr, stack: &Stack, program: &mut String) -> Result<()> {
    let (delete, create) = ("DeletePullThroughCacheRule", "CreatePullThroughCacheRule");
    change(program, "upstreamRegistryUrl: public.ecr.aws\n    options", "upstreamRegistryUrl: quay.io\n    options");
    assert_eq!(update(ecr, stack, program, "1 replaced")?, [delete, create]);
    assert_eq!(rule(ecr, "ecr-public").upstream_registry_url, "quay.io");

    // The own account's registry elsewhere, which a role is allowed for and not required.
    change(program, "111122223333.dkr.ecr.us-east-1", "123456789012.dkr.ecr.eu-west-1");
    change(program, "upstreamRepositoryPrefix: base", "upstreamRepositoryPrefix: other");
    assert_eq!(update(ecr, stack, program, "1 replaced")?, [delete, create]);
    assert_eq!(rule(ecr, "team/base").upstream_repository_prefix.as_deref(), Some("other"));

    change(program, "      customRoleArn: arn:aws:iam::123456789012:role/other-pull-through\n", "");
    assert_eq!(update(ecr, stack, program, "1 replaced")?, [delete, create]);
    assert_eq!(rule(ecr, "team/base").custom_role_arn, None);

    change(program, "k8s/", "kubernetes/");
    assert_eq!(update(ecr, stack, program, "1 replaced")?, [create, delete]);
    assert_eq!(stack.export()?.resource("slash")?["id"], "kubernetes/");
    Ok(())
}

/// What somebody else did is seen, and put right.
fn drifted(ecr: &LocalEcr, stack: &Stack) -> Result<()> {
    let mut other = rule(ecr, "docker-hub");
    other.credential_arn = other.credential_arn.map(|arn| format!("{arn}-other"));
    ecr.put_rule(REGION, other);
    assert!(ecr.remove_rule(ELSEWHERE, "quay"));
    ecr.put_rule(REGION, Rule::new("quay", "registry.k8s.io"));
    stack.refresh()?.assert_success().assert_contains("2 updated").assert_contains("1 deleted");
    stack.preview()?.assert_success().assert_contains("1 to create").assert_contains("1 to update");
    stack
        .up()?
        .assert_success()
        .assert_contains("1 created")
        .assert_contains("1 updated")
        .assert_contains("1 replaced");
    assert!(rule(ecr, "docker-hub").credential_arn.is_some_and(|arn| arn.ends_with("docker-hub-AbCdEf")));
    assert_eq!(rule(ecr, "quay").upstream_registry_url, "quay.io");
    assert_eq!(ecr.rules(ELSEWHERE).len(), 1);
    stack.run(["preview", "--refresh", "--expect-no-changes"])?.assert_success();
    Ok(())
}

fn destroyed(ecr: &LocalEcr, stack: &Stack) -> Result<()> {
    stack.destroy()?.assert_failure().assert_contains("protect");
    stack.run(["state", "unprotect", "--all", "--yes"])?.assert_success();
    stack.destroy()?.assert_success();
    assert!(ecr.rules(REGION).is_empty() && ecr.rules(ELSEWHERE).is_empty());
    Ok(())
}

/// Runs `up` with this program, holds what it says it did, and that there is nothing more to do. Returns the writes to ECR.
fn update(ecr: &LocalEcr, stack: &Stack, program: &str, did: &str) -> Result<Vec<String>> {
    stack.write("Pulumi.yaml", program)?;
    ecr.clear_journal();
    stack.up()?.assert_success().assert_contains(did);
    let writes = writes(ecr);
    stack.run(["preview", "--diff", "--expect-no-changes"])?.assert_success();
    Ok(writes)
}

fn change(program: &mut String, old: &str, new: &str) {
    assert_eq!(program.matches(old).count(), 1, "{old:?} in\n{program}");
    *program = program.replace(old, new);
}

fn rule(ecr: &LocalEcr, prefix: &str) -> Rule {
    let found = ecr.rules(REGION).into_iter().find(|rule| rule.ecr_repository_prefix == prefix);
    found.unwrap_or_else(|| panic!("no rule has the prefix {prefix}"))
}
