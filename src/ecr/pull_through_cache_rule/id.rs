//! Ids as users give them to an import or a `get`: `prefix`, or `prefix@region`. Pure.

use std::collections::BTreeSet;

use super::prefix::{self, ROOT, canonical};
use crate::{
    aws::{
        arn::{Arn, is_account_id},
        region,
    },
    pulumi::{error::Error, property::Invalid, suggestion::nearest, text::bare},
};

/// Regions for examples: two of every partition that has two.
const EXAMPLES: [&str; 8] = [
    "eu-west-1",
    "us-west-2",
    "cn-north-1",
    "cn-northwest-1",
    "us-gov-west-1",
    "us-gov-east-1",
    "us-iso-east-1",
    "us-iso-west-1",
];

/// How many prefixes a message names.
const SHOWN: usize = 5;

/// Takes an id apart: the prefix, and the region where it names one. The id in a state is a prefix.
pub(super) fn parse<'a>(id: &'a str, own_region: &str) -> Result<(&'a str, Option<&'a str>), Error> {
    let refused = |reason: &str| Err(Error::invalid(format!("{}: {reason}", title(id))));
    let (prefix, region) = apart(id);
    if let Err(invalid) = prefix::validate(prefix) {
        return match (id, prefix) {
            ("", _) => Err(Error::invalid(format!(
                "the id is empty: the id of a pull-through cache rule is its prefix, such as `quay`, or {} for one of another region",
                in_another_region("quay", own_region)
            ))),
            (_, "") => refused(&format!(
                "it names no prefix before the `@`; a whole id is like {}",
                in_another_region("quay", own_region)
            )),
            // Only what is no prefix can be another name: `a.dkr.ecr.b/c` is a prefix.
            _ => refused(&another_name(id, own_region).unwrap_or_else(|| bad_prefix(id, invalid, own_region))),
        };
    }
    match region.map(|region| region::validate(region, Some(own_region))) {
        None | Some(Ok(())) => Ok((prefix, region)),
        Some(Err(_)) if region == Some("") => refused(&format!(
            "it names no region behind the `@`; did you mean `{prefix}`, in the provider's region ({own_region}), \
             or another region, as in {}?",
            in_another_region(prefix, own_region)
        )),
        Some(Err(invalid)) => Err(Error::invalid(format!(
            "the import id `{id}` names a region that is none here: {}",
            invalid.meaning(mended(id, own_region))
        ))),
    }
}

fn apart(id: &str) -> (&str, Option<&str>) {
    id.split_once('@').map_or((id, None), |(prefix, region)| (prefix, Some(region)))
}

fn is_id(id: &str, own_region: &str) -> bool {
    let (prefix, region) = apart(id);
    prefix::validate(prefix).is_ok() && region.is_none_or(|region| region::validate(region, Some(own_region)).is_ok())
}

/// The beginning of most errors about an id.
fn title(id: &str) -> String {
    format!("`{id}` is not the id of a pull-through cache rule (`prefix` or `prefix@region`)")
}

/// An example of an id that names a region.
fn in_another_region(prefix: &str, own_region: &str) -> String {
    let is_other = |region: &&str| *region != own_region && region::validate(region, Some(own_region)).is_ok();
    format!("`{prefix}@{}`", EXAMPLES.into_iter().find(is_other).unwrap_or(own_region))
}

/// What is wrong with a prefix, and the id that may be meant. What breaks the rules of a prefix may be right for a repository.
fn bad_prefix(id: &str, invalid: Invalid, own_region: &str) -> String {
    let meant = mended(id, own_region);
    let (prefix, region) = apart(id);
    let first = prefix.split('/').next().filter(|_| meant.is_none());
    let rule = first.and_then(|first| rule_of(first, region.unwrap_or(own_region), own_region));
    let rule = rule.map_or_else(String::new, |id| {
        format!("; a repository is filled by the rule whose prefix it begins with, whose id may be `{id}`")
    });
    format!("{}{rule}", invalid.meaning(meant))
}

/// The id that a text is but for what a shell or a hand added. To put other characters in would be to guess.
fn mended(id: &str, own_region: &str) -> Option<String> {
    let (prefix, region) = apart(id);
    let prefix = bare(prefix);
    let upper = prefix.trim_end_matches('/').to_uppercase();
    let lower = prefix.to_lowercase();
    let spellings = [prefix, if upper == ROOT { ROOT } else { lower.trim_end_matches('/') }];
    let prefix = spellings.into_iter().find(|prefix| prefix::validate(prefix).is_ok())?;
    let id = match region.filter(|region| !region.is_empty()).map(|region| (region, region::validate(region, None))) {
        None => prefix.to_owned(),
        Some((region, Ok(()))) => format!("{prefix}@{region}"),
        Some((_, Err(invalid))) => format!("{prefix}@{}", invalid.meant?),
    };
    is_id(&id, own_region).then_some(id)
}

/// What to say of an import that finds no rule: where it was looked for, and which of the rules that are there may be meant. Without
/// them, only the first.
pub(super) fn missing(id: &str, place: &str, existing: Option<&BTreeSet<String>>) -> String {
    let (prefix, region) = id.find('@').map_or((id, ""), |at| id.split_at(at));
    let nothing = format!("{place} has no rule `{prefix}`");
    let elsewhere = format!("one of another region is imported as `{prefix}@REGION`");
    let Some(existing) = existing else {
        return format!("{nothing}; {elsewhere}");
    };
    let has = |prefix: &str| existing.iter().any(|existing| canonical(existing) == canonical(prefix));
    if let Some(rest) = without_account(prefix, '/').filter(|rest| has(rest)) {
        return format!("{nothing}: there is no account in an id. The rule is there, and its id is `{rest}{region}`");
    }
    let above = existing.iter().filter_map(|existing| canonical(existing)).filter(|existing| {
        prefix.strip_prefix(existing).is_some_and(|below| below.len() > 1 && below.starts_with('/'))
    });
    if let Some(above) = above.max_by_key(|above| above.len()) {
        return format!(
            "{nothing}. If that is the name of a repository, the rule that fills it is there, and its id is `{above}{region}`; {elsewhere}"
        );
    }
    if existing.is_empty() {
        return format!("{nothing}, and none at all; {elsewhere}");
    }
    match nearest(prefix, existing.iter().map(String::as_str)) {
        Some(near) => format!("{nothing}; did you mean `{near}{region}`? {elsewhere}"),
        None => format!("{nothing}, only {}; {elsewhere}", enumerated(existing)),
    }
}

/// Why a text that names something else of AWS is no id, and which one it may stand for.
fn another_name(id: &str, own_region: &str) -> Option<String> {
    let filled_by = |repository: &str, region: &str| {
        let first = repository.split(['/', ':', '@']).next().unwrap_or_default();
        rule_of(first, region, own_region).map_or_else(String::new, |id| {
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
    let rest = without_account(id, ':')?;
    let meant = mended(rest, own_region).map_or_else(String::new, |id| format!("; did you mean `{id}`?"));
    Some(format!("there is no account in an id{meant}"))
}

/// The id of the rule that may fill a repository, whose prefix is the first part of the repository's name.
fn rule_of(first: &str, region: &str, own_region: &str) -> Option<String> {
    let id = if region == own_region { first.to_owned() } else { format!("{first}@{region}") };
    is_id(&id, own_region).then_some(id)
}

/// What is behind an account and a separator.
fn without_account(id: &str, separator: char) -> Option<&str> {
    let (account, rest) = id.split_once(separator)?;
    (is_account_id(account) && !rest.is_empty()).then_some(rest)
}

/// `a`, `b` and `c`
fn enumerated(names: &BTreeSet<String>) -> String {
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
mod tests;
