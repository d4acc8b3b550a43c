//! What the tests share: programs, and looks at what came of them.

use std::time::{Duration, Instant};

use harness::{Outcome, Result, Stack, State};
use local_ecr::{LocalEcr, Rule};
use serde_json::Value;

use crate::yaml_stack;

/// The longest that a test waits for what has to come.
pub(crate) const LIMIT: Duration = Duration::from_mins(1);

/// The resource's token, as `pulumi import` takes it.
pub(crate) const TYPE: &str = "aws:ecr/pullThroughCacheRule:PullThroughCacheRule";

pub(crate) const SECRET: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/one";
pub(crate) const OTHER_SECRET: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/two";
pub(crate) const ROLE: &str = "arn:aws:iam::123456789012:role/one";
pub(crate) const OTHER_ROLE: &str = "arn:aws:iam::123456789012:role/two";

pub(crate) type Properties<'a> = &'a [(&'a str, &'a str)];

/// The smallest rule, and the same for another upstream.
pub(crate) const QUAY: Properties<'_> = &[("ecrRepositoryPrefix", "cache"), ("upstreamRegistryUrl", "quay.io")];
pub(crate) const K8S: Properties<'_> = &[("ecrRepositoryPrefix", "cache"), ("upstreamRegistryUrl", "registry.k8s.io")];

/// A rule with these properties under this name, and with these options as YAML has them: `{ protect: true }`.
pub(crate) fn rule(name: &str, properties: Properties<'_>, options: &str) -> String {
    let properties: Vec<_> = properties.iter().map(|(name, value)| format!("      {name}: \"{value}\"\n")).collect();
    let options = if options.is_empty() { String::new() } else { format!("    options: {options}\n") };
    format!("  {name}:\n    type: aws:ecr:PullThroughCacheRule\n    properties:\n{}{options}", properties.concat())
}

/// The resource `rule`, for Docker Hub, with this secret.
pub(crate) fn hub(secret: &str, options: &str) -> String {
    let properties =
        [("ecrRepositoryPrefix", "hub"), ("upstreamRegistryUrl", "registry-1.docker.io"), ("credentialArn", secret)];
    rule("rule", &properties, options)
}

/// A program with these resources, whole, so that it can also be written over a project's own file.
pub(crate) fn program(resources: &[String]) -> String {
    let resources = if resources.is_empty() { String::new() } else { format!("resources:\n{}", resources.concat()) };
    format!("name: example\nruntime: yaml\n{resources}")
}

/// A stack with this program, up and running, and a journal that begins afterwards.
pub(crate) fn running(ecr: &LocalEcr, program: &str) -> Result<Stack> {
    let stack = yaml_stack(program, ecr)?;
    stack.up()?.assert_success();
    ecr.clear_journal();
    Ok(stack)
}

/// Gives the stack another program.
pub(crate) fn rewrite(stack: &Stack, resources: &[String]) -> Result<()> {
    stack.write("Pulumi.yaml", &program(resources))
}

/// `pulumi up` with these arguments more.
pub(crate) fn up_with(stack: &Stack, arguments: &[&str]) -> Result<Outcome> {
    stack.run(["up", "--yes", "--skip-preview"].iter().chain(arguments))
}

/// The full name of the rule of this name.
pub(crate) fn urn(name: &str) -> String {
    format!("urn:pulumi:dev::example::{TYPE}::{name}")
}

/// The names of the rules in the state, in order.
pub(crate) fn managed(state: &State) -> Vec<&str> {
    let rules = state.resources().iter().filter(|resource| resource["type"] == TYPE);
    rules.filter_map(|rule| rule["urn"].as_str()?.rsplit("::").next()).collect()
}

/// What the stack exports.
pub(crate) fn outputs(stack: &Stack) -> Result<Value> {
    let outcome = stack.run(["stack", "output", "--json", "--show-secrets"])?.checked()?;
    Ok(serde_json::from_str(&outcome.stdout).expect("outputs are JSON"))
}

/// The only rule that a Region has.
pub(crate) fn only_rule(ecr: &LocalEcr, region: &str) -> Rule {
    let rules = ecr.rules(region);
    assert_eq!(rules.len(), 1, "{rules:?}");
    rules[0].clone()
}

/// The writes that the local ECR was asked for, each with its rule's prefix: `Create quay`.
pub(crate) fn writes_by_prefix(ecr: &LocalEcr) -> Vec<String> {
    let calls = ecr.journal().into_iter();
    calls
        .filter_map(|call| {
            let write = call.operation.strip_suffix("PullThroughCacheRule")?.to_owned();
            Some(format!("{write} {}", call.body["ecrRepositoryPrefix"].as_str()?))
        })
        .collect()
}

/// Waits for what has to come.
pub(crate) fn wait_until(what: &str, mut holds: impl FnMut() -> Result<bool>) -> Result<()> {
    let start = Instant::now();
    while !holds()? {
        assert!(start.elapsed() < LIMIT, "{what}: not within {LIMIT:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// Whether a create has arrived that is not answered yet.
pub(crate) fn create_is_on_the_wire(ecr: &LocalEcr) -> bool {
    ecr.journal().iter().any(|call| call.operation == "CreatePullThroughCacheRule" && call.took.is_none())
}
