//! A stack, on which Pulumi commands are run.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::command::{POLL, Running, run};
use crate::error::{Context, Error, Result};
use crate::home::Home;
use crate::outcome::Outcome;
use crate::processes::processes_of;
use crate::project;
use crate::state::State;

/// Ends a command that hangs; the slowest real ones take some ten seconds on a busy machine.
const LIMIT: Duration = Duration::from_mins(3);

/// The engine interrupts a plugin and does not wait to see it go; a plugin has a second for it.
const PLUGIN_GRACE: Duration = Duration::from_secs(3);

/// A stack of a project in a temporary home. Several stacks can live in one home, each in a project of its own.
#[derive(Debug)]
pub struct Stack {
    home: Arc<Home>,
    folder: PathBuf,
    name: String,
    plugin: Option<PathBuf>,
    variables: Vec<(OsString, OsString)>,
}

impl Stack {
    pub(crate) fn init(
        home: Arc<Home>,
        folder: PathBuf,
        name: &str,
        plugin: Option<PathBuf>,
        variables: Vec<(OsString, OsString)>,
    ) -> Result<Self> {
        let stack = Self { home, folder, name: name.to_owned(), plugin, variables };
        stack.run(["stack", "init", name])?.checked()?;
        Ok(stack)
    }

    /// The project's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The stack's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The home it lives in, for a second project to share.
    pub fn home(&self) -> &Arc<Home> {
        &self.home
    }

    /// `pulumi` with these arguments, ready to be started.
    pub fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = self.home.command(arguments);
        command.current_dir(&self.folder).envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs `pulumi` with these arguments to its end.
    pub fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Result<Outcome> {
        run(self.command(arguments), LIMIT)
    }

    /// Starts `pulumi` with these arguments and leaves it running, to be interrupted.
    pub fn spawn<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Result<Running> {
        Running::start(self.command(arguments))
    }

    /// Runs `pulumi` with these arguments on the user's own terminal.
    pub fn show<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Result<ExitStatus> {
        self.command(arguments).status().context(|| "cannot start pulumi")
    }

    /// `pulumi preview`, with the details of each change.
    pub fn preview(&self) -> Result<Outcome> {
        self.run(["preview", "--diff"])
    }

    /// `pulumi up`, without asking.
    pub fn up(&self) -> Result<Outcome> {
        self.run(["up", "--yes", "--skip-preview"])
    }

    /// `pulumi refresh`, without asking.
    pub fn refresh(&self) -> Result<Outcome> {
        self.run(["refresh", "--yes", "--skip-preview"])
    }

    /// `pulumi destroy`, without asking.
    pub fn destroy(&self) -> Result<Outcome> {
        self.run(["destroy", "--yes", "--skip-preview"])
    }

    /// Writes a file of the project anew, such as `Pulumi.yaml`.
    pub fn write(&self, path: impl AsRef<Path>, content: &str) -> Result<()> {
        project::write(&self.folder, path.as_ref(), content)
    }

    /// Sets configuration values, and then secret ones, in one go.
    pub fn configure(&self, plain: &[(&str, &str)], secret: &[(&str, &str)]) -> Result<()> {
        let mut arguments = vec!["config".to_owned(), "set-all".to_owned()];
        for (flag, values) in [("--plaintext", plain), ("--secret", secret)] {
            for (name, value) in values {
                arguments.extend([flag.to_owned(), format!("{name}={value}")]);
            }
        }
        self.run(arguments)?.checked()?;
        Ok(())
    }

    /// Points the plugin at a local ECR.
    pub fn configure_local(&self, url: &str) -> Result<()> {
        let endpoints = json!([{ "ecr": url, "sts": url }]).to_string();
        let plain = [("aws:region", "us-east-1"), ("aws:accessKey", "local"), ("aws:endpoints", &endpoints)];
        self.configure(&plain, &[("aws:secretKey", "local-secret")])
    }

    /// What the engine keeps of the stack, secrets in clear.
    pub fn export(&self) -> Result<State> {
        let outcome = self.run(["stack", "export", "--show-secrets"])?.checked()?;
        State::parse(&outcome.stdout)
    }

    /// Replaces what the engine keeps of the stack.
    pub fn import_state(&self, state: &Value) -> Result<()> {
        self.write("state-to-import.json", &state.to_string())?;
        self.run(["stack", "import", "--file", "state-to-import.json"])?.checked()?;
        Ok(())
    }

    /// The plugin's executable as installed in this home, if this project installed one.
    pub fn plugin(&self) -> Option<&Path> {
        self.plugin.as_deref()
    }

    /// The ids of the plugin's processes that are there now.
    pub fn plugin_processes(&self) -> Result<Vec<u32>> {
        self.plugin().map_or(Ok(Vec::new()), processes_of)
    }

    /// An error if a process of the plugin is still there after the short time that it may take to end.
    pub fn check_no_plugin_left(&self) -> Result<()> {
        let deadline = Instant::now() + PLUGIN_GRACE;
        loop {
            let left = self.plugin_processes()?;
            if left.is_empty() {
                return Ok(());
            }
            if Instant::now() >= deadline {
                return Err(Error::new(format!("the plugin outlived the engine: processes {left:?}")));
            }
            thread::sleep(POLL);
        }
    }
}
