//! Region names and the partitions that they belong to. Pure.

use crate::pulumi::{
    property::Invalid,
    text::{bare, first_other, named},
};

/// Whether a name can be a region's: an area, at least one more word, and a number, as in `us-gov-west-1`.
pub fn is_well_formed(region: &str) -> bool {
    let parts: Vec<&str> = region.split('-').collect();
    let Some((number, words)) = parts.split_last() else { return false };
    let numbered = (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_word = |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    numbered && words.len() >= 2 && words.iter().all(is_word)
}

/// What a region is a part of, as ARNs name it (`aws`, `aws-cn`, …), by the rules of the SDKs' `partitions.json`. None for a name that
/// no region of today has.
pub fn partition_of(region: &str) -> Option<&'static str> {
    if !is_well_formed(region) {
        return None;
    }
    let (area, rest) = region.split_once('-')?;
    match (area, rest.split('-').next()?) {
        ("cn", _) => Some("aws-cn"),
        ("us", "gov") => Some("aws-us-gov"),
        ("us", "iso") => Some("aws-iso"),
        ("us", "isob") => Some("aws-iso-b"),
        ("eu", "isoe") => Some("aws-iso-e"),
        ("us", "isof") => Some("aws-iso-f"),
        ("eusc", _) => Some("aws-eusc"),
        ("us" | "eu" | "ap" | "sa" | "ca" | "me" | "af" | "il" | "mx", _) => Some("aws"),
        _ => None,
    }
}

/// What is wrong with a region, if anything, for a provider that works in some other. A region that AWS opens in a new part of the world
/// passes.
pub fn validate(region: &str, provider_region: Option<&str>) -> Result<(), Invalid> {
    if !is_well_formed(region) {
        let invalid = Invalid::new(
            format!("`{region}` cannot be an AWS region: {}", misfit(region)),
            "a region is named like `us-east-1`, `eu-central-2` or `us-gov-west-1`",
        );
        return Err(invalid.meaning(meant(region)));
    }
    match (partition_of(region), provider_region.and_then(partition_of)) {
        (Some(partition), Some(expected)) if partition != expected => Err(Invalid::new(
            format!(
                "partition ({partition}) for per-resource Region ({region}) is not the provider's configured partition ({expected})"
            ),
            "a resource in another partition needs a provider of its own, with credentials of that partition",
        )),
        _ => Ok(()),
    }
}

/// Why a text is not well-formed.
fn misfit(region: &str) -> String {
    let fits = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-';
    match first_other(region, fits) {
        Some((position, character)) => format!("it has {} at position {position}", named(character)),
        None => "it is not an area, a direction and a number of one or two digits, with a `-` between each".to_owned(),
    }
}

/// The region that somebody means who writes it in another way, or names one of its zones.
fn meant(region: &str) -> Option<String> {
    let region = bare(region).to_lowercase().replace('_', "-");
    let without_zone = region.trim_end_matches(|character: char| character.is_ascii_lowercase());
    [region.as_str(), without_zone].into_iter().find(|region| partition_of(region).is_some()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex_lite::Regex;

    use super::*;

    proptest! {
        #[test]
        fn a_name_is_well_formed_exactly_if_it_is_words_and_a_number(
            text in "[a-zA0-9é_]{0,3}(-[a-z]{0,4}){0,3}-?[0-9a]{0,3}\n?"
        ) {
            thread_local!(static FORM: Regex = Regex::new("^[a-z]+(-[a-z]+)+-[0-9]{1,2}$").unwrap());
            prop_assert_eq!(is_well_formed(&text), FORM.with(|form| form.is_match(&text)), "{}", text);
        }

        #[test]
        fn what_belongs_to_a_partition_is_well_formed_and_valid_there(
            text in "(us|eu|cn|eusc)(-(gov|iso[a-f]?|west|de)){0,2}-[0-9]{0,3}"
        ) {
            if let Some(partition) = partition_of(&text) {
                prop_assert!(is_well_formed(&text));
                for own in ["us-east-1", "cn-north-1", "us-gov-west-1"] {
                    prop_assert_eq!(validate(&text, Some(own)).is_ok(), partition_of(own) == Some(partition), "{}", text);
                }
            }
        }
    }

    #[test]
    fn regions_belong_to_partitions() {
        for (region, partition) in [
            ("us-east-1", Some("aws")),
            ("ap-southeast-7", Some("aws")),
            ("mx-central-1", Some("aws")),
            ("cn-north-1", Some("aws-cn")),
            ("us-gov-west-1", Some("aws-us-gov")),
            ("us-iso-east-1", Some("aws-iso")),
            ("us-isob-west-1", Some("aws-iso-b")),
            ("eu-isoe-west-1", Some("aws-iso-e")),
            ("us-isof-south-1", Some("aws-iso-f")),
            ("eusc-de-east-1", Some("aws-eusc")),
            ("eu-west-99x", None),
            ("eu-west-999", None),
            ("us-east", None),
            ("US-EAST-1", None),
            ("moon-east-1", None),
            ("us--1", None),
            ("us-1", None),
            ("", None),
        ] {
            assert_eq!(partition_of(region), partition, "{region}");
        }
    }

    #[test]
    fn what_is_no_region_is_told_why_and_what_may_be_meant() {
        for (region, why, meant) in [
            ("US-EAST-1", "it has `U` at position 1", Some("us-east-1")),
            ("us_east_1", "it has `_` at position 3", Some("us-east-1")),
            ("eu-west-1\n", "it has a line break (U+000A) at position 10", Some("eu-west-1")),
            ("eu-west-1a", "it is not an area, a direction and a number", Some("eu-west-1")),
            ("us-east", "it is not an area", None),
            ("virginia", "it is not an area", None),
        ] {
            let invalid = validate(region, None).unwrap_err();
            assert!(invalid.problem.contains("cannot be an AWS region") && invalid.problem.contains(why), "{invalid}");
            assert_eq!(invalid.meant.as_deref(), meant, "{region}");
        }
    }

    #[test]
    fn another_partition_than_the_providers_is_refused() {
        assert_eq!(validate("eu-west-1", Some("us-east-1")), Ok(()));
        assert!(validate("cn-north-1", Some("us-east-1")).is_err_and(|reason| reason.problem.contains("aws-cn")));
        assert_eq!(validate("cn-north-1", None), Ok(()));
    }
}
