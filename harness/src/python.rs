//! Python packages, installed once per machine in a virtual environment.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::cache::{Cache, Key};
use crate::command::run_tool;
use crate::error::{Context, Result};
use crate::outcome::Outcome;
use crate::progress;

const INSTALL_LIMIT: Duration = Duration::from_mins(15);

/// A virtual environment in the developer's cache.
#[derive(Debug, Clone)]
pub struct Venv {
    folder: PathBuf,
}

impl Venv {
    /// A virtual environment with the packages that `requirements`, a `requirements.txt`, names.
    pub fn install(name: &str, requirements: &Path) -> Result<Self> {
        let version = tool("python3", ["--version".as_ref()])?.stdout;
        let key = Key::new().text(version).file(requirements)?;
        let folder = Cache::open()?.entry(&format!("python-{name}"), &key, |partial| {
            progress::say(&format!("installing the Python packages of {name}, once"));
            tool("python3", ["-m".as_ref(), "venv".as_ref(), partial.as_os_str()])?;
            // Through the interpreter: scripts in a virtual environment know it by a name that it is yet to lose.
            let [module, pip, install] = ["-m", "pip", "install"].map(OsStr::new);
            let [quiet, from] = ["--quiet", "--requirement"].map(OsStr::new);
            tool(partial.join("bin/python"), [module, pip, install, quiet, from, requirements.as_os_str()])?;
            Ok(())
        })?;
        Ok(Self { folder })
    }

    /// The virtual environment's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Its interpreter.
    pub fn python(&self) -> PathBuf {
        self.folder.join("bin/python")
    }
}

fn tool<const N: usize>(program: impl AsRef<OsStr>, arguments: [&OsStr; N]) -> Result<Outcome> {
    let mut command = Command::new(program);
    command.args(arguments);
    run_tool(command, INSTALL_LIMIT).context(|| "cannot install Python packages (Python 3.9 or later)")
}
