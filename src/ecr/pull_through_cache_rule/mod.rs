//! The resource `aws:ecr/pullThroughCacheRule:PullThroughCacheRule` and its function.
//!
//! Pure: `properties` (the table), `prefix`, `arns`, `upstream` (what values may be), `id` (what imports may name),
//! `rules` (what holds between them), `rule` (typed), `failure` (errors).
//! I/O: `api` (the calls), `pages` (all rules of a region), `waits` and `deletions` (what passes by itself), `settle` (lost answers),
//! `look_ahead` (previews), `messages` (what the user is told), `lifecycle` (the resource), `function`.

mod api;
mod arns;
mod deletions;
mod failure;
mod function;
mod id;
mod lifecycle;
mod look_ahead;
mod messages;
mod pages;
mod prefix;
mod properties;
mod rule;
mod rules;
mod settle;
mod upstream;
mod waits;

pub use deletions::Deletions;
pub use function::GetPullThroughCacheRule;
pub use lifecycle::PullThroughCacheRule;
pub use look_ahead::Outlook;

use properties::REGION;

use super::Ecr;
use crate::pulumi::{operation::Context, plain::PlainProperties};

/// The region that a resource or function works in.
fn region_of(context: &Context<Ecr>, properties: &PlainProperties) -> String {
    properties.get(REGION).unwrap_or(context.session.session().region()).to_owned()
}
