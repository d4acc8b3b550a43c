//! The project's own commands; `cargo xtask help` lists them.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool speaks to a person")]

mod cargo;
mod demo;
mod terminal;
mod test;

use std::{ffi::OsString, process::ExitCode};

use lexopt::prelude::Value;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  demo    A rule's whole life through the real Pulumi, on a local ECR
            --keep                 leave everything running at the end, to play with
            --aws                  the same on your AWS account, after asking
            --yes                  with --aws: do not ask
            --credential-arn ARN   with --aws, twice: two secrets that exist in it
  test    Every check and every test; what is missing is installed first
            --list                 show the steps
            --only STEP            run this step alone; may be given several times
  help    This text

What takes minutes to make (the Pulumi command line, npm and Python packages) is kept in
~/.cache/pulumi-resource-aws-dev, or where PULUMI_RESOURCE_AWS_CACHE says.";

enum Task {
    Demo(demo::Options),
    Test(test::Options),
    Help,
}

fn main() -> ExitCode {
    let done = match parse(std::env::args_os().skip(1).collect()) {
        Ok(Task::Demo(options)) => demo::run(&options),
        Ok(Task::Test(options)) => test::run(&options),
        Ok(Task::Help) => {
            println!("{HELP}");
            Ok(true)
        }
        Err(error) => {
            eprintln!("{error}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("\nerror: {error}");
            ExitCode::FAILURE
        }
    }
}

fn parse(words: Vec<OsString>) -> Result<Task, lexopt::Error> {
    // Wherever it stands.
    if words.iter().any(|word| word == "--help" || word == "-h") {
        return Ok(Task::Help);
    }
    let mut arguments = lexopt::Parser::from_args(words);
    let Some(first) = arguments.next()? else {
        return Ok(Task::Help);
    };
    let task = match first {
        Value(name) => match name.to_str() {
            Some("demo") => Task::Demo(demo::Options::parse(&mut arguments)?),
            Some("test") => Task::Test(test::Options::parse(&mut arguments)?),
            Some("help") => Task::Help,
            _ => return Err(format!("no such command: {}", name.display()).into()),
        },
        other => return Err(other.unexpected()),
    };
    Ok(task)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Result<Task, String> {
        parse(words.iter().map(OsString::from).collect()).map_err(|error| error.to_string())
    }

    #[test]
    fn each_command_takes_its_own_options() {
        assert!(matches!(parsed(&[]), Ok(Task::Help)));
        assert!(matches!(parsed(&["demo", "--help"]), Ok(Task::Help)));
        assert!(matches!(parsed(&["demo", "--keep"]), Ok(Task::Demo(options)) if options.keep));
        assert!(matches!(parsed(&["test", "--only", "fmt"]), Ok(Task::Test(options)) if options.only == ["fmt"]));
        assert!(parsed(&["test", "--keep"]).is_err_and(|error| error.contains("--keep")));
        assert!(parsed(&["tset"]).is_err_and(|error| error.contains("no such command: tset")));
    }
}
