//! The oldest Rust that builds the project is the one that `Cargo.toml` states.
//!
//! Dependencies say what they need. What our own code needs of the standard library is clippy's to find
//! (`incompatible_msrv`), and no second toolchain has to be downloaded.

use std::process::Command;

use harness::{Context, Error, Outcome, Result, run};
use serde_json::Value;

use super::counts::Counts;
use crate::cargo::cargo;

const LIMIT: std::time::Duration = std::time::Duration::from_mins(5);

pub(super) fn check() -> Result<Counts> {
    let metadata = cargo(["metadata", "--format-version", "1", "--locked"]);
    let metadata = run(metadata, LIMIT).and_then(Outcome::checked)?;
    let metadata: Value = serde_json::from_str(&metadata.stdout).context(|| "cargo metadata is not JSON")?;
    let packages = metadata.get("packages").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);

    let stated = packages.iter().find(|package| text(package, "name") == "pulumi-resource-aws");
    let ours = stated.map(|package| text(package, "rust_version")).unwrap_or_default();
    let ours = version(ours).ok_or_else(|| Error::new("Cargo.toml states no rust-version"))?;
    let rustc = run(rustc(), LIMIT).and_then(Outcome::checked)?.stdout;
    let (major, minor, _) = ours;
    println!("stated: Rust {major}.{minor}; built here with {}", rustc.trim());

    let newer: Vec<_> = packages.iter().filter(|package| needs_newer(package, ours)).collect();
    for package in &newer {
        let [name, release, needs] = ["name", "version", "rust_version"].map(|key| text(package, key));
        println!("{name} {release} needs Rust {needs}");
    }
    println!("{} packages, {} of which need a newer Rust", packages.len(), newer.len());
    Ok(if newer.is_empty() { Counts::ONE_PASSED } else { Counts::ONE_FAILED })
}

fn rustc() -> Command {
    let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc.arg("--version");
    rustc
}

fn needs_newer(package: &Value, ours: (u32, u32, u32)) -> bool {
    version(text(package, "rust_version")).is_some_and(|needed| needed > ours)
}

fn text<'a>(package: &'a Value, key: &str) -> &'a str {
    package.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// `1.95` and `1.94.1`: the patch may be left out.
fn version(text: &str) -> Option<(u32, u32, u32)> {
    let mut numbers = text.split('.').map(str::parse);
    let major = numbers.next()?.ok()?;
    let minor = numbers.next()?.ok()?;
    Some((major, minor, numbers.next().and_then(Result::ok).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_patch_release_counts() {
        let ours = version("1.95").unwrap();
        for (needed, newer) in [("1.94.1", false), ("1.95", false), ("1.95.1", true), ("1.100", true), ("2.0", true)] {
            assert_eq!(needs_newer(&json!({ "rust_version": needed }), ours), newer, "{needed}");
        }
        assert!(!needs_newer(&json!({ "rust_version": null }), ours));
    }
}
