//! What somebody else changes is seen by a refresh, and put right by the next update.

use harness::Result;
use local_ecr::Rule;

use crate::support::SECRET;
use crate::{REGION, local_ecr, rule_program, writes, yaml_stack};

#[test]
fn a_rule_that_is_gone_is_dropped_and_made_again() -> Result<()> {
    let ecr = local_ecr();
    let stack =
        yaml_stack(&rule_program(&[("ecrRepositoryPrefix", "k8s"), ("upstreamRegistryUrl", "registry.k8s.io")]), &ecr)?;
    stack.up()?.assert_success();
    assert!(ecr.remove_rule(REGION, "k8s"));
    stack.refresh()?.assert_success().assert_contains("1 deleted");
    stack.up()?.assert_success().assert_contains("1 created");
    assert_eq!(ecr.rules(REGION).len(), 1);
    Ok(())
}

#[test]
fn a_deleted_rule_is_no_obstacle_to_destroy() -> Result<()> {
    let ecr = local_ecr();
    let stack =
        yaml_stack(&rule_program(&[("ecrRepositoryPrefix", "k8s"), ("upstreamRegistryUrl", "registry.k8s.io")]), &ecr)?;
    stack.up()?.assert_success();
    ecr.remove_rule(REGION, "k8s");
    stack.destroy()?.assert_success();
    Ok(())
}

#[test]
fn changes_made_outside_show_and_are_put_right_in_one_step() -> Result<()> {
    let ecr = local_ecr();
    let program = rule_program(&[("ecrRepositoryPrefix", "k8s"), ("upstreamRegistryUrl", "registry.k8s.io")]);
    let stack = yaml_stack(&program, &ecr)?;
    stack.up()?.assert_success();

    let mut other_upstream = Rule::new("k8s", "quay.io");
    other_upstream.credential_arn = Some(SECRET.to_owned());
    let mut other_role = Rule::new("k8s", "registry.k8s.io");
    other_role.custom_role_arn = Some("arn:aws:iam::123456789012:role/somebody".to_owned());
    for drifted in [other_upstream, other_role] {
        ecr.put_rule(REGION, drifted);
        stack.run(["refresh", "--yes", "--skip-preview", "--diff"])?.assert_success().assert_contains("1 updated");
        stack.preview()?.assert_success().assert_contains("+-1 to replace");
        ecr.clear_journal();
        stack.up()?.assert_success();
        assert_eq!(writes(&ecr), ["DeletePullThroughCacheRule", "CreatePullThroughCacheRule"]);
        let rule = &ecr.rules(REGION)[0];
        assert_eq!(rule.upstream_registry_url, "registry.k8s.io");
        assert_eq!((&rule.credential_arn, &rule.custom_role_arn), (&None, &None));
        stack.run(["preview", "--refresh", "--expect-no-changes"])?.assert_success();
    }
    Ok(())
}
