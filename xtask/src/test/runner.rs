//! Runs what a step consists of: its output goes to the terminal as it comes, and is counted on the way.

use std::io::{self, BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use harness::{Context, Error, Result};

use super::counts::{Counts, Dialect};

/// A command that passes or fails as one.
pub(super) fn check(mut command: Command) -> Result<Counts> {
    let status = command.status().context(|| format!("cannot start {command:?}"))?;
    Ok(if status.success() { Counts::ONE_PASSED } else { Counts::ONE_FAILED })
}

/// A command that runs tests and says how many.
pub(super) fn tests(command: Command, dialect: Dialect) -> Result<Counts> {
    listened_tests(command, dialect, |_| ())
}

/// The same, where somebody else too hears what it says, line by line.
pub(super) fn listened_tests(mut command: Command, dialect: Dialect, mut hear: impl FnMut(&str)) -> Result<Counts> {
    if dialect.on_stderr {
        command.stderr(Stdio::piped());
    } else {
        command.stdout(Stdio::piped());
    }
    let mut child = command.spawn().context(|| format!("cannot start {command:?}"))?;
    let mut counts = Counts::default();
    for line in BufReader::new(report_of(&mut child, dialect)).split(b'\n') {
        let line = line.context(|| "cannot read what the tests say")?;
        let line = String::from_utf8_lossy(&line);
        // Not straight to the stream: in this module's own tests, what looks like a result must not reach the terminal.
        println!("{line}");
        (dialect.count)(&mut counts, &line);
        hear(&line);
    }
    let status = child.wait().context(|| "cannot wait for the tests")?;
    judge(counts, status.success())
}

fn report_of(child: &mut Child, dialect: Dialect) -> Box<dyn Read> {
    let stream = if dialect.on_stderr {
        child.stderr.take().map(|stream| Box::new(stream) as Box<dyn Read>)
    } else {
        child.stdout.take().map(|stream| Box::new(stream) as Box<dyn Read>)
    };
    stream.unwrap_or_else(|| Box::new(io::empty()))
}

/// What must not pass for a success.
fn judge(counts: Counts, success: bool) -> Result<Counts> {
    match counts {
        Counts { failed: 0, .. } if !success => Err(Error::new("the tests could not be built or run to their end")),
        Counts { passed: 0, failed: 0, .. } => Err(Error::new("no test was run")),
        counts => Ok(counts),
    }
}

#[cfg(test)]
mod tests {
    use super::super::counts::CARGO_TEST;
    use super::*;

    fn ran(script: &str) -> Result<Counts> {
        let mut shell = Command::new("sh");
        shell.args(["-c", script]);
        tests(shell, CARGO_TEST)
    }

    #[test]
    fn what_ran_is_counted() {
        let counts = ran("echo 'test result: FAILED. 3 passed; 1 failed; 0 ignored'; exit 101").unwrap();
        assert_eq!((counts.passed, counts.failed), (3, 1));
    }

    #[test]
    fn no_test_at_all_is_a_failure() {
        let error = ran("echo 'test result: ok. 0 passed; 0 failed; 0 ignored'").unwrap_err();
        assert_eq!(error.to_string(), "no test was run");
    }

    #[test]
    fn a_runner_that_breaks_off_is_a_failure_even_if_what_it_ran_passed() {
        assert!(ran("echo 'test result: ok. 3 passed; 0 failed; 0 ignored'; exit 101").is_err());
    }
}
