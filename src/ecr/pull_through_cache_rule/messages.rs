//! What the user is told of an operation: where it was, how it ended, what to do.

use super::{
    api::Unanswered,
    failure::{Operation, taken},
    lifecycle::TOKEN,
};
use crate::{
    aws::{call::Interruption, failure::Failure},
    ecr::Ecr,
    pulumi::{
        error::{Code, Error},
        operation::Context,
    },
};

/// The error for a call that brought no result and whose outcome is clear.
pub(super) fn interruption_error(context: &Context<Ecr>, operation: &Operation<'_>, unanswered: &Unanswered) -> Error {
    let (mut error, last) = match unanswered {
        Unanswered::Failed { failure, .. } => return operation.failed(failure),
        Unanswered::Interrupted { interruption: Interruption::Cancelled, last, .. } => {
            (Error::cancelled(operation.title()), last)
        }
        Unanswered::Interrupted { interruption: Interruption::TimedOut, last, .. } => {
            (Error::timed_out(operation.title(), context.limit), last)
        }
    };
    if let Some(last) = last {
        error.message =
            format!("{}\nThe last attempt failed: {}: {}", error.message, operation.call(), last.with_advice());
    }
    error
}

/// Why a call brought no result, with what `told` says of ECR's failures.
pub(super) fn reason(context: &Context<Ecr>, unanswered: &Unanswered, told: fn(&Failure) -> String) -> String {
    let (reason, last) = match unanswered {
        Unanswered::Failed { failure, .. } => return told(failure),
        Unanswered::Interrupted { interruption: Interruption::Cancelled, last, .. } => ("cancelled".to_owned(), last),
        Unanswered::Interrupted { interruption: Interruption::TimedOut, last, .. } => {
            (Error::timed_out("no answer", context.limit).message, last)
        }
    };
    last.as_ref().map_or_else(|| reason.clone(), |last| format!("{reason}\nThe last attempt failed: {}", told(last)))
}

/// The error for a create whose prefix has its rule already.
pub(super) fn already_exists(context: &Context<Ecr>, operation: &Operation<'_>, unanswered: &Unanswered) -> Error {
    let (prefix, region) = (operation.prefix, operation.region);
    let taken = taken(prefix, &place(context, region), &import(context, prefix, region));
    // What could be done about the failure would not help.
    let reason = reason(context, unanswered, Failure::to_string);
    let message = format!("{}: {}: {reason}\n{taken}", operation.title(), operation.call());
    Error::new(Code::AlreadyExists, message)
}

/// The registry, for messages.
pub(super) fn place(context: &Context<Ecr>, region: &str) -> String {
    match context.session.session().account() {
        Some(account) => format!("the registry of account {account} in {region}"),
        None => format!("the registry in {region}"),
    }
}

/// The command that makes an existing rule this resource's.
pub(super) fn import(context: &Context<Ecr>, prefix: &str, region: &str) -> String {
    let id =
        if region == context.session.session().region() { prefix.to_owned() } else { format!("{prefix}@{region}") };
    format!("pulumi import {TOKEN} {} {id}", quoted(context.urn.name()))
}

/// A word for a shell.
fn quoted(word: &str) -> String {
    let plain = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c));
    if plain { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}
