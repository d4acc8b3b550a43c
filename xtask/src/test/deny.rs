//! `cargo deny`: what the project may depend on, as `deny.toml` says.
//!
//! Advisories are not checked here: their database changes from day to day, and a test must not. That is for a schedule.

use harness::{Cache, Error, Key, Result};

use super::counts::Counts;
use super::runner;
use crate::cargo::cargo;

/// The release that is built into the developer's cache.
const RELEASE: &str = "0.20.2";

pub(super) fn check() -> Result<Counts> {
    let installed = Cache::open()?.entry("cargo-deny", &Key::new().text(RELEASE), |folder| {
        println!("installing cargo-deny {RELEASE}, once; some minutes");
        let mut install = cargo(["install", "--locked", "--quiet", "--version", RELEASE, "cargo-deny", "--root"]);
        // Its thousand units are no business of this workspace's target folder.
        install.arg(folder).env_remove("CARGO_TARGET_DIR");
        match install.status() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(Error::new(format!("cannot install cargo-deny: {status}"))),
            Err(error) => Err(Error::new(format!("cannot start cargo: {error}"))),
        }
    })?;
    let mut deny = cargo(["deny", "--locked", "check", "licenses", "bans", "sources"]);
    let mut path = vec![installed.join("bin")];
    path.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    deny.env("PATH", std::env::join_paths(path).map_err(|error| Error::new(format!("PATH: {error}")))?);
    runner::check(deny)
}
