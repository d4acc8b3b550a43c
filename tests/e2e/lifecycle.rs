//! A rule is changed in place, replaced, left alone; what the state holds of it.

use harness::Result;
use serde_json::json;

use crate::support::{OTHER_SECRET, SECRET, running};
use crate::{REGION, local_ecr, operations, rule_program, writes};

#[test]
fn a_changed_credential_is_updated_in_place() -> Result<()> {
    let ecr = local_ecr();
    let rule = [("ecrRepositoryPrefix", "hub"), ("upstreamRegistryUrl", "registry-1.docker.io")];
    let stack = running(&ecr, &rule_program(&[rule[0], rule[1], ("credentialArn", SECRET)]))?;
    let created_at = ecr.rules(REGION)[0].created_at;

    stack.write("Pulumi.yaml", &rule_program(&[rule[0], rule[1], ("credentialArn", OTHER_SECRET)]))?;
    stack.preview()?.assert_success().assert_contains("~ credentialArn").assert_contains("1 to update");
    assert_eq!(writes(&ecr), [""; 0], "a preview wrote to ECR");
    stack.up()?.assert_success().assert_contains("1 updated");

    assert_eq!(writes(&ecr), ["UpdatePullThroughCacheRule"]);
    let rules = ecr.rules(REGION);
    assert_eq!(rules[0].credential_arn.as_deref(), Some(OTHER_SECRET));
    assert_eq!(rules[0].created_at, created_at, "the rule was made anew");
    assert_eq!(stack.export()?.resource("rule")?["outputs"]["credentialArn"], json!(OTHER_SECRET));
    stack.run(["preview", "--expect-no-changes"])?.assert_success();
    Ok(())
}

#[test]
fn another_upstream_under_the_same_prefix_deletes_first() -> Result<()> {
    let ecr = local_ecr();
    let stack =
        running(&ecr, &rule_program(&[("ecrRepositoryPrefix", "cache"), ("upstreamRegistryUrl", "public.ecr.aws")]))?;

    let changed = rule_program(&[("ecrRepositoryPrefix", "cache"), ("upstreamRegistryUrl", "quay.io")]);
    stack.write("Pulumi.yaml", &changed)?;
    let preview = stack.preview()?;
    preview.assert_success().assert_contains("+-1 to replace").assert_contains("~ upstreamRegistryUrl");
    // The rule that is there is the one that goes, so nothing stands in the way.
    preview.assert_lacks("warning");
    stack.up()?.assert_success().assert_contains("1 replaced");

    assert_eq!(writes(&ecr), ["DeletePullThroughCacheRule", "CreatePullThroughCacheRule"]);
    assert_eq!(ecr.rules(REGION)[0].upstream_registry_url, "quay.io");
    Ok(())
}

#[test]
fn another_prefix_creates_first() -> Result<()> {
    let ecr = local_ecr();
    let stack = running(&ecr, &rule_program(&[("ecrRepositoryPrefix", "old"), ("upstreamRegistryUrl", "quay.io")]))?;
    stack.write("Pulumi.yaml", &rule_program(&[("ecrRepositoryPrefix", "new"), ("upstreamRegistryUrl", "quay.io")]))?;
    stack.up()?.assert_success().assert_contains("1 replaced");
    assert_eq!(writes(&ecr), ["CreatePullThroughCacheRule", "DeletePullThroughCacheRule"]);
    assert_eq!(stack.export()?.resource("rule")?["id"], json!("new"));
    Ok(())
}

#[test]
fn a_removed_credential_replaces_the_rule_since_ecr_cannot_clear_it() -> Result<()> {
    let ecr = local_ecr();
    let rule = [("ecrRepositoryPrefix", "cache"), ("upstreamRegistryUrl", "public.ecr.aws")];
    let stack = running(&ecr, &rule_program(&[rule[0], rule[1], ("credentialArn", SECRET)]))?;
    stack.write("Pulumi.yaml", &rule_program(&rule))?;
    stack.preview()?.assert_success().assert_contains("- credentialArn").assert_contains("+-1 to replace");
    stack.up()?.assert_success();
    assert_eq!(writes(&ecr), ["DeletePullThroughCacheRule", "CreatePullThroughCacheRule"]);
    assert_eq!(ecr.rules(REGION)[0].credential_arn, None);
    Ok(())
}

#[test]
fn another_region_moves_the_rule() -> Result<()> {
    let ecr = local_ecr();
    let rule = [("ecrRepositoryPrefix", "cache"), ("upstreamRegistryUrl", "quay.io")];
    let stack = running(&ecr, &rule_program(&rule))?;
    stack.write("Pulumi.yaml", &rule_program(&[rule[0], rule[1], ("region", "eu-west-1")]))?;
    stack.up()?.assert_success().assert_contains("1 replaced");
    assert!(ecr.rules(REGION).is_empty());
    assert_eq!(ecr.rules("eu-west-1").len(), 1);
    stack.destroy()?.assert_success();
    assert!(ecr.rules("eu-west-1").is_empty(), "the rule was looked for in another region");
    Ok(())
}

#[test]
fn another_region_of_the_provider_moves_the_rule_too() -> Result<()> {
    let ecr = local_ecr();
    let stack = running(&ecr, &rule_program(&[("ecrRepositoryPrefix", "cache"), ("upstreamRegistryUrl", "quay.io")]))?;
    stack.configure(&[("aws:region", "eu-central-1")], &[])?;
    stack.preview()?.assert_success().assert_contains("region").assert_contains("+-1 to replace");
    stack.up()?.assert_success().assert_contains("1 replaced");
    assert!(ecr.rules(REGION).is_empty());
    assert_eq!(ecr.rules("eu-central-1").len(), 1);
    stack.run(["preview", "--expect-no-changes"])?.assert_success();
    Ok(())
}

#[test]
fn an_update_without_changes_makes_no_call_about_rules() -> Result<()> {
    let ecr = local_ecr();
    let stack = running(&ecr, &rule_program(&[("ecrRepositoryPrefix", "cache/"), ("upstreamRegistryUrl", "quay.io")]))?;
    for other_words in [
        &[("ecrRepositoryPrefix", "cache"), ("upstreamRegistryUrl", "quay.io")][..],
        &[("ecrRepositoryPrefix", "cache"), ("upstreamRegistryUrl", "quay.io"), ("upstreamRepositoryPrefix", "ROOT")],
        &[("ecrRepositoryPrefix", "cache"), ("upstreamRegistryUrl", "quay.io"), ("credentialArn", "")],
        &[("ecrRepositoryPrefix", "cache"), ("upstreamRegistryUrl", "quay.io"), ("region", "us-east-1")],
    ] {
        stack.write("Pulumi.yaml", &rule_program(other_words))?;
        stack.up()?.assert_success().assert_contains("2 unchanged");
    }
    let calls = operations(&ecr);
    assert!(calls.iter().all(|operation| operation == "GetCallerIdentity"), "{calls:?}");
    Ok(())
}

#[test]
fn the_state_holds_what_pulumi_aws_would_hold() -> Result<()> {
    let ecr = local_ecr();
    let stack = running(&ecr, &rule_program(&[("ecrRepositoryPrefix", "cache"), ("upstreamRegistryUrl", "quay.io")]))?;
    let state = stack.export()?;
    let rule = state.resource("rule")?;
    assert_eq!(rule["type"], "aws:ecr/pullThroughCacheRule:PullThroughCacheRule");
    assert_eq!(rule["id"], "cache");
    assert_eq!(rule["inputs"], json!({ "ecrRepositoryPrefix": "cache", "upstreamRegistryUrl": "quay.io" }));
    let outputs = json!({
        "ecrRepositoryPrefix": "cache",
        "upstreamRegistryUrl": "quay.io",
        "credentialArn": null,
        "customRoleArn": null,
        "upstreamRepositoryPrefix": null,
        "registryId": "123456789012",
        "region": "us-east-1",
        "id": "cache",
    });
    assert_eq!(rule["outputs"], outputs);
    Ok(())
}
