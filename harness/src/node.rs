//! npm packages, installed once per machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::cache::{Cache, Key};
use crate::command::run_tool;
use crate::error::{Context, Result};
use crate::progress;
use crate::toolchain::repository;

/// The packages take 170 MB.
const INSTALL_LIMIT: Duration = Duration::from_mins(15);

/// The packages of one `package.json`, installed in the developer's cache.
#[derive(Debug, Clone)]
pub struct NodePackages {
    node_modules: PathBuf,
}

impl NodePackages {
    /// Those of the TypeScript example: the unmodified `@pulumi/aws` 6.77.0 with all that it needs.
    pub fn aws_v6() -> Result<Self> {
        Self::install(&repository().join("examples/typescript"))
    }

    /// Installs what the `package.json` and `package-lock.json` in this folder name.
    pub fn install(folder: &Path) -> Result<Self> {
        let manifests = ["package.json", "package-lock.json"];
        let mut key = Key::new();
        for manifest in manifests {
            key = key.file(&folder.join(manifest))?;
        }
        let name = format!("npm-{}", folder.file_name().unwrap_or_default().to_string_lossy());
        let entry = Cache::open()?.entry(&name, &key, |partial| {
            progress::say(&format!("installing the npm packages of {name}, once"));
            for manifest in manifests {
                fs::copy(folder.join(manifest), partial.join(manifest))
                    .context(|| format!("cannot copy {manifest}"))?;
            }
            let mut npm = Command::new("npm");
            // No scripts: one of them fetches the official plugin, which is not the one under test.
            npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(partial);
            run_tool(npm, INSTALL_LIMIT).context(|| "cannot install npm packages (Node.js 20 or later)")?;
            Ok(())
        })?;
        Ok(Self { node_modules: entry.join("node_modules") })
    }

    /// The folder to link into a project.
    pub fn node_modules(&self) -> &Path {
        &self.node_modules
    }
}
