//! Cargo, run from within a program that Cargo runs.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use harness::{Context, Error, Result};
use serde_json::Value;

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// `cargo` with these arguments, in the root of the repository.
pub(crate) fn cargo<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    // Cargo tells us about this very package. Passed on, that would make build scripts that watch these variables (as
    // ring's does) believe that everything has changed, each time that a person's own cargo and ours take turns.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Builds the executable of a package and returns where it is.
pub(crate) fn build<'a>(package: &'a str, options: impl IntoIterator<Item = &'a str>) -> Result<PathBuf> {
    let arguments = ["build", "--package", package, "--message-format", "json-render-diagnostics"];
    let mut command = cargo(arguments);
    let mut child = command.args(options).stdout(Stdio::piped()).spawn().context(|| "cannot start cargo")?;
    let mut executable = None;
    for line in child.stdout.take().map(BufReader::new).into_iter().flat_map(BufReader::lines) {
        let line = line.context(|| "cannot read what cargo says")?;
        let message: Value = serde_json::from_str(&line).context(|| "cargo did not answer in JSON")?;
        if let Some(path) = message.get("executable").and_then(Value::as_str) {
            executable = Some(PathBuf::from(path));
        }
    }
    let status = child.wait().context(|| "cannot wait for cargo")?;
    if !status.success() {
        return Err(Error::new(format!("{package} does not build")));
    }
    executable.ok_or_else(|| Error::new(format!("{package} has no executable")))
}
