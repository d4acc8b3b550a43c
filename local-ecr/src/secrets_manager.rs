//! The part of Secrets Manager that rules need: create a secret, look at it, delete it.

use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::error::ApiError;
use crate::identity::{Caller, partition};
use crate::ids;
use crate::json_rpc::{Fields, put_some};
use crate::operation::Operation;
use crate::rule::{self, epoch_seconds};
use crate::secrets::{Content, Secret};
use crate::world::World;

/// How long a deleted secret can be restored, in days, when the call does not say.
const RECOVERY_WINDOW_DAYS: i64 = 30;

/// Carries out a Secrets Manager operation.
pub(crate) fn call(
    world: &mut World,
    caller: &Caller,
    operation: Operation,
    fields: &Fields<'_>,
) -> Result<Value, ApiError> {
    match operation {
        Operation::CreateSecret => create(world, caller, fields),
        Operation::DescribeSecret => describe(world, caller, fields),
        Operation::DeleteSecret => delete(world, caller, fields),
        other => Err(ApiError::unknown_operation(format!("{other} is no operation of Secrets Manager"))),
    }
}

fn create(world: &mut World, caller: &Caller, fields: &Fields<'_>) -> Result<Value, ApiError> {
    let name = fields
        .string("Name")?
        .filter(|name| !name.is_empty() && name.chars().count() <= 512)
        .ok_or_else(|| ApiError::invalid_parameter("You must provide a Name of 1 to 512 characters."))?;
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || "/_+=.@-!".contains(c)) {
        return Err(ApiError::invalid_parameter(
            "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
        ));
    }
    match world.secrets.find(caller, name) {
        None => {}
        Some(secret) if secret.deleted_at.is_some() => {
            return Err(invalid_request(
                "You can't create this secret because a secret with this name is already scheduled for deletion.",
            ));
        }
        Some(_) => {
            return Err(ApiError::new(
                "ResourceExistsException",
                format!("The operation failed because the secret {name} already exists."),
            ));
        }
    }

    // The value is looked at once, here, and forgotten.
    let text = fields.string("SecretString")?;
    let has_value = text.is_some() || fields.string("SecretBinary")?.is_some();
    let content = if has_value { Content::of(text.or(Some(""))) } else { Content::Nothing };
    let key = fields.string("KmsKeyId")?.unwrap_or("alias/aws/secretsmanager");
    let arn = format!(
        "arn:{}:secretsmanager:{}:{}:secret:{name}-{}",
        partition(&caller.region),
        caller.region,
        caller.account,
        ids::secret_suffix(),
    );
    let secret = Secret {
        content,
        customer_key: !key.ends_with("alias/aws/secretsmanager"),
        version_id: has_value
            .then(|| fields.string("ClientRequestToken").ok().flatten().map_or_else(ids::uuid, str::to_owned)),
        ..Secret::with_credentials(&arn)
    };
    let mut answer = named(&secret);
    put_some(&mut answer, "VersionId", secret.version_id.as_deref());
    world.secrets.put(secret);
    Ok(Value::Object(answer))
}

fn describe(world: &mut World, caller: &Caller, fields: &Fields<'_>) -> Result<Value, ApiError> {
    let id = secret_id(fields)?;
    let secret = world.secrets.find(caller, id).ok_or_else(not_found)?;
    let mut answer = named(secret);
    answer.insert("CreatedDate".to_owned(), json!(epoch_seconds::number(secret.created_at)));
    if let Some(version) = &secret.version_id {
        answer.insert("VersionIdsToStages".to_owned(), json!({ version: ["AWSCURRENT"] }));
    }
    if let Some(deleted_at) = secret.deleted_at {
        answer.insert("DeletedDate".to_owned(), json!(deleted_at));
    }
    Ok(Value::Object(answer))
}

fn delete(world: &mut World, caller: &Caller, fields: &Fields<'_>) -> Result<Value, ApiError> {
    let id = secret_id(fields)?;
    let force = fields.boolean("ForceDeleteWithoutRecovery")?.unwrap_or_default();
    let window = fields.integer("RecoveryWindowInDays")?;
    if force && window.is_some() {
        return Err(ApiError::invalid_parameter(
            "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
        ));
    }
    let days = window.unwrap_or(RECOVERY_WINDOW_DAYS);
    let Some(days) = u32::try_from(days).ok().filter(|days| (7..=30).contains(days)) else {
        return Err(ApiError::invalid_parameter(
            "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).",
        ));
    };
    let secret = world.secrets.find_mut(caller, id).ok_or_else(not_found)?;
    if secret.deleted_at.is_some() && !force {
        return Err(invalid_request(
            "You can't perform this operation on the secret because it was already scheduled for deletion.",
        ));
    }
    let now = rule::now();
    secret.deleted_at = Some(epoch_seconds::number(now));
    let wait = if force { Duration::ZERO } else { Duration::from_secs(u64::from(days) * 24 * 60 * 60) };
    let mut answer = named(secret);
    answer.insert("DeletionDate".to_owned(), json!(epoch_seconds::number(now + wait)));
    if force {
        let arn = secret.arn.clone();
        world.secrets.remove(&arn);
    }
    Ok(Value::Object(answer))
}

/// The two fields that every answer has.
fn named(secret: &Secret) -> Map<String, Value> {
    let mut answer = Map::new();
    put_some(&mut answer, "ARN", Some(&secret.arn));
    put_some(&mut answer, "Name", Some(secret.name()));
    answer
}

fn secret_id<'a>(fields: &Fields<'a>) -> Result<&'a str, ApiError> {
    fields
        .string("SecretId")?
        .filter(|id| !id.is_empty())
        .ok_or_else(|| ApiError::invalid_parameter("You must provide a SecretId."))
}

fn not_found() -> ApiError {
    ApiError::new("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
}

fn invalid_request(message: &str) -> ApiError {
    ApiError::new("InvalidRequestException", message)
}
