//! The ECR operations: pure functions from the state and a request's fields to an answer.

mod create;
mod delete;
mod describe;
mod shape;
mod update;
mod validate;

use serde_json::Value;

use crate::constraints;
use crate::error::ApiError;
use crate::identity::{Caller, partition};
use crate::json_rpc::Fields;
use crate::operation::Operation;
use crate::registry::Registry;
use crate::secrets::{Access, SecretStore};
use crate::world::World;

/// Carries out an ECR operation.
pub(crate) fn call(
    world: &mut World,
    caller: &Caller,
    operation: Operation,
    fields: &Fields<'_>,
) -> Result<Value, ApiError> {
    let carry_out = match operation {
        Operation::CreatePullThroughCacheRule => create::create,
        Operation::DescribePullThroughCacheRules => describe::describe,
        Operation::UpdatePullThroughCacheRule => update::update,
        Operation::DeletePullThroughCacheRule => delete::delete,
        Operation::ValidatePullThroughCacheRule => validate::validate,
        other => {
            return Err(ApiError::unknown_operation(format!("{other} is no operation of ECR")));
        }
    };
    // The documentation names China and GovCloud. Users saw the text there; the code that goes with it is a guess.
    if matches!(partition(&caller.region), "aws-cn" | "aws-us-gov") {
        return Err(ApiError::invalid_parameter("This feature is disabled"));
    }
    carry_out(world, caller, fields).map_err(|error| {
        if !error.breaks_constraint {
            return error;
        }
        ApiError { code: world.behaviour.refusals.constraint.code().into(), ..error }
    })
}

/// Reads `ecrRepositoryPrefix`, which names the rule in four of the operations.
fn rule_prefix<'a>(fields: &Fields<'a>) -> Result<&'a str, ApiError> {
    const NAME: &str = "ecrRepositoryPrefix";
    let prefix = constraints::required(NAME, fields.string(NAME)?)?;
    constraints::prefix(NAME, prefix)?;
    Ok(prefix)
}

/// Reads `registryId`, which may name only the caller's own registry: no other lets strangers in.
fn own_registry(caller: &Caller, operation: Operation, fields: &Fields<'_>) -> Result<(), ApiError> {
    const NAME: &str = "registryId";
    let Some(id) = fields.string(NAME)? else {
        return Ok(());
    };
    constraints::registry_id(NAME, id)?;
    if id == caller.account {
        return Ok(());
    }
    Err(ApiError::access_denied(format!(
        "User: {} is not authorized to perform: ecr:{operation} on resource: arn:{}:ecr:{}:{id}:repository/* \
         because no resource-based policy allows the ecr:{operation} action",
        caller.arn(),
        partition(&caller.region),
        caller.region,
    )))
}

/// Reads `credentialArn`, of which only the form is looked at yet.
fn credential_arn<'a>(fields: &Fields<'a>) -> Result<Option<&'a str>, ApiError> {
    const NAME: &str = "credentialArn";
    let arn = fields.string(NAME)?;
    arn.map(|arn| constraints::credential_arn(NAME, arn)).transpose()?;
    Ok(arn)
}

/// Reads `customRoleArn`. The model lets an empty one through; nothing says that it clears a role, so it counts as none.
fn custom_role_arn<'a>(caller: &Caller, fields: &Fields<'a>) -> Result<Option<&'a str>, ApiError> {
    const NAME: &str = "customRoleArn";
    let Some(arn) = fields.string(NAME)?.filter(|arn| !arn.is_empty()) else {
        return Ok(None);
    };
    constraints::custom_role_arn(NAME, arn)?;
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", _, "iam", "", account, role] = parts.as_slice() else {
        return Err(ApiError::invalid_parameter(format!("Invalid parameter at '{NAME}': '{arn}' is not a role ARN")));
    };
    if role.strip_prefix("role/").is_none_or(str::is_empty) {
        return Err(ApiError::invalid_parameter(format!("Invalid parameter at '{NAME}': '{arn}' is not a role ARN")));
    }
    // The role must live in the registry's own account. IAM refuses to pass another before ECR looks at it.
    if *account != caller.account {
        return Err(ApiError::access_denied("Cross-account pass role is not allowed."));
    }
    Ok(Some(arn))
}

/// Looks up what a call names outside ECR: the role first, which may be what lets ECR read on.
fn reach(
    world: &mut World,
    caller: &Caller,
    credential_arn: Option<&str>,
    custom_role_arn: Option<&str>,
) -> Result<(), ApiError> {
    if let Some(arn) = custom_role_arn
        && !world.roles.sees(arn, world.behaviour.role_lag)
    {
        return Err(ApiError::refused(
            world.behaviour.refusals.unseen_role,
            format!("Invalid input: the role '{arn}' cannot be assumed. Verify that it exists and trusts Amazon ECR."),
        ));
    }
    match credential_arn {
        Some(arn) => reach_secret(&mut world.secrets, caller, arn, world.behaviour.secret_lag),
        None => Ok(()),
    }
}

/// Looks a secret up as ECR does when a call names it. Its contents are not looked at: only Validate does that.
fn reach_secret(secrets: &mut SecretStore, caller: &Caller, arn: &str, lag: u32) -> Result<(), ApiError> {
    match secrets.access(caller, arn, lag) {
        Access::Found(_) => Ok(()),
        Access::NotFound => Err(ApiError::new(
            "SecretNotFoundException",
            "The ARN of the secret specified in the pull through cache rule was not found. \
             Update the pull through cache rule with a valid secret ARN and try again.",
        )),
        Access::NotDecryptable => Err(ApiError::new(
            "UnableToDecryptSecretValueException",
            "The secret is accessible but is unable to be decrypted. Verify the resource permissions and try again.",
        )),
    }
}

/// There is no rule with this prefix. The code is certain, the text is not.
fn not_found(caller: &Caller, prefix: &str) -> ApiError {
    ApiError::new(
        "PullThroughCacheRuleNotFoundException",
        format!(
            "The pull through cache rule with repository prefix '{prefix}' was not found in the registry with id '{}'. \
             Specify a valid pull through cache rule and try again.",
            caller.account,
        ),
    )
}

/// The registry that a caller works on.
fn registry<'a>(world: &'a mut World, caller: &Caller) -> &'a mut Registry {
    world.registries.of(&caller.account, &caller.region)
}

#[cfg(test)]
mod tests;
