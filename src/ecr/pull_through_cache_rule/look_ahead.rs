//! What a preview can know of an update's fate: one look at the registry, shared by all rules of a region.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::OnceCell;

use super::{failure::MAX_RULES, pages::existing_prefixes, prefix};
use crate::{ecr::Ecr, pulumi::operation::Context, pulumi::urn::Urn};

/// What a preview has seen of the registries, and what it has planned to add to them.
#[derive(Debug, Default)]
pub struct Outlook(Mutex<BTreeMap<String, RegionOutlook>>);

#[derive(Debug, Default)]
struct RegionOutlook {
    /// The prefixes that exist. None where they cannot be seen.
    existing: Arc<OnceCell<Option<BTreeSet<String>>>>,
    /// The resources that this preview creates, by prefix.
    planned: BTreeMap<String, Urn>,
    /// Those of them that add a rule, instead of taking the place of one.
    added: BTreeSet<Urn>,
}

/// What stands in the way of a planned rule.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Obstacles {
    /// The registry has a rule with this prefix that is not the one being replaced.
    pub(super) exists: bool,
    /// Another resource of this program makes a rule with this prefix.
    pub(super) same_in_program: Option<Urn>,
    /// How many rules the registry would have, where that is more than it can hold.
    pub(super) too_many: Option<usize>,
}

/// Notes that a rule is planned, and says what stands in its way.
pub(super) async fn plan(context: &Context<Ecr>, region: &str, prefix: &str) -> Obstacles {
    let key = prefix::canonical(prefix).unwrap_or(prefix).to_owned();
    let outlook = &context.session.outlook.0;
    let existing = {
        let mut regions = outlook.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&regions.entry(region.to_owned()).or_default().existing)
    };
    let existing = existing.get_or_init(|| existing_prefixes(context.clone(), region.to_owned())).await;

    let mut regions = outlook.lock().unwrap_or_else(PoisonError::into_inner);
    let here = regions.entry(region.to_owned()).or_default();
    let replaced = context.replaces.as_deref().and_then(prefix::canonical);
    let earlier = here.planned.insert(key.clone(), context.urn.clone());
    let same_in_program = earlier.filter(|urn| *urn != context.urn);
    if replaced.is_none() && same_in_program.is_none() {
        here.added.insert(context.urn.clone());
    }
    let Some(existing) = existing else {
        return Obstacles { same_in_program, ..Obstacles::default() };
    };
    let total = existing.len() + here.added.len();
    Obstacles {
        exists: existing.contains(&key) && replaced != Some(key.as_str()),
        same_in_program,
        too_many: (total > MAX_RULES && replaced.is_none()).then_some(total),
    }
}
