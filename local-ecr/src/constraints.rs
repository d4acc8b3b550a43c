//! The constraints of ECR's API model, as of its 2026 version.
//!
//! Written by hand rather than as regular expressions: the three patterns are small, and a crate for them is not. Like the real
//! service's answer, an error names the first constraint that a field breaks.

use crate::error::ApiError;
use crate::upstream::Upstream;

/// The pattern of both prefixes, as the model has it. [`is_prefix`] implements it.
const PREFIX_PATTERN: &str = r"^([a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\/?|ROOT)$";

/// The pattern of `credentialArn`, as the model has it. [`is_credential_arn`] implements it.
const CREDENTIAL_ARN_PATTERN: &str =
    r"^arn:aws(-\w+)*:secretsmanager:[a-zA-Z0-9-:]+:secret:ecr\-pullthroughcache\/[a-zA-Z0-9\/_+=.@-]+$";

/// A field that the operation requires.
pub(crate) fn required<'a>(field: &str, value: Option<&'a str>) -> Result<&'a str, ApiError> {
    value.ok_or_else(|| ApiError::constraint(field, "Member must not be null"))
}

/// `ecrRepositoryPrefix` or `upstreamRepositoryPrefix`.
pub(crate) fn prefix(field: &str, value: &str) -> Result<(), ApiError> {
    length(field, value, 2, 30)?;
    pattern(field, is_prefix(value), PREFIX_PATTERN)
}

/// `ecrRepositoryPrefixes`. For the members of a list, AWS names all constraints of a member in one.
pub(crate) fn prefixes(field: &str, values: &[&str]) -> Result<(), ApiError> {
    items(field, values.len(), 1, 100)?;
    if values.iter().all(|value| prefix(field, value).is_ok()) {
        return Ok(());
    }
    Err(ApiError::constraint(
        field,
        &format!(
            "Member must satisfy constraint: [Member must have length less than or equal to 30, \
             Member must have length greater than or equal to 2, \
             Member must satisfy regular expression pattern: {PREFIX_PATTERN}]"
        ),
    ))
}

/// `registryId`.
pub(crate) fn registry_id(field: &str, value: &str) -> Result<(), ApiError> {
    let matches = value.len() == 12 && value.bytes().all(|byte| byte.is_ascii_digit());
    pattern(field, matches, "[0-9]{12}")
}

/// `credentialArn`.
pub(crate) fn credential_arn(field: &str, value: &str) -> Result<(), ApiError> {
    length(field, value, 50, 612)?;
    pattern(field, is_credential_arn(value), CREDENTIAL_ARN_PATTERN)
}

/// `customRoleArn`: the model has a length only.
pub(crate) fn custom_role_arn(field: &str, value: &str) -> Result<(), ApiError> {
    length(field, value, 0, 2048)
}

/// `upstreamRegistry`.
pub(crate) fn upstream_registry(field: &str, value: &str) -> Result<Upstream, ApiError> {
    Upstream::of_name(value).ok_or_else(|| {
        let names = Upstream::ALL.map(Upstream::name).join(", ");
        ApiError::constraint(field, &format!("Member must satisfy enum value set: [{names}]"))
    })
}

/// `maxResults`.
pub(crate) fn max_results(field: &str, value: i64) -> Result<usize, ApiError> {
    if value < 1 {
        return Err(ApiError::constraint(field, "Member must have value greater than or equal to 1"));
    }
    usize::try_from(value)
        .ok()
        .filter(|value| *value <= 1000)
        .ok_or_else(|| ApiError::constraint(field, "Member must have value less than or equal to 1000"))
}

fn length(field: &str, value: &str, least: usize, most: usize) -> Result<(), ApiError> {
    items(field, value.chars().count(), least, most)
}

fn items(field: &str, count: usize, least: usize, most: usize) -> Result<(), ApiError> {
    if count < least {
        let constraint = format!("Member must have length greater than or equal to {least}");
        return Err(ApiError::constraint(field, &constraint));
    }
    if count > most {
        let constraint = format!("Member must have length less than or equal to {most}");
        return Err(ApiError::constraint(field, &constraint));
    }
    Ok(())
}

fn pattern(field: &str, matches: bool, pattern: &str) -> Result<(), ApiError> {
    if matches {
        return Ok(());
    }
    Err(ApiError::constraint(field, &format!("Member must satisfy regular expression pattern: {pattern}")))
}

/// Whether [`PREFIX_PATTERN`] matches: `ROOT`, or names between slashes with at most one slash behind.
fn is_prefix(value: &str) -> bool {
    value == "ROOT" || value.strip_suffix('/').unwrap_or(value).split('/').all(is_name)
}

/// Runs of `a-z` and `0-9` with one separator between any two: `.`, `_`, `__`, or any number of `-`.
fn is_name(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    // What remains when the plain characters go are the separators; one at either end shows as an empty run.
    name.starts_with(is_plain)
        && name.ends_with(is_plain)
        && name
            .split(is_plain)
            .all(|separator| matches!(separator, "" | "." | "_" | "__") || separator.bytes().all(|byte| byte == b'-'))
}

/// Whether [`CREDENTIAL_ARN_PATTERN`] matches.
fn is_credential_arn(value: &str) -> bool {
    // The secret's name holds no colon, so the last occurrence is the only one that can be meant.
    let Some((head, name)) = value.rsplit_once(":secret:ecr-pullthroughcache/") else {
        return false;
    };
    let Some((partition, place)) = head.strip_prefix("arn:aws").and_then(|rest| rest.split_once(":secretsmanager:"))
    else {
        return false;
    };
    all(name, |c| c.is_ascii_alphanumeric() || "/_+=.@-".contains(c))
        && all(place, |c| c.is_ascii_alphanumeric() || "-:".contains(c))
        && is_partition_suffix(partition)
}

/// `(-\w+)*`
fn is_partition_suffix(suffix: &str) -> bool {
    match suffix.strip_prefix('-') {
        None => suffix.is_empty(),
        Some(words) => words.split('-').all(|word| all(word, |c| c.is_ascii_alphanumeric() || c == '_')),
    }
}

/// One or more characters, each of which is allowed.
fn all(text: &str, allowed: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/docker-hub-AbCdEf";

    fn message(result: Result<(), ApiError>) -> String {
        let error = result.unwrap_err();
        assert_eq!(error.code, "InvalidParameterException");
        assert_eq!(error.status, 400);
        error.message
    }

    #[test]
    fn prefixes_of_the_model_pass() {
        let longest = "x".repeat(30);
        for value in [
            "ecr-public",
            "ecr-public/",
            "a/b",
            "a/",
            "12",
            "docker.io",
            "thirdparty/registry.k8s.io",
            "root",
            "ROOT",
            "a__b",
            "a--b",
            "a-----b",
            "a_b",
            "a.b-c_d",
            &longest,
        ] {
            assert_eq!(prefix("p", value), Ok(()), "{value}");
        }
    }

    #[test]
    fn prefixes_outside_the_pattern_are_refused() {
        for value in [
            "a___b", "a..b", "a.-b", "a_-b", "-ab", "ab-", "ab_", "ab.", "/ab", "ab//", "ab//cd", "ab-/", "team/_x",
            "ROOT/", "Root", "ab cd", "ab:cd", "ab\n", "\u{e4}b", "a\u{0}b", "//",
        ] {
            assert!(message(prefix("p", value)).contains("regular expression pattern"), "{value:?}");
        }
    }

    #[test]
    fn a_prefix_has_2_to_30_characters() {
        assert!(message(prefix("p", "a")).contains("greater than or equal to 2"));
        assert!(message(prefix("p", "")).contains("greater than or equal to 2"));
        assert!(message(prefix("p", &"x".repeat(31))).contains("less than or equal to 30"));
    }

    #[test]
    fn a_broken_pattern_is_told_in_ecrs_own_words() {
        assert_eq!(
            message(prefix("ecrRepositoryPrefix", "-ab")),
            "Invalid parameter at 'ecrRepositoryPrefix' failed to satisfy constraint: \
             'Member must satisfy regular expression pattern: \
             ^([a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*\\/?|ROOT)$'",
        );
    }

    #[test]
    fn credential_arns_of_every_partition_pass() {
        for partition in ["aws", "aws-us-gov", "aws-cn", "aws-iso-b"] {
            let arn = ARN.replace("arn:aws:", &format!("arn:{partition}:"));
            assert_eq!(credential_arn("c", &arn), Ok(()), "{arn}");
        }
    }

    #[test]
    fn credential_arns_outside_the_pattern_are_refused() {
        for (from, to) in [
            ("ecr-pullthroughcache/", "other/"),
            ("ecr-pullthroughcache/", "ecr-pullthroughcache/:"),
            (":secretsmanager:", ":ssm:"),
            ("arn:aws:", "arn:aws-:"),
            ("arn:aws:", "arn:awsx:"),
            ("docker-hub", "docker hub"),
            ("us-east-1", "us_east_1"),
        ] {
            let arn = ARN.replace(from, to);
            assert!(message(credential_arn("c", &arn)).contains("regular expression"), "{arn}");
        }
    }

    #[test]
    fn a_credential_arn_has_50_to_612_characters() {
        assert!(message(credential_arn("c", "foo")).contains("greater than or equal to 50"));
        assert!(
            message(credential_arn("c", &format!("{ARN}{}", "x".repeat(600)))).contains("less than or equal to 612")
        );
    }

    #[test]
    fn a_role_arn_has_at_most_2048_characters() {
        assert_eq!(custom_role_arn("r", &"x".repeat(2048)), Ok(()));
        assert!(message(custom_role_arn("r", &"x".repeat(2049))).contains("2048"));
    }

    #[test]
    fn a_registry_id_has_12_digits() {
        assert_eq!(registry_id("registryId", "123456789012"), Ok(()));
        for value in ["", "12345678901", "1234567890123", "12345678901x"] {
            assert!(message(registry_id("registryId", value)).contains("[0-9]{12}"), "{value}");
        }
    }

    #[test]
    fn an_unknown_upstream_name_is_told_the_known_ones() {
        let message = message(upstream_registry("upstreamRegistry", "harbor").map(|_| ()));
        assert!(message.contains("enum value set: [ecr, ecr-public, quay, k8s, docker-hub,"), "{message}");
    }

    #[test]
    fn max_results_runs_from_1_to_1000() {
        assert_eq!(max_results("m", 1), Ok(1));
        assert_eq!(max_results("m", 1000), Ok(1000));
        for value in [i64::MIN, 0, 1001, i64::MAX] {
            assert!(max_results("m", value).is_err(), "{value}");
        }
    }

    #[test]
    fn a_list_has_1_to_100_prefixes() {
        assert!(message(prefixes("l", &[])).contains("greater than or equal to 1"));
        assert!(message(prefixes("l", &["ab"; 101])).contains("less than or equal to 100"));
        assert!(message(prefixes("l", &["ab", "-"])).contains("Member must satisfy constraint: ["));
        assert_eq!(prefixes("l", &["ab", "ROOT"]), Ok(()));
    }
}
