//! What a change of a rule leads to: `reference/ecr.md`, section 7 B, on the real table.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::pulumi::{
    check,
    diff::{ChangeKind, Diff, Old, diff},
    generators::{inputs, known_inputs},
    preview, state,
};
use ChangeKind::{Add, Delete, Update};

const VALUES: &[(&str, &[&str])] = &[
    (ECR_REPOSITORY_PREFIX, &["team", "team/", "other", "ROOT"]),
    (UPSTREAM_REGISTRY_URL, &["registry-1.docker.io", "cgr.dev"]),
    (CREDENTIAL_ARN, &[SECRET, OTHER_SECRET]),
    (CUSTOM_ROLE_ARN, &[ROLE, OTHER_ROLE]),
    (UPSTREAM_REPOSITORY_PREFIX, &["ROOT", "org", "org/", "my"]),
    (REGION, &["us-east-1", "eu-west-1"]),
];

fn provider(region: &str) -> BTreeMap<&'static str, String> {
    [(REGION, region.to_owned())].into()
}

fn between(old: &PropertyMap, new: &PropertyMap) -> Diff {
    diff(PROPERTIES, Old { inputs: old, outputs: &PropertyMap::new() }, new, &provider("us-east-1"))
}

/// Each change as name, kind and whether it replaces; and whether to delete first.
fn summary(diff: &Diff) -> (Vec<(&'static str, ChangeKind, bool)>, bool) {
    (
        diff.changes.iter().map(|change| (change.name, change.kind, change.replaces)).collect(),
        diff.delete_before_replace,
    )
}

#[track_caller]
fn assert_none(old: &PropertyMap, new: &PropertyMap) {
    assert_eq!(summary(&between(old, new)), (vec![], true), "{old:?} -> {new:?}");
}

/// A change that can only be made in place, so that a replacement forced on it deletes first.
#[track_caller]
fn assert_update(old: &PropertyMap, new: &PropertyMap, changes: &[(&'static str, ChangeKind)]) {
    let changes = changes.iter().map(|(name, kind)| (*name, *kind, false)).collect();
    assert_eq!(summary(&between(old, new)), (changes, true), "{old:?} -> {new:?}");
}

#[track_caller]
fn assert_replaced(old: &PropertyMap, new: &PropertyMap, changes: &[(&'static str, ChangeKind)], delete_first: bool) {
    let changes = changes.iter().map(|(name, kind)| (*name, *kind, true)).collect();
    assert_eq!(summary(&between(old, new)), (changes, delete_first), "{old:?} -> {new:?}");
}

#[test]
fn the_same_is_no_change() {
    let full =
        [(CREDENTIAL_ARN, SECRET), (CUSTOM_ROLE_ARN, ROLE), (UPSTREAM_REPOSITORY_PREFIX, "org"), (REGION, "us-east-1")];
    assert_none(&rule(&full), &rule(&full)); // B1
}

#[test]
fn an_arn_that_is_set_or_changed_is_updated() {
    let (plain, secret, role) = (rule(&[]), rule(&[(CREDENTIAL_ARN, SECRET)]), rule(&[(CUSTOM_ROLE_ARN, ROLE)]));
    assert_update(&secret, &rule(&[(CREDENTIAL_ARN, OTHER_SECRET)]), &[(CREDENTIAL_ARN, Update)]); // B2
    assert_update(&role, &rule(&[(CUSTOM_ROLE_ARN, OTHER_ROLE)]), &[(CUSTOM_ROLE_ARN, Update)]); // B3
    assert_update(
        &rule(&[(CREDENTIAL_ARN, SECRET), (CUSTOM_ROLE_ARN, ROLE)]),
        &rule(&[(CREDENTIAL_ARN, OTHER_SECRET), (CUSTOM_ROLE_ARN, OTHER_ROLE)]),
        &[(CREDENTIAL_ARN, Update), (CUSTOM_ROLE_ARN, Update)],
    ); // B4
    assert_update(&plain, &secret, &[(CREDENTIAL_ARN, Add)]); // B5
    assert_update(&plain, &role, &[(CUSTOM_ROLE_ARN, Add)]);
}

#[test]
fn another_prefix_is_another_rule_beside_the_old_one() {
    let new = rule(&[(ECR_REPOSITORY_PREFIX, "other")]);
    assert_replaced(&rule(&[]), &new, &[(ECR_REPOSITORY_PREFIX, Update)], false); // B6
}

#[test]
fn another_upstream_under_the_same_prefix_deletes_first() {
    let new = rule(&[(UPSTREAM_REGISTRY_URL, "ghcr.io")]);
    assert_replaced(&rule(&[]), &new, &[(UPSTREAM_REGISTRY_URL, Update)], true); // B7
    let upstream = |prefix| rule(&[(UPSTREAM_REPOSITORY_PREFIX, prefix)]);
    assert_replaced(&upstream("a1"), &upstream("b1"), &[(UPSTREAM_REPOSITORY_PREFIX, Update)], true); // B8
    let both = rule(&[(ECR_REPOSITORY_PREFIX, "other"), (UPSTREAM_REGISTRY_URL, "ghcr.io")]);
    assert_replaced(&rule(&[]), &both, &[(ECR_REPOSITORY_PREFIX, Update), (UPSTREAM_REGISTRY_URL, Update)], false);
}

#[test]
fn no_upstream_prefix_is_the_same_as_root() {
    let plain = rule(&[]);
    for root in ["ROOT", "", "ROOT/"] {
        let root = rule(&[(UPSTREAM_REPOSITORY_PREFIX, root)]);
        assert_none(&plain, &root); // B9
        assert_none(&root, &plain);
        let team = rule(&[(UPSTREAM_REPOSITORY_PREFIX, "team")]);
        assert_replaced(&root, &team, &[(UPSTREAM_REPOSITORY_PREFIX, Add)], true); // B10
        assert_replaced(&team, &root, &[(UPSTREAM_REPOSITORY_PREFIX, Delete)], true);
    }
}

#[test]
fn an_arn_that_is_removed_replaces_since_ecr_cannot_clear_it() {
    let (plain, secret, role) = (rule(&[]), rule(&[(CREDENTIAL_ARN, SECRET)]), rule(&[(CUSTOM_ROLE_ARN, ROLE)]));
    let both = rule(&[(CREDENTIAL_ARN, SECRET), (CUSTOM_ROLE_ARN, ROLE)]);
    assert_replaced(&secret, &plain, &[(CREDENTIAL_ARN, Delete)], true); // B11
    assert_replaced(&both, &role, &[(CREDENTIAL_ARN, Delete)], true); // B12
    assert_replaced(&both, &secret, &[(CUSTOM_ROLE_ARN, Delete)], true); // B13
    assert_replaced(&both, &plain, &[(CREDENTIAL_ARN, Delete), (CUSTOM_ROLE_ARN, Delete)], true);
    let exchanged = between(&secret, &role);
    assert_eq!(summary(&exchanged), (vec![(CREDENTIAL_ARN, Delete, true), (CUSTOM_ROLE_ARN, Add, false)], true));
}

#[test]
fn nothing_null_and_empty_are_one() {
    let plain = rule(&[]);
    for name in [CREDENTIAL_ARN, CUSTOM_ROLE_ARN, UPSTREAM_REPOSITORY_PREFIX, REGION] {
        for unset in [Value::from(""), Value::Null, Value::from("").into_secret()] {
            let mut other = plain.clone();
            other.insert(name.to_owned(), unset);
            assert_none(&plain, &other); // B14
            assert_none(&other, &plain);
        }
    }
}

#[test]
fn a_slash_at_the_end_of_a_prefix_is_no_change() {
    for name in [ECR_REPOSITORY_PREFIX, UPSTREAM_REPOSITORY_PREFIX] {
        assert_none(&rule(&[(name, "xy")]), &rule(&[(name, "xy/")])); // B15
        assert_none(&rule(&[(name, "xy/")]), &rule(&[(name, "xy")]));
    }
}

#[test]
fn the_region_in_effect_counts() {
    let (plain, here, there) = (rule(&[]), rule(&[(REGION, "us-east-1")]), rule(&[(REGION, "eu-west-1")]));
    assert_none(&plain, &here); // B16
    assert_replaced(&here, &there, &[(REGION, Update)], false); // B17
    assert_replaced(&plain, &there, &[(REGION, Update)], false);
    assert_none(&here, &plain); // B18
    assert_replaced(&there, &plain, &[(REGION, Update)], false);
}

#[test]
fn a_region_that_changed_with_the_provider_is_in_no_input() {
    let plain = rule(&[]);
    let outputs = rule(&[(REGION, "us-east-1")]);
    let moved = |old: &PropertyMap, new: &PropertyMap| {
        let diff = diff(PROPERTIES, Old { inputs: old, outputs: &outputs }, new, &provider("eu-west-1"));
        assert_eq!(summary(&diff), (vec![(REGION, Update, true)], false));
        diff.changes[0].in_inputs
    };
    assert!(!moved(&plain, &plain));
    assert!(!moved(&rule(&[(REGION, "")]), &plain));
    assert!(moved(&outputs, &plain), "the program has taken its region away");
    assert!(moved(&plain, &rule(&[(REGION, "eu-west-1")])), "the program has named its region");
    let stays = diff(PROPERTIES, Old { inputs: &plain, outputs: &outputs }, &outputs, &provider("eu-west-1"));
    assert_eq!(stays.changes, [], "the program names the region that the rule has been in all along");
}

#[test]
fn what_is_not_known_yet_is_a_change() {
    let unknown = |name: &str| {
        let mut new = rule(&[(CREDENTIAL_ARN, SECRET)]);
        new.insert(name.to_owned(), Value::UNKNOWN);
        new
    };
    let old = rule(&[(CREDENTIAL_ARN, SECRET)]);
    assert_update(&old, &unknown(CREDENTIAL_ARN), &[(CREDENTIAL_ARN, Update)]); // B19
    assert_update(&old, &unknown(CUSTOM_ROLE_ARN), &[(CUSTOM_ROLE_ARN, Add)]);
    for (name, kind) in [
        (ECR_REPOSITORY_PREFIX, Update),
        (UPSTREAM_REGISTRY_URL, Update),
        (UPSTREAM_REPOSITORY_PREFIX, Add),
        (REGION, Update),
    ] {
        assert_replaced(&old, &unknown(name), &[(name, kind)], true);
    }
}

#[test]
fn neither_the_account_nor_any_other_output_makes_a_difference() {
    let inputs = rule(&[]);
    let mut outputs = rule(&[
        (REGISTRY_ID, "210987654321"),
        (CREDENTIAL_ARN, ""),
        (CUSTOM_ROLE_ARN, ROLE),
        (ECR_REPOSITORY_PREFIX, "team/"),
        (UPSTREAM_REPOSITORY_PREFIX, "ROOT"),
        ("id", "team"),
    ]);
    outputs.insert("__meta".to_owned(), Value::from("{}"));
    let diff = diff(PROPERTIES, Old { inputs: &inputs, outputs: &outputs }, &inputs, &provider("us-east-1"));
    assert_eq!(diff.changes, []); // B20, B24, G7
}

#[test]
fn secretness_and_internal_keys_are_no_change() {
    let mut secret = rule(&[]);
    secret.insert(CREDENTIAL_ARN.to_owned(), Value::from(SECRET).into_secret());
    secret.insert("__defaults".to_owned(), Value::Array(Vec::new()));
    let plain = rule(&[(CREDENTIAL_ARN, SECRET)]);
    assert_none(&plain, &secret); // B21
    assert_none(&secret, &plain);
}

#[test]
fn every_state_that_pulumi_aws_wrote_is_taken_over_without_a_change() {
    let program = rule(&[(CREDENTIAL_ARN, SECRET)]);
    let with = |settings: &[(&str, Value)]| {
        let mut properties = program.clone();
        properties.extend(given(settings));
        properties
    };
    let defaults = ("__defaults", Value::Array(Vec::new()));
    let (empty, delta) = (Value::from(""), ("__pulumi_raw_state_delta", Value::Object(PropertyMap::new())));
    let region = (REGION, Value::from("us-east-1"));
    for (inputs, outputs) in [
        // 6.77, in the forms that unset outputs can have
        (with(std::slice::from_ref(&defaults)), with(&[(CUSTOM_ROLE_ARN, empty.clone())])),
        (with(std::slice::from_ref(&defaults)), with(&[(UPSTREAM_REPOSITORY_PREFIX, Value::Null)])),
        // 7.48
        (with(&[defaults, region.clone()]), with(&[region, delta, (CUSTOM_ROLE_ARN, empty)])),
    ] {
        let diff = diff(PROPERTIES, Old { inputs: &inputs, outputs: &outputs }, &program, &provider("us-east-1"));
        assert_eq!(diff.changes, []);
    }
}

proptest! {
    #[test]
    fn a_rule_does_not_differ_from_itself_as_read_back(program in known_inputs(VALUES)) {
        let actual = crate::pulumi::plain::PlainProperties::of(&program);
        let outputs = state::outputs(PROPERTIES, "team", &actual, &program);
        let diff = diff(PROPERTIES, Old { inputs: &program, outputs: &outputs }, &program, &provider("us-east-1"));
        prop_assert_eq!(diff.changes, []);
    }

    #[test]
    fn what_can_only_be_replaced_is(old in known_inputs(VALUES), new in inputs(VALUES)) {
        for change in between(&old, &new).changes {
            let arn = matches!(change.name, CREDENTIAL_ARN | CUSTOM_ROLE_ARN);
            prop_assert_eq!(change.replaces, !arn || change.kind == Delete);
        }
    }

    #[test]
    fn values_of_the_table_are_checked_and_previewed_without_loss(inputs in inputs(VALUES)) {
        for failure in check::check(PROPERTIES, &inputs).failures {
            let missing = matches!(failure.property.as_str(), ECR_REPOSITORY_PREFIX | UPSTREAM_REGISTRY_URL);
            prop_assert!(missing && failure.reason.contains("is required"), "{:?}", failure);
        }
        let preview = preview::created(PROPERTIES, &inputs, |name| (name == REGION).then(|| "us-east-1".to_owned()));
        let names: Vec<_> = preview.keys().map(String::as_str).collect();
        let mut all: Vec<_> = PROPERTIES.iter().map(|property| property.name).collect();
        all.sort_unstable();
        prop_assert_eq!(names, all);
    }
}

#[test]
fn each_property_is_checked_by_its_own_rule() {
    let mut inputs = rule(&[
        (ECR_REPOSITORY_PREFIX, "-ab"),
        (UPSTREAM_REGISTRY_URL, "https://quay.io"),
        (CREDENTIAL_ARN, "foo"),
        (CUSTOM_ROLE_ARN, "bar"),
        (UPSTREAM_REPOSITORY_PREFIX, "a..b"),
        (REGION, "moon"),
        (REGISTRY_ID, "123456789012"),
    ]);
    inputs.insert("upstreamRegistryURL".to_owned(), Value::from("quay.io"));
    let findings = check::check(PROPERTIES, &inputs);
    let found: Vec<_> = findings.failures.iter().map(|f| (f.property.as_str(), f.reason.as_str())).collect();
    for ((name, what), (property, reason)) in [
        (ECR_REPOSITORY_PREFIX, "begins with the separator `-` at position 1"),
        (UPSTREAM_REGISTRY_URL, "did you mean `quay.io`?"),
        (CREDENTIAL_ARN, "is an invalid ARN: arn: invalid prefix"),
        (CUSTOM_ROLE_ARN, "is an invalid ARN: arn: invalid prefix"),
        (UPSTREAM_REPOSITORY_PREFIX, "`..`"),
        (REGION, "`moon` cannot be an AWS region"),
        (REGISTRY_ID, "computed"),
        ("upstreamRegistryURL", "did you mean `upstreamRegistryUrl`?"),
    ]
    .into_iter()
    .zip(found.iter().copied())
    {
        assert!(property == name && reason.contains(what), "{name}: {property}: {reason}");
    }
    assert_eq!(found.len(), 8);
}
