use proptest::{prelude::*, sample::select};

use super::*;
use crate::pulumi::{
    generators::{properties, value},
    value::Output,
    wire::SIGNATURE_KEY,
};

mod forms;

fn nothing(_: &str) -> Option<String> {
    None
}

fn given(properties: &[(&str, Value)]) -> PropertyMap {
    properties.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

fn texts(properties: &[(&str, &str)]) -> PropertyMap {
    properties.iter().map(|(name, text)| ((*name).to_owned(), Value::from(*text))).collect()
}

fn read(properties: &[(&str, &str)]) -> Configuration {
    Configuration::read(&texts(properties), nothing).unwrap()
}

fn failures(properties: &[(&str, Value)]) -> Vec<(String, String)> {
    let failures = Configuration::read(&given(properties), nothing).unwrap_err().into_iter();
    failures.map(|failure| (failure.property, failure.reason)).collect()
}

/// Values of every key: of its own shape, as text, and of any other kind.
fn configuration() -> impl Strategy<Value = PropertyMap> {
    let name = (0..KEYS.len()).prop_map(|index| KEYS[index].name.to_owned());
    let text =
        select(&["", "true", "false", "25", "[]", "{}", "[\"a\"]", "{\"a\": 1}", "null", "x", "[", "us-east-1"][..]);
    let value = prop_oneof![3 => text.prop_map(Value::from), 1 => value()];
    prop::collection::btree_map(name, value, 0..6)
}

proptest! {
    #[test]
    fn any_configuration_is_read_or_refused_by_the_names_of_its_keys(configuration in configuration(), more in properties()) {
        let mut properties = configuration;
        properties.extend(more);
        if let Err(failures) = Configuration::read(&properties, nothing) {
            prop_assert!(!failures.is_empty());
            for failure in failures {
                let other_half = matches!(failure.property.as_str(), "accessKey" | "secretKey");
                prop_assert!(other_half || properties.contains_key(&failure.property), "{:?}", failure);
            }
        }
    }

    #[test]
    fn defaults_are_added_once_and_change_nothing_else(configuration in configuration()) {
        let once = with_defaults(configuration.clone(), nothing);
        prop_assert_eq!(with_defaults(once.clone(), nothing), once.clone());
        for (name, value) in &configuration {
            let defaulted = matches!(name.as_str(), "skipCredentialsValidation" | "skipRegionValidation");
            if !defaulted {
                prop_assert_eq!(once[name].peeled(), value.peeled());
            }
        }
    }

    #[test]
    fn defaults_make_no_difference(configuration in configuration()) {
        let known = configuration.into_iter().filter(|(_, value)| !value.contains_unknown()).collect();
        prop_assert_eq!(differences(&known, &known), Vec::<String>::new());
        let with_defaults = with_defaults(known.clone(), nothing);
        prop_assert_eq!(differences(&known, &with_defaults), Vec::<String>::new());
    }

    #[test]
    fn a_difference_one_way_is_one_the_other_way(a in configuration(), b in configuration()) {
        prop_assert_eq!(differences(&a, &b), differences(&b, &a));
    }

    #[test]
    fn no_secret_shows_however_it_comes(secret in "#[a-z]{8}#", wrong in any::<bool>()) {
        let value = Value::from(secret.as_str());
        let value = if wrong { Value::Array(vec![value]) } else { value };
        let properties = given(&[("accessKey", value.clone()), ("secretKey", value.clone()), ("token", value)]);
        let read = Configuration::read(&properties, nothing);
        prop_assert_eq!(read.is_err(), wrong);
        let shown = format!("{read:?}");
        prop_assert!(!shown.contains(&secret));
        let shown = format!("{:?}", with_defaults(properties, nothing));
        prop_assert!(!shown.contains(&secret));
    }
}

#[test]
fn what_a_program_keeps_secret_is_in_no_failure() {
    for key in KEYS {
        for wrong in [
            Value::from("HUNTER"),
            Value::Array(vec![Value::Bool(true), Value::from("HUNTER")]),
            Value::Object(given(&[("ecr", Value::from("HUNTER"))])),
        ] {
            let read = Configuration::read(&given(&[(key.name, wrong.clone().into_secret())]), nothing);
            if let Err(failures) = read {
                assert!(!format!("{failures:?}").contains("HUNTER"), "{}: {failures:?}", key.name);
            }
        }
    }
}

#[test]
fn an_empty_configuration_has_the_defaults_of_pulumi_aws() {
    let configuration = read(&[]);
    assert!(configuration.skip_region_validation && !configuration.skip_credentials_validation);
    assert!(!configuration.skip_requesting_account_id && !configuration.skip_metadata_api_check);
    assert_eq!((configuration.use_fips, configuration.use_dual_stack), (None, None), "left to the environment");
    assert_eq!((configuration.max_attempts, configuration.adaptive_retries), (None, None));
    assert!(configuration.region.is_none() && configuration.profile.is_none() && configuration.keys.is_none());
    assert!(configuration.not_yet.is_empty());
}

#[test]
fn internal_notes_about_a_provider_are_no_keys() {
    read(&[("version", "6.77.0"), ("pluginDownloadURL", "https://x"), ("__internal", "x"), ("__defaults", "[]")]);
}

#[test]
fn an_unknown_key_is_refused_with_the_one_that_is_meant() {
    assert_eq!(
        failures(&[("regoin", Value::from("us-east-1")), ("cheese", Value::from("x"))]),
        [
            ("cheese".to_owned(), "`aws:cheese` is not a valid configuration key for this provider".to_owned()),
            (
                "regoin".to_owned(),
                "`aws:regoin` is not a valid configuration key for this provider; did you mean `aws:region`?"
                    .to_owned()
            ),
        ]
    );
}

#[test]
fn an_access_key_has_two_parts() {
    for (one, other) in [("accessKey", "secretKey"), ("secretKey", "accessKey")] {
        let failures = failures(&[(one, Value::from("x"))]);
        assert!(matches!(&failures[..], [(name, reason)] if name == other && reason.contains(one)), "{failures:?}");
        let unknown = given(&[(one, Value::from("x")), (other, Value::UNKNOWN)]);
        assert!(Configuration::read(&unknown, nothing).unwrap().keys.is_none());
    }
    let keys = read(&[("accessKey", "a"), ("secretKey", "s"), ("token", "t")]).keys.unwrap();
    assert_eq!((keys.access_key.as_str(), keys.secret_key.as_str(), keys.token.as_deref()), ("a", "s", Some("t")));
}

#[test]
fn a_key_of_the_wrong_type_fails_once() {
    let failures = failures(&[("accessKey", Value::from("x")), ("secretKey", Value::Bool(true))]);
    assert_eq!(failures, [("secretKey".to_owned(), "must be a string".to_owned())]);
}

#[test]
fn accounts_are_allowed_or_forbidden_but_not_both() {
    let failures = failures(&[
        ("allowedAccountIds", Value::from("[\"123456789012\"]")),
        ("forbiddenAccountIds", Value::from("[\"210987654321\"]")),
    ]);
    assert!(matches!(&failures[..], [(name, _)] if name == "forbiddenAccountIds"), "{failures:?}");
}

#[test]
fn a_region_is_looked_at_only_when_asked_for() {
    assert_eq!(read(&[("region", "moon-east-1")]).region.as_deref(), Some("moon-east-1"));
    let failures = failures(&[("region", Value::from("moon-east-1")), ("skipRegionValidation", Value::from("false"))]);
    assert!(failures[0].1.contains("invalid AWS Region: this version knows none of that name"), "{failures:?}");
    assert!(read(&[("region", "us-east-1"), ("skipRegionValidation", "false")]).region.is_some());
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let failures = failures(&[
        ("maxRetries", Value::from("many")),
        ("retryMode", Value::from("legacy")),
        ("insecure", Value::from("perhaps")),
        ("assumeRoles", Value::from("{")),
        ("tokenBucketRateLimiterCapacity", Value::Bool(true)),
        ("cheese", Value::Null),
    ]);
    let mut names: Vec<_> = failures.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    let expected = ["assumeRoles", "cheese", "insecure", "maxRetries", "retryMode", "tokenBucketRateLimiterCapacity"];
    assert_eq!(names, expected);
}

#[test]
fn the_environment_answers_where_the_configuration_does_not() {
    let environment: Environment = |name| {
        matches!(name, "AWS_SKIP_CREDENTIALS_VALIDATION" | "AWS_SKIP_METADATA_API_CHECK").then(|| "true".to_owned())
    };
    let configuration = Configuration::read(&PropertyMap::new(), environment).unwrap();
    assert!(configuration.skip_credentials_validation && configuration.skip_metadata_api_check);
    let configuration = Configuration::read(&texts(&[("skipCredentialsValidation", "false")]), environment).unwrap();
    assert!(!configuration.skip_credentials_validation, "the configuration says otherwise");
}

#[test]
fn the_environment_still_answers_after_defaults_have_been_added() {
    // What CheckConfig returns is what Configure gets.
    let environment: Environment = |name| (name == "AWS_SKIP_CREDENTIALS_VALIDATION").then(|| "1".to_owned());
    let checked = with_defaults(PropertyMap::new(), environment);
    assert!(Configuration::read(&checked, environment).unwrap().skip_credentials_validation);
}

#[test]
fn defaults_are_those_of_pulumi_aws() {
    let environment: Environment = |name| match name {
        "AWS_REGION" => Some("eu-west-1".to_owned()),
        "AWS_DEFAULT_REGION" => Some("eu-west-2".to_owned()),
        _ => None,
    };
    let defaults =
        texts(&[("region", "eu-west-1"), ("skipCredentialsValidation", "false"), ("skipRegionValidation", "true")]);
    assert_eq!(with_defaults(PropertyMap::new(), environment), defaults);
    assert_eq!(with_defaults(given(&[("region", Value::Null)]), environment), defaults);
    assert_eq!(with_defaults(texts(&[("region", "")]), environment), defaults);
    let other: Environment = |name| (name == "AWS_DEFAULT_REGION").then(|| "eu-west-2".to_owned());
    assert_eq!(with_defaults(PropertyMap::new(), other)["region"], Value::from("eu-west-2"));
    for kept in [Value::from("us-east-1"), Value::UNKNOWN, Value::from("us-east-1").into_secret()] {
        assert_eq!(with_defaults(given(&[("region", kept.clone())]), environment)["region"], kept);
    }
    assert!(!with_defaults(PropertyMap::new(), nothing).contains_key("region"));
}

#[test]
fn secrets_are_marked_even_when_they_came_in_plain() {
    let checked = with_defaults(
        given(&[("accessKey", Value::from("a")), ("secretKey", Value::UNKNOWN), ("token", Value::Null)]),
        nothing,
    );
    assert_eq!(checked["accessKey"], Value::from("a").into_secret());
    assert_eq!(checked["secretKey"], Value::UNKNOWN.into_secret());
    assert_eq!(checked["token"], Value::Null);
    let already = given(&[("secretKey", Value::from("s").into_secret())]);
    assert_eq!(with_defaults(already.clone(), nothing)["secretKey"], already["secretKey"]);
}

#[test]
fn what_is_not_done_yet_is_listed_where_it_is_set() {
    let properties = texts(&[
        ("insecure", "true"),
        ("assumeRole", "{\"roleArn\": \"arn:aws:iam::123456789012:role/x\"}"),
        ("defaultTags", "{\"tags\": {\"a\": \"b\"}}"),
    ]);
    let configuration = Configuration::read(&properties, nothing).unwrap();
    let names: Vec<_> = configuration.not_yet.iter().map(|key| (key.name, key.r#use)).collect();
    assert_eq!(names, [("assumeRole", Use::NotYetIdentity), ("insecure", Use::NotYetReach)]);
    assert!(read(&[("insecure", "false"), ("assumeRoles", "[]"), ("httpProxy", "")]).not_yet.is_empty());
}

#[test]
fn debug_output_shows_no_secret() {
    let configuration = read(&[("accessKey", "AKIAHUNTER"), ("secretKey", "hunter2"), ("token", "hunter3")]);
    let shown = format!("{configuration:?} {:?}", configuration.keys);
    assert!(shown.contains("Keys(..)") && !shown.to_lowercase().contains("hunter"), "{shown}");
}
