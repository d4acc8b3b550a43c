//! The forms in which values come: typed, as text, as JSON, with secret marks inside, unknown.

use super::*;

fn list(items: &[&str]) -> Value {
    Value::Array(items.iter().map(|item| Value::from(*item)).collect())
}

fn object(fields: &[(&str, Value)]) -> Value {
    Value::Object(given(fields))
}

fn output(value: Option<Value>) -> Value {
    Value::Output(Box::new(Output { value, secret: None, dependencies: None }))
}

fn one(name: &str, value: Value) -> Configuration {
    Configuration::read(&given(&[(name, value)]), nothing).unwrap()
}

#[test]
fn every_key_takes_what_it_is_documented_to_take() {
    for key in KEYS {
        let typed = match key.shape {
            Shape::Text if key.name == "retryMode" => Value::from("standard"),
            Shape::Text => Value::from("us-east-1"),
            Shape::Flag => Value::Bool(true),
            Shape::Number => Value::Number(5.0),
            Shape::Structure
                if key.name.ends_with("Ids") || key.name.ends_with("Files") || key.name == "userAgents" =>
            {
                list(&["x"])
            }
            Shape::Structure => object(&[("ecr", Value::from("https://x"))]),
        };
        let text = match key.shape {
            Shape::Text => typed.clone(),
            Shape::Flag => Value::from("true"),
            Shape::Number => Value::from("5"),
            Shape::Structure if matches!(typed, Value::Array(_)) => Value::from("[\"x\"]"),
            Shape::Structure => Value::from("{\"ecr\": \"https://x\"}"),
        };
        let with = |value: Value| {
            let mut properties = given(&[(key.name, value)]);
            for half in ["accessKey", "secretKey"] {
                if matches!(key.name, "accessKey" | "secretKey" | "token") {
                    properties.entry(half.to_owned()).or_insert_with(|| Value::from("x"));
                }
            }
            properties
        };
        let typed_form = with(typed.clone());
        for form in [typed.clone(), text, typed.clone().into_secret(), output(Some(typed))] {
            let properties = with(form);
            let read = Configuration::read(&properties, nothing);
            assert!(read.is_ok(), "{}: {:?}", key.name, read);
            assert_eq!(differences(&typed_form, &properties), Vec::<String>::new(), "{}", key.name);
        }
        for unset in [Value::Null, Value::from(""), Value::UNKNOWN, output(None)] {
            let read = Configuration::read(&given(&[(key.name, unset)]), nothing);
            assert!(read.is_ok_and(|read| read.not_yet.is_empty()), "{}", key.name);
        }
        let is_the_default = key.name == "skipRegionValidation";
        assert_eq!(differences(&PropertyMap::new(), &typed_form).is_empty(), is_the_default, "{}", key.name);
    }
}

#[test]
fn flags_are_spelled_as_go_spells_them() {
    for (flag, expected) in [
        ("true", true),
        ("TRUE", true),
        ("True", true),
        ("t", true),
        ("1", true),
        ("false", false),
        ("F", false),
        ("0", false),
    ] {
        assert_eq!(read(&[("useFipsEndpoint", flag)]).use_fips, Some(expected), "{flag}");
    }
    for flag in [Value::from("yes"), Value::from("tRUE"), Value::from(" true"), Value::Number(1.0), list(&[])] {
        let failures = failures(&[("useFipsEndpoint", flag)]);
        assert!(failures[0].1.starts_with("must be true or false, but is "), "{failures:?}");
    }
}

#[test]
fn numbers_are_whole_and_not_negative() {
    for number in [Value::from("25"), Value::from(" 25 "), Value::Number(25.0), Value::Number(25.0).into_secret()] {
        assert_eq!(one("maxRetries", number).max_attempts, Some(25));
    }
    for number in [Value::from("-1"), Value::from("2.5"), Value::Number(2.5), Value::Number(1e20), Value::Bool(true)] {
        let failures = failures(&[("maxRetries", number)]);
        assert!(failures[0].1.starts_with("must be a whole number, 0 or more"), "{failures:?}");
    }
}

#[test]
fn a_retry_mode_is_one_of_two() {
    assert_eq!(read(&[("retryMode", "adaptive")]).adaptive_retries, Some(true));
    assert_eq!(read(&[("retryMode", "standard")]).adaptive_retries, Some(false));
    assert_eq!(
        failures(&[("retryMode", Value::from("legacy"))])[0].1,
        "must be `standard` or `adaptive`, but is `legacy`"
    );
}

#[test]
fn account_ids_may_come_as_numbers() {
    for ids in [
        list(&["123456789012"]),
        Value::from("[\"123456789012\"]"),
        Value::from("[123456789012]"),
        Value::Array(vec![Value::Number(123_456_789_012.0)]),
        Value::Array(vec![Value::from("123456789012").into_secret()]),
    ] {
        assert_eq!(one("allowedAccountIds", ids.clone()).allowed_account_ids, ["123456789012"], "{ids:?}");
        assert_eq!(
            differences(
                &texts(&[("allowedAccountIds", "[123456789012]")]),
                &given(&[("allowedAccountIds", ids.clone())])
            ),
            match &ids {
                Value::Array(items) if matches!(items[0], Value::Number(_)) => Vec::<String>::new(),
                Value::String(text) if !text.contains('"') => Vec::new(),
                _ => vec!["allowedAccountIds".to_owned()],
            },
            "{ids:?}"
        );
    }
}

#[test]
fn lists_hold_strings() {
    assert_eq!(one("sharedConfigFiles", list(&["~/a", "b"])).shared_config_files, ["~/a", "b"]);
    assert_eq!(read(&[("sharedCredentialsFiles", "[\"a\"]")]).shared_credentials_files, ["a"]);
    for wrong in [Value::from("{\"a\": \"b\"}"), Value::from("[true]"), Value::from("[[\"a\"]]"), object(&[])] {
        let failures = failures(&[("sharedConfigFiles", wrong)]);
        assert!(failures[0].1.starts_with("must be a list of strings"), "{failures:?}");
    }
}

#[test]
fn structures_given_as_text_are_json() {
    for (text, reason) in [("[", "is no valid JSON"), ("a", "is no valid JSON"), ("5", "must be a list or an object")] {
        let failures = failures(&[("endpoints", Value::from(text))]);
        assert!(failures[0].1.starts_with(reason), "{text}: {failures:?}");
    }
    assert!(read(&[("endpoints", "null")]).endpoints.is_empty());
}

#[test]
fn endpoints_come_in_one_object_or_in_many() {
    let expected: BTreeMap<_, _> =
        [("ecr".to_owned(), "http://127.0.0.1:1".to_owned()), ("sts".to_owned(), "https://sts".to_owned())].into();
    let (ecr, sts) = (("ecr", Value::from("http://127.0.0.1:1")), ("sts", Value::from("https://sts")));
    for endpoints in [
        object(&[ecr.clone(), sts.clone()]),
        Value::Array(vec![object(&[ecr.clone(), sts.clone()])]),
        Value::Array(vec![object(std::slice::from_ref(&ecr)), object(std::slice::from_ref(&sts))]),
        Value::Array(vec![object(&[ecr, sts.clone(), ("iam", Value::Null), ("sso", Value::from(""))]), object(&[])]),
        Value::from("[{\"ecr\": \"http://127.0.0.1:1\", \"sts\": \"https://sts\", \"iam\": null}]"),
        Value::from("{\"ecr\": \"http://127.0.0.1:1\", \"sts\": \"https://sts\"}"),
    ] {
        assert_eq!(one("endpoints", endpoints.clone()).endpoints, expected, "{endpoints:?}");
    }
    for (wrong, named) in [
        (Value::from("[{\"ecr\": \"localhost:1\"}]"), "`ecr`"),
        (Value::from("[{\"sts\": 5}]"), "`sts`"),
        (Value::from("[\"http://x\"]"), "list of objects"),
    ] {
        let failures = failures(&[("endpoints", wrong)]);
        assert!(failures[0].1.contains(named), "{failures:?}");
    }
}

#[test]
fn secret_marks_inside_json_are_looked_through() {
    let mark = format!("{{\"{SIGNATURE_KEY}\": \"1b47061264138c4ac30d75fd1eb44270\", \"value\": \"http://x\"}}");
    for text in [format!("[{{\"ecr\": {mark}}}]"), format!("{{\"ecr\": {mark}}}")] {
        let configuration = read(&[("endpoints", &text)]);
        assert_eq!(configuration.endpoints["ecr"], "http://x", "{text}");
    }
    let plain = texts(&[("endpoints", "[{\"ecr\": \"http://x\"}]")]);
    let marked = texts(&[("endpoints", &format!("[{{\"ecr\": {mark}}}]"))]);
    assert_eq!(differences(&plain, &marked), Vec::<String>::new());
}

#[test]
fn what_is_partly_unknown_is_not_looked_at_yet() {
    let endpoints = Value::Array(vec![object(&[("ecr", Value::UNKNOWN), ("sts", Value::from("nonsense"))])]);
    assert!(one("endpoints", endpoints).endpoints.is_empty());
    assert!(one("allowedAccountIds", Value::Array(vec![Value::UNKNOWN])).allowed_account_ids.is_empty());
}

#[test]
fn a_form_makes_no_difference() {
    for (a, b) in [
        (given(&[("insecure", Value::Bool(true))]), texts(&[("insecure", "1")])),
        (given(&[("maxRetries", Value::Number(25.0))]), texts(&[("maxRetries", "25")])),
        (texts(&[("region", "")]), PropertyMap::new()),
        (given(&[("region", Value::Null)]), PropertyMap::new()),
        (texts(&[("skipCredentialsValidation", "false")]), PropertyMap::new()),
        (texts(&[("skipRegionValidation", "true")]), given(&[("skipRegionValidation", Value::Bool(true))])),
        (texts(&[("endpoints", "[]")]), PropertyMap::new()),
        (texts(&[("assumeRole", "{}")]), given(&[("assumeRole", object(&[]))])),
        (given(&[("assumeRole", object(&[]))]), PropertyMap::new()),
        (texts(&[("secretKey", "s")]), given(&[("secretKey", Value::from("s").into_secret())])),
        (texts(&[("assumeRole", "{\"a\": 1, \"b\": 2}")]), texts(&[("assumeRole", "{\"b\":2,\"a\":1}")])),
        (
            texts(&[("ignoreTags", "{\"keys\": [1, 2.5]}")]),
            given(&[("ignoreTags", object(&[("keys", Value::Array(vec![Value::Number(1.0), Value::Number(2.5)]))]))]),
        ),
    ] {
        assert_eq!(differences(&a, &b), Vec::<String>::new(), "{a:?} {b:?}");
    }
}

#[test]
fn another_meaning_makes_a_difference() {
    for (name, a, b) in [
        ("region", Value::from("us-east-1"), Value::from("us-east-2")),
        ("insecure", Value::Bool(true), Value::from("false")),
        ("skipRegionValidation", Value::Null, Value::from("false")),
        ("sharedConfigFiles", Value::from("[\"a\", \"b\"]"), Value::from("[\"b\", \"a\"]")),
        ("secretKey", Value::from("a").into_secret(), Value::from("b").into_secret()),
        ("region", Value::from("us-east-1"), Value::UNKNOWN),
        ("region", Value::UNKNOWN, Value::UNKNOWN),
    ] {
        assert_eq!(differences(&given(&[(name, a)]), &given(&[(name, b)])), [name]);
    }
}
