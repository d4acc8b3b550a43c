//! Ids as users give them to an import or a `get`: `prefix`, or `prefix@region`. Pure.

use super::prefix::{self, ROOT, canonical};
use crate::{
    aws::{arn::Arn, region},
    pulumi::{error::Error, suggestion::nearest, text::bare},
};

/// A region that is not the provider's, for examples.
const EXAMPLES: [&str; 2] = ["eu-west-1", "us-west-2"];

/// How many prefixes a message names.
const SHOWN: usize = 5;

/// Takes an id apart: the prefix, and the region where it names one. The id in a state is a prefix.
pub(super) fn parse<'a>(id: &'a str, own_region: &str) -> Result<(&'a str, Option<&'a str>), Error> {
    let refused = |reason: String| Err(Error::invalid(format!("{}: {reason}", title(id))));
    let example = EXAMPLES.into_iter().find(|region| *region != own_region).unwrap_or_default();
    if id.is_empty() {
        return Err(Error::invalid(format!(
            "the id is empty: the id of a pull-through cache rule is its prefix, such as `quay`, or `quay@{example}` for one of another region"
        )));
    }
    if let Some(reason) = another_name(id, own_region) {
        return refused(reason);
    }
    let (prefix, region) = match id.split_once('@') {
        Some((prefix, "")) => {
            return refused(format!(
                "it names no region behind the `@`; did you mean `{prefix}`, in the provider's region ({own_region}), \
                 or another region, as in `{prefix}@{example}`?"
            ));
        }
        Some(("", region)) => {
            return refused(format!("it names no prefix before the `@`; a whole id is like `quay@{region}`"));
        }
        Some((prefix, region)) => (prefix, Some(region)),
        None => (id, None),
    };
    if let Some(region) = region {
        region::validate(region, Some(own_region)).map_err(|reason| {
            Error::invalid(format!("the import id `{id}` names a region that is none here: {reason}"))
        })?;
    }
    let Err(invalid) = prefix::validate(prefix) else {
        return Ok((prefix, region));
    };
    let suffix = region.map_or_else(String::new, |region| format!("@{region}"));
    let meant = spelled_right(prefix).map(|prefix| format!("{prefix}{suffix}"));
    // What breaks the rules of a prefix may be right for a repository.
    let first = prefix.split('/').next().filter(|first| *first != prefix && prefix::validate(first).is_ok());
    let first = first.filter(|_| meant.is_none()).map_or_else(String::new, |first| {
        format!("; a repository is filled by the rule whose prefix it begins with, whose id may be `{first}{suffix}`")
    });
    refused(format!("{}{first}", invalid.meaning(meant)))
}

/// The prefix of a rule that exists, without what a shell or a hand added. To put other characters in would be to guess.
fn spelled_right(prefix: &str) -> Option<String> {
    let prefix = bare(prefix);
    let lower = prefix.to_lowercase();
    let upper = prefix.trim_end_matches('/').to_uppercase();
    let root = [upper].into_iter().filter(|upper| upper == ROOT);
    root.chain([lower.trim_end_matches('/').to_owned()]).find(|prefix| prefix::validate(prefix).is_ok())
}

/// What to say of an import that finds no rule: where it was looked for, and which of the rules that there are may be meant. Without
/// them, only the first.
pub(super) fn missing(prefix: &str, place: &str, existing: Option<&[String]>) -> String {
    let nothing = format!("{place} has no rule `{prefix}`");
    let elsewhere = format!("one of another region is imported as `{prefix}@REGION`");
    let Some(existing) = existing else {
        return format!("{nothing}; {elsewhere}");
    };
    let has = |prefix: &str| existing.iter().any(|existing| canonical(existing) == canonical(prefix));
    if let Some(rest) = without_account(prefix, '/').filter(|rest| has(rest)) {
        return format!("{nothing}: there is no account in an id. The rule is there, and its id is `{rest}`");
    }
    let above = existing.iter().filter_map(|existing| canonical(existing)).filter(|existing| {
        prefix.strip_prefix(existing).is_some_and(|below| below.len() > 1 && below.starts_with('/'))
    });
    if let Some(above) = above.max_by_key(|above| above.len()) {
        return format!(
            "{nothing}. If that is the name of a repository, the rule that fills it is there, and its id is `{above}`; {elsewhere}"
        );
    }
    if existing.is_empty() {
        return format!("{nothing}, and none at all; {elsewhere}");
    }
    match nearest(prefix, existing.iter().map(String::as_str)) {
        Some(near) => format!("{nothing}; did you mean `{near}`? {elsewhere}"),
        None => format!("{nothing}, only {}; {elsewhere}", enumerated(existing)),
    }
}

/// The beginning of every error about an id.
fn title(id: &str) -> String {
    format!("`{id}` is not the id of a pull-through cache rule (`prefix` or `prefix@region`)")
}

/// Why a text that names something else of AWS is no id, and which one it may stand for.
fn another_name(id: &str, own_region: &str) -> Option<String> {
    let id_of = |repository: &str, region: &str| {
        let first = repository.split(['/', ':', '@']).next().filter(|first| prefix::validate(first).is_ok())?;
        Some(if region == own_region { first.to_owned() } else { format!("{first}@{region}") })
    };
    let filled_by = |repository: &str, region: &str| {
        id_of(repository, region).map_or_else(String::new, |id| {
            format!(". The rule that fills it is the one whose prefix its name begins with: its id may be `{id}`")
        })
    };
    if id.starts_with("arn:") {
        let arn = Arn::parse(id).ok().filter(|arn| arn.service == "ecr");
        let repository = arn.and_then(|arn| Some((arn.resource.strip_prefix("repository/")?, arn.region)));
        let told = repository
            .map(|(name, region)| format!("; this one names the repository `{name}`{}", filled_by(name, region)));
        return Some(format!("it is an ARN, and a rule has no ARN{}", told.unwrap_or_default()));
    }
    if let Some((host, name)) = id.split_once('/')
        && let Some((_, rest)) = host.split_once(".dkr.ecr.")
    {
        let region = rest.split('.').next().unwrap_or_default();
        return Some(format!("it is the address of a repository{}", filled_by(name, region)));
    }
    without_account(id, ':').map(|rest| format!("there is no account in an id; did you mean `{rest}`?"))
}

/// What is behind an account and a separator.
fn without_account(id: &str, separator: char) -> Option<&str> {
    let (account, rest) = id.split_once(separator)?;
    let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    (is_account && !rest.is_empty()).then_some(rest)
}

/// `a`, `b` and `c`
fn enumerated(names: &[String]) -> String {
    let quoted = |name: &String| format!("`{name}`");
    let shown: Vec<String> = names.iter().take(SHOWN).map(quoted).collect();
    let others = names.len().saturating_sub(SHOWN);
    match shown.split_last() {
        Some((last, rest)) if others == 0 && !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ if others == 0 => shown.concat(),
        _ => format!("{} and {others} more", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(id: &str) -> String {
        parse(id, "us-east-1").unwrap_err().message
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_prefix_may_have_a_region_behind_it() {
        assert_eq!(parse("team/quay/", "us-east-1").unwrap(), ("team/quay/", None));
        assert_eq!(parse("ROOT@eu-west-1", "us-east-1").unwrap(), ("ROOT", Some("eu-west-1")));
        // Twelve digits may be a prefix.
        assert_eq!(parse("123456789012/quay", "us-east-1").unwrap(), ("123456789012/quay", None));
    }

    #[test]
    fn an_example_is_of_another_region() {
        assert!(parse("quay@", "eu-west-1").unwrap_err().message.contains("`quay@us-west-2`"));
    }

    #[test]
    fn only_a_first_part_that_can_be_a_prefix_is_proposed() {
        assert!(!reason("arn:aws:ecr:us-east-1:123456789012:repository/x").contains("its id may be"));
        assert!(reason("arn:aws:ecr:us-east-1:123456789012:repository/quay").contains("its id may be `quay`"));
        assert!(!reason("a/repository-with-quite-a-long-name").contains("may be `a`"));
        assert!(reason("quay/prometheus:v1@eu-west-1").ends_with("whose id may be `quay@eu-west-1`"));
    }

    #[test]
    fn a_slip_is_mended_and_nothing_is_guessed() {
        for (id, meant) in [
            (" quay\n", "quay"),
            ("\"quay\"@eu-west-1", "quay@eu-west-1"),
            ("quay @eu-west-1", "quay@eu-west-1"),
            ("Team/Quay", "team/quay"),
            ("quay//", "quay"),
            ("Root", "ROOT"),
            ("ROOT/", "ROOT"),
        ] {
            assert!(reason(id).ends_with(&format!("did you mean `{meant}`?")), "{}", reason(id));
        }
        for id in ["us-east-1:quay", "foo bar", "quay..io"] {
            assert!(!reason(id).contains("did you mean"), "{}", reason(id));
        }
    }

    #[test]
    fn what_is_there_is_told_as_far_as_it_helps() {
        let missing = |prefix: &str, existing: &[&str]| missing(prefix, "the registry", Some(&names(existing)));
        assert!(missing("quay-2/x", &["quay"]).contains("only `quay`"));
        assert!(missing("quay/", &["quarry"]).contains("only `quarry`"), "a slash at the end names nothing below");
        assert!(
            missing("a1/b2/c3", &["a1", "a1/b2/"])
                .ends_with("its id is `a1/b2`; one of another region is imported as `a1/b2/c3@REGION`")
        );
        assert!(missing("zz", &["aa", "bb"]).contains("only `aa` and `bb`"));
        assert!(missing("zz", &["aa", "bb", "cc", "dd", "ee", "ff"]).contains("`dd`, `ee` and 1 more"));
    }
}
