use proptest::{
    collection::{btree_map, vec},
    prelude::*,
    sample::select,
};
use prost::Message;

use super::*;
use crate::pulumi::generators::{UNKNOWN_KINDS, finite, passed_on, properties, text, unknown, value, wrapped};

const SIGNATURES: [&str; 7] =
    [SECRET, RESOURCE_REFERENCE, OUTPUT, BYTE_STRING, ASSET, ARCHIVE, "00000000000000000000000000000000"];

/// Names of fields, of which most have a meaning in some special object.
const NAMES: [&str; 8] = ["value", "secret", "dependencies", "urn", "hash", "text", "a", SIGNATURE_KEY];

fn string(text: &str) -> WireValue {
    WireValue { kind: Some(Kind::StringValue(text.to_owned())) }
}

fn object<const N: usize>(fields: [(&str, WireValue); N]) -> WireValue {
    let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value));
    WireValue { kind: Some(Kind::StructValue(Struct { fields: fields.collect() })) }
}

/// A struct in which the keys and strings that have a special meaning are as frequent as others.
fn wire_struct() -> impl Strategy<Value = Struct> {
    let texts = prop_oneof![
        text(),
        select(&SIGNATURES[..]).prop_map(str::to_owned),
        select(&UNKNOWNS[..]).prop_map(|(_, sentinel)| sentinel.to_owned()),
    ];
    let leaf = prop_oneof![
        Just(Kind::NullValue(0)),
        any::<bool>().prop_map(Kind::BoolValue),
        finite().prop_map(Kind::NumberValue),
        texts.prop_map(Kind::StringValue),
    ];
    let leaf = leaf.prop_map(|kind| WireValue { kind: Some(kind) });
    let value = leaf.prop_recursive(4, 32, 4, |inner| {
        let list = vec(inner.clone(), 0..4).prop_map(|values| Kind::ListValue(ListValue { values }));
        let plain = fields_of(inner.clone().boxed());
        let special = (select(&SIGNATURES[..]), fields_of(inner.boxed())).prop_map(|(signature, mut fields)| {
            fields.fields.insert(SIGNATURE_KEY.to_owned(), string(signature));
            fields
        });
        let kind = prop_oneof![list, plain.prop_map(Kind::StructValue), special.prop_map(Kind::StructValue)];
        kind.prop_map(|kind| WireValue { kind: Some(kind) })
    });
    fields_of(value.boxed())
}

fn fields_of(value: BoxedStrategy<WireValue>) -> impl Strategy<Value = Struct> {
    btree_map(select(&NAMES[..]), value, 0..4).prop_map(|fields| Struct {
        fields: fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
    })
}

/// The properties as they arrive when they are sent as bytes.
fn sent(properties: PropertyMap) -> PropertyMap {
    let bytes = encode(properties).encode_to_vec();
    decode(Struct::decode(bytes.as_slice()).unwrap())
}

fn one(value: Value) -> PropertyMap {
    [("a".to_owned(), value)].into()
}

proptest! {
    #[test]
    fn every_value_survives_the_wire(properties in properties()) {
        prop_assert_eq!(decode(encode(properties.clone())), properties.clone());
        prop_assert_eq!(sent(properties.clone()), properties);
    }

    #[test]
    fn references_bytes_and_files_survive_the_wire_in_any_wrapper(value in passed_on().prop_flat_map(wrapped)) {
        prop_assert!(matches!(value.peeled(), Value::Opaque(..)));
        prop_assert_eq!(sent(one(value.clone())), one(value));
    }

    #[test]
    fn an_output_survives_the_wire_with_all_that_it_says(
        value in prop::option::of(prop_oneof![value(), unknown()]),
        secret in prop::option::of(any::<bool>()),
        dependencies in prop::option::of(vec("urn:pulumi:[a-z:]{1,8}", 0..3)),
    ) {
        let output = Value::Output(Box::new(Output { value, secret, dependencies }));
        prop_assert_eq!(sent(one(output.clone())), one(output));
    }

    #[test]
    fn every_number_survives_the_wire_to_the_bit(bits in any::<u64>(), whole in any::<i64>()) {
        #[allow(clippy::cast_precision_loss, reason = "the wire has nothing more precise")]
        for number in [f64::from_bits(bits), whole as f64, i64::MAX as f64, f64::INFINITY, -0.0] {
            let arrived = sent(one(Value::Number(number)));
            prop_assert!(matches!(&arrived["a"], Value::Number(same) if same.to_bits() == number.to_bits()));
        }
    }

    #[test]
    fn every_struct_is_encoded_as_it_came(wire in wire_struct()) {
        prop_assert_eq!(encode(decode(wire.clone())), wire);
    }

    #[test]
    fn whatever_protobuf_can_be_read_can_be_decoded(bytes in vec(any::<u8>(), 0..64)) {
        if let Ok(wire) = Struct::decode(bytes.as_slice()) {
            let properties = decode(wire);
            let again = decode(encode(properties.clone()));
            // Not compared as values: a NaN is not equal to itself.
            prop_assert_eq!(format!("{:?}", again), format!("{:?}", properties));
        }
    }
}

#[test]
fn a_value_without_a_kind_is_null() {
    assert_eq!(decode_value(WireValue { kind: None }), Value::Null);
    assert_eq!(decode_value(WireValue { kind: Some(Kind::NullValue(7)) }), Value::Null);
}

#[test]
fn each_kind_of_unknown_has_a_sentinel_of_its_own() {
    for kind in UNKNOWN_KINDS {
        let wire = encode_value(Value::Unknown(kind));
        assert!(matches!(&wire.kind, Some(Kind::StringValue(text)) if text.len() == 36), "{wire:?}");
        assert_eq!(decode_value(wire), Value::Unknown(kind));
    }
    assert_eq!(
        encode_value(Value::UNKNOWN),
        string("04da6b54-80e4-46f7-96ec-b56ff0331ba9"),
        "strings are what this provider's unknown outputs are"
    );
}

#[test]
fn the_signatures_are_those_of_the_protocol() {
    let cases = [
        ("1b47061264138c4ac30d75fd1eb44270", Value::from("x").into_secret()),
        ("5cf8f73096256a8f31e491e813e4eb8e", Value::Opaque(OpaqueKind::ResourceReference, value_of_x())),
        (
            "d0e6a833031e9bbcd3f4e8bde6ca49a4",
            Value::Output(Box::new(Output { value: Some(Value::from("x")), secret: None, dependencies: None })),
        ),
        ("803fd3297a5875dc03ca845dda5d2a98", Value::Opaque(OpaqueKind::ByteString, value_of_x())),
        ("c44067f5952c0a294b673a41bacd8c17", Value::Opaque(OpaqueKind::Asset, value_of_x())),
        ("0def7320c3a5731c473e5ecbe6d01bc7", Value::Opaque(OpaqueKind::Archive, value_of_x())),
        ("f00d", Value::Opaque(OpaqueKind::Unrecognized("f00d".to_owned()), value_of_x())),
    ];
    for (signature, value) in cases {
        let wire = object([("4dabf18193072939515e22adb298388d", string(signature)), ("value", string("x"))]);
        assert_eq!(decode_value(wire.clone()), value, "{signature}");
        assert_eq!(encode_value(value), wire, "{signature}");
    }
}

fn value_of_x() -> PropertyMap {
    [("value".to_owned(), Value::from("x"))].into()
}

#[test]
fn a_special_object_of_the_wrong_shape_is_passed_on_as_it_is() {
    let signed = |signature| (SIGNATURE_KEY, string(signature));
    for odd in [
        object([signed(SECRET)]),
        object([signed(SECRET), ("value", string("x")), ("more", string("y"))]),
        object([signed(OUTPUT), ("secret", string("yes"))]),
        object([signed(OUTPUT), ("dependencies", string("urn"))]),
        object([signed(OUTPUT), ("value", string("x")), ("more", string("y"))]),
    ] {
        let value = decode_value(odd.clone());
        assert!(matches!(value, Value::Opaque(OpaqueKind::Unrecognized(_), _)), "{value:?}");
        assert_eq!(encode_value(value), odd);
    }
    let unsigned = object([(SIGNATURE_KEY, WireValue { kind: Some(Kind::BoolValue(true)) })]);
    assert!(matches!(decode_value(unsigned), Value::Object(_)));
}

#[test]
fn an_output_may_leave_anything_out() {
    let signature = (SIGNATURE_KEY, string(OUTPUT));
    let value = decode_value(object([signature]));
    assert_eq!(value, Value::Output(Box::new(Output { value: None, secret: None, dependencies: None })));
    assert!(value.contains_unknown());
}

#[test]
fn a_string_that_only_holds_a_sentinel_is_a_string() {
    let text = "x-04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    assert_eq!(decode_value(string(text)), Value::from(text));
}
