//! What a program calls a secret is one wherever the engine writes something down: state, outputs, messages, logs, events.

use std::fs;

use harness::{NodePackages, Outcome, Project, Result, Stack};
use local_ecr::{LocalEcr, Rule};
use serde_json::{Value, json};

use crate::support::{OTHER_SECRET, QUAY, SECRET, only_rule, outputs, program, rule, running, writes_by_prefix};
use crate::{PLUGIN, REGION, VERSION, local_ecr, pulumi};

/// What both ARNs have in common and nothing else has.
const PLAINTEXT: &str = "secret:ecr-pullthroughcache/";

/// By this name the state knows an encrypted value.
const SIGNATURE: &str = "4dabf18193072939515e22adb298388d";

/// Everything that engine and plugin can be made to write.
const LOUD: [&str; 5] = ["--logtostderr", "--logflow", "-v=9", "--event-log", "events.json"];

/// At this level the engine's own log has in clear what goes over its wires, whatever a plugin does.
const OF_THE_ENGINE: [&str; 3] = ["Marshaling property", "Unmarshaling property", "Planner decided"];

/// A stack with the ARN as a secret in its configuration.
fn stack(project: Project, ecr: &LocalEcr) -> Result<Stack> {
    let stack = project.plugin(PLUGIN, VERSION).env("PULUMI_DEBUG_COMMANDS", "true").stack("dev")?;
    stack.configure_local(&ecr.url())?;
    stack.configure(&[], &[("arn", SECRET)])?;
    Ok(stack)
}

fn loudly(stack: &Stack, arguments: &[&str]) -> Result<Outcome> {
    stack.run(arguments.iter().chain(&["--yes", "--skip-preview"]).chain(&LOUD))
}

/// Fails if the secret is to be read anywhere.
fn check_kept(stack: &Stack, outcome: &Outcome) -> Result<()> {
    outcome.assert_success().assert_contains("DEBUG pulumi_aws::");
    let is_of_the_engine = |line: &str| OF_THE_ENGINE.iter().any(|words| line.contains(&format!("\"msg\":\"{words}")));
    for line in outcome.stdout.lines().chain(outcome.stderr.lines()).filter(|line| !is_of_the_engine(line)) {
        assert!(!line.contains(PLAINTEXT) && !line.contains("local-secret"), "{line}");
    }
    let events = fs::read_to_string(stack.folder().join("events.json")).expect("the engine writes down its events");
    assert!(events.contains("credentialArn") && !events.contains(PLAINTEXT), "{events}");
    let export = stack.run(["stack", "export"])?;
    export.assert_success().assert_lacks(PLAINTEXT).assert_lacks("local-secret");
    let state: Value = serde_json::from_str(&export.stdout).expect("the state is JSON");
    let resources = state["deployment"]["resources"].as_array().expect("there are resources");
    let rule = resources.iter().find(|resource| resource["id"] == "hub").expect("the rule is among them");
    for part in ["inputs", "outputs"] {
        assert!(rule[part]["credentialArn"][SIGNATURE].is_string(), "{part}: {}", rule[part]["credentialArn"]);
    }
    stack.run(["stack", "output"])?.assert_success().assert_contains("[secret]").assert_lacks(PLAINTEXT);
    Ok(())
}

fn yaml(upstream: &str, options: &str) -> String {
    let properties = [("ecrRepositoryPrefix", "hub"), ("upstreamRegistryUrl", upstream), ("credentialArn", "${arn}")];
    let config = "config:\n  arn: { type: string, secret: true }\noutputs:\n  arn: ${rule.credentialArn}\n";
    format!("{}{config}", program(&[rule("rule", &properties, options)]))
}

#[test]
fn a_secret_of_a_yaml_program_is_nowhere_in_clear() -> Result<()> {
    let ecr = local_ecr();
    let stack = stack(Project::new(pulumi()?)?.yaml(&yaml("registry-1.docker.io", "")), &ecr)?;
    check_kept(&stack, &loudly(&stack, &["up"])?)?;
    assert_eq!(only_rule(&ecr, REGION).credential_arn.as_deref(), Some(SECRET));

    stack.configure(&[], &[("arn", OTHER_SECRET)])?;
    stack.preview()?.assert_success().assert_contains("~ credentialArn").assert_lacks(PLAINTEXT);
    check_kept(&stack, &loudly(&stack, &["up"])?)?;
    check_kept(&stack, &loudly(&stack, &["refresh"])?)?;
    stack.write("Pulumi.yaml", &yaml("ghcr.io", ""))?;
    check_kept(&stack, &loudly(&stack, &["up"])?)?;
    assert_eq!(writes_by_prefix(&ecr), ["Create hub", "Update hub", "Delete hub", "Create hub"]);
    Ok(())
}

/// The engine takes over what a plugin reads of an imported rule, and a plugin is not told there what the program says of it: the import
/// itself keeps the ARN in clear. The next update makes the input a secret, and the next refresh the output.
#[test]
fn an_imported_secret_is_one_after_a_refresh() -> Result<()> {
    let ecr = local_ecr();
    let mut there = Rule::new("hub", "registry-1.docker.io");
    there.credential_arn = Some(SECRET.to_owned());
    ecr.put_rule(REGION, there);
    let stack = stack(Project::new(pulumi()?)?.yaml(&yaml("registry-1.docker.io", "{ import: hub }")), &ecr)?;
    stack.up()?.assert_success().assert_contains("1 imported");
    stack.up()?.assert_success().assert_contains("2 unchanged");
    check_kept(&stack, &loudly(&stack, &["up", "--refresh"])?)?;
    assert_eq!(writes_by_prefix(&ecr), [""; 0]);
    Ok(())
}

#[test]
fn a_secret_of_a_typescript_program_is_nowhere_in_clear() -> Result<()> {
    let ecr = local_ecr();
    let source = r#"
import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const config = new pulumi.Config();
const rule = new aws.ecr.PullThroughCacheRule("rule", {
    ecrRepositoryPrefix: "hub",
    upstreamRegistryUrl: config.get("upstream") ?? "registry-1.docker.io",
    credentialArn: config.requireSecret("arn"),
});
export const arn = rule.credentialArn;
"#;
    let stack = stack(Project::new(pulumi()?)?.typescript(&NodePackages::aws_v6()?, source), &ecr)?;
    check_kept(&stack, &loudly(&stack, &["up"])?)?;
    stack.configure(&[("upstream", "ghcr.io")], &[("arn", OTHER_SECRET)])?;
    check_kept(&stack, &loudly(&stack, &["up"])?)?;
    assert_eq!(writes_by_prefix(&ecr), ["Create hub", "Delete hub", "Create hub"]);
    assert_eq!(only_rule(&ecr, REGION).credential_arn.as_deref(), Some(OTHER_SECRET));
    Ok(())
}

/// What ECR says of a secret that it does not find names it.
#[test]
fn an_error_does_not_tell_the_secret_that_it_is_about() -> Result<()> {
    let ecr = local_ecr();
    let options = "{ customTimeouts: { create: 2s } }";
    let stack = stack(Project::new(pulumi()?)?.yaml(&yaml("registry-1.docker.io", options)), &ecr)?;
    ecr.remove_secret(SECRET);
    stack.up()?.assert_failure().assert_contains("SecretNotFoundException").assert_lacks(PLAINTEXT);
    Ok(())
}

#[test]
fn an_output_is_a_secret_where_the_program_says_so() -> Result<()> {
    let ecr = local_ecr();
    let options = "{ additionalSecretOutputs: [ registryId ] }";
    let export = "outputs:\n  account: ${rule.registryId}\n";
    let stack = running(&ecr, &format!("{}{export}", program(&[rule("rule", QUAY, options)])))?;
    stack.refresh()?.assert_success();
    for command in [&["stack", "export"][..], &["stack", "output"]] {
        stack.run(command)?.assert_success().assert_lacks("123456789012");
    }
    assert_eq!(outputs(&stack)?, json!({ "account": "123456789012" }));
    Ok(())
}
