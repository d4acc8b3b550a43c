use proptest::{option, prelude::*, sample::select};

use super::*;
use crate::pulumi::{
    generators::{SAMPLE, SAMPLE_VALUES, inputs, known_inputs, unknown, wrapped},
    value::Value,
};

fn provider() -> impl Strategy<Value = BTreeMap<&'static str, String>> {
    let place = option::of(select(&["here", "there"][..]));
    place.prop_map(|place| place.into_iter().map(|place| ("place", place.to_owned())).collect())
}

fn between(old: &PropertyMap, new: &PropertyMap, provider: &BTreeMap<&str, String>) -> Diff {
    diff(SAMPLE, Old { inputs: old, outputs: &PropertyMap::new() }, new, provider)
}

fn peeled(properties: &PropertyMap) -> PropertyMap {
    properties.iter().map(|(name, value)| (name.clone(), value.peeled().clone())).collect()
}

fn property(name: &str) -> &'static Property {
    SAMPLE.iter().find(|property| property.name == name).unwrap()
}

proptest! {
    #[test]
    fn nothing_differs_from_itself(inputs in known_inputs(SAMPLE_VALUES), provider in provider()) {
        prop_assert_eq!(between(&inputs, &inputs, &provider).changes, []);
    }

    #[test]
    fn secretness_makes_no_difference(
        old in known_inputs(SAMPLE_VALUES), new in inputs(SAMPLE_VALUES), provider in provider()
    ) {
        let plain = between(&peeled(&old), &peeled(&new), &provider);
        prop_assert_eq!(between(&old, &new, &provider), plain);
    }

    #[test]
    fn internal_keys_make_no_difference(
        old in known_inputs(SAMPLE_VALUES), new in inputs(SAMPLE_VALUES), provider in provider()
    ) {
        let without = |mut properties: PropertyMap| { properties.remove("__defaults"); properties };
        let plain = between(&without(old.clone()), &without(new.clone()), &provider);
        prop_assert_eq!(between(&old, &new, &provider), plain);
    }

    #[test]
    fn what_is_added_one_way_is_removed_the_other_way(
        a in known_inputs(SAMPLE_VALUES), b in known_inputs(SAMPLE_VALUES), provider in provider()
    ) {
        let there = between(&a, &b, &provider);
        let back = between(&b, &a, &provider);
        prop_assert_eq!(there.delete_before_replace, back.delete_before_replace);
        prop_assert_eq!(there.changes.len(), back.changes.len());
        for (there, back) in there.changes.iter().zip(&back.changes) {
            let reverse = match there.kind {
                ChangeKind::Add => ChangeKind::Delete,
                ChangeKind::Delete => ChangeKind::Add,
                ChangeKind::Update => ChangeKind::Update,
            };
            prop_assert_eq!((there.name, reverse, there.in_inputs), (back.name, back.kind, back.in_inputs));
        }
    }

    #[test]
    fn exactly_what_means_something_else_differs(
        old in known_inputs(SAMPLE_VALUES), new in inputs(SAMPLE_VALUES), provider in provider()
    ) {
        let diff = between(&old, &new, &provider);
        let expected = SAMPLE.iter().filter(|property| property.is_input()).filter(|property| {
            let default = provider.get(property.name).map(String::as_str);
            let after = effective(property, &new, default);
            after == Setting::Unknown || after != effective(property, &old, default)
        });
        let changed: Vec<_> = diff.changes.iter().map(|change| change.name).collect();
        prop_assert_eq!(changed, expected.map(|property| property.name).collect::<Vec<_>>());
    }

    #[test]
    fn an_unknown_new_value_is_a_change(
        old in known_inputs(SAMPLE_VALUES),
        unknown in unknown().prop_flat_map(wrapped),
        name in select(&["name", "source", "key", "scope", "place"][..]),
        provider in provider(),
    ) {
        let mut new = old.clone();
        new.insert(name.to_owned(), unknown);
        let diff = between(&old, &new, &provider);
        prop_assert_eq!(diff.changes.len(), 1);
        let change = diff.changes[0];
        let was_set = effective(property(name), &old, provider.get(name).map(String::as_str)) != Setting::Unset;
        prop_assert_eq!(change.name, name);
        prop_assert_eq!(change.kind, if was_set { ChangeKind::Update } else { ChangeKind::Add });
        // What is not known is not removed, so no removal makes it a replacement.
        prop_assert_eq!(change.replaces, name != "key");
        prop_assert!(change.in_inputs && diff.delete_before_replace);
    }

    #[test]
    fn what_replaces_is_what_changed_and_cannot_be_updated(
        old in known_inputs(SAMPLE_VALUES), new in inputs(SAMPLE_VALUES), provider in provider()
    ) {
        let diff = between(&old, &new, &provider);
        for change in &diff.changes {
            prop_assert_eq!(change.replaces, change.name != "key" || change.kind == ChangeKind::Delete);
        }
        let replaces: Vec<_> = diff.replaces().collect();
        let expected = diff.changes.iter().filter(|change| change.replaces).map(|change| change.name);
        prop_assert_eq!(replaces, expected.collect::<Vec<_>>());
    }

    #[test]
    fn the_old_one_is_deleted_first_exactly_when_the_whole_identity_may_stay(
        old in known_inputs(SAMPLE_VALUES), new in inputs(SAMPLE_VALUES), provider in provider()
    ) {
        let kept = |name: &str| {
            let default = provider.get(name).map(String::as_str);
            let after = effective(property(name), &new, default);
            after == Setting::Unknown || after == effective(property(name), &old, default)
        };
        prop_assert_eq!(between(&old, &new, &provider).delete_before_replace, kept("name") && kept("place"));
    }

    #[test]
    fn the_place_in_the_outputs_counts_where_the_inputs_name_none(
        old in known_inputs(SAMPLE_VALUES), new in known_inputs(SAMPLE_VALUES),
        was in select(&["here", "there"][..]), is in select(&["here", "there"][..]),
    ) {
        let outputs = PropertyMap::from([("place".to_owned(), Value::from(was))]);
        let provider = BTreeMap::from([("place", is.to_owned())]);
        let diff = diff(SAMPLE, Old { inputs: &old, outputs: &outputs }, &new, &provider);
        let before = effective(property("place"), &old, Some(was));
        let after = effective(property("place"), &new, Some(is));
        let change = diff.changes.iter().find(|change| change.name == "place");
        prop_assert_eq!(change.is_some(), before != after);
        if let Some(change) = change {
            let named = |inputs| property("place").look_up(inputs) != Setting::Unset;
            prop_assert_eq!(change.in_inputs, named(&old) || named(&new));
            prop_assert_eq!((change.kind, change.replaces), (ChangeKind::Update, true));
        }
    }

    #[test]
    fn no_other_output_is_looked_at(inputs in known_inputs(SAMPLE_VALUES), outputs in known_inputs(SAMPLE_VALUES)) {
        let mut outputs = outputs;
        outputs.remove("place");
        outputs.insert("number".to_owned(), Value::from("13"));
        let diff = diff(SAMPLE, Old { inputs: &inputs, outputs: &outputs }, &inputs, &BTreeMap::new());
        prop_assert_eq!(diff.changes, []);
    }
}
