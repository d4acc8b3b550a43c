//! The ARNs of a rule: its secret and its role. Pure.

use std::ops::RangeInclusive;

use crate::{aws::arn::Arn, pulumi::property::Invalid};

/// What the name of a secret that ECR reads begins with.
const SECRET_PREFIX: &str = "secret:ecr-pullthroughcache/";

/// The API model's limits, in characters.
const CREDENTIAL_LENGTH: RangeInclusive<usize> = 50..=612;
const ROLE_MAX_LENGTH: usize = 2048;

/// What is wrong with the ARN of a secret.
///
/// The API model's pattern: `^arn:aws(-\w+)*:secretsmanager:[a-zA-Z0-9-:]+:secret:ecr\-pullthroughcache\/[a-zA-Z0-9\/_+=.@-]+$`,
/// of 50 to 612 characters.
pub(super) fn validate_credential(text: &str) -> Result<(), Invalid> {
    let problem = |reason: &str| {
        Invalid::new(
            format!("is an invalid ARN: {reason}"),
            "it has to be the ARN of a Secrets Manager secret whose name begins with `ecr-pullthroughcache/`, such as \
             arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/docker-hub-AbCdEf",
        )
    };
    let arn = Arn::parse(text).map_err(|reason| problem(&reason))?;
    if arn.service != "secretsmanager" {
        return Err(problem(&format!("the service (the third section) is `{}`, not `secretsmanager`", arn.service)));
    }
    if arn.region.is_empty() || !arn.region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Err(problem(&format!("`{}` (the fourth section) cannot be a region", arn.region)));
    }
    arn.validate_account().map_err(|reason| problem(&reason))?;
    let Some(name) = arn.resource.strip_prefix(SECRET_PREFIX) else {
        return Err(problem(&format!("the resource `{}` (the last section) is not `{SECRET_PREFIX}…`", arn.resource)));
    };
    if name.is_empty() {
        return Err(problem("the secret's name ends after `ecr-pullthroughcache/`"));
    }
    if let Some((index, character)) =
        name.chars().enumerate().find(|(_, c)| !(c.is_ascii_alphanumeric() || "/_+=.@-".contains(*c)))
    {
        let position = text.chars().count() - name.chars().count() + index + 1;
        return Err(problem(&format!(
            "the secret's name has `{character}` at position {position}, where only letters, digits and / _ + = . @ - are allowed"
        )));
    }
    let length = text.chars().count();
    if !CREDENTIAL_LENGTH.contains(&length) {
        let (least, most) = (CREDENTIAL_LENGTH.start(), CREDENTIAL_LENGTH.end());
        return Err(problem(&format!("it has {length} characters, where ECR takes {least} to {most}")));
    }
    Ok(())
}

/// What is wrong with the ARN of a role.
pub(super) fn validate_role(text: &str) -> Result<(), Invalid> {
    let problem = |reason: &str| {
        Invalid::new(
            format!("is an invalid ARN: {reason}"),
            "it has to be the ARN of an IAM role, such as arn:aws:iam::123456789012:role/ecr-pull-through",
        )
    };
    let length = text.chars().count();
    if length > ROLE_MAX_LENGTH {
        return Err(problem(&format!("it has {length} characters, where ECR takes {ROLE_MAX_LENGTH} at most")));
    }
    let arn = Arn::parse(text).map_err(|reason| problem(&reason))?;
    if arn.service != "iam" {
        return Err(problem(&format!("the service (the third section) is `{}`, not `iam`", arn.service)));
    }
    if !arn.region.is_empty() {
        return Err(problem(&format!(
            "the fourth section is `{}`, but IAM has no regions, so it is empty",
            arn.region
        )));
    }
    arn.validate_account().map_err(|reason| problem(&reason))?;
    match arn.resource.strip_prefix("role/") {
        Some(name) if !name.is_empty() && !name.ends_with('/') => Ok(()),
        _ => Err(problem(&format!("the resource `{}` is not `role/…`", arn.resource))),
    }
}

#[cfg(test)]
mod tests;
