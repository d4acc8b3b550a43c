//! `UpdatePullThroughCacheRule`

use serde_json::Value;

use super::shape::{Field, shape};
use crate::EmptyArn;
use crate::error::ApiError;
use crate::identity::Caller;
use crate::json_rpc::Fields;
use crate::operation::Operation;
use crate::upstream::Upstream;
use crate::world::World;

/// Only the two ARNs can change; one that is not given stays.
pub(super) fn update(world: &mut World, caller: &Caller, fields: &Fields<'_>) -> Result<Value, ApiError> {
    super::own_registry(caller, Operation::UpdatePullThroughCacheRule, fields)?;
    let prefix = super::rule_prefix(fields)?;
    let empty = world.behaviour.empty_arn;
    let credential_arn = change(fields, "credentialArn", empty, || super::credential_arn(fields))?;
    let custom_role_arn = change(fields, "customRoleArn", empty, || super::custom_role_arn(caller, fields))?;
    if credential_arn == Change::None && custom_role_arn == Change::None {
        return Err(ApiError::invalid_parameter(
            "Invalid input: Please set either credential arn or role arn to update the credentials",
        ));
    }
    let slashes = world.behaviour.slash_rules;
    let rule = super::registry(world, caller).get(slashes, prefix);
    let url = &rule.ok_or_else(|| super::not_found(caller, prefix))?.upstream_registry_url;
    let is_needless = Upstream::of_url(url).is_some_and(|upstream| !upstream.needs_credential());
    if is_needless
        && credential_arn.set().is_some()
        && let Some(refusal) = world.behaviour.refusals.needless_credential
    {
        return Err(ApiError::refused(refusal, "Invalid input: the upstream registry takes no credentials"));
    }
    super::reach(world, caller, credential_arn.set(), custom_role_arn.set())?;

    let registry = super::registry(world, caller);
    let rule = registry.get_mut(slashes, prefix).ok_or_else(|| super::not_found(caller, prefix))?;
    credential_arn.make(&mut rule.credential_arn);
    custom_role_arn.make(&mut rule.custom_role_arn);
    rule.touch();
    let rule = rule.clone();
    Ok(Value::Object(shape(&world.behaviour, caller, &rule, &[Field::UpdatedAt])))
}

/// What happens to an ARN.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Change<'a> {
    None,
    Set(&'a str),
    Clear,
}

impl<'a> Change<'a> {
    fn set(self) -> Option<&'a str> {
        match self {
            Self::Set(arn) => Some(arn),
            Self::None | Self::Clear => None,
        }
    }

    fn make(self, arn: &mut Option<String>) {
        match self {
            Self::None => {}
            Self::Set(new) => *arn = Some(new.to_owned()),
            Self::Clear => *arn = None,
        }
    }
}

/// Reads an ARN; `read` does so where it is not an empty one.
fn change<'a>(
    fields: &Fields<'a>,
    name: &str,
    empty: EmptyArn,
    read: impl FnOnce() -> Result<Option<&'a str>, ApiError>,
) -> Result<Change<'a>, ApiError> {
    match (fields.string(name)?, empty) {
        (Some(""), EmptyArn::Clears) => Ok(Change::Clear),
        (Some(""), EmptyArn::Refused) => {
            read()?;
            Err(ApiError::invalid_parameter(format!("Invalid parameter at '{name}': '' is not a role ARN")))
        }
        _ => Ok(read()?.map_or(Change::None, Change::Set)),
    }
}
