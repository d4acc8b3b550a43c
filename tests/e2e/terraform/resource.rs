//! `TestAccECRPullThroughCacheRule_*`.

use harness::Result;
use local_ecr::{LocalEcr, Options, Secrets};
use serde_json::json;

use super::{FOREIGN_REGISTRY, LONG_PREFIX, OWN_REGISTRY, verify_import};
use crate::support::{
    OTHER_ROLE, Properties, ROLE, SECRET, managed, only_rule, program, rewrite, rule, running, urn, writes_by_prefix,
};
use crate::{REGION, local_ecr, yaml_stack};

#[test]
fn t01_basic() -> Result<()> {
    let ecr = local_ecr();
    let basic = [("ecrRepositoryPrefix", "tf-test-abcdefgh"), ("upstreamRegistryUrl", "public.ecr.aws")];
    let stack = running(&ecr, &program(&[rule("rule", &basic, "")]))?;

    let state = stack.export()?;
    let outputs = &state.resource("rule")?["outputs"];
    assert_eq!(outputs["credentialArn"], json!(null), "Terraform has the empty text for it");
    assert_eq!(outputs["ecrRepositoryPrefix"], "tf-test-abcdefgh");
    assert_eq!(outputs["registryId"], "123456789012");
    assert_eq!(outputs["upstreamRegistryUrl"], "public.ecr.aws");
    for program in [&[basic[0], basic[1]][..], &[basic[0], basic[1], ("credentialArn", "")]] {
        rewrite(&stack, &[rule("rule", program, "")])?;
        stack.run(["preview", "--expect-no-changes"])?.assert_success();
    }
    verify_import(&stack, "tf-test-abcdefgh")?;
    stack.destroy()?.assert_success();
    assert!(ecr.rules(REGION).is_empty());
    Ok(())
}

#[test]
fn t02_credential_arn() -> Result<()> {
    // Only this secret is there.
    let secrets = Secrets::Listed([SECRET.to_owned()].into());
    let ecr = LocalEcr::start(Options { secrets, ..Options::default() }).expect("a local ECR");
    let hub = [
        ("ecrRepositoryPrefix", "tf-test-abcdefgh"),
        ("upstreamRegistryUrl", "registry-1.docker.io"),
        ("credentialArn", SECRET),
    ];
    let stack = running(&ecr, &program(&[rule("rule", &hub, "")]))?;
    assert_eq!(only_rule(&ecr, REGION).credential_arn.as_deref(), Some(SECRET));
    assert_eq!(stack.export()?.resource("rule")?["outputs"]["credentialArn"], SECRET);
    verify_import(&stack, "tf-test-abcdefgh")
}

#[test]
fn t03_disappears() -> Result<()> {
    let ecr = local_ecr();
    let basic = [("ecrRepositoryPrefix", "tf-test-abcdefgh"), ("upstreamRegistryUrl", "public.ecr.aws")];
    let stack = running(&ecr, &program(&[rule("rule", &basic, "")]))?;
    assert!(ecr.remove_rule(REGION, "tf-test-abcdefgh"));
    stack.run(["preview", "--refresh"])?.assert_success().assert_contains("1 to create");
    stack.refresh()?.assert_success().assert_contains("1 deleted");
    stack.preview()?.assert_success().assert_contains("1 to create");
    Ok(())
}

#[test]
fn t04_fails_when_it_exists_already() -> Result<()> {
    let ecr = local_ecr();
    let basic = [("ecrRepositoryPrefix", "tf-test-abcdefgh"), ("upstreamRegistryUrl", "public.ecr.aws")];
    let second = rule("second", &basic, "{ dependsOn: [ \"${rule}\" ] }");
    let stack = yaml_stack(&program(&[rule("rule", &basic, ""), second]), &ecr)?;
    stack.preview()?.assert_success().assert_contains("so only one of them can be created");
    stack.up()?.assert_failure().assert_contains("PullThroughCacheRuleAlreadyExistsException");
    let state = stack.export()?;
    assert_eq!(managed(&state), ["rule"]);
    Ok(())
}

#[test]
fn t05_repository_prefix_with_slash() -> Result<()> {
    let ecr = local_ecr();
    assert_eq!(LONG_PREFIX.len(), 30);
    let slash = [("ecrRepositoryPrefix", LONG_PREFIX), ("upstreamRegistryUrl", "public.ecr.aws")];
    let stack = running(&ecr, &program(&[rule("rule", &slash, "")]))?;
    assert_eq!(only_rule(&ecr, REGION).ecr_repository_prefix, LONG_PREFIX);
    assert_eq!(stack.export()?.resource("rule")?["outputs"]["ecrRepositoryPrefix"], LONG_PREFIX);
    verify_import(&stack, LONG_PREFIX)
}

#[test]
fn t06_private_repository_of_the_own_account() -> Result<()> {
    let ecr = local_ecr();
    let own = [
        ("ecrRepositoryPrefix", "tf-test-abcdefgh"),
        ("upstreamRegistryUrl", OWN_REGISTRY),
        ("upstreamRepositoryPrefix", "ROOT"),
    ];
    let stack = running(&ecr, &program(&[rule("rule", &own, "")]))?;
    let state = stack.export()?;
    let outputs = &state.resource("rule")?["outputs"];
    assert_eq!(outputs["upstreamRegistryUrl"], OWN_REGISTRY);
    assert_eq!(outputs["upstreamRepositoryPrefix"], "ROOT");
    assert_eq!(outputs["customRoleArn"], json!(null));
    verify_import(&stack, "tf-test-abcdefgh")
}

#[test]
fn t07_private_repository_of_another_account() -> Result<()> {
    let ecr = local_ecr();
    let with_role = |role| {
        let foreign: Properties<'_> = &[
            ("ecrRepositoryPrefix", "tf-test-abcdefgh"),
            ("upstreamRegistryUrl", FOREIGN_REGISTRY),
            ("upstreamRepositoryPrefix", "ROOT"),
            ("customRoleArn", role),
        ];
        rule("rule", foreign, "")
    };
    let stack = running(&ecr, &program(&[with_role(ROLE)]))?;
    let created_at = only_rule(&ecr, REGION).created_at;
    assert_eq!(stack.export()?.resource("rule")?["outputs"]["customRoleArn"], ROLE);
    verify_import(&stack, "tf-test-abcdefgh")?;
    stack.run(["state", "delete", &urn("imported"), "--yes"])?.assert_success();

    rewrite(&stack, &[with_role(OTHER_ROLE)])?;
    ecr.clear_journal();
    stack.up()?.assert_success().assert_contains("1 updated");
    assert_eq!(writes_by_prefix(&ecr), ["Update tf-test-abcdefgh"]);
    let there = only_rule(&ecr, REGION);
    assert_eq!((there.custom_role_arn.as_deref(), there.created_at), (Some(OTHER_ROLE), created_at));
    assert_eq!(stack.export()?.resource("rule")?["outputs"]["customRoleArn"], OTHER_ROLE);
    verify_import(&stack, "tf-test-abcdefgh")
}

#[test]
fn pull_request_41875_repository_without_prefix() -> Result<()> {
    let ecr = local_ecr();
    let root = [("ecrRepositoryPrefix", "ROOT"), ("upstreamRegistryUrl", "public.ecr.aws")];
    let stack = running(&ecr, &program(&[rule("rule", &root, "")]))?;
    let state = stack.export()?;
    assert_eq!(state.resource("rule")?["id"], "ROOT");
    assert_eq!(state.resource("rule")?["outputs"]["ecrRepositoryPrefix"], "ROOT");
    verify_import(&stack, "ROOT")
}
