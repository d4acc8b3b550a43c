//! `cargo xtask test`: every check and every test, and a summary that ends with counts.

mod counts;
mod deny;
mod groups;
mod msrv;
mod report;
mod runner;
mod steps;

use std::time::Instant;

use harness::{Error, Result};
use lexopt::prelude::*;

use crate::terminal::heading;
use report::Report;
use steps::{STEPS, Step};

/// What the person asked for.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// The steps to run; all if none is named.
    pub(crate) only: Vec<String>,
    list: bool,
}

impl Options {
    pub(crate) fn parse(arguments: &mut lexopt::Parser) -> Result<Self, lexopt::Error> {
        let mut options = Self::default();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("only") => options.only.push(arguments.value()?.string()?),
                Long("list") => options.list = true,
                other => return Err(other.unexpected()),
            }
        }
        Ok(options)
    }
}

/// Runs the steps, each whatever became of those before it, and says whether all is well.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let steps = chosen(&options.only)?;
    if options.list {
        for step in steps {
            println!("{:<12} {}", step.name, step.what);
        }
        return Ok(true);
    }
    let mut report = Report::default();
    for step in steps {
        heading(&format!("{}: {}", step.name, step.what));
        let started = Instant::now();
        report.add(step.name, started, (step.run)());
    }
    Ok(report.print())
}

fn chosen(names: &[String]) -> Result<Vec<&'static Step>> {
    if names.is_empty() {
        return Ok(STEPS.iter().collect());
    }
    let find = |name: &String| STEPS.iter().find(|step| step.name == name);
    names.iter().map(|name| find(name).ok_or_else(|| Error::new(format!("no such step: {name}; see --list")))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_named_steps_run() {
        assert_eq!(chosen(&[]).unwrap().len(), STEPS.len());
        let one = chosen(&["fmt".to_owned()]).unwrap();
        assert_eq!(one.iter().map(|step| step.name).collect::<Vec<_>>(), ["fmt"]);
        assert!(chosen(&["fmt".to_owned(), "ftm".to_owned()]).is_err());
    }
}
