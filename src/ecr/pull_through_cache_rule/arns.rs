//! The ARNs of a rule: its secret and its role. Pure.

use std::ops::RangeInclusive;

use crate::{
    aws::arn::Arn,
    pulumi::{
        property::Invalid,
        text::{bare, first_other, named},
    },
};

/// What the name of a secret that ECR reads begins with.
const NAME_PREFIX: &str = "ecr-pullthroughcache/";

/// The API model's limits, in characters.
const CREDENTIAL_LENGTH: RangeInclusive<usize> = 50..=612;
const ROLE_MAX_LENGTH: usize = 2048;

/// IAM's limit for a role's name, in characters.
const ROLE_NAME_MAX_LENGTH: usize = 64;

/// What is wrong with the ARN of a secret.
///
/// The API model's pattern: `^arn:aws(-\w+)*:secretsmanager:[a-zA-Z0-9-:]+:secret:ecr\-pullthroughcache\/[a-zA-Z0-9\/_+=.@-]+$`,
/// of 50 to 612 characters.
pub(super) fn validate_credential(text: &str) -> Result<(), Invalid> {
    credential(text).map_err(|reason| {
        let rule = "it has to be the ARN of a Secrets Manager secret whose name begins with `ecr-pullthroughcache/`, such as \
                    arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/docker-hub-AbCdEf";
        invalid(&reason, rule).meaning(unwrapped(text, credential))
    })
}

/// What is wrong with the ARN of a role.
pub(super) fn validate_role(text: &str) -> Result<(), Invalid> {
    role(text).map_err(|reason| {
        let rule = "it has to be the ARN of an IAM role, such as arn:aws:iam::123456789012:role/ecr-pull-through";
        let session = assumed(text).map_or_else(String::new, |role| format!("; the role may be `{role}`"));
        invalid(&(reason + &session), rule).meaning(unwrapped(text, role))
    })
}

fn invalid(reason: &str, rule: &str) -> Invalid {
    Invalid::new(format!("is an invalid ARN: {reason}"), rule)
}

fn credential(text: &str) -> Result<(), String> {
    let arn = Arn::parse(text).map_err(|reason| {
        let is_name = text.trim_start_matches("secret:").starts_with(NAME_PREFIX);
        let hint = if is_name { "; this is the name of a secret, and its ARN is wanted" } else { "" };
        reason + hint
    })?;
    if arn.service != "secretsmanager" {
        return Err(format!("the service (the third section) is `{}`, not `secretsmanager`", arn.service));
    }
    if arn.region.is_empty() || !arn.region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Err(format!("`{}` (the fourth section) cannot be a region", arn.region));
    }
    arn.validate_account()?;
    let Some(name) = arn.resource.strip_prefix("secret:").and_then(|name| name.strip_prefix(NAME_PREFIX)) else {
        return Err(format!("the resource `{}` (the last section) is not `secret:{NAME_PREFIX}…`", arn.resource));
    };
    if name.is_empty() {
        return Err(format!("the secret's name ends after `{NAME_PREFIX}`"));
    }
    only(text, name, "the secret's name", "/_+=.@-")?;
    let length = text.chars().count();
    if !CREDENTIAL_LENGTH.contains(&length) {
        let (least, most) = (CREDENTIAL_LENGTH.start(), CREDENTIAL_LENGTH.end());
        return Err(format!("it has {length} characters, where ECR takes {least} to {most}"));
    }
    Ok(())
}

fn role(text: &str) -> Result<(), String> {
    let length = text.chars().count();
    if length > ROLE_MAX_LENGTH {
        return Err(format!("it has {length} characters, where ECR takes {ROLE_MAX_LENGTH} at most"));
    }
    let arn = Arn::parse(text)?;
    if arn.service != "iam" {
        return Err(format!("the service (the third section) is `{}`, not `iam`", arn.service));
    }
    if !arn.region.is_empty() {
        return Err(format!("the fourth section is `{}`, but IAM has no regions, so it is empty", arn.region));
    }
    arn.validate_account()?;
    let Some(path_and_name) = arn.resource.strip_prefix("role/") else {
        return Err(format!("the resource `{}` (the last section) is not `role/…`", arn.resource));
    };
    let name = path_and_name.rsplit('/').next().unwrap_or_default();
    if name.is_empty() {
        return Err(format!("the resource `{}` (the last section) ends without the role's name", arn.resource));
    }
    only(text, name, "the role's name", "_+=,.@-")?;
    let length = name.chars().count();
    if length > ROLE_NAME_MAX_LENGTH {
        return Err(format!("the role's name has {length} characters, where IAM takes {ROLE_NAME_MAX_LENGTH} at most"));
    }
    Ok(())
}

/// Fails where the end of a text has other characters than letters, digits and some marks.
fn only(text: &str, end: &str, what: &str, marks: &str) -> Result<(), String> {
    let before = text.chars().count() - end.chars().count();
    first_other(end, |character| character.is_ascii_alphanumeric() || marks.contains(character)).map_or(
        Ok(()),
        |(position, character)| {
            let position = before + position;
            let marks = marks.chars().map(String::from).collect::<Vec<_>>().join(" ");
            Err(format!(
                "{what} has {} at position {position}, where only letters, digits and {marks} are allowed",
                named(character)
            ))
        },
    )
}

/// The text without white space and quotes around it, if that makes it good.
fn unwrapped(text: &str, validate: impl Fn(&str) -> Result<(), String>) -> Option<String> {
    let bare = bare(text);
    validate(bare).is_ok().then(|| bare.to_owned())
}

/// The role of a session, which is what AWS shows as somebody's identity. A session does not tell the path of its role.
fn assumed(text: &str) -> Option<String> {
    let arn = Arn::parse(bare(text)).ok().filter(|arn| arn.service == "sts")?;
    let (name, _) = arn.resource.strip_prefix("assumed-role/")?.split_once('/')?;
    let role_arn = format!("arn:{}:iam::{}:role/{name}", arn.partition, arn.account);
    // The roles of IAM Identity Center always have a path.
    (!name.starts_with("AWSReservedSSO_") && role(&role_arn).is_ok()).then_some(role_arn)
}

#[cfg(test)]
mod tests;
