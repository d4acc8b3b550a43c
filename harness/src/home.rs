//! A temporary Pulumi home: its plugins, its stacks' states and its projects, gone when dropped.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::environment::{Account, isolate};
use crate::error::{Context, Result};
use crate::toolchain::Pulumi;

/// The name under which the engine looks for the plugin.
const PLUGIN: &str = "pulumi-resource-aws";

/// A temporary Pulumi home; several projects can share it.
#[derive(Debug)]
pub struct Home {
    folder: TempDir,
    pulumi: Pulumi,
    account: Account,
}

impl Home {
    /// A home in which nothing of the user's own is seen: no Pulumi state, no AWS account.
    pub fn new(pulumi: &Pulumi) -> Result<Self> {
        Self::with_account(pulumi, Account::Hidden)
    }

    /// A home in which nothing of the user's own Pulumi is seen, but their AWS account is.
    pub fn with_ambient_aws(pulumi: &Pulumi) -> Result<Self> {
        Self::with_account(pulumi, Account::Visible)
    }

    fn with_account(pulumi: &Pulumi, account: Account) -> Result<Self> {
        // Without symbolic links, so that the kernel names processes started from there as we do.
        let parent = env::temp_dir().canonicalize().context(|| "cannot find the folder for temporary files")?;
        let folder = tempfile::Builder::new().prefix("pulumi-").tempdir_in(parent);
        let folder = folder.context(|| "cannot make a temporary folder")?;
        for part in ["home/plugins", "state", "projects", "tmp"] {
            fs::create_dir_all(folder.path().join(part)).context(|| format!("cannot make {part}"))?;
        }
        Ok(Self { folder, pulumi: pulumi.clone(), account })
    }

    /// The temporary folder that holds everything.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Installs the plugin as the release `version` of the aws plugin with the build metadata `ecr1`, which the engine
    /// prefers to the official folder of the same version. Returns the installed executable.
    pub fn install_plugin(&self, binary: &Path, version: &str) -> Result<PathBuf> {
        let folder = self.folder().join(format!("home/plugins/resource-aws-v{version}+ecr1"));
        fs::create_dir_all(&folder).context(|| format!("cannot make {}", folder.display()))?;
        let installed = folder.join(PLUGIN);
        if installed.exists() {
            fs::remove_file(&installed).context(|| format!("cannot replace {}", installed.display()))?;
        }
        // A hard link takes no time; across file systems it has to be a copy.
        fs::hard_link(binary, &installed)
            .or_else(|_| fs::copy(binary, &installed).map(drop))
            .context(|| format!("cannot install {} as {}", binary.display(), installed.display()))?;
        Ok(installed)
    }

    /// The variables that make a Pulumi work in this home, as a user would have to export them.
    pub fn variables(&self) -> Vec<(&'static str, String)> {
        let path = |part: &str| self.folder().join(part).display().to_string();
        let mut variables = vec![
            ("PULUMI_HOME", path("home")),
            ("PULUMI_BACKEND_URL", format!("file://{}", path("state"))),
            ("PULUMI_CONFIG_PASSPHRASE", "correct horse battery staple".to_owned()),
            ("PULUMI_SKIP_UPDATE_CHECK", "true".to_owned()),
            ("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "true".to_owned()),
            ("PULUMI_IGNORE_AMBIENT_PLUGINS", "true".to_owned()),
        ];
        if self.account == Account::Hidden {
            // Absent files: the plugin must not find the user's own profiles, nor ask a cloud machine who it is.
            variables.push(("AWS_CONFIG_FILE", path("no-aws-config")));
            variables.push(("AWS_SHARED_CREDENTIALS_FILE", path("no-aws-credentials")));
            variables.push(("AWS_EC2_METADATA_DISABLED", "true".to_owned()));
        }
        variables
    }

    /// `pulumi` with these arguments in this home.
    pub(crate) fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(self.pulumi.program());
        command.args(arguments);
        self.enclose(&mut command);
        command
    }

    /// Lets a command that starts `pulumi` by itself find this one, and work in this home.
    pub fn move_in(&self, command: &mut Command) -> Result<()> {
        self.enclose(command);
        let beside = self.pulumi.program().parent().map(Path::to_path_buf);
        let path = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths(beside.into_iter().chain(env::split_paths(&path)));
        command.env("PATH", path.context(|| "the PATH has no place for pulumi")?);
        Ok(())
    }

    fn enclose(&self, command: &mut Command) {
        isolate(command, self.account);
        // Language hosts leave things in the folder for temporary files; there they go with the home.
        command.envs(self.variables()).env("TMPDIR", self.folder().join("tmp"));
    }
}
