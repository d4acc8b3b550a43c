//! A rule, typed: as a program wants it, as ECR reports it, as the state keeps it. Pure.

use aws_sdk_ecr::{
    operation::create_pull_through_cache_rule::CreatePullThroughCacheRuleOutput, types::PullThroughCacheRule,
};

use super::{
    prefix,
    properties::{
        CREDENTIAL_ARN, CUSTOM_ROLE_ARN, ECR_REPOSITORY_PREFIX, REGION, REGISTRY_ID, UPSTREAM_REGISTRY_URL,
        UPSTREAM_REPOSITORY_PREFIX,
    },
};
use crate::pulumi::{error::Error, plain::PlainProperties};

/// A rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) ecr_repository_prefix: String,
    pub(super) upstream_registry_url: String,
    pub(super) credential_arn: Option<String>,
    pub(super) custom_role_arn: Option<String>,
    pub(super) upstream_repository_prefix: Option<String>,
    /// The account that the rule is in; known once it exists.
    pub(super) registry_id: Option<String>,
}

impl Rule {
    /// The rule that some inputs ask for.
    pub(super) fn wanted(inputs: &PlainProperties) -> Result<Self, Error> {
        let text = |name: &str| inputs.get(name).map(str::to_owned);
        let required = |name: &str| text(name).ok_or_else(|| Error::invalid(format!("`{name}` is not set")));
        Ok(Self {
            ecr_repository_prefix: required(ECR_REPOSITORY_PREFIX)?,
            upstream_registry_url: required(UPSTREAM_REGISTRY_URL)?,
            credential_arn: text(CREDENTIAL_ARN),
            custom_role_arn: text(CUSTOM_ROLE_ARN),
            upstream_repository_prefix: text(UPSTREAM_REPOSITORY_PREFIX),
            registry_id: None,
        })
    }

    /// The rule that ECR says it made of a wanted one. What the answer leaves out is as it was asked for.
    pub(super) fn created(wanted: Self, answer: CreatePullThroughCacheRuleOutput) -> Self {
        Self {
            ecr_repository_prefix: answer.ecr_repository_prefix.unwrap_or(wanted.ecr_repository_prefix),
            upstream_registry_url: answer.upstream_registry_url.unwrap_or(wanted.upstream_registry_url),
            credential_arn: answer.credential_arn.or(wanted.credential_arn),
            custom_role_arn: answer.custom_role_arn.or(wanted.custom_role_arn),
            upstream_repository_prefix: answer.upstream_repository_prefix.or(wanted.upstream_repository_prefix),
            registry_id: answer.registry_id,
        }
    }

    /// Whether another rule does the same as this one. The account does not count: one side may not know it.
    pub(super) fn does_the_same_as(&self, other: &Self) -> bool {
        self.caches_the_same_as(other)
            && self.credential_arn == other.credential_arn
            && self.custom_role_arn == other.custom_role_arn
    }

    /// Whether another rule caches the same under the same prefix, by whatever secret and role: what no Update can change.
    pub(super) fn caches_the_same_as(&self, other: &Self) -> bool {
        let upstream = |rule: &Self| {
            rule.upstream_repository_prefix.as_deref().and_then(prefix::canonical_upstream).map(str::to_owned)
        };
        prefix::canonical(&self.ecr_repository_prefix) == prefix::canonical(&other.ecr_repository_prefix)
            && self.upstream_registry_url == other.upstream_registry_url
            && upstream(self) == upstream(other)
    }

    /// The rule as a resource's outputs.
    pub(super) fn outputs(self, region: &str) -> PlainProperties {
        [
            (ECR_REPOSITORY_PREFIX, Some(self.ecr_repository_prefix)),
            (UPSTREAM_REGISTRY_URL, Some(self.upstream_registry_url)),
            (CREDENTIAL_ARN, self.credential_arn),
            (CUSTOM_ROLE_ARN, self.custom_role_arn),
            (UPSTREAM_REPOSITORY_PREFIX, self.upstream_repository_prefix),
            (REGISTRY_ID, self.registry_id),
            (REGION, Some(region.to_owned())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?)))
        .collect()
    }
}

impl From<PullThroughCacheRule> for Rule {
    fn from(rule: PullThroughCacheRule) -> Self {
        let set = |text: Option<String>| text.filter(|text| !text.is_empty());
        Self {
            ecr_repository_prefix: rule.ecr_repository_prefix.unwrap_or_default(),
            upstream_registry_url: rule.upstream_registry_url.unwrap_or_default(),
            credential_arn: set(rule.credential_arn),
            custom_role_arn: set(rule.custom_role_arn),
            upstream_repository_prefix: set(rule.upstream_repository_prefix),
            registry_id: set(rule.registry_id),
        }
    }
}

#[cfg(test)]
mod tests;
