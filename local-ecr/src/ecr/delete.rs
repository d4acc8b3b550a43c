//! `DeletePullThroughCacheRule`

use serde_json::Value;

use super::shape::{Field, shape};
use crate::error::ApiError;
use crate::identity::Caller;
use crate::json_rpc::Fields;
use crate::operation::Operation;
use crate::world::World;

pub(super) fn delete(world: &mut World, caller: &Caller, fields: &Fields<'_>) -> Result<Value, ApiError> {
    super::own_registry(caller, Operation::DeletePullThroughCacheRule, fields)?;
    let prefix = super::rule_prefix(fields)?;
    let slashes = world.behaviour.slash_rules;
    let rule = super::registry(world, caller).remove(slashes, prefix);
    let rule = rule.ok_or_else(|| super::not_found(caller, prefix))?;
    let fields = [Field::CreatedAt, Field::UpstreamRegistryUrl];
    Ok(Value::Object(shape(&world.behaviour, caller, &rule, &fields)))
}
