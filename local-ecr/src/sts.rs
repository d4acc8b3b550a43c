//! The part of STS that a provider calls when it starts.
//!
//! `AssumeRole` and its kin belong here when they come: they would hand out access keys that
//! [`World::caller`](crate::world::World::caller) then knows the accounts of.

use crate::error::ApiError;
use crate::identity::Caller;
use crate::operation::Operation;

/// Carries out an STS action: the fields of its result, in order.
pub(crate) fn call(caller: &Caller, operation: Operation) -> Result<Vec<(&'static str, String)>, ApiError> {
    match operation {
        Operation::GetCallerIdentity => Ok(vec![
            ("Arn", caller.arn()),
            ("UserId", "AIDALOCALECRLOCALECR".to_owned()),
            ("Account", caller.account.clone()),
        ]),
        other => Err(unknown_action(other.name())),
    }
}

pub(crate) fn unknown_action(action: &str) -> ApiError {
    ApiError::new("InvalidAction", format!("Could not find operation {action} for version 2011-06-15"))
}
