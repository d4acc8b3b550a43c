use proptest::prelude::*;

use super::*;
use crate::pulumi::generators::{text, value, wrapped};

fn output(value: Option<Value>, secret: Option<bool>) -> Value {
    Value::Output(Box::new(Output { value, secret, dependencies: None }))
}

proptest! {
    #[test]
    fn nothing_is_left_to_peel(value in value()) {
        let peeled = value.peeled();
        prop_assert!(!matches!(peeled, Value::Secret(_) | Value::Output(_)));
        prop_assert_eq!(peeled.peeled(), peeled);
    }

    #[test]
    fn wrapping_changes_neither_what_is_inside_nor_whether_it_is_known(
        (value, wrapped) in value().prop_flat_map(|value| (Just(value.clone()), wrapped(value)))
    ) {
        prop_assert_eq!(wrapped.peeled(), value.peeled());
        prop_assert_eq!(wrapped.contains_unknown(), value.contains_unknown());
        prop_assert_eq!(wrapped.kind(), value.kind());
        prop_assert!(wrapped.contains_secret() || !value.contains_secret());
    }

    #[test]
    fn a_value_made_secret_is_secret_once(value in value()) {
        let secret = value.into_secret();
        prop_assert!(secret.contains_secret());
        prop_assert_eq!(secret.clone().into_secret(), secret);
    }

    #[test]
    fn a_secret_never_shows_in_debug_output_at_any_depth(value in value(), secret in "#[a-z]{8}#") {
        let hidden = Value::Object([
            ("value".to_owned(), value),
            ("secret".to_owned(), Value::Array(vec![Value::from(secret.as_str()).into_secret()])),
            ("output".to_owned(), output(Some(Value::from(secret.as_str())), Some(true))),
        ].into());
        let shown = format!("{hidden:?}");
        prop_assert!(!shown.contains(&secret));
    }

    #[test]
    fn only_strings_are_strings(text in text()) {
        let value = Value::from(text.as_str());
        prop_assert_eq!(value.as_str(), Some(text.as_str()));
        let list = Value::Array(vec![value]);
        prop_assert_eq!(list.as_str(), None);
    }
}

#[test]
fn wrappers_are_peeled_whatever_their_order() {
    let inner = Value::from("x");
    for wrapped in [
        inner.clone().into_secret(),
        output(Some(inner.clone()), None),
        output(Some(inner.clone().into_secret()), Some(true)),
        output(Some(output(Some(inner.clone()), None)), None).into_secret(),
    ] {
        assert_eq!(wrapped.peeled(), &inner);
        assert_eq!(wrapped.as_str(), Some("x"));
    }
}

#[test]
fn an_output_without_a_value_is_unknown() {
    assert!(output(None, None).contains_unknown());
    assert!(Value::Array(vec![output(None, None).into_secret()]).contains_unknown());
    assert!(!output(Some(Value::Null), None).contains_unknown());
}

#[test]
fn a_secret_is_found_at_any_depth() {
    let nested = Value::Object([("a".to_owned(), Value::Array(vec![Value::from("x").into_secret()]))].into());
    assert!(nested.contains_secret());
    assert!(output(None, Some(true)).contains_secret());
    assert!(!output(Some(Value::from("x")), Some(false)).contains_secret());
}

#[test]
fn a_secret_never_shows_in_debug_output() {
    let map = PropertyMap::from([
        ("plain".to_owned(), Value::from("seen")),
        ("secret".to_owned(), Value::from("hunter2").into_secret()),
        ("output".to_owned(), output(Some(Value::from("hunter2")), Some(true))),
    ]);
    let shown = format!("{map:?}");
    assert!(shown.contains("seen") && !shown.contains("hunter2"), "{shown}");
}

#[test]
fn kinds_are_named_as_programs_name_them() {
    for (value, name) in [
        (Value::Null, "null"),
        (Value::Bool(true).into_secret(), "a boolean"),
        (Value::Number(1.0), "a number"),
        (Value::from("x"), "a string"),
        (Value::Array(Vec::new()), "a list"),
        (Value::Object(PropertyMap::new()), "an object"),
        (output(None, None), "a value not known yet"),
        (Value::Opaque(OpaqueKind::ResourceReference, PropertyMap::new()), "a resource"),
        (Value::Opaque(OpaqueKind::ByteString, PropertyMap::new()), "a byte string"),
        (Value::Opaque(OpaqueKind::Asset, PropertyMap::new()), "an asset"),
        (Value::Opaque(OpaqueKind::Archive, PropertyMap::new()), "an archive"),
        (
            Value::Opaque(OpaqueKind::Unrecognized("f00d".to_owned()), PropertyMap::new()),
            "a value of an unrecognized kind",
        ),
    ] {
        assert_eq!(value.kind(), name);
    }
}
