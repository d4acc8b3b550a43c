use proptest::{option, prelude::*, sample::select};

use super::*;
use crate::pulumi::{
    generators::{SAMPLE, SAMPLE_VALUES, inputs, known_inputs},
    plain::PlainProperties,
    property::Setting,
    state,
};

const HERE: &str = "here";

fn inherited(name: &str) -> Option<String> {
    (name == "place").then(|| HERE.to_owned())
}

/// The inputs as they are once everything is known: a value for each unknown one.
fn resolved(preview: &PropertyMap, values: &PropertyMap) -> PropertyMap {
    let known = preview.iter().filter_map(|(name, value)| match value.peeled() {
        Value::Unknown(_) => Some((name.clone(), values.get(name)?.clone())),
        _ => Some((name.clone(), value.clone())),
    });
    known.collect()
}

/// What a service does that takes what it is told, fills in the place and computes a number. What `old` says stays where the
/// inputs say nothing about it, as far as an update can keep it.
fn carried_out(inputs: &PropertyMap, old: &PlainProperties) -> PlainProperties {
    let wanted = PlainProperties::of(inputs);
    let mut actual: Vec<(&str, &str)> = wanted.iter().filter(|(name, _)| !name.starts_with("__")).collect();
    for (name, default) in [("place", Some(HERE)), ("number", Some("12")), ("scope", None)] {
        if wanted.get(name).is_none()
            && let Some(value) = old.get(name).or(default)
        {
            actual.push((name, value));
        }
    }
    actual.into_iter().collect()
}

fn agrees(preview: &PropertyMap, after: &PropertyMap) -> Result<(), TestCaseError> {
    for property in SAMPLE {
        match preview.get(property.name).map(Value::peeled) {
            Some(Value::Unknown(_)) => {}
            known => prop_assert_eq!(known, after.get(property.name).map(Value::peeled), "{}", property.name),
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn what_a_preview_of_a_creation_knows_is_what_comes(
        inputs in inputs(SAMPLE_VALUES), values in known_inputs(SAMPLE_VALUES)
    ) {
        let preview = created(SAMPLE, &inputs, inherited);
        let real = resolved(&inputs, &values);
        let actual = carried_out(&real, &PlainProperties::default());
        agrees(&preview, &state::outputs(SAMPLE, "id", &actual, &real))?;
    }

    #[test]
    fn what_a_preview_of_an_update_knows_is_what_comes(
        old in known_inputs(SAMPLE_VALUES),
        inputs in inputs(SAMPLE_VALUES),
        values in known_inputs(SAMPLE_VALUES),
        reported in option::of(Just("ALL")),
        number in select(&["", "12"][..]),
    ) {
        // An update keeps everything but the key. The service may have said more than the program.
        let mut inputs = inputs;
        for property in SAMPLE.iter().filter(|property| property.name != "key") {
            match old.get(property.name) {
                Some(value) => inputs.insert(property.name.to_owned(), value.clone()),
                None => inputs.remove(property.name),
            };
        }
        let before = reported.map(|all| ("scope", all)).into_iter().chain([("number", number)]).collect();
        let mut old_outputs = state::outputs(SAMPLE, "id", &carried_out(&old, &before), &old);
        if number.is_empty() {
            old_outputs.insert("number".to_owned(), Value::from(""));
        }
        let preview = updated(SAMPLE, &inputs, &old_outputs, inherited);
        let real = resolved(&inputs, &values);
        let actual = carried_out(&real, &PlainProperties::of(&old_outputs));
        agrees(&preview, &state::outputs(SAMPLE, "id", &actual, &real))?;
    }

    #[test]
    fn every_property_is_in_a_preview_as_it_was_given(inputs in inputs(SAMPLE_VALUES)) {
        for preview in [created(SAMPLE, &inputs, inherited), updated(SAMPLE, &inputs, &PropertyMap::new(), inherited)] {
            prop_assert_eq!(preview.len(), SAMPLE.len());
            for property in SAMPLE.iter().filter(|property| property.look_up(&inputs) != Setting::Unset) {
                prop_assert_eq!(preview.get(property.name), inputs.get(property.name));
            }
        }
    }
}

#[test]
fn what_is_computed_is_unknown_before_and_stays_after() {
    let inputs = PropertyMap::from([("name".to_owned(), Value::from("a"))]);
    assert_eq!(created(SAMPLE, &inputs, inherited)["number"], Value::UNKNOWN);
    let old = PropertyMap::from([("number".to_owned(), Value::from("12"))]);
    assert_eq!(updated(SAMPLE, &inputs, &old, inherited)["number"], Value::from("12"));
    assert_eq!(updated(SAMPLE, &inputs, &PropertyMap::new(), inherited)["number"], Value::UNKNOWN);
}

#[test]
fn an_unset_property_is_null_and_an_inherited_one_the_providers() {
    let preview = created(SAMPLE, &PropertyMap::from([("key".to_owned(), Value::from(""))]), inherited);
    assert_eq!((&preview["key"], &preview["scope"]), (&Value::Null, &Value::Null));
    assert_eq!(preview["place"], Value::from(HERE));
}

#[test]
fn an_update_stays_where_the_resource_is() {
    let old = PropertyMap::from([("place".to_owned(), Value::from("there"))]);
    assert_eq!(updated(SAMPLE, &PropertyMap::new(), &old, inherited)["place"], Value::from("there"));
    for unset in [Value::Null, Value::from("")] {
        let old = PropertyMap::from([("place".to_owned(), unset)]);
        assert_eq!(updated(SAMPLE, &PropertyMap::new(), &old, inherited)["place"], Value::from(HERE));
    }
}

#[test]
fn a_secret_stays_one_in_a_preview() {
    let inputs = PropertyMap::from([("key".to_owned(), Value::from("k").into_secret())]);
    assert!(created(SAMPLE, &inputs, inherited)["key"].contains_secret());
}
