//! Values and inputs at random, and a table of properties to try them on: for property tests.

use proptest::{
    collection::{btree_map, vec},
    num::f64::{NORMAL, SUBNORMAL, ZERO},
    option,
    prelude::*,
    sample::select,
};

use super::{
    property::{Invalid, OnChange, Property, unless_empty},
    value::{OpaqueKind, Output, PropertyMap, UnknownKind, Value},
};

/// A table with a property of every sort.
pub(crate) const SAMPLE: &[Property] = &[
    Property::required("name").identity().validated(good).compared_as(without_slash),
    Property::required("source").validated(good),
    Property::optional("key", OnChange::UpdateUnlessRemoved).validated(good),
    Property::optional("scope", OnChange::Replace).compared_as(unless_all),
    Property::optional("place", OnChange::Replace).identity().inherited(),
    Property::computed("number"),
];

/// Values that are likely to meet again, and again in another spelling.
pub(crate) const SAMPLE_VALUES: &[(&str, &[&str])] = &[
    ("name", &["a", "a/", "b", "b/"]),
    ("source", &["x", "y"]),
    ("key", &["k", "l"]),
    ("scope", &["s", "ALL", "t"]),
    ("place", &["here", "there"]),
];

/// Whether a program may set each property of [`SAMPLE`] to it.
fn good(text: &str) -> Result<(), Invalid> {
    if text == "bad" { Err(Invalid::new("is `bad`", "it has to be good")) } else { Ok(()) }
}

fn without_slash(text: &str) -> Option<&str> {
    unless_empty(text.strip_suffix('/').unwrap_or(text))
}

fn unless_all(text: &str) -> Option<&str> {
    unless_empty(text).filter(|text| *text != "ALL")
}

/// Every kind of unknown.
pub(crate) const UNKNOWN_KINDS: [UnknownKind; 7] = [
    UnknownKind::Bool,
    UnknownKind::Number,
    UnknownKind::String,
    UnknownKind::Array,
    UnknownKind::Asset,
    UnknownKind::Archive,
    UnknownKind::Object,
];

pub(crate) fn text() -> impl Strategy<Value = String> {
    ".{0,6}"
}

pub(crate) fn unknown() -> impl Strategy<Value = Value> {
    select(&UNKNOWN_KINDS[..]).prop_map(Value::Unknown)
}

pub(crate) fn finite() -> impl Strategy<Value = f64> {
    NORMAL | SUBNORMAL | ZERO
}

fn opaque_kind() -> impl Strategy<Value = OpaqueKind> {
    prop_oneof![
        Just(OpaqueKind::ResourceReference),
        Just(OpaqueKind::ByteString),
        Just(OpaqueKind::Asset),
        Just(OpaqueKind::Archive),
        "[0-9a-f]{8}".prop_map(OpaqueKind::Unrecognized),
    ]
}

/// A reference to a resource, bytes or a file, as the engine makes them.
pub(crate) fn passed_on() -> impl Strategy<Value = Value> {
    let names = (option::of(text()), option::of(text()), option::of(text()));
    let reference = (text(), names, option::of(id())).prop_map(|(urn, (name, token, version), id)| {
        let parts = [("name", name), ("type", token), ("packageVersion", version), ("urn", Some(urn))];
        let mut fields = strings(parts);
        fields.extend(id.map(|id| ("id".to_owned(), id)));
        Value::Opaque(OpaqueKind::ResourceReference, fields)
    });
    let bytes = "([A-Za-z0-9+/]{4}){0,3}([A-Za-z0-9+/]{2}==)?"
        .prop_map(|base64| Value::Opaque(OpaqueKind::ByteString, strings([("value", Some(base64))])));
    let asset = || located("text").prop_map(|fields| Value::Opaque(OpaqueKind::Asset, fields));
    let file = located("path").prop_map(|fields| Value::Opaque(OpaqueKind::Archive, fields));
    let archive = prop_oneof![asset(), file].prop_recursive(3, 12, 3, |inner| {
        let assets = btree_map("[a-z]{1,3}(/[a-z]{1,3})?", inner, 0..3);
        assets.prop_map(|assets| {
            Value::Opaque(OpaqueKind::Archive, [("assets".to_owned(), Value::Object(assets))].into())
        })
    });
    prop_oneof![reference, bytes, asset(), archive]
}

/// An id, which may be secret or not known yet.
fn id() -> impl Strategy<Value = Value> {
    prop_oneof![text().prop_map(Value::String).prop_flat_map(wrapped), Just(Value::UNKNOWN)]
}

/// Where the content of a file is: in some way, at a path or at a URI.
fn located(way: &'static str) -> impl Strategy<Value = PropertyMap> {
    let place = (select(vec![way, "path", "uri"]), text());
    (place, "[0-9a-f]{8}").prop_map(|((way, place), hash)| strings([("hash", Some(hash)), (way, Some(place))]))
}

fn strings<const N: usize>(fields: [(&str, Option<String>); N]) -> PropertyMap {
    fields.into_iter().filter_map(|(name, text)| Some((name.to_owned(), Value::String(text?)))).collect()
}

/// Any value.
pub(crate) fn value() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        finite().prop_map(Value::Number),
        text().prop_map(Value::String),
        unknown(),
    ];
    let composed = |inner: BoxedStrategy<Value>| {
        let output = (option::of(inner.clone()), option::of(any::<bool>()), option::of(vec(text(), 0..3)));
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::Array),
            map_of(inner.clone()).prop_map(Value::Object),
            inner.clone().prop_map(|inner| Value::Secret(Box::new(inner))),
            output.prop_map(|(value, secret, dependencies)| Value::Output(Box::new(Output {
                value,
                secret,
                dependencies
            }))),
            (opaque_kind(), map_of(inner)).prop_map(|(kind, map)| Value::Opaque(kind, map)),
            passed_on(),
        ]
    };
    leaf.prop_recursive(4, 24, 4, composed).boxed()
}

fn map_of(inner: BoxedStrategy<Value>) -> impl Strategy<Value = PropertyMap> {
    let name = prop_oneof!["[a-z]{1,3}", Just("value".to_owned()), Just("urn".to_owned())];
    btree_map(name, inner, 0..4)
}

/// Any properties.
pub(crate) fn properties() -> impl Strategy<Value = PropertyMap> {
    map_of(value())
}

/// The value as it is, as a secret, or as an output.
pub(crate) fn wrapped(value: Value) -> impl Strategy<Value = Value> {
    (0..4_u8).prop_map(move |wrapper| {
        let output = |secret| Output { value: Some(value.clone()), secret, dependencies: None };
        match wrapper {
            0 => value.clone(),
            1 => value.clone().into_secret(),
            2 => Value::Output(Box::new(output(None))),
            _ => Value::Output(Box::new(output(Some(true)))),
        }
    })
}

/// Inputs that set each property to one of its values, to nothing, null or an empty string, in any wrapper.
pub(crate) fn known_inputs(values: &'static [(&str, &[&str])]) -> BoxedStrategy<PropertyMap> {
    inputs_of(values, false)
}

/// The same, with unknown values.
pub(crate) fn inputs(values: &'static [(&str, &[&str])]) -> BoxedStrategy<PropertyMap> {
    inputs_of(values, true)
}

fn inputs_of(values: &'static [(&str, &[&str])], with_unknown: bool) -> BoxedStrategy<PropertyMap> {
    let settings = values.iter().map(|&(name, choices)| {
        let set = select(choices).prop_map(Value::from).prop_flat_map(wrapped);
        let unset = prop_oneof![Just(Value::Null), Just(Value::from(""))];
        let unknown = u32::from(with_unknown);
        let given = prop_oneof![
            4 => set.prop_map(Some),
            1 => unset.prop_map(Some),
            1 => Just(None),
            unknown => unknown_setting().prop_map(Some),
        ];
        given.prop_map(move |given| Some((name.to_owned(), given?)))
    });
    let internal = option::of(Just(("__defaults".to_owned(), Value::Array(Vec::new()))));
    (settings.collect::<Vec<_>>(), internal)
        .prop_map(|(settings, internal)| settings.into_iter().chain([internal]).flatten().collect())
        .boxed()
}

fn unknown_setting() -> impl Strategy<Value = Value> {
    unknown().prop_flat_map(wrapped)
}
