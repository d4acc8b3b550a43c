//! `cargo xtask demo`: a rule's whole life through the real Pulumi.

mod interrupt;
mod place;
mod program;
mod stage;
mod story;

use harness::{Pulumi, Result};
use lexopt::prelude::*;

use crate::cargo::build;
use crate::terminal::{heading, note};
use interrupt::Interrupt;
use place::Place;
use stage::Stage;

/// What the person asked for.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// Leave everything running at the end, to play with.
    pub(crate) keep: bool,
    aws: bool,
    yes: bool,
    credential_arns: Vec<String>,
}

impl Options {
    pub(crate) fn parse(arguments: &mut lexopt::Parser) -> Result<Self, lexopt::Error> {
        let mut options = Self::default();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("keep") => options.keep = true,
                Long("aws") => options.aws = true,
                Long("yes") => options.yes = true,
                Long("credential-arn") => {
                    options.credential_arns.push(arguments.value()?.string()?);
                }
                other => return Err(other.unexpected()),
            }
        }
        if !options.aws && (options.yes || !options.credential_arns.is_empty()) {
            return Err("--yes and --credential-arn are for --aws".into());
        }
        Ok(options)
    }
}

/// Tells the story; `false` if the person did not want it told on their account.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let place = if options.aws { Place::aws(&options.credential_arns)? } else { Place::local()? };
    if options.aws && !options.yes && !place.ask()? {
        return Ok(false);
    }
    let interrupt = Interrupt::watch()?;

    heading("A real Pulumi (found, or built once, which takes 5 to 10 minutes)");
    let pulumi = Pulumi::find_or_build()?;
    note(&format!("{}, {}", pulumi.program().display(), pulumi.origin()));
    heading("The plugin, built in release (some minutes, the first time)");
    let plugin = build("pulumi-resource-aws", ["--release", "--locked"])?;
    note(&plugin.display().to_string());
    note(&place.describe());

    let stage = Stage::set(place, &pulumi, &plugin, interrupt)?;
    let told = story::tell(&stage, options.keep);
    if told.is_ok() && options.keep {
        stage.keep(&pulumi);
    }
    // Whatever went wrong, and even if the person has had enough: no rule may stay in an account that costs money.
    let cleared = stage.clear();
    told.and(cleared)?;
    heading("Done: nothing is left behind");
    note("To play with it: cargo xtask demo --keep. For a stack of your own: README.md, \"Use it\".");
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_makes_sense_on_aws_is_refused_elsewhere() {
        let parsed = |words: &[&str]| Options::parse(&mut lexopt::Parser::from_args(words));
        assert!(parsed(&["--aws", "--yes", "--credential-arn", "a", "--credential-arn", "b"]).is_ok());
        assert!(parsed(&["--yes"]).is_err());
        assert!(parsed(&["--credential-arn", "a"]).is_err());
    }
}
