//! The built plugin as a process, in an environment of its own.

use std::{
    ffi::OsStr,
    path::Path,
    process::{ExitStatus, Output, Stdio},
    time::Duration,
};

use pulumi_aws::pulumi::rpc::resource_provider_client::ResourceProviderClient;
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader},
    process::{Child, ChildStderr, ChildStdin, ChildStdout, Command},
    time::timeout,
};
use tonic::transport::{Channel, Endpoint};

/// The plugin as it was built for these tests.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_pulumi-resource-aws");

/// More than anything that ends by itself takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) type Client = ResourceProviderClient<Channel>;

/// How the plugin is started.
#[derive(Debug)]
pub(crate) struct Launch {
    command: Command,
    home: TempDir,
}

impl Launch {
    /// As an engine does, without arguments. Nothing of the surroundings of these tests is seen.
    pub(crate) fn new() -> Self {
        Self::of(Path::new(BINARY))
    }

    /// The same with a copy of the plugin.
    pub(crate) fn of(binary: &Path) -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut command = Command::new(binary);
        command
            .env_clear()
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        for (variable, file) in [("AWS_CONFIG_FILE", "config"), ("AWS_SHARED_CREDENTIALS_FILE", "credentials")] {
            let path = home.path().join(file);
            std::fs::write(&path, "").expect("an empty file");
            command.env(variable, path);
        }
        Self { command, home }
    }

    pub(crate) fn args(mut self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.command.args(arguments);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// The content of the shared AWS config file.
    pub(crate) fn aws_config(self, content: &str) -> Self {
        std::fs::write(self.home.path().join("config"), content).expect("the config file");
        self
    }

    /// With `/dev/null` for stdin, as test tools start plugins.
    pub(crate) fn without_stdin(mut self) -> Self {
        self.command.stdin(Stdio::null());
        self
    }

    /// Starts it and reads the port.
    pub(crate) async fn start(mut self) -> Plugin {
        let mut child = self.command.spawn().expect("the plugin starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("stdout is a pipe"));
        let mut first_line = String::new();
        let read = timeout(PATIENCE, stdout.read_line(&mut first_line)).await;
        read.expect("the plugin prints its port in time").expect("stdout is text");
        let (stdin, stderr) = (child.stdin.take(), child.stderr.take().expect("stderr is a pipe"));
        Plugin { child, stdin, stdout, stderr, first_line, _home: self.home }
    }

    /// Runs it to its end.
    pub(crate) async fn run(mut self) -> Output {
        timeout(PATIENCE, self.command.output()).await.expect("the plugin ends").expect("the plugin starts")
    }
}

/// A running plugin. It is killed with the value.
#[derive(Debug)]
pub(crate) struct Plugin {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    stderr: ChildStderr,
    pub(crate) first_line: String,
    _home: TempDir,
}

/// How a plugin ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    /// What it wrote after the port.
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Plugin {
    pub(crate) fn port(&self) -> u16 {
        self.first_line.trim_end().parse().unwrap_or_else(|_| panic!("no port: {:?}", self.first_line))
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id().expect("the plugin still runs")
    }

    /// A connection of its own.
    pub(crate) async fn connect(&self) -> Client {
        let endpoint = Endpoint::from_shared(format!("http://127.0.0.1:{}", self.port())).expect("an address");
        let channel = endpoint.connect().await.expect("the plugin listens");
        ResourceProviderClient::new(channel).max_decoding_message_size(400 << 20)
    }

    /// Sends a signal by its name, `INT` or `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let killed = std::process::Command::new("kill").args(["-s", name, &self.pid().to_string()]).status();
        assert!(killed.expect("kill runs").success(), "SIG{name} is sent");
    }

    /// Ends stdin, as the death of the engine does.
    pub(crate) fn close_stdin(&mut self) {
        drop(self.stdin.take());
    }

    /// Whether it runs a while from now.
    pub(crate) async fn runs_on(&mut self) -> bool {
        tokio::time::sleep(Duration::from_millis(300)).await;
        self.child.try_wait().expect("its status").is_none()
    }

    /// Waits for it to end by itself.
    pub(crate) async fn ended(mut self) -> Ended {
        let (mut stdout, mut stderr) = (String::new(), String::new());
        let end = async {
            let (out, err, status) = tokio::join!(
                self.stdout.read_to_string(&mut stdout),
                self.stderr.read_to_string(&mut stderr),
                self.child.wait()
            );
            (out.and(err).expect("its output is text"), status.expect("its status")).1
        };
        let status = timeout(PATIENCE, end).await.expect("the plugin ends by itself");
        Ended { status, stdout, stderr }
    }

    /// Ends it with a signal, and checks that this went as it should.
    pub(crate) async fn stop(self) -> Ended {
        self.signal("TERM");
        let ended = self.ended().await;
        assert!(ended.status.success(), "{ended:?}");
        ended
    }
}
