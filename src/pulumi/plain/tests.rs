use proptest::prelude::*;

use super::*;
use crate::pulumi::generators::{properties, value};

proptest! {
    #[test]
    fn what_is_plain_is_exactly_the_known_strings_that_are_not_empty(properties in properties()) {
        let plain = PlainProperties::of(&properties);
        for (name, value) in &properties {
            prop_assert_eq!(plain.get(name), value.as_str().filter(|text| !text.is_empty()));
        }
        prop_assert!(plain.iter().all(|(name, _)| properties.contains_key(name)));
        prop_assert_eq!(plain.is_empty(), plain.iter().next().is_none());
    }

    #[test]
    fn marking_hides_what_was_secret_and_changes_nothing_else(properties in properties()) {
        let plain = properties.iter().map(|(name, value)| (name.clone(), value.peeled().clone())).collect();
        let secrets = SecretNames::of(&properties);
        let marked = secrets.mark(plain);
        prop_assert_eq!(secrets.is_empty(), !properties.values().any(Value::contains_secret));
        for (name, value) in &properties {
            prop_assert_eq!(marked[name].peeled(), value.peeled());
            if value.contains_secret() {
                prop_assert!(marked[name].contains_secret() || marked[name] == Value::Null);
            } else {
                prop_assert_eq!(&marked[name], value.peeled());
            }
        }
    }

    #[test]
    fn marking_again_changes_nothing(properties in properties()) {
        let secrets = SecretNames::of(&properties);
        let once = secrets.mark(properties);
        prop_assert_eq!(secrets.mark(once.clone()), once);
    }

    #[test]
    fn names_secret_in_either_are_secret_in_both(a in value(), b in value()) {
        let a = PropertyMap::from([("a".to_owned(), a), ("c".to_owned(), Value::Null)]);
        let b = PropertyMap::from([("b".to_owned(), b)]);
        prop_assert_eq!(SecretNames::of(&a).and(&b), SecretNames::of(&b).and(&a));
    }
}

#[test]
fn a_null_is_not_hidden() {
    let secrets = SecretNames::of(&[("a".to_owned(), Value::from("x").into_secret())].into());
    assert_eq!(secrets.mark([("a".to_owned(), Value::Null)].into())["a"], Value::Null);
}
