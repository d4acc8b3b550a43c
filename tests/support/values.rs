//! Between JSON and the protocol's structs. What is special on the wire (secrets, unknowns) is special in JSON too.

use prost_types::{ListValue, Struct, value::Kind};
use serde_json::{Value, json};

/// The key that types special objects.
pub(crate) const SIGNATURE: &str = "4dabf18193072939515e22adb298388d";
const SECRET: &str = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT: &str = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/// What stands for a string that is not known yet.
pub(crate) const UNKNOWN: &str = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/// What stands for values of the other types that are not known yet.
pub(crate) const OTHER_UNKNOWNS: [&str; 6] = [
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

/// A value as a secret.
pub(crate) fn secret(value: impl Into<Value>) -> Value {
    json!({ SIGNATURE: SECRET, "value": value.into() })
}

/// A value as an output that depends on another resource.
pub(crate) fn output(value: impl Into<Value>) -> Value {
    json!({ SIGNATURE: OUTPUT, "value": value.into(), "dependencies": ["urn:pulumi:dev::app::a:b:C::d"] })
}

/// An output that depends on another resource and is not known yet.
pub(crate) fn unknown_output() -> Value {
    json!({ SIGNATURE: OUTPUT, "dependencies": ["urn:pulumi:dev::app::a:b:C::d"] })
}

/// A struct, from a JSON object.
pub(crate) fn to_struct(json: Value) -> Struct {
    let Value::Object(fields) = json else {
        panic!("not an object: {json}");
    };
    Struct { fields: fields.into_iter().map(|(name, value)| (name, to_value(value))).collect() }
}

/// A JSON object, from a struct.
pub(crate) fn from_struct(value: Struct) -> Value {
    Value::Object(value.fields.into_iter().map(|(name, value)| (name, from_value(value))).collect())
}

fn to_value(json: Value) -> prost_types::Value {
    let kind = match json {
        Value::Null => Kind::NullValue(0),
        Value::Bool(value) => Kind::BoolValue(value),
        Value::Number(value) => Kind::NumberValue(value.as_f64().expect("a number fits a double")),
        Value::String(value) => Kind::StringValue(value),
        Value::Array(items) => Kind::ListValue(ListValue { values: items.into_iter().map(to_value).collect() }),
        Value::Object(_) => Kind::StructValue(to_struct(json)),
    };
    prost_types::Value { kind: Some(kind) }
}

fn from_value(value: prost_types::Value) -> Value {
    match value.kind {
        None | Some(Kind::NullValue(_)) => Value::Null,
        Some(Kind::BoolValue(value)) => value.into(),
        Some(Kind::NumberValue(value)) => value.into(),
        Some(Kind::StringValue(value)) => value.into(),
        Some(Kind::ListValue(list)) => list.values.into_iter().map(from_value).collect(),
        Some(Kind::StructValue(value)) => from_struct(value),
    }
}
