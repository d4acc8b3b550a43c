//! The flags for what nobody outside AWS knows about ECR.

use lexopt::ValueExt as _;
use local_ecr::{Behaviour, EmptyArn, Refusal, Refusals, RootEcho, SlashEcho, SlashRules};

use super::{Wrong, choice, find, number};

const CODES: [(&str, Refusal); 4] = [
    ("invalid-parameter", Refusal::InvalidParameter),
    ("validation", Refusal::Validation),
    ("unsupported-upstream", Refusal::UnsupportedUpstream),
    ("access-denied", Refusal::AccessDenied),
];

/// A refusal that has a code in any case, or one that may be none.
#[derive(Clone, Copy)]
enum Case {
    Certain(fn(&mut Refusals) -> &mut Refusal),
    Possible(fn(&mut Refusals) -> &mut Option<Refusal>),
}

const CASES: [(&str, Case); 6] = [
    ("constraint", Case::Certain(|refusals| &mut refusals.constraint)),
    ("root-with-prefix", Case::Certain(|refusals| &mut refusals.root_with_prefix)),
    ("missing-role", Case::Certain(|refusals| &mut refusals.missing_role)),
    ("unseen-role", Case::Certain(|refusals| &mut refusals.unseen_role)),
    ("own-registry", Case::Possible(|refusals| &mut refusals.own_registry)),
    ("needless-credential", Case::Possible(|refusals| &mut refusals.needless_credential)),
];

/// Reads the value of a flag, if it is one of these.
pub(super) fn read(flag: &str, parser: &mut lexopt::Parser, behaviour: &mut Behaviour) -> Result<bool, Wrong> {
    const CALLS: &str = "a number of calls, such as 3";
    match flag {
        "page-size" => {
            let size: usize = number(parser, "--page-size", "a number of rules from 1 on")?;
            if size == 0 {
                return Err(Wrong("--page-size: a page holds at least 1 rule".to_owned()));
            }
            behaviour.page_size = Some(size);
        }
        "root-echo" => {
            let choices = [("absent", RootEcho::Absent), ("root", RootEcho::Root)];
            behaviour.root_echo = choice(parser, "--root-echo", choices)?;
        }
        "slash-echo" => {
            let choices = [("keep", SlashEcho::Keep), ("strip", SlashEcho::Strip)];
            behaviour.slash_echo = choice(parser, "--slash-echo", choices)?;
        }
        "slash-rules" => {
            let choices = [("one", SlashRules::One), ("two", SlashRules::Two)];
            behaviour.slash_rules = choice(parser, "--slash-rules", choices)?;
        }
        "empty-arn" => {
            let choices = [("refused", EmptyArn::Refused), ("clears", EmptyArn::Clears)];
            behaviour.empty_arn = choice(parser, "--empty-arn", choices)?;
        }
        "secret-lag" => behaviour.secret_lag = number(parser, "--secret-lag", CALLS)?,
        "role-lag" => behaviour.role_lag = number(parser, "--role-lag", CALLS)?,
        "refusal" => refuse(&parser.value()?.string()?, &mut behaviour.refusals)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// Reads `WHAT=CODE`.
fn refuse(value: &str, refusals: &mut Refusals) -> Result<(), Wrong> {
    let Some((what, code)) = value.split_once('=') else {
        return Err(Wrong(format!("--refusal: {value:?} is not WHAT=CODE, such as constraint=validation")));
    };
    let case = find(what, &CASES).ok_or_else(|| not_among(what, &CASES.map(|(word, _)| word)))?;
    let known = CODES.map(|(word, _)| word);
    match (case, find(code, &CODES)) {
        (Case::Certain(of), Some(refusal)) => *of(refusals) = refusal,
        (Case::Possible(of), Some(refusal)) => *of(refusals) = Some(refusal),
        (Case::Possible(of), None) if code.eq_ignore_ascii_case("none") => *of(refusals) = None,
        (Case::Certain(_), None) => return Err(not_among(code, &known)),
        (Case::Possible(_), None) => return Err(not_among(code, &[&known[..], &["none"]].concat())),
    }
    Ok(())
}

fn not_among(word: &str, words: &[&str]) -> Wrong {
    Wrong(format!("--refusal: {word:?} is not among {}", words.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_can_be_chosen() {
        let mut refusals = Refusals::default();
        for (what, _) in CASES {
            refuse(&format!("{what}=access-denied"), &mut refusals).unwrap();
        }
        let denied = Refusal::AccessDenied;
        let expected = Refusals {
            constraint: denied,
            root_with_prefix: denied,
            missing_role: denied,
            unseen_role: denied,
            own_registry: Some(denied),
            needless_credential: Some(denied),
        };
        assert_eq!(refusals, expected);
        refuse("own-registry=none", &mut refusals).unwrap();
        assert_eq!(refusals.own_registry, None);
    }
}
