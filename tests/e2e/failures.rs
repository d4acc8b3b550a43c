//! What goes wrong is said early, all at once, and with what to do.

use harness::Result;
use local_ecr::Rule;

use crate::{REGION, local_ecr, rule_program, writes, yaml_stack};

#[test]
fn a_preview_reports_the_mistakes_of_all_properties_at_once() -> Result<()> {
    let ecr = local_ecr();
    let stack = yaml_stack(include_str!("../../examples/mistakes/Pulumi.yaml"), &ecr)?;
    let preview = stack.preview()?;
    preview.assert_failure();
    assert_eq!(preview.stderr.matches(" has a problem: ").count(), 6, "{}", preview.stderr);
    for (property, reason) in [
        ("ecrRepositoryPrefix", "has `H` (capitals are not allowed) at position 8"),
        ("upstreamRegistryUrl", "begins with a scheme (`https://`)"),
        ("upstreamRegistryUrl", "did you mean `public.ecr.aws`?"),
        ("credentialArn", "is not `secret:ecr-pullthroughcache/"),
        ("customRoleArn", "the service (the third section) is `s3`, not `iam`"),
        ("upstreamRepositoryPrefix", "ends with the separator `-` at position 8"),
        ("region", "`eu-west-99x` cannot be an AWS region"),
    ] {
        preview.assert_contains(&format!("property {property} value")).assert_contains(reason);
    }
    assert_eq!(writes(&ecr), [""; 0]);
    Ok(())
}

#[test]
fn a_preview_warns_of_a_rule_that_is_in_the_way_and_an_update_names_the_import() -> Result<()> {
    let ecr = local_ecr();
    ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
    let stack =
        yaml_stack(&rule_program(&[("ecrRepositoryPrefix", "quay"), ("upstreamRegistryUrl", "quay.io")]), &ecr)?;
    let import = "pulumi import aws:ecr/pullThroughCacheRule:PullThroughCacheRule rule quay";
    stack.preview()?.assert_success().assert_contains("creating this rule fails").assert_contains(import);
    let up = stack.up()?;
    up.assert_failure().assert_contains("PullThroughCacheRuleAlreadyExistsException").assert_contains(import);
    up.assert_contains("the registry of account 123456789012 in us-east-1");

    let arguments = import.split_whitespace().skip(1).chain(["--yes", "--generate-code=false"]);
    stack.run(arguments)?.assert_success();
    stack.run(["preview", "--expect-no-changes"])?.assert_success();
    Ok(())
}

#[test]
fn a_preview_works_and_writes_nothing_where_aws_cannot_be_reached() -> Result<()> {
    let ecr = local_ecr();
    let stack =
        yaml_stack(&rule_program(&[("ecrRepositoryPrefix", "quay"), ("upstreamRegistryUrl", "quay.io")]), &ecr)?;
    drop(ecr);
    stack.preview()?.assert_success().assert_contains("2 to create");
    stack.up()?.assert_failure().assert_contains("check that the endpoint can be reached from here");
    Ok(())
}

#[test]
fn what_is_not_served_is_refused_with_where_it_belongs() -> Result<()> {
    let ecr = local_ecr();
    let stack = yaml_stack("resources:\n  bucket:\n    type: aws:s3:Bucket\n", &ecr)?;
    // The YAML host knows the schema, and is the first to refuse.
    stack.preview()?.assert_failure().assert_contains("aws:s3:Bucket");
    Ok(())
}

#[test]
fn a_missing_region_is_asked_for() -> Result<()> {
    let ecr = local_ecr();
    let stack =
        yaml_stack(&rule_program(&[("ecrRepositoryPrefix", "quay"), ("upstreamRegistryUrl", "quay.io")]), &ecr)?;
    stack.run(["config", "rm", "aws:region"])?.assert_success();
    stack.preview()?.assert_failure().assert_contains("aws:region").assert_contains("Missing region information");
    Ok(())
}

#[test]
fn a_mistyped_configuration_key_gets_the_nearest_one() -> Result<()> {
    let ecr = local_ecr();
    let stack =
        yaml_stack(&rule_program(&[("ecrRepositoryPrefix", "quay"), ("upstreamRegistryUrl", "quay.io")]), &ecr)?;
    stack.configure(&[("aws:profil", "me")], &[])?;
    stack.preview()?.assert_failure().assert_contains("did you mean `aws:profile`?");
    Ok(())
}
