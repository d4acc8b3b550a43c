//! The command line.

mod switches;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fmt::{self, Display};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use lexopt::prelude::*;
use local_ecr::{Options, Secrets};

/// What `--help` prints.
pub(crate) const HELP: &str = "\
A local Amazon ECR that serves pull-through cache rules, for tests and for trying out.

It answers Create-, Describe-, Update-, Delete- and ValidatePullThroughCacheRule as ECR
does, and the parts of STS and Secrets Manager that go with them. It listens on loopback
only. The first line of its output is its URL.

Usage: local-ecr [options]

  --port N              the port to listen on (default: a free one)
  --state FILE          keep rules and secrets in FILE (default: in memory)
  --log                 show each request on one line of standard error
  --account ID          the account of every access key (default: 123456789012)
  --limit N             rules that a registry holds (default: 50, as in AWS)
  --latency MS          hold every answer back for MS milliseconds (default: 0)
  --secrets any|listed  every secret exists, or only those that are listed or created
                        (default: any)
  --secret ARN          a secret that exists, for --secrets listed; can be repeated

What real ECR does in these is not known for certain:
  --page-size N         rules on a page at most (default: as many as the call asks for)
  --root-echo absent|root  an upstream prefix that is not set is absent, or ROOT
                        (default: absent)
  --slash-echo keep|strip  a prefix's trailing slash is kept, or stripped (default: keep)
  --slash-rules one|two  x and x/ are one rule, or two (default: one)
  --empty-arn refused|clears  an Update refuses an empty ARN, or clears the rule's
                        (default: refused)
  --secret-lag N        calls that a new secret stays unseen (default: 0)
  --role-lag N          calls that a new custom role stays unseen (default: 0)
  --refusal WHAT=CODE   the code of a refusal; can be repeated. WHAT is constraint,
                        root-with-prefix, missing-role, unseen-role, own-registry or
                        needless-credential. CODE is invalid-parameter, validation,
                        unsupported-upstream, access-denied or, for the last two of
                        WHAT, none

  --help, --version
";

/// What the command line asks for.
#[derive(Debug)]
pub(crate) enum Command {
    /// Serve. The flag says whether to show requests.
    Serve(Box<Options>, bool),
    /// Print the help.
    Help,
    /// Print the version.
    Version,
}

/// What is wrong with the command line, and what would be right.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Wrong(String);

impl Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<lexopt::Error> for Wrong {
    fn from(error: lexopt::Error) -> Self {
        Self(format!("{error}; see local-ecr --help"))
    }
}

/// Reads the arguments behind the program's name.
pub(crate) fn parse(arguments: impl IntoIterator<Item = impl Into<OsString>>) -> Result<Command, Wrong> {
    let mut options = Options::default();
    let mut log = false;
    let mut mode = None;
    let mut listed = BTreeSet::new();
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(Command::Help),
            Long("version") | Short('V') => return Ok(Command::Version),
            Long("port") => {
                options.listen.set_port(number(&mut parser, "--port", "a port from 0 (a free one) to 65535")?);
            }
            Long("state") => options.state = Some(path(&mut parser)?),
            Long("log") => log = true,
            Long("account") => options.account = account(&mut parser)?,
            Long("limit") => {
                options.limit = number(&mut parser, "--limit", "a number of rules, such as 50")?;
            }
            Long("latency") => {
                let milliseconds = number(&mut parser, "--latency", "a number of milliseconds, such as 200")?;
                options.latency = Duration::from_millis(milliseconds);
            }
            Long("secrets") => {
                mode = Some(choice(&mut parser, "--secrets", [("any", true), ("listed", false)])?);
            }
            Long("secret") => {
                listed.insert(secret(&mut parser)?);
            }
            Long("host" | "listen" | "bind" | "address") => {
                return Err(Wrong(
                    "local-ecr listens on loopback only: it checks nobody's credentials. Use --port for the port"
                        .to_owned(),
                ));
            }
            Long(flag) => {
                let flag = flag.to_owned();
                if !switches::read(&flag, &mut parser, &mut options.behaviour)? {
                    return Err(Long(&flag).unexpected().into());
                }
            }
            other => return Err(other.unexpected().into()),
        }
    }
    options.secrets = match mode {
        Some(true) if !listed.is_empty() => {
            return Err(Wrong("--secret goes with --secrets listed: with any, every secret exists".to_owned()));
        }
        // Whoever lists a secret means that others do not exist.
        None if listed.is_empty() => Secrets::Any,
        Some(true) => Secrets::Any,
        Some(false) | None => Secrets::Listed(listed),
    };
    Ok(Command::Serve(Box::new(options), log))
}

fn path(parser: &mut lexopt::Parser) -> Result<PathBuf, Wrong> {
    let path = PathBuf::from(parser.value()?);
    if path.file_name().is_none() {
        return Err(Wrong(format!("--state: {} names no file; give one, such as rules.json", path.display())));
    }
    Ok(path)
}

fn account(parser: &mut lexopt::Parser) -> Result<String, Wrong> {
    let account = parser.value()?.string()?;
    if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Wrong(format!(
            "--account: {account:?} is not an AWS account; it has 12 digits, such as 123456789012"
        )));
    }
    Ok(account)
}

fn secret(parser: &mut lexopt::Parser) -> Result<String, Wrong> {
    let arn = parser.value()?.string()?;
    let parts: Vec<&str> = arn.split(':').collect();
    if !matches!(parts.as_slice(), ["arn", _, "secretsmanager", _, _, "secret", _]) {
        return Err(Wrong(format!(
            "--secret: {arn:?} is not the ARN of a secret; one looks like \
             arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/name-AbCdEf",
        )));
    }
    Ok(arn)
}

fn number<T: FromStr>(parser: &mut lexopt::Parser, flag: &str, wanted: &str) -> Result<T, Wrong> {
    let value = parser.value()?.string()?;
    value.parse().map_err(|_| Wrong(format!("{flag}: {value:?} is not {wanted}")))
}

/// One of a few words, in lower or upper case.
fn choice<T: Copy>(parser: &mut lexopt::Parser, flag: &str, choices: [(&str, T); 2]) -> Result<T, Wrong> {
    let value = parser.value()?.string()?;
    let [(first, _), (second, _)] = choices;
    find(&value, &choices).ok_or_else(|| Wrong(format!("{flag}: {value:?} is neither {first} nor {second}")))
}

/// What a word stands for.
fn find<T: Copy>(value: &str, choices: &[(&str, T)]) -> Option<T> {
    choices.iter().find(|(word, _)| word.eq_ignore_ascii_case(value)).map(|(_, choice)| *choice)
}

#[cfg(test)]
mod tests {
    use local_ecr::{EmptyArn, Refusal, Refusals, RootEcho, SlashEcho, SlashRules};

    use super::*;

    fn options(arguments: &[&str]) -> Options {
        match parse(arguments) {
            Ok(Command::Serve(options, _)) => *options,
            other => panic!("{other:?}"),
        }
    }

    fn wrong(arguments: &[&str]) -> String {
        parse(arguments).unwrap_err().to_string()
    }

    #[test]
    fn no_arguments_serve_with_the_defaults() {
        let options = options(&[]);
        assert_eq!(options.listen.to_string(), "127.0.0.1:0");
        assert_eq!((&*options.account, options.limit, options.secrets), ("123456789012", 50, Secrets::Any));
    }

    #[test]
    fn every_flag_is_taken() {
        let arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/x";
        let arguments = [
            "--port",
            "4510",
            "--state",
            "rules.json",
            "--log",
            "--account=111111111111",
            "--limit",
            "3",
            "--latency",
            "20",
            "--secrets",
            "listed",
            "--secret",
            arn,
            "--page-size",
            "2",
            "--root-echo",
            "ROOT",
            "--slash-echo",
            "strip",
            "--secret-lag",
            "4",
            "--slash-rules",
            "two",
            "--empty-arn",
            "clears",
            "--role-lag",
            "5",
            "--refusal",
            "constraint=validation",
        ];
        assert!(matches!(parse(arguments), Ok(Command::Serve(_, true))));
        let options = options(&arguments);
        assert_eq!(options.listen.port(), 4510);
        assert_eq!(options.state, Some(PathBuf::from("rules.json")));
        assert_eq!(options.account, "111111111111");
        assert_eq!(options.limit, 3);
        assert_eq!(options.latency, Duration::from_millis(20));
        assert_eq!(options.secrets, Secrets::Listed(BTreeSet::from([arn.to_owned()])));
        let behaviour = options.behaviour;
        assert_eq!(behaviour.page_size, Some(2));
        assert_eq!(behaviour.root_echo, RootEcho::Root);
        assert_eq!(behaviour.slash_echo, SlashEcho::Strip);
        assert_eq!(behaviour.slash_rules, SlashRules::Two);
        assert_eq!(behaviour.empty_arn, EmptyArn::Clears);
        assert_eq!((behaviour.secret_lag, behaviour.role_lag), (4, 5));
        assert_eq!(behaviour.refusals, Refusals { constraint: Refusal::Validation, ..Refusals::default() });
    }

    #[test]
    fn help_and_version_win() {
        assert!(matches!(parse(["--log", "--help"]), Ok(Command::Help)));
        assert!(matches!(parse(["-V"]), Ok(Command::Version)));
    }

    #[test]
    fn a_wrong_value_is_told_with_what_would_be_right() {
        for (arguments, expected) in [
            (["--port", "70000"], "0 (a free one) to 65535"),
            (["--limit", "many"], "a number of rules"),
            (["--account", "123"], "12 digits"),
            (["--secrets", "some"], "neither any nor listed"),
            (["--root-echo", "x"], "neither absent nor root"),
            (["--page-size", "0"], "at least 1"),
            (["--refusal", "validation"], "WHAT=CODE"),
            (["--refusal", "colour=validation"], "not among constraint, root-with-prefix,"),
            (["--refusal", "constraint=none"], "access-denied"),
            (["--refusal", "own-registry=red"], "access-denied, none"),
            (["--secret", "docker"], "arn:aws:secretsmanager:"),
            (["--state", "/"], "names no file"),
            (["--listen", "0.0.0.0"], "loopback only"),
        ] {
            let text = wrong(&arguments);
            assert!(text.contains(expected), "{arguments:?}: {text}");
        }
        assert!(wrong(&["--prot", "1"]).contains("--help"));
        assert!(wrong(&["--port"]).contains("--port"));
    }

    #[test]
    fn a_listed_secret_does_not_go_with_any() {
        let arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:x";
        assert!(wrong(&["--secrets", "any", "--secret", arn]).contains("--secrets listed"));
        assert!(matches!(options(&["--secret", arn]).secrets, Secrets::Listed(_)));
    }

    #[test]
    fn the_help_names_every_flag() {
        for flag in [
            "--port",
            "--state",
            "--log",
            "--account",
            "--limit",
            "--latency",
            "--secrets",
            "--secret ",
            "--page-size",
            "--root-echo",
            "--slash-echo",
            "--slash-rules",
            "--empty-arn",
            "--secret-lag",
            "--role-lag",
            "--refusal",
            "--help",
            "--version",
        ] {
            assert!(HELP.contains(flag), "{flag}");
        }
    }
}
