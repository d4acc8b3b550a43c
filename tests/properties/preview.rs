//! What the engine asks in a preview.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    calls::Calls,
    drift::rule_at,
    engine::{Plan, Stack},
    program::{Program, Slot, Wish},
    support::World,
};

/// Previews an `up`: writes nothing, warns of what will fail, and foresees outputs.
pub(crate) async fn preview(stack: &Stack, world: &World, program: &Program) -> BTreeMap<Slot, Value> {
    let calls = Calls::begin(world, program.home).await;
    let mut foreseen = BTreeMap::new();
    for (slot, wish) in &program.rules {
        if let Some(outputs) = of_one(stack, &calls, *slot, wish).await {
            foreseen.insert(*slot, outputs);
        }
    }
    calls.end_without_a_write();
    foreseen
}

async fn of_one(stack: &Stack, calls: &Calls<'_>, slot: Slot, wish: &Wish) -> Option<Value> {
    let olds = stack.live(slot).map_or_else(|| json!({}), |old| old.state.inputs.clone());
    let news = calls.check(slot, olds, wish.known_inputs(calls.home)).await;
    let provider = calls.of(slot);
    let mut taken = rule_at(&calls.world.ecr, &wish.meaning(calls.home).place).is_some();
    if let Some(old) = stack.live(slot) {
        let diff = calls.diff(slot, &old.state, &news).await;
        let replaces = diff.replaces || (diff.changes && wish.options.replace_on_changes) || old.pending_replacement;
        if !diff.changes && !old.pending_replacement {
            return None;
        }
        if !replaces {
            return Some(provider.preview_update(&old.state, news).await.expect("a preview of an update"));
        }
        let plan = Plan::from(&old.meaning(), &wish.meaning(calls.home));
        assert!(diff.delete_first == plan.delete_first, "{diff:?} in the preview, {plan:?} in the update");
        taken &= !plan.delete_first;
    }
    let outputs = provider.preview(news).await.expect("a preview of a create");
    let warnings = calls.world.engine.warnings(&provider.urn);
    let warned = warnings.iter().any(|warning| warning.contains("creating this rule fails"));
    assert_eq!(warned, taken, "{warnings:?}");
    Some(outputs)
}
