//! The same program in two languages, with unmodified SDKs, and what runs a provider that is part of a program.

use std::fs::{Permissions, set_permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use harness::{NodePackages, Project, Result, Stack, Venv};
use local_ecr::LocalEcr;

use crate::{PLUGIN, VERSION, pulumi};

pub(super) fn typescript(ecr: &LocalEcr) -> Result<Stack> {
    let program = include_str!("typescript/index.ts");
    // Its types are checked where the example is run; here that would be most of the time.
    let project = project()?.env("PULUMI_NODEJS_TRANSPILE_ONLY", "true");
    let stack = project.typescript(&NodePackages::aws_v6()?, program).stack("dev")?;
    serve_dynamic(&stack, "nodejs", "node node_modules/@pulumi/pulumi/cmd/dynamic-provider")?;
    configured(stack, ecr)
}

pub(super) fn python(ecr: &LocalEcr) -> Result<Stack> {
    let requirements = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/unknowns/python/requirements.txt");
    let venv = Venv::install("pulumi-aws", &requirements)?;
    let stack = project()?.python(&venv, include_str!("python/__main__.py")).stack("dev")?;
    serve_dynamic(&stack, "python", &format!("'{}' -u -m pulumi.dynamic", venv.python().display()))?;
    configured(stack, ecr)
}

fn project() -> Result<Project> {
    Ok(Project::new(pulumi()?)?.plugin(PLUGIN, VERSION))
}

fn configured(stack: Stack, ecr: &LocalEcr) -> Result<Stack> {
    stack.configure_local(&ecr.url())?;
    stack.configure(&[("endpoint", &ecr.url()), ("secret", "one")], &[])?;
    Ok(stack)
}

/// Puts a script into the project by which the engine runs dynamic providers of a language. A release of Pulumi brings it; one that is
/// built from Go modules does not.
fn serve_dynamic(stack: &Stack, language: &str, command: &str) -> Result<()> {
    let script = format!("dynamic/pulumi-resource-pulumi-{language}");
    stack.write(&script, &format!("#!/bin/sh\nexec {command} \"$@\"\n"))?;
    set_permissions(stack.folder().join(&script), Permissions::from_mode(0o755)).expect("the script can be run");
    let project = std::fs::read_to_string(stack.folder().join("Pulumi.yaml")).expect("the project file");
    let plugins = format!("plugins: {{ providers: [{{ name: pulumi-{language}, path: ./dynamic }}] }}");
    stack.write("Pulumi.yaml", &format!("{project}{plugins}\n"))
}
