//! Inputs at random: good and bad, in every wrapper, of every type.

use proptest::{
    collection::{btree_map, vec},
    prelude::*,
    sample::select,
};
use serde_json::{Map, Value, json};

use crate::support::{CREDENTIAL, OTHER_CREDENTIAL, OTHER_ROLE, OTHER_UNKNOWNS, ROLE, UNKNOWN, output, secret};

/// What a program may say for each property: values that pass and values that do not.
const SETTINGS: [(&str, &[&str]); 7] = [
    ("ecrRepositoryPrefix", &["team", "team/", "other", "deep/er", "ROOT", "Root", "-ab", "a", "ROOT/"]),
    (
        "upstreamRegistryUrl",
        &["quay.io", "public.ecr.aws", "cgr.dev", "https://quay.io", "docker.io", "harbor.example.com"],
    ),
    ("credentialArn", &[CREDENTIAL, OTHER_CREDENTIAL, "foo", "arn:aws:secretsmanager:us-east-1:1:secret:x"]),
    ("customRoleArn", &[ROLE, OTHER_ROLE, "foo", "arn:aws:iam::123456789012:user/x"]),
    ("upstreamRepositoryPrefix", &["ROOT", "org", "org/", "a..b", ""]),
    ("region", &["us-east-1", "eu-west-1", "cn-north-1", "moon"]),
    ("registryId", &["123456789012", "210987654321"]),
];

/// Names of properties that there are not.
const OTHER_NAMES: [&str; 6] = ["id", "ecrRepositoryPrefx", "upstreamRegistry", "x", "__defaults", "__meta"];

/// Any inputs: what a program in any language could send, and what none could.
pub(crate) fn any_inputs() -> impl Strategy<Value = Value> {
    inputs(false)
}

/// Inputs without unknown values, as a state has them.
pub(crate) fn known_inputs() -> impl Strategy<Value = Value> {
    inputs(true)
}

fn inputs(known: bool) -> impl Strategy<Value = Value> {
    let settings = SETTINGS.map(|(name, choices)| {
        let given = prop_oneof![
            6 => select(choices).prop_map(Value::from).prop_flat_map(wrapped),
            1 => any_value(known),
        ];
        // Two of three are set: the required ones are often there, and often not.
        prop::option::weighted(0.67, given).prop_map(move |given| Some((name.to_owned(), given?)))
    });
    let others = btree_map(select(&OTHER_NAMES[..]).prop_map(str::to_owned), any_value(known), 0..2);
    (settings, others).prop_map(|(settings, others)| {
        Value::Object(settings.into_iter().flatten().chain(others).collect::<Map<_, _>>())
    })
}

/// Any value of the wire, with special ones as frequent as plain ones.
fn any_value(known: bool) -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(|number| json!(f64::from(number))),
        ".{0,8}".prop_map(Value::from),
        Just(Value::from("")),
    ];
    let unknown = prop_oneof![Just(UNKNOWN), select(&OTHER_UNKNOWNS[..])].prop_map(Value::from);
    let leaf = if known { leaf.boxed() } else { prop_oneof![4 => leaf, 1 => unknown].boxed() };
    leaf.prop_recursive(3, 12, 3, |inner| {
        let map = btree_map("[a-z]{1,3}", inner.clone(), 0..3);
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            map.prop_map(|map| Value::Object(map.into_iter().collect())),
            inner.prop_flat_map(wrapped),
        ]
    })
}

/// A value as it is, as a secret, as an output, or as a secret output.
fn wrapped(value: Value) -> impl Strategy<Value = Value> {
    let secret_output = secret(output(value.clone()));
    select(vec![value.clone(), secret(value.clone()), output(value), secret_output])
}
