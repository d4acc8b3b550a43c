//! Diff: what a change means for a rule that exists.

mod equal;
mod ignored;
mod kinds;
mod moved;
mod order;
mod outputs;
mod region;
mod removed;
mod replaced;
mod spelled;
mod taken_over;
mod unknown;
mod updated;

use std::collections::BTreeMap;

use pulumi_aws::pulumi::rpc::{DiffRequest, DiffResponse, diff_response::DiffChanges};
use serde_json::Value;

use crate::support::{State, World, quay, to_struct, with};

/// The kind of each property's change, by name.
type Kinds<'a> = BTreeMap<&'a str, &'a str>;

fn kinds(diff: &DiffResponse) -> Kinds<'_> {
    diff.detailed_diff.iter().map(|(name, detail)| (name.as_str(), detail.kind().as_str_name())).collect()
}

/// What every answer has to be, whatever differs.
fn assert_consistent(diff: &DiffResponse) {
    assert!(diff.has_detailed_diff);
    let sorted = |names: &[String]| {
        let mut names = names.to_vec();
        names.sort();
        names
    };
    assert_eq!(sorted(&diff.diffs), kinds(diff).into_keys().collect::<Vec<_>>(), "each property once, with a detail");
    let replacing = kinds(diff).into_iter().filter(|(_, kind)| kind.ends_with("_REPLACE")).map(|(name, _)| name);
    assert_eq!(sorted(&diff.replaces), replacing.collect::<Vec<_>>());
    let expected = if diff.diffs.is_empty() { DiffChanges::DiffNone } else { DiffChanges::DiffSome };
    assert_eq!(diff.changes(), expected);
    let stables: &[&str] = if diff.replaces.is_empty() { &["registryId"] } else { &[] };
    assert_eq!(diff.stables, stables);
}

/// Asks as engines ask, with old inputs and without them: both have to be told the same.
async fn diff(world: &World, old: &State, new: Value) -> DiffResponse {
    let answer = world.diff(old, new.clone()).await;
    assert_consistent(&answer);
    let request = DiffRequest {
        id: old.id.clone(),
        urn: world.urn.clone(),
        olds: Some(to_struct(old.outputs.clone())),
        news: Some(to_struct(new)),
        ..DiffRequest::default()
    };
    let without = world.client().diff(request).await.unwrap().into_inner();
    assert_consistent(&without);
    let short = |diff: &DiffResponse| (format!("{:?}", kinds(diff)), diff.delete_before_replace);
    assert_eq!(short(&without), short(&answer), "without old inputs");
    answer
}

/// The difference between two rules, each told by what it has beyond the least.
async fn between(old: Value, new: Value) -> DiffResponse {
    diff(&World::start().await, &State::of(with(quay(), old)), with(quay(), new)).await
}

/// The two rules are the same, whichever is the older.
async fn same(one: Value, other: Value) {
    for (old, new) in [(&one, &other), (&other, &one)] {
        assert_eq!(kinds(&between(old.clone(), new.clone()).await), [].into(), "{old} to {new}");
    }
}

/// The new rule is the old one with some changes made in place.
async fn updated(old: Value, new: Value, changes: &[(&str, &str)]) {
    let diff = between(old, new).await;
    assert_eq!((kinds(&diff), diff.replaces.len()), (changes.iter().copied().collect(), 0));
}

/// The new rule takes the place of the old one, which has to go first.
async fn replaced(old: Value, new: Value, changes: &[(&str, &str)]) {
    let diff = between(old, new).await;
    assert_eq!(kinds(&diff), changes.iter().copied().collect());
    assert!(!diff.replaces.is_empty() && diff.delete_before_replace);
}

/// The new rule comes to stand beside the old one, which goes last.
async fn replaced_beside(old: Value, new: Value, changes: &[(&str, &str)]) {
    let diff = between(old, new).await;
    assert_eq!(kinds(&diff), changes.iter().copied().collect());
    assert!(!diff.replaces.is_empty() && !diff.delete_before_replace);
}
