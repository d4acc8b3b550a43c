//! The resource `aws:ecr/pullThroughCacheRule:PullThroughCacheRule` and its function.
//!
//! Pure: `properties` (the table), `prefix`, `arns`, `upstream` (what values may be), `id` (what imports may name),
//! `rules` (what holds between them), `rule` (typed), `failure` (errors).
//! I/O: `api` (the calls), `waits` and `deletions` (what passes by itself), `look_ahead` (previews), `lifecycle` (the resource),
//! `function`.

mod api;
mod arns;
mod deletions;
mod failure;
mod function;
mod id;
mod lifecycle;
mod look_ahead;
mod prefix;
mod properties;
mod rule;
mod rules;
mod upstream;
mod waits;

pub use deletions::Deletions;
pub use function::GetPullThroughCacheRule;
pub use lifecycle::PullThroughCacheRule;
pub use look_ahead::Outlook;

use api::Unanswered;
use failure::Operation;
use properties::REGION;

use super::Ecr;
use crate::{
    aws::call::Interruption,
    pulumi::{error::Error, operation::Context, plain::PlainProperties},
};

/// The region that a resource or function works in.
fn region_of(context: &Context<Ecr>, properties: &PlainProperties) -> String {
    properties.get(REGION).unwrap_or(context.session.session().region()).to_owned()
}

/// The error for a call that brought no result and whose outcome is clear.
fn interruption_error(context: &Context<Ecr>, operation: &Operation<'_>, unanswered: &Unanswered) -> Error {
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
