use proptest::prelude::*;

use super::*;
use crate::pulumi::generators::{SAMPLE, SAMPLE_VALUES, inputs, properties, unknown, wrapped};
use crate::pulumi::property::Invalid;

fn with(changes: &[(&str, Value)]) -> PropertyMap {
    let mut inputs =
        PropertyMap::from([("name".to_owned(), Value::from("a")), ("source".to_owned(), Value::from("x"))]);
    inputs.extend(changes.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    inputs
}

fn failures(changes: &[(&str, Value)]) -> Vec<(String, String)> {
    let failures = check(SAMPLE, &with(changes)).failures.into_iter();
    failures.map(|failure| (failure.property, failure.reason)).collect()
}

proptest! {
    #[test]
    fn a_failure_names_a_property_that_is_given_or_required(
        (inputs, more) in (inputs(SAMPLE_VALUES), properties())
    ) {
        let mut inputs = inputs;
        inputs.extend(more);
        for failure in check(SAMPLE, &inputs).failures {
            let required = matches!(failure.property.as_str(), "name" | "source");
            prop_assert!(required || inputs.contains_key(&failure.property), "{:?}", failure);
            prop_assert!(!failure.reason.is_empty());
        }
    }

    #[test]
    fn a_property_fails_once_at_most((inputs, more) in (inputs(SAMPLE_VALUES), properties())) {
        let mut inputs = inputs;
        inputs.extend(more);
        let failures = check(SAMPLE, &inputs).failures;
        let mut names: Vec<_> = failures.iter().map(|failure| &failure.property).collect();
        names.sort();
        names.dedup();
        prop_assert_eq!(names.len(), failures.len());
    }

    #[test]
    fn an_unknown_value_of_any_kind_passes(
        value in unknown().prop_flat_map(wrapped),
        name in prop::sample::select(&["name", "source", "key", "scope", "place"][..]),
    ) {
        prop_assert_eq!(check(SAMPLE, &with(&[(name, value)])), Findings::default());
    }

    #[test]
    fn secretness_does_not_change_what_fails(inputs in inputs(SAMPLE_VALUES)) {
        let peeled = inputs.iter().map(|(name, value)| (name.clone(), value.peeled().clone())).collect();
        prop_assert_eq!(check(SAMPLE, &inputs), check(SAMPLE, &peeled));
    }
}

#[test]
fn good_inputs_pass() {
    let empty = Value::from("");
    for changes in [
        vec![],
        vec![("key", Value::from("k")), ("scope", Value::from("ALL")), ("place", Value::from("here"))],
        vec![("key", Value::Null), ("scope", empty.clone()), ("place", empty)],
        vec![("__defaults", Value::Array(Vec::new())), ("__meta", Value::from("x"))],
        // What a program got from another resource's outputs.
        vec![("number", Value::Null)],
    ] {
        assert_eq!(failures(&changes), [], "{changes:?}");
    }
}

#[test]
fn what_is_required_may_not_be_left_out_null_or_empty() {
    for (missing, how) in
        [(Value::Null, "not set"), (Value::from(""), "empty"), (Value::from("").into_secret(), "empty")]
    {
        let expected = ("name".to_owned(), format!("is required, but is {how}"));
        assert_eq!(failures(&[("name", missing)]), [expected]);
    }
    let failures = check(SAMPLE, &PropertyMap::new()).failures;
    assert_eq!(failures.iter().map(|failure| failure.property.as_str()).collect::<Vec<_>>(), ["name", "source"]);
}

#[test]
fn everything_that_is_wrong_is_told_at_once_in_the_tables_order() {
    let failures = failures(&[
        ("source", Value::from("bad")),
        ("name", Value::Null),
        ("key", Value::Bool(true)),
        ("number", Value::from("12")),
        ("plaice", Value::from("here")),
    ]);
    let reasons: Vec<_> = failures.iter().map(|(name, reason)| (name.as_str(), reason.as_str())).collect();
    let [("name", required), ("source", invalid), ("key", kind), ("number", computed), ("plaice", unknown)] =
        reasons[..]
    else {
        panic!("{reasons:?}");
    };
    assert!(required.contains("is required"), "{required}");
    assert!(invalid.contains("it has to be good"), "{invalid}");
    assert_eq!(kind, "must be a string, but is a boolean; put it in quotes");
    assert!(computed.contains("computed"), "{computed}");
    assert!(unknown.contains("did you mean `place`?"), "{unknown}");
}

#[test]
fn what_is_missing_is_told_by_the_rule_for_it() {
    const NAME: &[Property] = &[Property::required("name")
        .validated(|text| if text.is_empty() { Err(Invalid::new("is empty", "a name has letters")) } else { Ok(()) })];
    let failures = check(NAME, &PropertyMap::new()).failures;
    assert_eq!(failures[0].reason, "is required, but is not set; a name has letters");
}

#[test]
fn a_value_without_its_quotes_is_not_guessed_at() {
    for (value, kind) in [
        (Value::Number(1.1), "a number"),
        (Value::Number(f64::NAN), "a number"),
        (Value::Number(12.0).into_secret(), "a number"),
        (Value::Bool(false), "a boolean"),
        (Value::Bool(false).into_secret(), "a boolean"),
    ] {
        let reason = format!("must be a string, but is {kind}; put it in quotes");
        assert_eq!(failures(&[("key", value)]), [("key".to_owned(), reason)]);
    }
}

#[test]
fn a_name_that_is_near_no_other_gets_a_list() {
    let failures = failures(&[("repositories", Value::from("x"))]);
    assert_eq!(
        failures[0].1, "is not a property of this resource; it has `name`, `source`, `key`, `scope`, `place`",
        "computed ones cannot be set and are not offered"
    );
}

#[test]
fn values_of_every_other_type_are_refused_by_name() {
    for value in [
        Value::Array(vec![Value::from("x")]),
        Value::Object(PropertyMap::new()).into_secret(),
        Value::Opaque(crate::pulumi::value::OpaqueKind::Asset, PropertyMap::new()),
    ] {
        let kind = value.peeled().kind();
        assert_eq!(failures(&[("key", value)]), [("key".to_owned(), format!("must be a string, but is {kind}"))]);
    }
}

#[test]
fn a_secret_that_is_not_valid_is_not_shown_but_the_rule_is() {
    let failures = failures(&[("key", Value::from("bad").into_secret())]);
    assert!(!failures[0].1.contains("`bad`") && failures[0].1.contains("it has to be good"), "{failures:?}");
}

#[test]
fn only_an_inherited_property_takes_the_providers_value() {
    let property = |name| SAMPLE.iter().find(|property| property.name == name).unwrap();
    let given = with(&[("place", Value::from("there"))]);
    assert_eq!(effective(property("place"), &with(&[]), Some("here")), Setting::Set("here"));
    assert_eq!(effective(property("place"), &with(&[("place", Value::from(""))]), Some("here")), Setting::Set("here"));
    assert_eq!(effective(property("place"), &with(&[("place", Value::UNKNOWN)]), Some("here")), Setting::Unknown);
    assert_eq!(effective(property("place"), &given, Some("here")), Setting::Set("there"));
    assert_eq!(effective(property("place"), &with(&[]), None), Setting::Unset);
    assert_eq!(effective(property("scope"), &with(&[]), Some("here")), Setting::Unset);
}
