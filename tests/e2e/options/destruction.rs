//! What may not be deleted, and what is deleted only by name: `protect`, `retainOnDelete`, `deletedWith`.

use harness::Result;

use crate::support::{K8S, QUAY, TYPE, managed, only_rule, program, rewrite, rule, running, urn, writes_by_prefix};
use crate::{REGION, local_ecr, writes};

#[test]
fn a_protected_rule_is_neither_deleted_nor_replaced() -> Result<()> {
    let ecr = local_ecr();
    let protect = "{ protect: true }";
    let stack = running(&ecr, &program(&[rule("rule", QUAY, protect)]))?;
    rewrite(&stack, &[rule("rule", K8S, protect)])?;
    stack.up()?.assert_failure().assert_contains("unable to replace");
    rewrite(&stack, &[])?;
    stack.up()?.assert_failure().assert_contains("cannot be deleted");
    stack.destroy()?.assert_failure().assert_contains("cannot be deleted");
    assert_eq!(writes(&ecr), [""; 0]);
    assert_eq!(only_rule(&ecr, REGION).upstream_registry_url, "quay.io");

    stack.run(["state", "unprotect", &urn("rule"), "--yes"])?.assert_success();
    stack.destroy()?.assert_success();
    assert!(ecr.rules(REGION).is_empty());
    Ok(())
}

#[test]
fn a_retained_rule_outlives_its_stack_and_comes_back_by_import() -> Result<()> {
    let ecr = local_ecr();
    let stack = running(&ecr, &program(&[rule("rule", QUAY, "{ retainOnDelete: true }")]))?;
    stack.destroy()?.assert_success();
    assert_eq!(managed(&stack.export()?), [""; 0]);
    assert_eq!(only_rule(&ecr, REGION).ecr_repository_prefix, "cache");

    rewrite(&stack, &[rule("rule", QUAY, "{ import: cache }")])?;
    stack.up()?.assert_success().assert_contains("1 imported");
    rewrite(&stack, &[rule("rule", QUAY, "")])?;
    stack.up()?.assert_success().assert_contains("2 unchanged");
    assert_eq!(writes(&ecr), [""; 0]);
    Ok(())
}

/// The engine leaves the delete out that this replacement begins with, and tells the provider nothing of it.
#[test]
fn a_retained_rule_cannot_be_replaced_under_its_prefix_and_is_not_lost() -> Result<()> {
    let ecr = local_ecr();
    let retain = "{ retainOnDelete: true }";
    let stack = running(&ecr, &program(&[rule("rule", QUAY, retain)]))?;
    let before = only_rule(&ecr, REGION);
    rewrite(&stack, &[rule("rule", K8S, retain)])?;
    stack.up()?.assert_failure().assert_contains("AlreadyExists").assert_contains("`pulumi state delete`");
    assert_eq!(only_rule(&ecr, REGION), before);
    assert_eq!(managed(&stack.export()?), ["rule"]);

    // To the engine the rule is as good as deleted, and an import of what it knows does nothing: hence the detour that the error names.
    stack.run(["state", "delete", "--yes", &urn("rule")])?.assert_success();
    stack.run(["import", TYPE, "rule", "cache", "--yes", "--generate-code=false"])?.assert_success();
    rewrite(&stack, &[rule("rule", K8S, "")])?;
    stack.up()?.assert_success().assert_contains("1 replaced");
    assert_eq!(only_rule(&ecr, REGION).upstream_registry_url, "registry.k8s.io");
    Ok(())
}

/// The user says that the one goes when the other does, and the engine leaves the delete out. A rule does not go by itself: it stays
/// in ECR, which is what this option means where it is not true.
#[test]
fn a_rule_deleted_with_another_stays_in_ecr() -> Result<()> {
    let ecr = local_ecr();
    let with = rule("with", &[("ecrRepositoryPrefix", "with"), QUAY[1]], "{ deletedWith: \"${rule}\" }");
    let stack = running(&ecr, &program(&[rule("rule", QUAY, ""), with.clone()]))?;
    stack.destroy()?.assert_success();
    assert_eq!(writes_by_prefix(&ecr), ["Delete cache"]);
    assert_eq!(only_rule(&ecr, REGION).ecr_repository_prefix, "with");

    // Said at the next attempt, with the way back.
    rewrite(&stack, &[rule("rule", QUAY, ""), with])?;
    stack.up()?.assert_failure().assert_contains("AlreadyExists").assert_contains(" with with\n");
    Ok(())
}
