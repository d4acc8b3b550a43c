//! The rule's properties. Pure.

use super::{arns, prefix, upstream};
use crate::{
    aws::region,
    pulumi::property::{OnChange, Property},
};

pub(super) const ECR_REPOSITORY_PREFIX: &str = "ecrRepositoryPrefix";
pub(super) const UPSTREAM_REGISTRY_URL: &str = "upstreamRegistryUrl";
pub(super) const CREDENTIAL_ARN: &str = "credentialArn";
pub(super) const CUSTOM_ROLE_ARN: &str = "customRoleArn";
pub(super) const UPSTREAM_REPOSITORY_PREFIX: &str = "upstreamRepositoryPrefix";
pub(super) const REGION: &str = "region";
pub(super) const REGISTRY_ID: &str = "registryId";

/// The table. A unit test holds it against the schema.
///
/// ECR keeps one rule per prefix, region and account, and updates only a rule's two ARNs; it has no way to clear one.
pub(super) const PROPERTIES: &[Property] = &[
    Property::required(ECR_REPOSITORY_PREFIX).identity().validated(prefix::validate).compared_as(prefix::canonical),
    Property::required(UPSTREAM_REGISTRY_URL).validated(upstream::validate),
    Property::optional(CREDENTIAL_ARN, OnChange::UpdateUnlessRemoved).validated(arns::validate_credential),
    Property::optional(CUSTOM_ROLE_ARN, OnChange::UpdateUnlessRemoved).validated(arns::validate_role),
    Property::optional(UPSTREAM_REPOSITORY_PREFIX, OnChange::Replace)
        .validated(prefix::validate)
        .compared_as(prefix::canonical_upstream),
    Property::optional(REGION, OnChange::Replace).identity().inherited().validated(|name| region::validate(name, None)),
    Property::computed(REGISTRY_ID),
];

#[cfg(test)]
mod tests;
