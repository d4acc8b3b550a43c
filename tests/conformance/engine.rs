//! The engine in small: what it asks of a provider about one rule, in its order, and what it keeps.

use pulumi_aws::pulumi::rpc::{DiffResponse, diff_response::DiffChanges};
use serde_json::{Value, json};

use crate::support::{Meaning, REGION, State, World};

/// What an `up` did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Done {
    Nothing,
    Created,
    Updated,
    /// The old rule was deleted before the new one was made.
    DeletedAndCreated,
    /// It was deleted after that.
    CreatedAndDeleted,
}

/// What Check makes of a program's rule.
pub(crate) async fn checked(world: &World, olds: Value, program: &Value) -> Value {
    let checked = world.check_against(olds, program.clone()).await;
    assert_eq!(checked.failures, [].into(), "{program}");
    checked.inputs
}

/// `pulumi up`
pub(crate) async fn up(world: &World, old: Option<&State>, program: &Value) -> (State, Done) {
    let Some(old) = old else {
        let news = checked(world, json!({}), program).await;
        return (world.create(news).await.expect("the rule is made"), Done::Created);
    };
    let news = checked(world, old.inputs.clone(), program).await;
    let diff = world.diff(old, news.clone()).await;
    if is_none(&diff) {
        return (State { inputs: news, ..old.clone() }, Done::Nothing);
    }
    if diff.replaces.is_empty() {
        let outputs = world.update(old, news.clone()).await.expect("the rule is updated");
        return (State { inputs: news, outputs, id: old.id.clone() }, Done::Updated);
    }
    let news = checked(world, json!({}), program).await;
    if diff.delete_before_replace {
        world.delete(old).await.expect("the old rule is deleted");
        (world.create(news).await.expect("the new rule is made"), Done::DeletedAndCreated)
    } else {
        let made = world.create(news).await.expect("the new rule is made");
        world.delete(old).await.expect("the old rule is deleted");
        (made, Done::CreatedAndDeleted)
    }
}

/// `pulumi refresh`: the state after it, and what the engine shows, which are the differences to what the program said last.
pub(crate) async fn refresh(world: &World, old: &State) -> Option<(State, Vec<String>)> {
    let refreshed = world.refresh(old).await.expect("the rule can be read")?;
    let diff = world.diff(&refreshed, old.inputs.clone()).await;
    let mut shown = diff.diffs.clone();
    shown.sort();
    assert_eq!(is_none(&diff), shown.is_empty());
    Some((refreshed, shown))
}

/// The registry has the program's rule and no other, and neither `up` nor a refresh has anything left to do.
pub(crate) async fn assert_converged(world: &World, state: &State, program: &Value) {
    let wanted = Meaning::of_properties(program, REGION);
    let region = wanted.place.region.clone();
    let rules = world.ecr.rules(&region);
    assert_eq!(rules.iter().map(|rule| Meaning::of_rule(&region, rule)).collect::<Vec<_>>(), [wanted]);
    let (refreshed, shown) = refresh(world, state).await.expect("the rule is there");
    assert_eq!(shown, [""; 0], "a refresh shows nothing");
    for state in [state, &refreshed] {
        assert_eq!(up(world, Some(state), program).await.1, Done::Nothing, "{state:?}");
    }
    assert_eq!(world.ecr.rules(&region), rules);
}

/// Whether Diff says so in all its ways.
pub(crate) fn is_none(diff: &DiffResponse) -> bool {
    let none = diff.changes() == DiffChanges::DiffNone;
    assert_eq!(diff.diffs.is_empty() && diff.detailed_diff.is_empty() && diff.replaces.is_empty(), none, "{diff:?}");
    none
}
