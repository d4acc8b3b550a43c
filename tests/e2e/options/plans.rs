//! Update plans: `preview --save-plan`, `up --plan`.

use harness::{Project, Result};

use crate::support::{K8S, QUAY, only_rule, program, rewrite, rule, up_with, writes_by_prefix};
use crate::{PLUGIN, REGION, VERSION, local_ecr, pulumi, writes};

#[test]
fn an_update_does_what_was_planned_or_nothing() -> Result<()> {
    let ecr = local_ecr();
    let project = Project::new(pulumi()?)?.plugin(PLUGIN, VERSION).yaml(&program(&[rule("rule", QUAY, "")]));
    let stack = project.env("PULUMI_EXPERIMENTAL", "true").stack("dev")?;
    stack.configure_local(&ecr.url())?;
    let save = ["preview", "--save-plan", "plan.json"];
    let carry_out = ["--plan", "plan.json"];

    stack.run(save)?.assert_success();
    up_with(&stack, &carry_out)?.assert_success().assert_contains("2 created");
    assert_eq!(writes_by_prefix(&ecr), ["Create cache"]);

    // A replacement, whose second Check the plan has to foresee.
    rewrite(&stack, &[rule("rule", K8S, "")])?;
    stack.run(save)?.assert_success();
    ecr.clear_journal();
    up_with(&stack, &carry_out)?.assert_success().assert_contains("1 replaced");
    assert_eq!(writes_by_prefix(&ecr), ["Delete cache", "Create cache"]);

    stack.run(save)?.assert_success();
    rewrite(&stack, &[rule("rule", QUAY, "")])?;
    ecr.clear_journal();
    up_with(&stack, &carry_out)?.assert_failure().assert_contains("violates plan");
    assert_eq!(writes(&ecr), [""; 0]);
    assert_eq!(only_rule(&ecr, REGION).upstream_registry_url, "registry.k8s.io");
    Ok(())
}
