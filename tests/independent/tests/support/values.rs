//! Between JSON and the protocol's structures. What is sent here holds no secrets, unknowns or assets, so that they are the same.

use prost_types::value::Kind;
use prost_types::{ListValue, Struct};
use serde_json::{Map, Value};

/// A structure, from a JSON object.
pub fn to_struct(json: &Value) -> Struct {
    let fields = json.as_object().expect("an object");
    Struct { fields: fields.iter().map(|(name, value)| (name.clone(), to_value(value))).collect() }
}

/// A JSON object, from a structure.
pub fn from_struct(value: Struct) -> Value {
    Value::Object(value.fields.into_iter().map(|(name, value)| (name, from_value(value))).collect::<Map<_, _>>())
}

fn to_value(json: &Value) -> prost_types::Value {
    let kind = match json {
        Value::Null => Kind::NullValue(0),
        Value::Bool(value) => Kind::BoolValue(*value),
        Value::Number(value) => Kind::NumberValue(value.as_f64().expect("a number")),
        Value::String(value) => Kind::StringValue(value.clone()),
        Value::Array(items) => Kind::ListValue(ListValue { values: items.iter().map(to_value).collect() }),
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
