//! The command line. The engine gives flags of its own and its address; a person may ask for help.

use std::{ffi::OsString, fmt};

use lexopt::{Arg, Parser};

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Serve, for the engine at an address if one is given.
    Serve {
        /// `host:port`.
        engine: Option<String>,
        /// How much to log for a developer.
        verbosity: u8,
    },
    /// Tell what the plugin is.
    Help,
    /// Tell the version.
    Version,
}

/// Why a command line makes no sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageError(String);

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Reads a command line (without the program's name).
///
/// Flags that are not known are passed over: an engine newer than this plugin may give some.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, UsageError> {
    let mut parser = Parser::from_args(arguments);
    let mut engine = None;
    let mut verbosity = 0;
    while let Some(argument) = parser.next().map_err(|error| UsageError(error.to_string()))? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help),
            Arg::Short('V') | Arg::Long("version") => return Ok(Command::Version),
            // `--tracing URL` and `-v=9`: the engine's flags that have a value.
            Arg::Long("tracing") => drop(parser.value()),
            Arg::Short('v') => {
                let level = parser.optional_value();
                verbosity = level.and_then(|level| level.to_str()?.parse().ok()).unwrap_or(1);
            }
            Arg::Long(_) | Arg::Short(_) => drop(parser.optional_value()),
            Arg::Value(value) => {
                let address = value.to_string_lossy().into_owned();
                if address.rsplit_once(':').is_none_or(|(_, port)| port.parse::<u16>().is_err()) {
                    return Err(UsageError(format!(
                        "`{address}` is not the address of a Pulumi engine (host:port). This is a plugin that Pulumi starts by \
                         itself; --help tells more"
                    )));
                }
                engine = Some(address);
            }
        }
    }
    Ok(Command::Serve { engine, verbosity })
}

/// The answer to `--help`.
pub const HELP: &str = "\
A Pulumi provider plugin for Amazon ECR pull-through cache rules
(aws:ecr/pullThroughCacheRule:PullThroughCacheRule), in place of pulumi-aws or beside it.

Usage: pulumi-resource-aws [ENGINE]

The Pulumi engine starts it by itself when a program needs it. Started by hand it listens on a free port of
127.0.0.1, prints the port, and serves until Ctrl-C; PULUMI_DEBUG_PROVIDERS=aws:PORT lets an engine use it.

  ENGINE         host:port of the engine's own server
  -v=N           developer's log on stderr: 1 warnings, 3 information, 5 and more debugging;
                 PULUMI_RESOURCE_AWS_LOG=FILTER (such as debug, or info,aws_smithy_runtime=debug) does the same
  -V, --version  print the version
  -h, --help     print this
";

#[cfg(test)]
mod tests;
