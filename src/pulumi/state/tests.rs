use std::collections::BTreeMap;

use proptest::{prelude::*, sample::select};

use super::*;
use crate::pulumi::{
    diff::{Diff, Old, diff},
    generators::{SAMPLE, SAMPLE_VALUES, known_inputs},
};

const HERE: &str = "here";

fn here(name: &str) -> Option<String> {
    (name == "place").then(|| HERE.to_owned())
}

fn plain(properties: &[(&str, &str)]) -> PlainProperties {
    properties.iter().copied().collect()
}

fn of(properties: &[(&str, &str)]) -> PropertyMap {
    properties.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect()
}

/// What a service reports: any value of each property, in any spelling, or none.
fn reported() -> impl Strategy<Value = PlainProperties> {
    let set = |name| select(SAMPLE_VALUES.iter().find(|(known, _)| *known == name).unwrap().1);
    let optional = |name| proptest::option::of(set(name));
    (set("name"), set("source"), optional("key"), optional("scope"), set("place")).prop_map(
        |(name, source, key, scope, place)| {
            let all = [("name", Some(name)), ("source", Some(source)), ("key", key), ("scope", scope)];
            let set = all.into_iter().filter_map(|(name, value)| Some((name, value?)));
            set.chain([("place", place), ("number", "12")]).collect()
        },
    )
}

/// The difference to a program, of a state with these inputs and what is reported as its outputs.
fn to_program(inputs: &PropertyMap, actual: &PlainProperties, program: &PropertyMap) -> Diff {
    let outputs = outputs(SAMPLE, "id", actual, inputs);
    diff(SAMPLE, Old { inputs, outputs: &outputs }, program, &BTreeMap::from([("place", HERE.to_owned())]))
}

proptest! {
    #[test]
    fn outputs_always_hold_every_property_and_the_id(actual in reported(), given in known_inputs(SAMPLE_VALUES)) {
        let outputs = outputs(SAMPLE, "the id", &actual, &given);
        prop_assert_eq!(outputs.len(), SAMPLE.len() + 1);
        prop_assert_eq!(&outputs["id"], &Value::from("the id"));
        for property in SAMPLE {
            let output = &outputs[property.name];
            prop_assert!(matches!(output, Value::Null) || output.as_str().is_some_and(|text| !text.is_empty()));
            prop_assert!(!output.contains_secret(), "who marks secrets is the caller");
            let canonical = |text: Option<&str>| text.and_then(property.canonical).map(str::to_owned);
            prop_assert_eq!(canonical(output.as_str()), canonical(actual.get(property.name)));
        }
    }

    #[test]
    fn outputs_keep_the_programs_spelling(given in known_inputs(SAMPLE_VALUES), actual in reported()) {
        let outputs = outputs(SAMPLE, "id", &actual, &given);
        for property in SAMPLE {
            let canonical = |text: &str| (property.canonical)(text).map(str::to_owned);
            if let Some(text) = given.get(property.name).and_then(Value::as_str).filter(|text| !text.is_empty())
                && canonical(text) == actual.get(property.name).and_then(canonical)
            {
                prop_assert_eq!(outputs[property.name].as_str(), Some(text));
            }
        }
    }

    #[test]
    fn a_refresh_changes_only_what_is_really_different(
        old in known_inputs(SAMPLE_VALUES), actual in reported()
    ) {
        let new = inputs(SAMPLE, Some(&old), &actual, here);
        prop_assert_eq!(new.get("__defaults"), old.get("__defaults"));
        for property in SAMPLE.iter().filter(|property| property.is_input()) {
            let canonical = |text: &str| (property.canonical)(text).map(str::to_owned);
            let before = old.get(property.name).and_then(Value::as_str).and_then(canonical);
            let now = actual.get(property.name).and_then(canonical);
            let place_is_the_providers = property.name == "place" && before.is_none();
            if before == now || place_is_the_providers {
                prop_assert_eq!(new.get(property.name), old.get(property.name), "{}", property.name);
            } else {
                prop_assert_eq!(new.get(property.name).and_then(Value::as_str).and_then(canonical), now);
            }
        }
    }

    #[test]
    fn a_second_refresh_finds_nothing_new(old in known_inputs(SAMPLE_VALUES), actual in reported()) {
        let once = inputs(SAMPLE, Some(&old), &actual, here);
        prop_assert_eq!(inputs(SAMPLE, Some(&once), &actual, here), once);
    }

    #[test]
    fn after_a_refresh_the_difference_to_the_program_is_the_drift(
        program in known_inputs(SAMPLE_VALUES), actual in reported()
    ) {
        let refreshed = inputs(SAMPLE, Some(&program), &actual, here);
        let diff = to_program(&refreshed, &actual, &program);
        let drifted = SAMPLE.iter().filter(|property| property.is_input()).filter(|property| {
            let canonical = |text: &str| (property.canonical)(text).map(str::to_owned);
            let wanted = program.get(property.name).and_then(Value::as_str).and_then(canonical);
            let wanted = wanted.or_else(|| here(property.name));
            wanted != actual.get(property.name).and_then(canonical)
        });
        let changed: Vec<_> = diff.changes.iter().map(|change| change.name).collect();
        prop_assert_eq!(changed, drifted.map(|property| property.name).collect::<Vec<_>>());
    }

    #[test]
    fn an_imported_resource_does_not_differ_from_the_program_that_its_inputs_make(actual in reported()) {
        let imported = inputs(SAMPLE, None, &actual, here);
        prop_assert_eq!(to_program(&imported, &actual, &imported).changes, []);
        prop_assert!(imported.values().all(|value| value.as_str().is_some_and(|text| !text.is_empty())));
        prop_assert!(!imported.contains_key("number"));
        prop_assert_eq!(imported.contains_key("place"), actual.get("place") != Some(HERE));
        prop_assert_ne!(imported.get("scope"), Some(&Value::from("ALL")), "it means the same as nothing");
    }
}

#[test]
fn what_is_not_set_is_null() {
    let outputs = outputs(SAMPLE, "a", &plain(&[("name", "a"), ("number", "12")]), &of(&[("name", "a")]));
    assert_eq!((&outputs["key"], &outputs["scope"]), (&Value::Null, &Value::Null));
    assert_eq!((&outputs["number"], &outputs["id"]), (&Value::from("12"), &Value::from("a")));
}

#[test]
fn what_the_program_spells_out_and_the_service_leaves_out_stays() {
    let outputs = outputs(SAMPLE, "a", &plain(&[("name", "a")]), &of(&[("name", "a/"), ("scope", "ALL")]));
    assert_eq!((&outputs["name"], &outputs["scope"]), (&Value::from("a/"), &Value::from("ALL")));
}

#[test]
fn drift_replaces_a_value_and_takes_one_away() {
    let old = of(&[("name", "a"), ("source", "x"), ("key", "k"), ("scope", "s")]);
    let actual = plain(&[("name", "a"), ("source", "y"), ("scope", "t"), ("place", HERE)]);
    assert_eq!(inputs(SAMPLE, Some(&old), &actual, here), of(&[("name", "a"), ("source", "y"), ("scope", "t")]));
}

#[test]
fn what_was_added_behind_the_programs_back_appears() {
    let old = of(&[("name", "a"), ("source", "x")]);
    let actual = plain(&[("name", "a"), ("source", "x"), ("key", "k"), ("scope", "ALL"), ("place", HERE)]);
    assert_eq!(inputs(SAMPLE, Some(&old), &actual, here), of(&[("name", "a"), ("source", "x"), ("key", "k")]));
}

#[test]
fn an_import_from_elsewhere_names_the_place() {
    let actual = plain(&[("name", "a"), ("source", "x"), ("place", "there"), ("number", "12")]);
    assert_eq!(inputs(SAMPLE, None, &actual, here), of(&[("name", "a"), ("source", "x"), ("place", "there")]));
}
