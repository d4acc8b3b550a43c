//! The calls of one run of the engine, each judged by what the registry is before and after it.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use pulumi_aws::pulumi::rpc::diff_response::DiffChanges;
use serde_json::{Value, json};
use tonic::Code;

use crate::{
    drift::{rule_at, rules},
    engine::Plan,
    program::Slot,
    support::{
        Journal as _, Meaning, Place, Provider, State, UNKNOWN, Update, World, assert_says, configuration, configure,
        with,
    },
};

/// One run: a provider that has just been configured.
#[derive(Debug)]
pub(crate) struct Calls<'a> {
    pub(crate) world: &'a World,
    pub(crate) home: &'a str,
    run: u32,
}

impl<'a> Calls<'a> {
    pub(crate) async fn begin(world: &'a World, home: &'a str) -> Self {
        static RUNS: AtomicU32 = AtomicU32::new(0);
        world.engine.clear();
        world.ecr.clear_journal();
        let configuration = with(configuration(&world.ecr), json!({ "region": home }));
        configure(world.client(), configuration).await.expect("the configuration is good");
        Self { world, home, run: RUNS.fetch_add(1, Relaxed) }
    }

    /// Nothing was changed in this run.
    pub(crate) fn end_without_a_write(self) {
        assert_eq!(self.world.ecr.writes(), 0);
    }

    /// A resource. The engine gives every run a process of its own; here, every run has names of its own, since a process warns
    /// of the same thing once.
    pub(crate) fn of(&self, slot: Slot) -> Provider {
        self.world.named(&format!("rule-{slot}-{}", self.run))
    }

    pub(crate) async fn check(&self, slot: Slot, olds: Value, news: Value) -> Value {
        let checked = self.of(slot).check_against(olds, news.clone()).await;
        assert_eq!((&checked.inputs, checked.failures.len()), (&news, 0), "{checked:?}");
        checked.inputs
    }

    pub(crate) async fn diff(&self, slot: Slot, old: &State, news: &Value) -> Plan {
        let diff = self.of(slot).diff(old, news.clone()).await;
        Plan {
            changes: diff.changes() == DiffChanges::DiffSome,
            replaces: !diff.replaces.is_empty(),
            delete_first: diff.delete_before_replace,
        }
    }

    /// Creates exactly if nobody has the place; adopts nothing.
    pub(crate) async fn create(&self, slot: Slot, news: Value, previewed: Option<&Value>) -> Option<State> {
        let ecr = &self.world.ecr;
        let wanted = Meaning::of_properties(&news, self.home);
        let (taken, before) = (rule_at(ecr, &wanted.place).is_some(), rules(ecr));
        let result = self.of(slot).create(news.clone()).await;
        if taken {
            let status = result.expect_err("the prefix is taken");
            assert_eq!(status.code(), Code::AlreadyExists, "{status}");
            let code = "PullThroughCacheRuleAlreadyExistsException";
            assert_says(status.message(), &[code, &wanted.place.prefix, &wanted.place.region, "pulumi import "]);
            assert_eq!(rules(ecr), before, "what is there is left alone");
            return None;
        }
        let state = result.unwrap_or_else(|status| panic!("creating {news}: {status}"));
        assert_eq!(state.id, news["ecrRepositoryPrefix"]);
        assert_eq!(rule_at(ecr, &wanted.place), Some(wanted));
        assert_eq!(rules(ecr).len(), before.len() + 1);
        self.assert_kept(slot, &state, previewed).await;
        Some(state)
    }

    /// Updates exactly if the rule is there.
    pub(crate) async fn update(
        &self,
        slot: Slot,
        old: &State,
        news: &Value,
        previewed: Option<&Value>,
    ) -> Option<Value> {
        let ecr = &self.world.ecr;
        let place = self.place_of(old);
        let (actual, sent) = (rule_at(ecr, &place), ecr.count(Update));
        let result = self.of(slot).update(old, news.clone()).await;
        let Some(actual) = actual else {
            let status = result.expect_err("the rule is gone");
            assert_eq!(status.code(), Code::NotFound, "{status}");
            assert_says(status.message(), &["PullThroughCacheRuleNotFoundException", &place.prefix, "pulumi refresh"]);
            return None;
        };
        let outputs = result.unwrap_or_else(|status| panic!("updating to {news}: {status}"));
        assert_eq!(ecr.count(Update), sent + 1);
        let body = ecr.bodies(Update).pop().expect("a request");
        assert!(body.get("credentialArn").is_some() || body.get("customRoleArn").is_some(), "{body}");
        // What has drifted meanwhile, and nobody has looked for, may be as it is.
        let wanted = Meaning::of_properties(news, self.home);
        let updated = Meaning {
            credential: wanted.credential.or(actual.credential.clone()),
            role: wanted.role.or(actual.role.clone()),
            ..actual.clone()
        };
        assert_eq!(rule_at(ecr, &place), Some(updated));
        let state = State { id: old.id.clone(), inputs: news.clone(), outputs: outputs.clone() };
        if actual == Meaning::of_properties(&old.inputs, &place.region) {
            self.assert_kept(slot, &state, previewed).await;
        }
        Some(outputs)
    }

    /// Deletes what is there, and is content if nothing is.
    pub(crate) async fn delete(&self, slot: Slot, old: &State) {
        let place = self.place_of(old);
        let mut left = rules(&self.world.ecr);
        left.retain(|(region, rule)| Meaning::of_rule(region, rule).place != place);
        self.of(slot).delete(old).await.unwrap_or_else(|status| panic!("deleting {old:?}: {status}"));
        assert_eq!(rules(&self.world.ecr), left, "this rule goes, and no other");
    }

    /// Finds what is there, as it is.
    pub(crate) async fn refresh(&self, slot: Slot, old: &State) -> Option<State> {
        let read = self.of(slot).refresh(old).await.unwrap_or_else(|status| panic!("reading {old:?}: {status}"));
        let place = self.place_of(old);
        let found = rule_at(&self.world.ecr, &place);
        assert_eq!(read.is_some(), found.is_some(), "{old:?}");
        let (read, found) = read.zip(found)?;
        assert_eq!(read.id, old.id);
        assert_eq!(Meaning::of_properties(&read.inputs, &place.region), found, "{read:?}");
        assert_eq!(Meaning::of_properties(&read.outputs, "nowhere"), found, "{read:?}");
        assert_secrets_kept(&old.inputs, &read);
        Some(read)
    }

    pub(crate) async fn import(&self, slot: Slot, id: &str) -> Option<State> {
        let state = self.of(slot).import(id).await.unwrap_or_else(|status| panic!("importing {id}: {status}"))?;
        assert_eq!(self.diff(slot, &state, &state.inputs).await, SAME, "an import shows no change");
        Some(state)
    }

    /// What has just been written is in the state as it is, reads back as it is, and does not differ from itself.
    async fn assert_kept(&self, slot: Slot, state: &State, previewed: Option<&Value>) {
        let outputs = Meaning::of_properties(&state.outputs, "nowhere");
        assert_eq!(outputs, Meaning::of_properties(&state.inputs, self.home), "{state:?}");
        assert_secrets_kept(&state.inputs, state);
        if let Some(previewed) = previewed {
            assert_foreseen(previewed, &state.outputs);
        }
        assert_eq!(self.diff(slot, state, &state.inputs).await, SAME, "{state:?}");
        let read = self.refresh(slot, state).await.expect("it is there");
        assert_eq!(self.diff(slot, &read, &state.inputs).await, SAME, "{read:?}");
        assert_eq!(read.inputs, state.inputs, "a read changes no input that is true");
    }

    fn place_of(&self, state: &State) -> Place {
        Place::new(state.outputs["region"].as_str().unwrap_or(self.home), &state.id)
    }
}

const SAME: Plan = Plan { changes: false, replaces: false, delete_first: true };

/// What came in as a secret is one in inputs and outputs, unless it is nothing.
fn assert_secrets_kept(given: &Value, state: &State) {
    for (name, _) in given.as_object().expect("an object").iter().filter(|(_, value)| value.is_object()) {
        for kept in [&state.inputs[name], &state.outputs[name]] {
            assert!(kept.is_object() || kept.is_null(), "{name}: {state:?}");
        }
    }
}

/// What a preview has shown as known is what has come.
fn assert_foreseen(previewed: &Value, outputs: &Value) {
    for (name, foreseen) in previewed.as_object().expect("an object").iter().filter(|(_, value)| **value != UNKNOWN) {
        let actual = &outputs[name];
        // ECR may or may not say what it takes an upstream prefix that is not set for.
        let is_root = name == "upstreamRepositoryPrefix" && foreseen.is_null() && actual == "ROOT";
        assert!(foreseen == actual || is_root, "{name} was foreseen as {foreseen} and is {actual}");
    }
}
