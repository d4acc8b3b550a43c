//! The table against the schema that SDKs are made from.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::*;
use crate::{
    aws::config::{KEYS, Shape},
    pulumi::property::Role,
};

const RESOURCE: &str = "/resources/aws:ecr~1pullThroughCacheRule:PullThroughCacheRule";
const FUNCTION: &str = "/functions/aws:ecr~1getPullThroughCacheRule:getPullThroughCacheRule";

fn at(pointer: &str) -> Json {
    let schema: Json = serde_json::from_str(include_str!("../../../../../schema/schema.json")).unwrap();
    schema.pointer(pointer).unwrap_or_else(|| panic!("{pointer} is missing")).clone()
}

fn names(pointer: &str) -> BTreeSet<String> {
    match at(pointer) {
        Json::Object(fields) => fields.keys().cloned().collect(),
        Json::Array(names) => names.iter().map(|name| name.as_str().unwrap().to_owned()).collect(),
        other => panic!("{pointer} is {other}"),
    }
}

fn named<'a>(properties: impl IntoIterator<Item = &'a Property>) -> BTreeSet<String> {
    properties.into_iter().map(|property| property.name.to_owned()).collect()
}

fn inputs() -> impl Iterator<Item = &'static Property> {
    PROPERTIES.iter().filter(|property| property.is_input())
}

#[test]
fn inputs_and_outputs_have_the_names_of_the_schema() {
    assert_eq!(names(&format!("{RESOURCE}/inputProperties")), named(inputs()));
    assert_eq!(names(&format!("{RESOURCE}/properties")), named(PROPERTIES));
    assert_eq!(names(&format!("{RESOURCE}/stateInputs/properties")), named(PROPERTIES));
}

#[test]
fn the_schema_requires_what_check_requires() {
    let required = inputs().filter(|property| matches!(property.role, Role::Input { required: true, .. }));
    assert_eq!(names(&format!("{RESOURCE}/requiredInputs")), named(required));
}

#[test]
fn the_outputs_that_are_always_set_are_promised() {
    let always = PROPERTIES.iter().filter(|property| match property.role {
        Role::Input { required, inherited, .. } => required || inherited,
        Role::Computed => true,
    });
    assert_eq!(names(&format!("{RESOURCE}/required")), named(always));
}

#[test]
fn the_schema_announces_the_replacements_that_diff_makes() {
    for (pointer, properties) in [
        ("inputProperties", inputs().collect::<Vec<_>>()),
        ("properties", PROPERTIES.iter().collect()),
        ("stateInputs/properties", PROPERTIES.iter().collect()),
    ] {
        for property in properties {
            let schema = at(&format!("{RESOURCE}/{pointer}/{}", property.name));
            let replaces = matches!(property.role, Role::Input { on_change: OnChange::Replace, .. });
            let announced = schema.get("willReplaceOnChanges").and_then(Json::as_bool).unwrap_or(false);
            assert_eq!(announced, replaces, "{pointer}: {}", property.name);
        }
    }
}

#[test]
fn every_property_is_a_described_string_that_is_no_secret() {
    for pointer in [
        format!("{RESOURCE}/inputProperties"),
        format!("{RESOURCE}/properties"),
        format!("{RESOURCE}/stateInputs/properties"),
        format!("{FUNCTION}/inputs/properties"),
        format!("{FUNCTION}/outputs/properties"),
    ] {
        for (name, schema) in at(&pointer).as_object().unwrap() {
            assert_eq!(schema["type"], "string", "{pointer}: {name}");
            assert!(schema["description"].as_str().is_some_and(|text| text.ends_with('.')), "{pointer}: {name}");
            assert_eq!(schema.get("secret"), None, "{pointer}: {name}");
        }
    }
    for pointer in [RESOURCE, FUNCTION] {
        assert!(at(pointer)["description"].as_str().is_some_and(|text| text.len() > 100));
    }
}

#[test]
fn the_function_promises_every_property_and_the_id() {
    let mut all = named(PROPERTIES);
    all.insert("id".to_owned());
    assert_eq!(names(&format!("{FUNCTION}/outputs/properties")), all);
    assert_eq!(names(&format!("{FUNCTION}/outputs/required")), all);
    let arguments = names(&format!("{FUNCTION}/inputs/properties"));
    assert_eq!(arguments, BTreeSet::from([ECR_REPOSITORY_PREFIX.to_owned(), REGION.to_owned()]));
    assert_eq!(names(&format!("{FUNCTION}/inputs/required")), BTreeSet::from([ECR_REPOSITORY_PREFIX.to_owned()]));
}

#[test]
fn configuration_keys_are_those_of_the_schema_twice() {
    let keys: BTreeSet<String> = KEYS.iter().map(|key| key.name.to_owned()).collect();
    assert_eq!(keys.len(), KEYS.len());
    assert_eq!(names("/config/variables"), keys);
    assert_eq!(names("/provider/inputProperties"), keys);
    assert!(KEYS.is_sorted_by_key(|key| key.name));
}

#[test]
fn configuration_keys_have_the_type_and_secrecy_of_the_schema() {
    for place in ["/config/variables", "/provider/inputProperties"] {
        for key in KEYS {
            let schema = at(&format!("{place}/{}", key.name));
            let shape = match schema.get("type").and_then(Json::as_str) {
                Some("string") => Shape::Text,
                Some("boolean") => Shape::Flag,
                Some("integer") => Shape::Number,
                Some("array") | None => Shape::Structure,
                other => panic!("{}: {other:?}", key.name),
            };
            assert_eq!(shape, key.shape, "{place}: {}", key.name);
            assert_eq!(schema.get("secret").and_then(Json::as_bool).unwrap_or(false), key.secret, "{}", key.name);
            assert!(schema["description"].as_str().is_some_and(|text| text.ends_with('.')), "{}", key.name);
        }
    }
    for key in KEYS.iter().filter(|key| key.secret) {
        let output = at(&format!("/provider/properties/{}", key.name));
        assert_eq!(output["secret"], true, "{}", key.name);
    }
}
