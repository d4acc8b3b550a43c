//! `UpdatePullThroughCacheRule`

use serde_json::Value;

use super::shape::{Field, shape};
use crate::error::ApiError;
use crate::identity::Caller;
use crate::json_rpc::Fields;
use crate::operation::Operation;
use crate::world::World;

/// Only the two ARNs can change, and neither can be cleared: one that is not given stays.
pub(super) fn update(world: &mut World, caller: &Caller, fields: &Fields<'_>) -> Result<Value, ApiError> {
    super::own_registry(caller, Operation::UpdatePullThroughCacheRule, fields)?;
    let prefix = super::rule_prefix(fields)?;
    let credential_arn = super::credential_arn(fields)?;
    let custom_role_arn = super::custom_role_arn(caller, fields)?;
    if credential_arn.is_none() && custom_role_arn.is_none() {
        return Err(ApiError::invalid_parameter(
            "Invalid input: Please set either credential arn or role arn to update the credentials",
        ));
    }
    if super::registry(world, caller).get(prefix).is_none() {
        return Err(super::not_found(caller, prefix));
    }
    if let Some(arn) = credential_arn {
        super::reach_secret(&mut world.secrets, caller, arn, world.behaviour.secret_lag)?;
    }

    let registry = super::registry(world, caller);
    let rule = registry.get_mut(prefix).ok_or_else(|| super::not_found(caller, prefix))?;
    if let Some(arn) = credential_arn {
        rule.credential_arn = Some(arn.to_owned());
    }
    if let Some(arn) = custom_role_arn {
        rule.custom_role_arn = Some(arn.to_owned());
    }
    rule.touch();
    let rule = rule.clone();
    Ok(Value::Object(shape(&world.behaviour, caller, &rule, &[Field::UpdatedAt])))
}
