//! The engine in small: what it asks of a provider, in which order and with which properties, and what it keeps of the answers.
//!
//! It goes by the real one's `step_generator.go`: one resource after another as the program names them; a replacement deletes first
//! or creates first, and what was replaced last goes when all is made; after a failure nothing else is done, or all that does not
//! hang on it (`--continue-on-error`).

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    calls::Calls,
    drift::rule_at,
    preview::preview,
    program::{Program, Slot, Wish},
    support::{Meaning, Place, State, World},
};

/// A resource in the state of a stack.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) slot: Slot,
    pub(crate) state: State,
    /// It has been replaced and is still to be deleted.
    pub(crate) delete: bool,
    /// It has been deleted and is still to be made anew.
    pub(crate) pending_replacement: bool,
}

/// What an `up` does besides.
#[derive(Clone, Copy, Debug)]
pub(crate) struct How {
    /// `--refresh`
    pub(crate) refresh: bool,
    /// `--continue-on-error`
    pub(crate) keep_going: bool,
}

/// A stack: what the engine knows between two commands.
#[derive(Debug)]
pub(crate) struct Stack {
    pub(crate) entries: Vec<Entry>,
    /// The region in the state of the provider.
    pub(crate) home: &'static str,
}

/// What Diff has to say of two rules.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Plan {
    pub(crate) changes: bool,
    pub(crate) replaces: bool,
    pub(crate) delete_first: bool,
}

impl Entry {
    fn new(slot: Slot, state: State) -> Self {
        Self { slot, state, delete: false, pending_replacement: false }
    }

    /// What the state says of the rule.
    pub(crate) fn meaning(&self) -> Meaning {
        let region = self.state.outputs["region"].as_str().expect("a region");
        Meaning::of_properties(&self.state.inputs, region)
    }

    /// Which rule is deleted with it.
    pub(crate) fn place(&self) -> Place {
        Place::new(self.state.outputs["region"].as_str().expect("a region"), &self.state.id)
    }
}

impl Plan {
    /// What is right, from what rules are and what ECR can do, and not from how the plugin goes about it.
    pub(crate) fn from(old: &Meaning, new: &Meaning) -> Self {
        Self { changes: old != new, replaces: !old.can_become(new), delete_first: old.place == new.place }
    }
}

impl Stack {
    pub(crate) fn new(home: &'static str) -> Self {
        Self { entries: Vec::new(), home }
    }

    /// The resource of a program that lives.
    pub(crate) fn live(&self, slot: Slot) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.slot == slot && !entry.delete)
    }

    fn live_mut(&mut self, slot: Slot) -> &mut Entry {
        self.entries.iter_mut().find(|entry| entry.slot == slot && !entry.delete).expect("it is in the state")
    }

    /// Whether a rule is the stack's.
    pub(crate) fn owns(&self, place: &Place) -> bool {
        self.entries.iter().any(|entry| entry.place() == *place)
    }

    /// Whether two resources are one and the same rule: one was removed behind the engine's back, and the other made before it was
    /// missed. There is no order of steps that does justice to both.
    pub(crate) fn has_two_of_one_rule(&self) -> bool {
        let places = self.entries.iter().map(Entry::place).collect::<BTreeSet<_>>();
        places.len() < self.entries.len()
    }

    /// Whether the state still tells the truth.
    pub(crate) fn is_true(&self, world: &World) -> bool {
        let mut present = self.entries.iter().filter(|entry| !entry.pending_replacement);
        present.all(|entry| rule_at(&world.ecr, &entry.place()) == Some(entry.meaning()))
    }

    /// `pulumi up`: whether it succeeds.
    pub(crate) async fn up(&mut self, world: &World, program: &Program, how: How) -> bool {
        if how.refresh {
            self.refresh(world).await;
        }
        self.home = program.home;
        let previewed = preview(self, world, program).await;
        let calls = Calls::begin(world, self.home).await;
        let mut succeeds = true;
        for (slot, wish) in &program.rules {
            if !self.register(&calls, *slot, wish, previewed.get(slot)).await {
                succeeds = false;
                if !how.keep_going {
                    return false;
                }
            }
        }
        self.delete_the_rest(&calls, program).await;
        succeeds
    }

    /// One resource of a program.
    async fn register(&mut self, calls: &Calls<'_>, slot: Slot, wish: &Wish, previewed: Option<&Value>) -> bool {
        let olds = self.live(slot).map_or_else(|| json!({}), |old| old.state.inputs.clone());
        let news = calls.check(slot, olds, wish.inputs(self.home)).await;
        let Some(old) = self.live(slot).cloned() else {
            let created = calls.create(slot, news, previewed).await;
            let succeeds = created.is_some();
            self.entries.extend(created.map(|state| Entry::new(slot, state)));
            return succeeds;
        };
        let diff = calls.diff(slot, &old.state, &news).await;
        let plan = Plan::from(&old.meaning(), &wish.meaning(self.home));
        assert_eq!(diff, plan, "the difference between {old:?} and {news}");
        let replaces = plan.replaces || (plan.changes && wish.options.replace_on_changes) || old.pending_replacement;
        if replaces {
            let news = calls.check(slot, json!({}), news).await;
            // Where a replacement that deleted first has failed half-way and the next one creates first, the real engine deletes
            // the old one once more at the end, whosever rule is in its place by then. No provider can tell, so these stacks go on
            // as they began.
            let wanted = wish.options.delete_before_replace.unwrap_or(plan.delete_first);
            let delete_first = wanted || old.pending_replacement;
            if delete_first && !old.pending_replacement {
                calls.delete(slot, &old.state).await;
                self.live_mut(slot).pending_replacement = true;
            }
            let Some(state) = calls.create(slot, news, previewed).await else {
                return false;
            };
            if delete_first {
                self.entries.retain(|entry| entry.slot != slot || entry.delete);
            } else {
                self.live_mut(slot).delete = true;
            }
            self.entries.push(Entry::new(slot, state));
            true
        } else if plan.changes {
            let outputs = calls.update(slot, &old.state, &news, previewed).await;
            let updated = outputs.is_some();
            if let Some(outputs) = outputs {
                self.live_mut(slot).state = State { id: old.state.id, inputs: news, outputs };
            }
            updated
        } else {
            // The same: the outputs stay, and the inputs are what the program says now.
            self.live_mut(slot).state.inputs = news;
            true
        }
    }

    /// At the end goes what was replaced, and what the program does not name any more.
    async fn delete_the_rest(&mut self, calls: &Calls<'_>, program: &Program) {
        let goes = |entry: &Entry| entry.delete || !program.rules.contains_key(&entry.slot);
        for entry in self.entries.iter().filter(|entry| goes(entry)).rev() {
            // One that was deleted to be replaced is only forgotten.
            if !entry.pending_replacement {
                calls.delete(entry.slot, &entry.state).await;
            }
        }
        self.entries.retain(|entry| !goes(entry));
    }

    /// `pulumi refresh`
    pub(crate) async fn refresh(&mut self, world: &World) {
        let calls = Calls::begin(world, self.home).await;
        let mut refreshed = Vec::new();
        for entry in self.entries.drain(..) {
            if entry.pending_replacement {
                refreshed.push(entry);
            } else if let Some(state) = calls.refresh(entry.slot, &entry.state).await {
                let after = Entry { state, ..entry.clone() };
                // The engine asks for the difference that the next `up` would show.
                let diff = calls.diff(entry.slot, &after.state, &entry.state.inputs).await;
                let before = Meaning::of_properties(&entry.state.inputs, self.home);
                assert_eq!(diff, Plan::from(&after.meaning(), &before), "what refreshing {entry:?} shows");
                refreshed.push(after);
            }
        }
        self.entries = refreshed;
        calls.end_without_a_write();
    }

    /// `pulumi import` of the rule in a place, and the program that it writes.
    pub(crate) async fn import(&mut self, world: &World, slot: Slot, place: &Place) -> bool {
        let calls = Calls::begin(world, self.home).await;
        let id =
            if place.region == self.home { place.prefix.clone() } else { format!("{}@{}", place.prefix, place.region) };
        let imported = calls.import(slot, &id).await;
        let found = rule_at(&world.ecr, place);
        assert_eq!(imported.is_some(), found.is_some(), "{id}");
        if let Some(state) = &imported {
            let news = calls.check(slot, state.inputs.clone(), state.inputs.clone()).await;
            let entry = Entry::new(slot, State { inputs: news, ..state.clone() });
            assert_eq!(Some(entry.meaning()), found, "{id}");
            assert_eq!(entry.place(), *place, "{id}");
            self.entries.push(entry);
        }
        calls.end_without_a_write();
        imported.is_some()
    }
}
