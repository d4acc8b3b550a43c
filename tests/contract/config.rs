//! CheckConfig and DiffConfig: what a provider configuration may be. Nothing here touches the network.

use pulumi_aws::pulumi::rpc::{DiffRequest, DiffResponse, diff_response::DiffChanges};
use serde_json::{Value, json};

use crate::support::{
    Checked, Client, Launch, Plugin, SECRET_KEY, UNKNOWN, assert_says, check_config, secret, to_struct,
};

async fn plugin() -> (Plugin, Client) {
    started(Launch::new()).await
}

async fn started(launch: Launch) -> (Plugin, Client) {
    let plugin = launch.start().await;
    let client = plugin.connect().await;
    (plugin, client)
}

async fn checked(configuration: Value) -> Checked {
    let (_plugin, client) = plugin().await;
    check_config(client, configuration).await
}

#[tokio::test]
async fn what_is_given_comes_back_as_it_was_given() {
    let configuration = json!({
        "region": "eu-west-1",
        "profile": "work",
        "maxRetries": "7",
        "skipCredentialsValidation": "true",
        "skipRegionValidation": false,
        "useFipsEndpoint": true,
        "endpoints": "[{\"ecr\":\"http://127.0.0.1:1\"}]",
        "allowedAccountIds": ["123456789012"],
        "defaultTags": { "tags": { "team": "a" } },
        "version": "6.77.0",
        "pluginDownloadURL": "https://example.com",
    });
    let checked = checked(configuration.clone()).await;
    assert_eq!((checked.failures.len(), checked.inputs), (0, configuration));
}

#[tokio::test]
async fn defaults_are_those_of_pulumi_aws() {
    for (variable, region) in [("AWS_REGION", json!("eu-west-1")), ("AWS_DEFAULT_REGION", json!("eu-west-2"))] {
        let (_plugin, client) = started(Launch::new().env(variable, region.as_str().unwrap())).await;
        let checked = check_config(client, json!({})).await;
        assert_eq!(checked.inputs["region"], region, "{variable}");
        assert_eq!(checked.inputs["skipCredentialsValidation"], "false");
        assert_eq!(checked.inputs["skipRegionValidation"], "true");
    }
    assert_eq!(checked(json!({})).await.inputs.get("region"), None);
}

#[tokio::test]
async fn what_the_configuration_says_wins_over_the_environment() {
    let (_plugin, client) = started(Launch::new().env("AWS_REGION", "eu-west-1")).await;
    for region in ["us-east-1", UNKNOWN] {
        let checked = check_config(client.clone(), json!({ "region": region })).await;
        assert_eq!(checked.inputs["region"], region);
    }
    assert_eq!(check_config(client, json!({ "region": "" })).await.inputs["region"], "eu-west-1");
}

#[tokio::test]
async fn keys_are_secret_even_when_they_come_in_plain() {
    for wrapped in [false, true] {
        let wrap = |text: &str| if wrapped { secret(text) } else { json!(text) };
        let configuration = json!({ "accessKey": wrap("AKID"), "secretKey": wrap(SECRET_KEY), "token": wrap("t"), "region": "us-east-1" });
        let checked = checked(configuration).await;
        for (key, value) in [("accessKey", "AKID"), ("secretKey", SECRET_KEY), ("token", "t")] {
            assert_eq!(checked.inputs[key], secret(value), "{key}");
        }
        assert_eq!(checked.inputs["region"], "us-east-1");
    }
}

#[tokio::test]
async fn the_engines_own_notes_are_not_given_back() {
    let checked = checked(json!({ "region": "us-east-1", "__internal": { "name": "aws" } })).await;
    assert_eq!(checked.inputs.get("__internal"), None);
}

#[tokio::test]
async fn unknown_keys_are_refused_with_a_suggestion() {
    let configuration =
        json!({ "regoin": "us-east-1", "acessKey": "AKID", "nothingLikeIt": "x", "secretkey": SECRET_KEY });
    let checked = checked(configuration).await;
    assert_eq!(checked.failures.len(), 4, "{checked:?}");
    for (key, suggestion) in [("regoin", "aws:region"), ("acessKey", "aws:accessKey"), ("secretkey", "aws:secretKey")] {
        assert_says(&checked.failures[key], &[key, "did you mean", suggestion]);
    }
    assert!(!checked.failures["nothingLikeIt"].contains("did you mean"));
    assert!(!format!("{:?}", checked.failures).contains(SECRET_KEY));
}

#[tokio::test]
async fn every_key_of_pulumi_aws_is_taken_typed_and_as_text() {
    let texts = [
        "accessKey",
        "customCaBundle",
        "ec2MetadataServiceEndpoint",
        "ec2MetadataServiceEndpointMode",
        "httpProxy",
        "httpsProxy",
        "noProxy",
        "profile",
        "region",
        "s3UsEast1RegionalEndpoint",
        "secretKey",
        "stsRegion",
        "tagPolicyCompliance",
        "token",
    ];
    let flags = [
        "insecure",
        "s3UsePathStyle",
        "skipCredentialsValidation",
        "skipMetadataApiCheck",
        "skipRegionValidation",
        "skipRequestingAccountId",
        "useDualstackEndpoint",
        "useFipsEndpoint",
    ];
    let lists = ["allowedAccountIds", "sharedConfigFiles", "sharedCredentialsFiles", "userAgents", "assumeRoles"];
    let objects = ["assumeRole", "assumeRoleWithWebIdentity", "defaultTags", "ignoreTags"];
    let (mut typed, mut text) = (json!({ "retryMode": "adaptive" }), json!({ "retryMode": "adaptive" }));
    let mut both = |key: &str, value: Value, as_text: &str| {
        typed[key] = value;
        text[key] = as_text.into();
    };
    for (keys, value, as_text) in [
        (&texts[..], json!("us-east-1"), "us-east-1"),
        (&flags[..], json!(true), "true"),
        (&lists[..], json!([]), "[]"),
        (&objects[..], json!({}), "{}"),
    ] {
        for key in keys {
            both(key, value.clone(), as_text);
        }
    }
    both("endpoints", json!([{ "ecr": "http://127.0.0.1:1" }]), r#"[{"ecr":"http://127.0.0.1:1"}]"#);
    both("forbiddenAccountIds", json!([]), "null");
    both("maxRetries", json!(3), "3");
    both("tokenBucketRateLimiterCapacity", json!(3), "3");
    for configuration in [typed, text] {
        let checked = checked(configuration.clone()).await;
        assert_eq!(checked.failures.len(), 0, "{checked:?}");
    }
}

#[tokio::test]
async fn bad_values_are_refused_by_key() {
    for (key, value, says) in [
        ("endpoints", json!("{ not JSON"), "JSON"),
        ("endpoints", json!("[\"a\"]"), "list of objects"),
        ("endpoints", json!([{ "ecr": "localhost:4566" }]), "http"),
        ("endpoints", json!(7), "list or an object"),
        ("allowedAccountIds", json!("123456789012"), "list"),
        ("allowedAccountIds", json!([{}]), "list of strings"),
        ("assumeRoles", json!("[{"), "JSON"),
        ("skipCredentialsValidation", json!("perhaps"), "true or false"),
        ("skipRegionValidation", json!(1), "true or false"),
        ("useFipsEndpoint", json!("yes"), "true or false"),
        ("maxRetries", json!("-1"), "whole number"),
        ("maxRetries", json!(1.5), "whole number"),
        ("retryMode", json!("legacy"), "standard"),
        ("region", json!(["us-east-1"]), "string"),
        ("secretKey", json!(7), "secretKey"),
        ("insecure", json!("maybe"), "true or false"),
    ] {
        let given =
            if key == "secretKey" { json!({ key: value }) } else { json!({ "region": "us-east-1", key: value }) };
        let checked = checked(given).await;
        let reason = checked.failures.get(key).unwrap_or_else(|| panic!("{key} passes with {value}: {checked:?}"));
        if key != "secretKey" {
            assert_says(reason, &[says]);
        }
    }
}

#[tokio::test]
async fn all_that_is_wrong_comes_in_one_answer() {
    let checked = checked(json!({ "regio": "x", "maxRetries": "many", "insecure": "maybe", "endpoints": "{" })).await;
    assert_eq!(checked.failures.keys().collect::<Vec<_>>(), ["endpoints", "insecure", "maxRetries", "regio"]);
}

#[tokio::test]
async fn half_an_access_key_is_refused() {
    let half = checked(json!({ "accessKey": "AKID" })).await;
    assert_says(&half.failures["secretKey"], &["accessKey"]);
    let half = checked(json!({ "secretKey": SECRET_KEY })).await;
    assert_says(&half.failures["accessKey"], &["secretKey"]);
    assert!(checked(json!({ "accessKey": "AKID", "secretKey": UNKNOWN })).await.failures.is_empty());
}

#[tokio::test]
async fn both_account_lists_are_refused() {
    let checked = checked(json!({ "allowedAccountIds": ["1"], "forbiddenAccountIds": ["2"] })).await;
    assert_eq!(checked.failures.len(), 1, "{checked:?}");
}

#[tokio::test]
async fn a_region_that_cannot_be_is_refused_and_an_unknown_one_where_validation_is_asked_for() {
    let checking =
        |region: &str, validate: bool| checked(json!({ "region": region, "skipRegionValidation": !validate }));
    for validate in [true, false] {
        assert_says(&checking("us_east_1", validate).await.failures["region"], &["us_east_1", "invalid AWS Region"]);
    }
    assert_says(&checking("moon-east-1", true).await.failures["region"], &["invalid AWS Region"]);
    assert!(checking("moon-east-1", false).await.failures.is_empty());
}

#[tokio::test]
async fn what_is_not_known_yet_passes() {
    let configuration = json!({
        "region": UNKNOWN, "endpoints": UNKNOWN, "maxRetries": UNKNOWN, "skipCredentialsValidation": UNKNOWN,
        "allowedAccountIds": [UNKNOWN], "secretKey": secret(UNKNOWN), "accessKey": "AKID",
    });
    let checked = checked(configuration).await;
    assert!(checked.failures.is_empty(), "{checked:?}");
    assert_eq!(checked.inputs["region"], UNKNOWN);
    assert_eq!(checked.inputs["secretKey"], secret(UNKNOWN));
}

#[tokio::test]
async fn no_configuration_at_all_is_no_failure() {
    let (_plugin, client) = plugin().await;
    assert_eq!(check_config(client, json!({})).await.failures, [].into());
}

#[tokio::test]
async fn check_config_does_not_touch_the_network() {
    let ecr = crate::support::local_ecr(local_ecr::Options::default());
    let (_plugin, client) = started(Launch::new().env("AWS_ENDPOINT_URL", &ecr.url())).await;
    let configuration = json!({ "skipCredentialsValidation": "false", "accessKey": "AKID", "secretKey": "s" });
    check_config(client, crate::support::with(crate::support::configuration(&ecr), configuration)).await;
    assert_eq!(ecr.journal().len(), 0);
}

async fn diff_config(mut client: Client, olds: Value, news: Value) -> DiffResponse {
    let request = DiffRequest {
        olds: Some(to_struct(olds.clone())),
        old_inputs: Some(to_struct(olds)),
        news: Some(to_struct(news)),
        ..DiffRequest::default()
    };
    client.diff_config(request).await.unwrap().into_inner()
}

#[tokio::test]
async fn configurations_that_mean_the_same_do_not_differ() {
    let (_plugin, client) = plugin().await;
    for (one, other) in [
        (json!({ "skipRegionValidation": true }), json!({ "skipRegionValidation": "true" })),
        (json!({ "skipCredentialsValidation": "false", "skipRegionValidation": "true" }), json!({})),
        (json!({ "maxRetries": "25" }), json!({ "maxRetries": 25 })),
        (json!({ "profile": "" }), json!({})),
        (json!({ "profile": null }), json!({})),
        (json!({ "allowedAccountIds": "[]" }), json!({})),
        (
            json!({ "endpoints": r#"[{"ecr":"http://a", "sts":"http://b"}]"# }),
            json!({ "endpoints": [{ "sts": "http://b", "ecr": "http://a" }] }),
        ),
        (json!({ "secretKey": "s", "accessKey": "a" }), json!({ "secretKey": secret("s"), "accessKey": "a" })),
        (json!({ "version": "6.77.0" }), json!({ "version": "0.1.0", "pluginDownloadURL": "x" })),
        (json!({ "region": "us-east-1", "__defaults": [] }), json!({ "region": "us-east-1" })),
    ] {
        for (olds, news) in [(&one, &other), (&other, &one)] {
            let diff = diff_config(client.clone(), olds.clone(), news.clone()).await;
            assert_eq!(diff.changes(), DiffChanges::DiffNone, "{olds} to {news}: {diff:?}");
            assert!(diff.diffs.is_empty() && diff.detailed_diff.is_empty());
        }
    }
}

#[tokio::test]
async fn a_changed_configuration_never_replaces_anything() {
    let (_plugin, client) = plugin().await;
    for (key, old, new) in [
        ("region", json!("us-east-1"), json!("eu-west-1")),
        ("region", json!("us-east-1"), json!(UNKNOWN)),
        ("region", json!("us-east-1"), Value::Null),
        ("profile", Value::Null, json!("other")),
        ("secretKey", json!("a"), json!("b")),
        ("allowedAccountIds", json!(["1"]), json!("[\"2\"]")),
        ("skipRegionValidation", json!("true"), json!(false)),
    ] {
        let diff = diff_config(client.clone(), json!({ key: old }), json!({ key: new })).await;
        assert_eq!(diff.changes(), DiffChanges::DiffSome, "{key}");
        assert_eq!(diff.diffs, [key]);
        assert!(diff.replaces.is_empty() && !diff.delete_before_replace, "{key}");
        assert!(!diff.detailed_diff[key].kind().as_str_name().contains("REPLACE"), "{key}");
    }
}
