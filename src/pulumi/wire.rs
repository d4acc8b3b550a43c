//! Property values ⇄ protobuf structs.
//!
//! The engine marks special values inside plain JSON-like structs: an object that holds [`SIGNATURE_KEY`] is typed by that
//! key's string, and seven reserved strings stand for unknown values. Decoding is total (every struct has a meaning), and
//! encoding what was decoded gives the same struct again.
//! The constants are facts of the protocol (the engine's `sdk/go/common/resource/sig` and `plugin/rpc.go`).

use prost_types::{ListValue, Struct, Value as WireValue, value::Kind};

use super::value::{OpaqueKind, Output, PropertyMap, UnknownKind, Value};

/// The key whose string types an object.
pub const SIGNATURE_KEY: &str = "4dabf18193072939515e22adb298388d";

const SECRET: &str = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE_REFERENCE: &str = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT: &str = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const BYTE_STRING: &str = "803fd3297a5875dc03ca845dda5d2a98";
const ASSET: &str = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE: &str = "0def7320c3a5731c473e5ecbe6d01bc7";

const UNKNOWNS: [(UnknownKind, &str); 7] = [
    (UnknownKind::String, "04da6b54-80e4-46f7-96ec-b56ff0331ba9"),
    (UnknownKind::Bool, "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7"),
    (UnknownKind::Number, "3eeb2bf0-c639-47a8-9e75-3b44932eb421"),
    (UnknownKind::Array, "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2"),
    (UnknownKind::Asset, "030794c1-ac77-496b-92df-f27374a8bd58"),
    (UnknownKind::Archive, "e48ece36-62e2-4504-bad9-02848725956a"),
    (UnknownKind::Object, "dd056dcd-154b-4c76-9bd3-c8f88648b5ff"),
];

/// The properties in a struct.
pub fn decode(properties: Struct) -> PropertyMap {
    properties.fields.into_iter().map(|(name, value)| (name, decode_value(value))).collect()
}

/// The struct for properties.
pub fn encode(properties: PropertyMap) -> Struct {
    Struct { fields: properties.into_iter().map(|(name, value)| (name, encode_value(value))).collect() }
}

fn decode_value(value: WireValue) -> Value {
    match value.kind {
        None | Some(Kind::NullValue(_)) => Value::Null,
        Some(Kind::BoolValue(value)) => Value::Bool(value),
        Some(Kind::NumberValue(value)) => Value::Number(value),
        Some(Kind::StringValue(text)) => match UNKNOWNS.iter().find(|(_, sentinel)| *sentinel == text) {
            Some((kind, _)) => Value::Unknown(*kind),
            None => Value::String(text),
        },
        Some(Kind::ListValue(list)) => Value::Array(list.values.into_iter().map(decode_value).collect()),
        Some(Kind::StructValue(fields)) => decode_object(decode(fields)),
    }
}

/// Gives an object its special meaning, where it has one that it also has the right shape for.
fn decode_object(mut map: PropertyMap) -> Value {
    let Some(Value::String(signature)) = map.get(SIGNATURE_KEY) else {
        return Value::Object(map);
    };
    let kind = match signature.as_str() {
        SECRET if map.len() == 2 && map.contains_key("value") => {
            return Value::Secret(Box::new(map.remove("value").unwrap_or(Value::Null)));
        }
        OUTPUT => match decode_output(&map) {
            Some(output) => return Value::Output(Box::new(output)),
            None => OpaqueKind::Unrecognized(OUTPUT.to_owned()),
        },
        RESOURCE_REFERENCE => OpaqueKind::ResourceReference,
        BYTE_STRING => OpaqueKind::ByteString,
        ASSET => OpaqueKind::Asset,
        ARCHIVE => OpaqueKind::Archive,
        other => OpaqueKind::Unrecognized(other.to_owned()),
    };
    map.remove(SIGNATURE_KEY);
    Value::Opaque(kind, map)
}

/// The output value in a map, or none where a part has the wrong type.
fn decode_output(map: &PropertyMap) -> Option<Output> {
    let mut output = Output { value: None, secret: None, dependencies: None };
    for (name, part) in map {
        match (name.as_str(), part) {
            (SIGNATURE_KEY, _) => {}
            ("value", value) => output.value = Some(value.clone()),
            ("secret", Value::Bool(secret)) => output.secret = Some(*secret),
            ("dependencies", Value::Array(urns)) => {
                let urns = urns.iter().map(|urn| match urn {
                    Value::String(urn) => Some(urn.clone()),
                    _ => None,
                });
                output.dependencies = Some(urns.collect::<Option<_>>()?);
            }
            _ => return None,
        }
    }
    Some(output)
}

fn encode_value(value: Value) -> WireValue {
    let kind = match value {
        Value::Null => Kind::NullValue(0),
        Value::Bool(value) => Kind::BoolValue(value),
        Value::Number(value) => Kind::NumberValue(value),
        Value::String(text) => Kind::StringValue(text),
        Value::Array(items) => Kind::ListValue(ListValue { values: items.into_iter().map(encode_value).collect() }),
        Value::Object(map) => Kind::StructValue(encode(map)),
        Value::Secret(inner) => special(SECRET, [("value".to_owned(), *inner)].into()),
        Value::Unknown(kind) => {
            let sentinel = UNKNOWNS.iter().find(|(known, _)| *known == kind).map_or("", |(_, sentinel)| sentinel);
            Kind::StringValue(sentinel.to_owned())
        }
        Value::Output(output) => special(OUTPUT, encode_output(*output)),
        Value::Opaque(kind, map) => match kind {
            OpaqueKind::ResourceReference => special(RESOURCE_REFERENCE, map),
            OpaqueKind::ByteString => special(BYTE_STRING, map),
            OpaqueKind::Asset => special(ASSET, map),
            OpaqueKind::Archive => special(ARCHIVE, map),
            OpaqueKind::Unrecognized(signature) => special(&signature, map),
        },
    };
    WireValue { kind: Some(kind) }
}

fn encode_output(output: Output) -> PropertyMap {
    let dependencies = output.dependencies.map(|urns| Value::Array(urns.into_iter().map(Value::String).collect()));
    [("value", output.value), ("secret", output.secret.map(Value::Bool)), ("dependencies", dependencies)]
        .into_iter()
        .filter_map(|(name, part)| Some((name.to_owned(), part?)))
        .collect()
}

fn special(signature: &str, mut fields: PropertyMap) -> Kind {
    fields.insert(SIGNATURE_KEY.to_owned(), Value::from(signature));
    Kind::StructValue(encode(fields))
}

#[cfg(test)]
mod tests;
