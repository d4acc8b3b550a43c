//! Finds the Pulumi command line, or builds it from Go modules into the developer's cache.
//!
//! The modules in `tools/pulumi` name what is built, in their `go.mod`, and the hash of every source, in their `go.sum`.
//! There are three because the YAML host does not compile against the engine's release, and later hosts of the other
//! languages are not served as modules.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::cache::{Cache, Key};
use crate::command::run_tool;
use crate::error::{Context, Result};
use crate::progress;

/// The modules in `tools/pulumi`.
const MODULES: [&str; 3] = ["cli", "yaml-host", "language-hosts"];

/// The module that every one of them is built on, in a release of its own.
const SDK: &str = "github.com/pulumi/pulumi/sdk/v3";

/// Without it not even YAML programs run.
const YAML_HOST: &str = "pulumi-language-yaml";

/// The longest that one module may take to build on a slow machine.
const BUILD_LIMIT: Duration = Duration::from_mins(45);

/// The real Pulumi command line, with its language hosts.
#[derive(Debug, Clone)]
pub struct Pulumi {
    program: PathBuf,
    origin: &'static str,
}

impl Pulumi {
    /// Takes `pulumi` from the `PATH`, or else from the developer's cache, where it is built the first time (minutes).
    pub fn find_or_build() -> Result<Self> {
        match Self::on_path() {
            Some(program) => Ok(Self { program, origin: "found on the PATH" }),
            None => Self::build(),
        }
    }

    /// Takes `pulumi` from the developer's cache, whatever is on the `PATH`.
    pub fn build() -> Result<Self> {
        let sources = repository().join("tools/pulumi");
        let mut key = Key::new();
        for module in MODULES {
            key = key.file(&sources.join(module).join("go.mod"))?.file(&sources.join(module).join("go.sum"))?;
        }
        let folder = Cache::open()?.entry("pulumi", &key, |partial| build_all(&sources, partial))?;
        Ok(Self { program: folder.join("pulumi"), origin: "built from Go modules" })
    }

    /// The executable.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Where it came from, for a person to read.
    pub fn origin(&self) -> &'static str {
        self.origin
    }

    /// An installation counts if it brings a language host: `pulumi` looks beside itself, then on the `PATH`.
    fn on_path() -> Option<PathBuf> {
        let program = find_on_path("pulumi")?;
        let beside = program.canonicalize().ok()?.with_file_name(YAML_HOST);
        (beside.is_file() || find_on_path(YAML_HOST).is_some()).then_some(program)
    }
}

/// The root of this repository.
pub(crate) fn repository() -> PathBuf {
    let harness = Path::new(env!("CARGO_MANIFEST_DIR"));
    harness.parent().unwrap_or(harness).to_path_buf()
}

fn find_on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(program))
        .find(|it| it.is_file())
}

fn build_all(sources: &Path, into: &Path) -> Result<()> {
    progress::say("no pulumi on the PATH: building it from Go modules, once; about 10 minutes on two cores");
    for (number, module) in (1..).zip(MODULES) {
        let started = Instant::now();
        progress::say(&format!("building tools/pulumi/{module} ({number} of {})", MODULES.len()));
        build_module(&sources.join(module), into)?;
        progress::say(&format!("built tools/pulumi/{module} in {} s", started.elapsed().as_secs()));
    }
    // The Python host starts programs through a script of its own age, which is no Go program.
    let sdk = go(&sources.join("language-hosts"), &["list", "-m", "-f", "{{.Dir}}", SDK])?;
    let script = Path::new(&sdk).join("python/cmd/pulumi-language-python-exec");
    let copy = into.join("pulumi-language-python-exec");
    // Not `fs::copy`, which would bring the module cache's read-only mode along.
    let text = fs::read(&script).context(|| format!("cannot read {}", script.display()))?;
    fs::write(&copy, text).context(|| format!("cannot write {}", copy.display()))
}

/// Builds every tool that the module names.
fn build_module(module: &Path, into: &Path) -> Result<()> {
    let into = format!("{}/", into.display());
    // A command line that does not know its release takes itself for a developer's build.
    let release = go(module, &["list", "-m", "-f", "{{.Version}}", SDK])?;
    let flags = format!("-s -w -X {SDK}/go/common/version.Version={release}");
    go(module, &["build", "-ldflags", &flags, "-o", &into, "tool"])?;
    Ok(())
}

/// Runs `go` in a module and returns what it wrote to standard output.
pub(crate) fn go(module: &Path, arguments: &[&str]) -> Result<String> {
    let mut command = Command::new("go");
    command.args(arguments).current_dir(module);
    // Built as the module says, whatever this machine's Go is set up for.
    command.env("GOFLAGS", "-mod=readonly").env("GOWORK", "off").env("CGO_ENABLED", "0");
    let outcome = run_tool(command, BUILD_LIMIT)
        .context(|| "cannot build from Go modules (install Go 1.25.11 or later, or put pulumi on the PATH)")?;
    Ok(outcome.stdout.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_module_is_committed_with_its_hashes() {
        for module in MODULES {
            let folder = repository().join("tools/pulumi").join(module);
            assert!(folder.join("go.mod").is_file() && folder.join("go.sum").is_file(), "{module}");
        }
    }

    #[test]
    fn a_program_is_found_on_the_path_by_its_full_name() {
        assert!(find_on_path("sh").is_some_and(|found| found.is_absolute()));
        assert_eq!(find_on_path("no-such-program-anywhere"), None);
    }
}
