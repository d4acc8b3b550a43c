//! The steps, in the order in which a mistake is cheapest to find.

use std::process::Command;

use harness::{Home, Pulumi, Result, Venv};

use super::counts::{CARGO_TEST, Counts, GO_TEST, UNITTEST};
use super::groups::Groups;
use super::runner::{check, listened_tests, tests};
use super::{deny, msrv};
use crate::cargo::{build, cargo, root};

/// One step.
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) what: &'static str,
    pub(super) run: fn() -> Result<Counts>,
}

pub(super) const STEPS: &[Step] = &[
    Step { name: "fmt", what: "the code is formatted", run: fmt },
    Step { name: "clippy", what: "the compiler and clippy have nothing to say", run: clippy },
    Step { name: "docs", what: "the documentation builds without a warning", run: docs },
    Step { name: "msrv", what: "no dependency asks for a newer Rust than ours", run: msrv::check },
    Step { name: "deny", what: "licenses, duplicates and sources of the dependencies", run: deny::check },
    Step { name: "unit", what: "unit tests of the plugin, the harness and the task runner", run: unit },
    Step { name: "contract", what: "the plugin's contract with the engine, over a real socket", run: contract },
    Step { name: "conformance", what: "every known behaviour of a rule, case by case", run: conformance },
    Step {
        name: "properties",
        what: "what holds whatever is sent and whatever happens, on random cases",
        run: properties,
    },
    Step { name: "local-ecr", what: "the local ECR's own tests", run: local_ecr },
    Step { name: "boto3", what: "the local ECR as boto3 sees it", run: boto3 },
    Step { name: "independent", what: "the plugin on an ECR that others wrote", run: independent },
    Step { name: "providertest", what: "the plugin as Pulumi's own test framework sees it", run: providertest },
    Step { name: "e2e", what: "the plugin under the real Pulumi", run: e2e },
];

fn fmt() -> Result<Counts> {
    check(cargo(["fmt", "--all", "--check"]))
}

fn clippy() -> Result<Counts> {
    check(cargo(["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"]))
}

fn docs() -> Result<Counts> {
    let mut doc = cargo(["doc", "--workspace", "--no-deps", "--document-private-items", "--locked"]);
    doc.env("RUSTDOCFLAGS", "--deny warnings");
    check(doc)
}

fn unit() -> Result<Counts> {
    cargo_test(["--workspace", "--exclude", "local-ecr", "--lib", "--bins"])
}

fn contract() -> Result<Counts> {
    // They wait more than they work.
    cargo_test(["--test", "contract", "--", "--test-threads=8"])
}

fn conformance() -> Result<Counts> {
    let mut groups = Groups::default();
    let suite = cargo_test_command(["--test", "conformance", "--", "--test-threads=8"]);
    let counts = listened_tests(suite, CARGO_TEST, |line| groups.hear(line))?;
    println!("{groups}");
    Ok(counts)
}

fn properties() -> Result<Counts> {
    cargo_test(["--test", "properties"])
}

fn local_ecr() -> Result<Counts> {
    cargo_test(["--package", "local-ecr"])
}

fn boto3() -> Result<Counts> {
    let folder = root().join("local-ecr/tests/boto3");
    let venv = Venv::install("boto3", &folder.join("requirements.txt"))?;
    let mut python = Command::new(venv.python());
    python.args(["-m", "unittest", "discover", "--verbose", "--pattern", "test_*.py"]).current_dir(folder);
    python.env("LOCAL_ECR_BINARY", build("local-ecr", ["--locked"])?).env("PYTHONDONTWRITEBYTECODE", "1");
    tests(python, UNITTEST)
}

fn independent() -> Result<Counts> {
    let mut test = cargo_test_command(["--manifest-path", "tests/independent/Cargo.toml"]);
    test.env("PLUGIN_BINARY", build("pulumi-resource-aws", ["--locked"])?);
    tests(test, CARGO_TEST)
}

fn providertest() -> Result<Counts> {
    let mut go = Command::new("go");
    go.args(["test", "-count=1", "-v", "./..."]).current_dir(root().join("tests/providertest"));
    // The framework starts `pulumi` by itself.
    let home = Home::new(&Pulumi::find_or_build()?)?;
    home.move_in(&mut go)?;
    go.env("GOFLAGS", "-mod=readonly").env("GOWORK", "off").env("CGO_ENABLED", "0");
    go.env("PLUGIN_BINARY", build("pulumi-resource-aws", ["--locked"])?);
    go.env("LOCAL_ECR_BINARY", build("local-ecr", ["--locked"])?);
    tests(go, GO_TEST)
}

fn e2e() -> Result<Counts> {
    cargo_test(["--test", "e2e"])
}

fn cargo_test<const N: usize>(options: [&str; N]) -> Result<Counts> {
    tests(cargo_test_command(options), CARGO_TEST)
}

fn cargo_test_command<const N: usize>(options: [&str; N]) -> Command {
    cargo(["test", "--locked", "--no-fail-fast"].into_iter().chain(options))
}
