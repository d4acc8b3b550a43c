use proptest::prelude::*;

use super::*;
use crate::pulumi::generators::{SAMPLE, SAMPLE_VALUES, inputs, value};

proptest! {
    #[test]
    fn secretness_does_not_change_a_setting(inputs in inputs(SAMPLE_VALUES)) {
        let peeled = inputs.iter().map(|(name, value)| (name.clone(), value.peeled().clone())).collect();
        for property in SAMPLE {
            prop_assert_eq!(property.look_up(&inputs), property.look_up(&peeled));
        }
    }

    #[test]
    fn a_look_up_finds_a_string_or_an_unknown_or_nothing(value in value()) {
        let inputs = PropertyMap::from([("source".to_owned(), value.clone())]);
        let setting = SAMPLE[1].look_up(&inputs);
        match value.peeled() {
            Value::Unknown(_) => prop_assert_eq!(setting, Setting::Unknown),
            Value::String(text) if !text.is_empty() => prop_assert_eq!(setting, Setting::Set(text)),
            _ => prop_assert_eq!(setting, Setting::Unset),
        }
    }
}

#[test]
fn what_means_the_same_as_nothing_is_unset() {
    for (name, text, expected) in [
        ("name", "a/", Setting::Set("a")),
        ("name", "", Setting::Unset),
        ("scope", "ALL", Setting::Unset),
        ("scope", "s", Setting::Set("s")),
        ("number", "12", Setting::Set("12")),
    ] {
        let property = SAMPLE.iter().find(|property| property.name == name).unwrap();
        assert_eq!(property.look_up(&[(name.to_owned(), Value::from(text))].into()), expected, "{name}: {text}");
        assert_eq!(property.look_up(&PropertyMap::new()), Setting::Unset);
    }
}

#[test]
fn builders_change_only_what_they_say() {
    let role = |property: Property| property.role;
    let input =
        |required, identity, inherited| Role::Input { required, on_change: OnChange::Replace, identity, inherited };
    assert_eq!(role(Property::required("x")), input(true, false, false));
    assert_eq!(role(Property::required("x").identity()), input(true, true, false));
    assert_eq!(role(Property::optional("x", OnChange::Replace).inherited().identity()), input(false, true, true));
    assert_eq!(role(Property::computed("x").identity().inherited()), Role::Computed);
    assert!(Property::required("x").is_input() && !Property::computed("x").is_input());
}

#[test]
fn internal_keys_begin_with_two_underscores() {
    for (name, internal) in [("__defaults", true), ("__meta", true), ("_x", false), ("x__", false), ("", false)] {
        assert_eq!(is_internal(name), internal, "{name}");
    }
}
