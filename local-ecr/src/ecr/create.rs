//! `CreatePullThroughCacheRule`

use serde_json::Value;

use super::shape::{Field, shape};
use crate::error::ApiError;
use crate::identity::Caller;
use crate::json_rpc::Fields;
use crate::operation::Operation;
use crate::world::World;
use crate::{Rule, constraints, upstream};

pub(super) fn create(world: &mut World, caller: &Caller, fields: &Fields<'_>) -> Result<Value, ApiError> {
    let prefix = super::rule_prefix(fields)?;
    let url = constraints::required("upstreamRegistryUrl", fields.string("upstreamRegistryUrl")?)?;
    super::own_registry(caller, Operation::CreatePullThroughCacheRule, fields)?;
    let named_upstream = fields
        .string("upstreamRegistry")?
        .map(|name| constraints::upstream_registry("upstreamRegistry", name))
        .transpose()?;
    let credential_arn = super::credential_arn(fields)?;
    let custom_role_arn = super::custom_role_arn(caller, fields)?;
    let upstream_prefix = fields.string("upstreamRepositoryPrefix")?;
    upstream_prefix.map(|value| constraints::prefix("upstreamRepositoryPrefix", value)).transpose()?;

    // The documentation allows an upstream prefix only where the rule's own is not ROOT; the text is a guess.
    if prefix == "ROOT" && upstream_prefix.is_some_and(|upstream_prefix| upstream_prefix != "ROOT") {
        return Err(ApiError::refused(
            world.behaviour.refusals.root_with_prefix,
            "Invalid input: upstreamRepositoryPrefix must be ROOT when ecrRepositoryPrefix is ROOT",
        ));
    }
    let upstream = upstream::admit(world.behaviour.refusals, caller, url, credential_arn, custom_role_arn)?;
    if named_upstream.is_some_and(|named| named != upstream) {
        return Err(ApiError::invalid_parameter("Invalid input: upstreamRegistry does not match upstreamRegistryUrl"));
    }
    super::reach(world, caller, credential_arn, custom_role_arn)?;

    let (limit, slashes) = (world.limit, world.behaviour.slash_rules);
    let registry = super::registry(world, caller);
    if registry.get(slashes, prefix).is_some() {
        return Err(already_exists(caller, prefix));
    }
    if registry.len() >= limit {
        return Err(limit_exceeded(limit));
    }
    let rule = Rule {
        credential_arn: credential_arn.map(str::to_owned),
        custom_role_arn: custom_role_arn.map(str::to_owned),
        upstream_repository_prefix: upstream_prefix.map(str::to_owned),
        ..Rule::new(prefix, url)
    };
    registry.put(slashes, rule.clone());
    let fields = [Field::CreatedAt, Field::UpstreamRegistry, Field::UpstreamRegistryUrl];
    Ok(Value::Object(shape(&world.behaviour, caller, &rule, &fields)))
}

/// The code is certain, the text is not.
fn already_exists(caller: &Caller, prefix: &str) -> ApiError {
    ApiError::new(
        "PullThroughCacheRuleAlreadyExistsException",
        format!(
            "A pull through cache rule with repository prefix '{prefix}' already exists \
             in the registry with id '{}'.",
            caller.account,
        ),
    )
}

/// The code is certain, the text is not.
fn limit_exceeded(limit: usize) -> ApiError {
    ApiError::new(
        "LimitExceededException",
        format!(
            "The operation did not succeed because it would have exceeded a service limit for your account: \
             {limit} pull through cache rules per registry.",
        ),
    )
}
