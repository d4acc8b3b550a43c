//! The program around the local ECR: command line, output, signals.

mod cli;

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::sync::Arc;

use cli::Command;
use local_ecr::{LocalEcr, Options};
use tokio::runtime;

/// The exit status for a wrong command line.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    match cli::parse(std::env::args_os().skip(1)) {
        Ok(Command::Help) => print(cli::HELP),
        Ok(Command::Version) => print(concat!("local-ecr ", env!("CARGO_PKG_VERSION"), "\n")),
        Ok(Command::Serve(options, log)) => {
            if let Err(error) = serve(*options, log) {
                complain(&format!("local-ecr: {error}"));
                return ExitCode::FAILURE;
            }
        }
        Err(wrong) => {
            complain(&format!("local-ecr: {wrong}"));
            return ExitCode::from(USAGE);
        }
    }
    ExitCode::SUCCESS
}

/// Serves until a signal asks to stop.
fn serve(mut options: Options, log: bool) -> io::Result<()> {
    if log {
        options.log = Some(Arc::new(|call| complain(&call.to_string())));
    }
    let port = options.listen.port();
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    // Ready for signals before anybody can know that the server runs.
    let stop = runtime.block_on(async { Stop::new() })?;
    let ecr = LocalEcr::start(options).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => {
            io::Error::new(error.kind(), format!("port {port} is taken; choose another --port, or none for a free one"))
        }
        _ => error,
    })?;
    print(&format!("{}\n", ecr.url()));
    complain("A local ECR for tests and trying out: it is not AWS, and what is in it is not backed up. To use it:");
    complain(&format!(
        "  export AWS_ENDPOINT_URL={} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1",
        ecr.url(),
    ));
    runtime.block_on(stop.wait());
    Ok(())
}

/// The signals that ask to stop.
#[cfg(unix)]
struct Stop {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Stop {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn wait(mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => (),
            _ = self.terminate.recv() => (),
        }
    }
}

/// The signals that ask to stop.
#[cfg(not(unix))]
struct Stop;

#[cfg(not(unix))]
impl Stop {
    #[expect(clippy::unnecessary_wraps, reason = "it can fail elsewhere")]
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    async fn wait(self) {
        // Without Ctrl-C there is still the task manager.
        let _ = tokio::signal::ctrl_c().await;
    }
}

/// Writes to standard output at once. Whoever closed it does not want to know.
fn print(text: &str) {
    let mut output = io::stdout().lock();
    let _ = output.write_all(text.as_bytes()).and_then(|()| output.flush());
}

/// Writes a line to standard error, in one piece.
fn complain(line: &str) {
    let _ = io::stderr().lock().write_all(format!("{line}\n").as_bytes());
}
