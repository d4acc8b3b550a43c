//! `TestAccECRPullThroughCacheRuleDataSource_*`, with the function.

use harness::Result;
use serde_json::{Value, json};

use super::{FOREIGN_REGISTRY, LONG_PREFIX, OWN_REGISTRY};
use crate::support::{Properties, ROLE, SECRET, outputs, program, rule, running};
use crate::{local_ecr, yaml_stack};

/// Makes the function look for what the same program creates.
const LOOK_UP: &str = "\
variables:
  found:
    fn::invoke:
      function: aws:ecr:getPullThroughCacheRule
      arguments: { ecrRepositoryPrefix: \"${rule.id}\" }
outputs:
  found: ${found}
";

/// What the function finds of a rule with these properties.
fn found(properties: Properties<'_>) -> Result<Value> {
    let ecr = local_ecr();
    let stack = running(&ecr, &format!("{}{LOOK_UP}", program(&[rule("rule", properties, "")])))?;
    Ok(outputs(&stack)?["found"].take())
}

/// What the function answers for every rule, but for these properties.
fn answer(properties: Properties<'_>) -> Value {
    let mut answer = json!({
        "credentialArn": "",
        "customRoleArn": "",
        "region": "us-east-1",
        "registryId": "123456789012",
        "upstreamRepositoryPrefix": "",
    });
    for (name, value) in properties {
        answer[*name] = json!(value);
    }
    answer["id"] = answer["ecrRepositoryPrefix"].clone();
    answer
}

#[test]
fn t08_basic() -> Result<()> {
    let basic: Properties<'_> = &[("ecrRepositoryPrefix", "ecr-public"), ("upstreamRegistryUrl", "public.ecr.aws")];
    assert_eq!(found(basic)?, answer(basic));
    Ok(())
}

#[test]
fn t09_repository_prefix_with_slash() -> Result<()> {
    let slash: Properties<'_> = &[("ecrRepositoryPrefix", LONG_PREFIX), ("upstreamRegistryUrl", "public.ecr.aws")];
    assert_eq!(found(slash)?, answer(slash));
    Ok(())
}

#[test]
fn t10_credential() -> Result<()> {
    let hub: Properties<'_> = &[
        ("ecrRepositoryPrefix", "docker-hub"),
        ("upstreamRegistryUrl", "registry-1.docker.io"),
        ("credentialArn", SECRET),
    ];
    assert_eq!(found(hub)?, answer(hub));
    Ok(())
}

#[test]
fn t11_private_repository_of_the_own_account() -> Result<()> {
    let own: Properties<'_> = &[
        ("ecrRepositoryPrefix", "tf-test-abcdefgh"),
        ("upstreamRegistryUrl", OWN_REGISTRY),
        ("upstreamRepositoryPrefix", "ROOT"),
    ];
    assert_eq!(found(own)?, answer(own));
    Ok(())
}

#[test]
fn t12_private_repository_of_another_account() -> Result<()> {
    let foreign: Properties<'_> = &[
        ("ecrRepositoryPrefix", "tf-test-abcdefgh"),
        ("upstreamRegistryUrl", FOREIGN_REGISTRY),
        ("upstreamRepositoryPrefix", "ROOT"),
        ("customRoleArn", ROLE),
    ];
    assert_eq!(found(foreign)?, answer(foreign));
    Ok(())
}

#[test]
fn pull_request_41875_repository_without_prefix() -> Result<()> {
    let root: Properties<'_> = &[("ecrRepositoryPrefix", "ROOT"), ("upstreamRegistryUrl", "public.ecr.aws")];
    assert_eq!(found(root)?, answer(root));
    Ok(())
}

/// An id is not known before, so the host does not ask for it. A name is, and an answer must not be unknown: with this plugin as with
/// pulumi-aws, a program has to name the rule by its id.
#[test]
fn a_rule_that_is_yet_to_be_created_is_looked_up_by_its_id() -> Result<()> {
    let ecr = local_ecr();
    let basic: Properties<'_> = &[("ecrRepositoryPrefix", "ecr-public"), ("upstreamRegistryUrl", "public.ecr.aws")];
    let by_id = format!("{}{LOOK_UP}", program(&[rule("rule", basic, "")]));
    let stack = yaml_stack(&by_id, &ecr)?;
    stack.preview()?.assert_success().assert_contains("2 to create");
    stack.write("Pulumi.yaml", &by_id.replace("${rule.id}", "${rule.ecrRepositoryPrefix}"))?;
    stack.preview()?.assert_failure().assert_contains("couldn't find resource");
    Ok(())
}
