//! The plugin under the real Pulumi, on the local ECR.

// A test fails by panicking, and so does what it calls.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

use std::sync::LazyLock;

use harness::{Project, Pulumi, Result, Stack};
use local_ecr::{LocalEcr, Options};

mod coexistence;
mod drift;
mod failures;
mod import;
mod interruption;
mod lifecycle;
mod options;
mod protocol;
mod secrets;
mod support;
mod takeover;
mod terraform;
mod typescript;
mod unknowns;
mod yaml;

/// The plugin as it was built for these tests.
const PLUGIN: &str = env!("CARGO_BIN_EXE_pulumi-resource-aws");

/// The release of the aws plugin that programs are told to have.
const VERSION: &str = "6.77.0";

const REGION: &str = "us-east-1";

/// The real Pulumi, found or built once for all tests.
fn pulumi() -> Result<&'static Pulumi> {
    static PULUMI: LazyLock<Result<Pulumi>> = LazyLock::new(Pulumi::find_or_build);
    PULUMI.as_ref().map_err(|error| harness::Error::new(error.to_string()))
}

fn local_ecr() -> LocalEcr {
    LocalEcr::start(Options::default()).unwrap_or_else(|error| panic!("no local ECR: {error}"))
}

/// A stack of a YAML program, with the plugin installed and pointed at the local ECR.
fn yaml_stack(program: &str, ecr: &LocalEcr) -> Result<Stack> {
    let stack = Project::new(pulumi()?)?.plugin(PLUGIN, VERSION).yaml(program).stack("dev")?;
    stack.configure_local(&ecr.url())?;
    Ok(stack)
}

/// A program with one rule, named `rule`.
fn rule_program(properties: support::Properties<'_>) -> String {
    support::program(&[support::rule("rule", properties, "")])
}

/// The operations that the local ECR was asked for, in order.
fn operations(ecr: &LocalEcr) -> Vec<String> {
    ecr.journal().into_iter().map(|call| call.operation).collect()
}

/// Those of them that write.
fn writes(ecr: &LocalEcr) -> Vec<String> {
    let reads = ["GetCallerIdentity", "DescribePullThroughCacheRules"];
    operations(ecr).into_iter().filter(|operation| !reads.contains(&operation.as_str())).collect()
}
