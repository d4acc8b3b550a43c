//! What ECR's errors mean for a rule, and what the user can do. Pure.

use super::{prefix, upstream};
use crate::{
    aws::failure::{Failure, Kind},
    pulumi::error::{Code, Error},
};

pub(super) const ALREADY_EXISTS: &str = "PullThroughCacheRuleAlreadyExistsException";
pub(super) const NOT_FOUND: &str = "PullThroughCacheRuleNotFoundException";
pub(super) const SECRET_NOT_FOUND: &str = "SecretNotFoundException";
pub(super) const UNABLE_TO_ACCESS_SECRET: &str = "UnableToAccessSecretException";
const UNABLE_TO_DECRYPT_SECRET: &str = "UnableToDecryptSecretValueException";
const UNSUPPORTED_UPSTREAM: &str = "UnsupportedUpstreamRegistryException";
const LIMIT_EXCEEDED: &str = "LimitExceededException";

/// ECR's quota for a registry in a region, which AWS does not raise.
pub(super) const MAX_RULES: usize = 50;

/// A call and what it was about, for messages.
#[derive(Clone, Debug)]
pub(super) struct Operation<'a> {
    /// "creating", "reading", …
    pub(super) doing: &'static str,
    /// The API's name for it.
    pub(super) api: &'static str,
    /// The rule's prefix; empty for a listing.
    pub(super) prefix: &'a str,
    /// The region of the rule.
    pub(super) region: &'a str,
    /// The account of the rule, or else of the credentials, where it is known.
    pub(super) account: Option<String>,
    /// What to say of the rule's role where an error may be about it.
    pub(super) about_role: Option<&'static str>,
}

impl<'a> Operation<'a> {
    /// An operation on a rule, or on all of a region.
    pub(super) fn new(
        doing: &'static str,
        api: &'static str,
        prefix: &'a str,
        region: &'a str,
        account: Option<String>,
    ) -> Self {
        Self { doing, api, prefix, region, account, about_role: None }
    }

    /// The call and where it went.
    pub(super) fn call(&self) -> String {
        let Self { api, region, account, .. } = self;
        account
            .as_ref()
            .map_or_else(|| format!("{api} in {region}"), |account| format!("{api} in {region} (account {account})"))
    }

    /// "creating ECR Pull Through Cache Rule (x)", as pulumi-aws and Terraform begin their messages.
    pub(super) fn title(&self) -> String {
        if self.prefix.is_empty() {
            return format!("{} ECR Pull Through Cache Rules", self.doing);
        }
        format!("{} ECR Pull Through Cache Rule ({})", self.doing, self.prefix)
    }

    /// The error for a failed call.
    pub(super) fn failed(&self, failure: &Failure) -> Error {
        let code = failure.code.as_deref();
        let grpc_code = match code {
            Some(ALREADY_EXISTS) => Code::AlreadyExists,
            Some(NOT_FOUND) => Code::NotFound,
            Some(LIMIT_EXCEEDED) => Code::ResourceExhausted,
            Some(UNSUPPORTED_UPSTREAM) => Code::InvalidArgument,
            Some(UNABLE_TO_ACCESS_SECRET) => Code::PermissionDenied,
            Some(SECRET_NOT_FOUND | UNABLE_TO_DECRYPT_SECRET) => Code::FailedPrecondition,
            _ => failure.grpc_code(),
        };
        let mut message = format!("{}: {}: {failure}", self.title(), self.call());
        let known = code.and_then(|code| advice(code, self.api)).or_else(|| failure.advice().map(str::to_owned));
        for advice in
            known.as_deref().into_iter().chain(self.about_role.filter(|_| may_be_the_role(failure, grpc_code)))
        {
            message.push('\n');
            message.push_str(advice);
        }
        Error::new(grpc_code, message)
    }

    /// The error for a write of which it is not known whether ECR carried it out.
    pub(super) fn unclear(&self, reason: &str, afterwards: &str) -> Error {
        let message = format!(
            "{}: {}: {reason}\nIt is not known whether ECR carried it out: {afterwards}",
            self.title(),
            self.call()
        );
        Error::new(Code::Unknown, message)
    }
}

/// What a role needs, and a new one.
pub(super) const ROLE_ADVICE: &str = "If this is about the role of `customRoleArn`: it has to be in the rule's own account and to trust \
     pullthroughcache.ecr.amazonaws.com. ECR takes some seconds to see a new role: let the rule depend on the role's policies \
     (`dependsOn`), and run `pulumi up` again.";

/// What to say where a role is missing.
pub(super) const NO_ROLE_ADVICE: &str =
    "An ECR registry of another account is read with a role of the rule's own account: set `customRoleArn`.";

/// Whether an error may be about the rule's role: which one ECR gives for that is not known.
fn may_be_the_role(failure: &Failure, grpc_code: Code) -> bool {
    let is_about_a_secret = [SECRET_NOT_FOUND, UNABLE_TO_ACCESS_SECRET, UNABLE_TO_DECRYPT_SECRET];
    failure.kind == Kind::Service
        && !is_about_a_secret.iter().any(|code| failure.has_code(code))
        && matches!(grpc_code, Code::InvalidArgument | Code::FailedPrecondition | Code::PermissionDenied)
}

/// What the user can do about an error that ECR gives.
fn advice(code: &str, api: &str) -> Option<String> {
    let advice = match code {
        SECRET_NOT_FOUND => {
            "The secret has to be in the rule's own account and region, and needs a version (a value). Where the same program \
             makes it, let the rule depend on the secret's version too (`dependsOn`)."
        }
        UNABLE_TO_ACCESS_SECRET => {
            "ECR reads the secret as the caller: allow secretsmanager:GetSecretValue on it, and look at the secret's own policy. \
             It has to be in the rule's own account and region."
        }
        UNABLE_TO_DECRYPT_SECRET => {
            "ECR reads only secrets that are encrypted with the default key aws/secretsmanager, not with a customer managed key."
        }
        UNSUPPORTED_UPSTREAM => {
            return Some(format!(
                "The upstreams that ECR documents are {}. Docker Hub, GHCR, GitLab, Azure and Chainguard need `credentialArn`.",
                upstream::documented()
            ));
        }
        LIMIT_EXCEEDED => {
            return Some(format!(
                "A registry holds {MAX_RULES} pull-through cache rules in a region, and AWS does not raise that: delete one first. \
                 A rule with the prefix `ROOT` serves every repository that no other rule does."
            ));
        }
        NOT_FOUND => {
            "The rule is gone: `pulumi refresh` takes it out of the state, and the next `pulumi up` makes it again."
        }
        code if code.contains("AccessDenied") => {
            return Some(format!(
                "The caller needs ecr:{api} by an identity policy{}.",
                match api {
                    "CreatePullThroughCacheRule" =>
                        ", iam:CreateServiceLinkedRole for the account's first rule, secretsmanager:GetSecretValue for a \
                         `credentialArn` and iam:PassRole for a `customRoleArn`",
                    "UpdatePullThroughCacheRule" =>
                        ", ecr:DescribePullThroughCacheRules for a prefix with a slash at its end, secretsmanager:GetSecretValue \
                         for a `credentialArn` and iam:PassRole for a `customRoleArn`",
                    "DeletePullThroughCacheRule" =>
                        ", and ecr:DescribePullThroughCacheRules for a prefix with a slash at its end",
                    _ => "",
                }
            ));
        }
        _ => return None,
    };
    Some(advice.to_owned())
}

/// What to say of a prefix that has its rule already.
pub(super) fn taken(prefix: &str, place: &str, import: &str) -> String {
    let shown = prefix::canonical(prefix).unwrap_or(prefix);
    // Of a replacement that was asked for the engine tells nothing: neither that it is one nor in which order it will go.
    format!(
        "ECR keeps one rule per prefix, and {place} has one for `{shown}` already. To manage that one with this resource:\n  {import}\n\
         If this replaces that very rule (--replace, a tainted resource, `replaceWith`), the resource option \
         `deleteBeforeReplace: true` is what it needs, and all is well where that is set. With `retainOnDelete` a rule cannot be \
         replaced under its prefix: drop that option, and take the rule out of the state (`pulumi state delete`) before the import."
    )
}

/// Whether a new secret may just not be visible to ECR yet.
pub(super) fn secret_may_appear(failure: &Failure) -> bool {
    failure.kind == Kind::Service && (failure.has_code(SECRET_NOT_FOUND) || failure.has_code(UNABLE_TO_ACCESS_SECRET))
}

#[cfg(test)]
mod tests;
