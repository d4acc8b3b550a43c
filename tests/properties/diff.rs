//! Diff, for any two sides.

use std::collections::BTreeSet;

use pulumi_aws::pulumi::rpc::{DiffResponse, diff_response::DiffChanges, property_diff::Kind};
use serde_json::{Value, json};

use crate::{
    inputs::{any_inputs, known_inputs},
    runner::hold,
    support::{INPUTS, State, UNKNOWN, with},
};

/// A state with some inputs, and any outputs.
fn state(inputs: Value, outputs: Value) -> State {
    State { id: "team".to_owned(), inputs, outputs }
}

fn names(names: &[String]) -> BTreeSet<&str> {
    let set = names.iter().map(String::as_str).collect::<BTreeSet<_>>();
    assert_eq!(set.len(), names.len(), "{names:?}");
    set
}

/// What has to hold of an answer whatever was asked, so that every reader of it sees the same.
fn assert_consistent(diff: &DiffResponse) {
    let changed = names(&diff.diffs);
    let detailed = diff.detailed_diff.keys().map(String::as_str).collect::<BTreeSet<_>>();
    assert!(diff.has_detailed_diff);
    assert_eq!(detailed, changed, "each change is told in detail");
    let some = diff.changes() == DiffChanges::DiffSome;
    assert_eq!(some, !changed.is_empty());
    assert!(some || diff.changes() == DiffChanges::DiffNone, "never unknown: the engine would compare by itself");
    let replacing = |kind| matches!(kind, Kind::AddReplace | Kind::DeleteReplace | Kind::UpdateReplace);
    let replacing = diff.detailed_diff.iter().filter(|(_, detail)| replacing(detail.kind()));
    assert_eq!(replacing.map(|(name, _)| name.as_str()).collect::<BTreeSet<_>>(), names(&diff.replaces));
    assert!(names(&diff.stables).is_disjoint(&changed));
    let internal = |name: &&str| name.starts_with("__") || matches!(*name, "id" | "registryId");
    assert!(!changed.iter().any(internal), "{changed:?}");
}

#[test]
fn every_answer_is_consistent() {
    let given = (known_inputs(), known_inputs(), any_inputs());
    hold(250, given, &async |world, (inputs, outputs, news)| {
        assert_consistent(&world.diff(&state(inputs, outputs), news).await);
    });
}

#[test]
fn nothing_differs_from_itself_whatever_else_the_outputs_say() {
    hold(250, (known_inputs(), known_inputs()), &async |world, (inputs, outputs)| {
        // Where a rule is, is what its outputs say if its inputs leave it open; the provider's region is here.
        let outputs = with(outputs, json!({ "region": "us-east-1" }));
        let diff = world.diff(&state(inputs.clone(), outputs), inputs).await;
        assert_consistent(&diff);
        assert_eq!((diff.diffs, diff.changes), (vec![], DiffChanges::DiffNone.into()));
    });
}

#[test]
fn a_value_that_is_not_known_yet_is_a_change_of_its_property_alone() {
    hold(100, (known_inputs(), proptest::sample::select(&INPUTS[..])), &async |world, (inputs, name)| {
        let news = with(inputs.clone(), json!({ name: UNKNOWN }));
        let diff = world.diff(&state(inputs, json!({ "region": "us-east-1" })), news).await;
        assert_consistent(&diff);
        assert_eq!(diff.diffs, [name]);
        assert!(diff.delete_before_replace, "it may turn out to be the same prefix, and the same region");
        assert_eq!(diff.replaces.is_empty(), name.ends_with("Arn"));
    });
}
