//! `ValidatePullThroughCacheRule`

use serde_json::Value;

use super::shape::{Field, shape};
use crate::error::ApiError;
use crate::identity::Caller;
use crate::json_rpc::Fields;
use crate::operation::Operation;
use crate::secrets::{Access, Content};
use crate::world::World;

/// Every upstream is reachable and takes every credential here, so a rule is valid unless its secret cannot be read or does not
/// hold what ECR looks for. The codes of a failure are not published; the texts are guesses.
pub(super) fn validate(world: &mut World, caller: &Caller, fields: &Fields<'_>) -> Result<Value, ApiError> {
    super::own_registry(caller, Operation::ValidatePullThroughCacheRule, fields)?;
    let prefix = super::rule_prefix(fields)?;
    let slashes = world.behaviour.slash_rules;
    let rule = super::registry(world, caller).get(slashes, prefix).cloned();
    let rule = rule.ok_or_else(|| super::not_found(caller, prefix))?;

    let failure = match rule.credential_arn.as_deref().map(|arn| world.secrets.peek(caller, arn)) {
        None | Some(Access::Found(Content::Credentials)) => None,
        Some(Access::Found(_)) => Some("The secret must be a JSON object with the strings username and accessToken."),
        Some(Access::NotFound) => Some("The secret was not found."),
        Some(Access::NotDecryptable) => Some("The secret could not be decrypted."),
    };
    let mut answer = shape(&world.behaviour, caller, &rule, &[Field::UpstreamRegistryUrl]);
    answer.insert("isValid".to_owned(), failure.is_none().into());
    if let Some(failure) = failure {
        answer.insert("failure".to_owned(), failure.into());
    }
    Ok(Value::Object(answer))
}
