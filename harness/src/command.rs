//! Runs a command with its output captured, a time limit, and no way to hang.

use std::io::Read;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use crate::error::{Context, Error, Result};
use crate::outcome::Outcome;
use crate::progress;

/// How often a waiting loop looks.
pub(crate) const POLL: Duration = Duration::from_millis(10);

/// How long a process that has ended may leave its output open: only a child that outlived it can.
const OUTPUT_GRACE: Duration = Duration::from_secs(5);

/// A command that runs by itself; killed, with its process group, when dropped before its end.
#[derive(Debug)]
pub struct Running {
    name: String,
    child: Child,
    started: Instant,
    stdout: Captured,
    stderr: Captured,
}

impl Running {
    /// Starts `command` in a process group of its own, without input, its output captured.
    pub fn start(mut command: Command) -> Result<Self> {
        // So that it can be ended with all that it started, and a Ctrl-C meant for the test runner does not reach it.
        command.process_group(0);
        Self::start_in_our_group(command)
    }

    fn start_in_our_group(mut command: Command) -> Result<Self> {
        let name = describe(&command);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().context(|| format!("cannot start `{name}`"))?;
        let stdout = Captured::from(child.stdout.take());
        let stderr = Captured::from(child.stderr.take());
        Ok(Self { name, child, started: Instant::now(), stdout, stderr })
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has written to its standard output and error so far.
    pub fn output_so_far(&self) -> String {
        self.stdout.text() + &self.stderr.text()
    }

    /// Waits until its output holds `text`; an error if it ends, or `limit` passes, before.
    pub fn wait_for_output(&mut self, text: &str, limit: Duration) -> Result<()> {
        let deadline = Instant::now() + limit;
        loop {
            // Asked before the output is read, so that the last words of a process that ended are not missed.
            let ended = self.try_wait()?.is_some();
            if self.output_so_far().contains(text) {
                return Ok(());
            }
            if ended || Instant::now() >= deadline {
                let how = if ended { "ended" } else { "took too long" };
                let so_far = self.output_so_far();
                return Err(Error::new(format!("`{}` {how} without writing {text:?}; it wrote:\n{so_far}", self.name)));
            }
            thread::sleep(POLL);
        }
    }

    /// Sends what Ctrl-C sends, to the process alone and not to its children.
    pub fn interrupt(&mut self) -> Result<()> {
        self.signal(Signal::INT)
    }

    /// Kills the process outright, and not its children: what a crash or the kernel's memory killer does.
    pub fn kill(&mut self) -> Result<()> {
        self.signal(Signal::KILL)
    }

    /// Waits for the end; when `limit` passes before, the whole process group is killed and that is the error.
    pub fn wait(mut self, limit: Duration) -> Result<Outcome> {
        let deadline = self.started + limit;
        let mut next_word = self.started + Duration::from_secs(30);
        let status = loop {
            if let Some(status) = self.try_wait()? {
                break status;
            }
            if Instant::now() >= deadline {
                self.kill_group();
                let so_far = self.output_so_far();
                return Err(Error::new(format!(
                    "`{}` took over {limit:?} and was killed; it wrote:\n{so_far}",
                    self.name
                )));
            }
            if Instant::now() >= next_word {
                progress::say(&format!("`{}` has been running for {} s", self.name, self.started.elapsed().as_secs()));
                next_word += Duration::from_secs(30);
            }
            thread::sleep(POLL);
        };
        let took = self.started.elapsed();
        let closed = self.stdout.ended_within(OUTPUT_GRACE) && self.stderr.ended_within(OUTPUT_GRACE);
        if !closed {
            self.kill_group();
            let name = &self.name;
            return Err(Error::new(format!("`{name}` ended, yet a process that it started holds its output open")));
        }
        Ok(Outcome { command: self.name.clone(), status, stdout: self.stdout.text(), stderr: self.stderr.text(), took })
    }

    fn signal(&mut self, signal: Signal) -> Result<()> {
        // Once waited for, its id may be another process's.
        if let Some(status) = self.try_wait()? {
            return Err(Error::new(format!("`{}` has already ended ({status})", self.name)));
        }
        kill_process(self.pid()?, signal).context(|| format!("cannot signal `{}`", self.name))
    }

    fn try_wait(&mut self) -> Result<Option<ExitStatus>> {
        self.child.try_wait().context(|| format!("cannot wait for `{}`", self.name))
    }

    fn pid(&self) -> Result<Pid> {
        i32::try_from(self.child.id()).ok().and_then(Pid::from_raw).ok_or_else(|| Error::new("no such process id"))
    }

    fn kill_group(&mut self) {
        // Already gone is as good; and a child in our own group leads none.
        let _ = self.child.kill();
        if let Ok(pid) = self.pid() {
            let _ = kill_process_group(pid, Signal::KILL);
        }
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.kill_group();
        }
    }
}

/// A stream read by a thread of its own, so that neither stream can fill up and block the process.
#[derive(Debug)]
struct Captured {
    bytes: Arc<Mutex<Vec<u8>>>,
    end: Receiver<()>,
}

impl Captured {
    fn from(stream: Option<impl Read + Send + 'static>) -> Self {
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let (ended, end) = mpsc::channel();
        let sink = Arc::clone(&bytes);
        thread::spawn(move || {
            let mut chunk = [0; 8192];
            let mut stream = stream;
            while let Some(Ok(count @ 1..)) = stream.as_mut().map(|stream| stream.read(&mut chunk)) {
                sink.lock().unwrap_or_else(PoisonError::into_inner).extend(chunk.iter().take(count));
            }
            drop(ended);
        });
        Self { bytes, end }
    }

    /// Nothing is ever sent: the channel closes when the stream ends.
    fn ended_within(&self, grace: Duration) -> bool {
        self.end.recv_timeout(grace) == Err(mpsc::RecvTimeoutError::Disconnected)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

/// Runs `command` to its end within `limit`.
pub fn run(command: Command, limit: Duration) -> Result<Outcome> {
    Running::start(command)?.wait(limit)
}

/// Runs a tool that prepares something, such as a compiler: unlike a command under test, it ends on the user's Ctrl-C.
pub(crate) fn run_tool(command: Command, limit: Duration) -> Result<Outcome> {
    Running::start_in_our_group(command)?.wait(limit)?.checked()
}

/// The command as a person would type it.
fn describe(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words: Vec<_> = std::iter::once(program).chain(command.get_args()).map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_secs(10);

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn both_streams_and_the_status_are_captured() {
        let outcome = run(shell("echo out; echo err >&2; exit 3"), SOON).unwrap();
        assert_eq!((outcome.stdout.as_str(), outcome.stderr.as_str()), ("out\n", "err\n"));
        assert_eq!(outcome.status.code(), Some(3));
    }

    #[test]
    fn a_command_that_hangs_is_killed_with_its_children() {
        let error = run(shell("echo before; sleep 60 & wait"), Duration::from_millis(300)).unwrap_err();
        assert!(error.to_string().contains("took over") && error.to_string().contains("before"), "{error}");
    }

    const CATCHES_AN_INTERRUPT: &str = "
import signal, sys

def caught(*_):
    print('caught', flush=True)
    sys.exit(7)

signal.signal(signal.SIGINT, caught)
print('ready', flush=True)
while True:
    signal.pause()
";

    #[test]
    fn an_interrupt_reaches_the_process() {
        // Not a shell: one that was started with SIGINT ignored, as whatever runs in the background is, cannot trap it.
        let mut python = Command::new("python3");
        python.args(["-c", CATCHES_AN_INTERRUPT]);
        let mut running = Running::start(python).unwrap();
        running.wait_for_output("ready", SOON).unwrap();
        running.interrupt().unwrap();
        let outcome = running.wait(SOON).unwrap();
        assert_eq!((outcome.status.code(), outcome.stdout.as_str()), (Some(7), "ready\ncaught\n"));
    }

    #[test]
    fn waiting_for_words_that_never_come_says_what_came() {
        let error = Running::start(shell("echo other")).unwrap().wait_for_output("ready", SOON).unwrap_err();
        assert!(error.to_string().contains("ended without writing \"ready\"; it wrote:\nother"), "{error}");
    }
}
