//! Configure: who the provider is, and what is wrong for certain.

use std::{fs, time::Duration};

use local_ecr::{Fault, Options};
use prost::Message as _;
use pulumi_aws::pulumi::rpc::{ConfigureErrorMissingKeys, ConfigureRequest, google_rpc};
use serde_json::{Value, json};
use tonic::{Code, Status};

use crate::support::{
    ACCESS_KEY, Describe, Engine, GetCallerIdentity, Journal as _, Launch, PROVIDER_URN, Provider, REGION, SECRET_KEY,
    World, assert_says, check_config, configuration, configure, local_ecr, quay, secret, with,
};

/// Configures a plugin of its own.
async fn configured(launch: Launch, configuration: Value) -> Result<(), Status> {
    let plugin = launch.start().await;
    configure(plugin.connect().await, configuration).await
}

/// The configuration of a provider that proves its credentials.
fn validating(ecr: &local_ecr::LocalEcr, changes: Value) -> Value {
    with(with(configuration(ecr), json!({ "skipCredentialsValidation": "false" })), changes)
}

#[tokio::test]
async fn credentials_are_proved_by_one_call() {
    let ecr = local_ecr(Options::default());
    configured(Launch::new(), validating(&ecr, json!({}))).await.unwrap();
    let calls = ecr.calls(GetCallerIdentity);
    assert_eq!((calls.len(), ecr.journal().len()), (1, 1));
    assert_eq!((calls[0].access_key.as_str(), calls[0].region.as_str()), (ACCESS_KEY, REGION));
}

#[tokio::test]
async fn nothing_is_proved_where_the_configuration_says_so() {
    for key in ["skipCredentialsValidation", "skipRequestingAccountId"] {
        for value in [json!("true"), json!(true), secret("true")] {
            let ecr = local_ecr(Options::default());
            configured(Launch::new(), validating(&ecr, json!({ key: value }))).await.unwrap();
            assert_eq!(ecr.journal().len(), 0, "{key}");
        }
    }
}

#[tokio::test]
async fn nothing_is_proved_where_the_environment_says_so() {
    let ecr = local_ecr(Options::default());
    let plugin = Launch::new().env("AWS_SKIP_CREDENTIALS_VALIDATION", "true").start().await;
    let client = plugin.connect().await;
    let given = with(configuration(&ecr), json!({ "skipCredentialsValidation": null }));
    // As the engine does it: Configure gets what CheckConfig has answered.
    let checked = check_config(client.clone(), given).await;
    configure(client, checked.inputs).await.unwrap();
    assert_eq!(ecr.journal().len(), 0);
}

#[tokio::test]
async fn what_check_config_answers_is_a_configuration() {
    let ecr = local_ecr(Options::default());
    let plugin = Launch::new().start().await;
    let rule = Provider::new(plugin.connect().await);
    let checked = check_config(rule.client(), validating(&ecr, json!({}))).await;
    configure(rule.client(), checked.inputs).await.unwrap();
    rule.create(quay()).await.unwrap();
}

#[tokio::test]
async fn rejected_credentials_fail_with_guidance() {
    for (code, says) in
        [("InvalidClientTokenId", "access key"), ("SignatureDoesNotMatch", "secret key"), ("ExpiredToken", "expired")]
    {
        let ecr = local_ecr(Options::default());
        ecr.push_fault(Fault::on(GetCallerIdentity).answer(403, code, "no").always());
        let status = configured(Launch::new(), validating(&ecr, json!({}))).await.unwrap_err();
        assert_eq!(status.code(), Code::Unauthenticated);
        assert_says(status.message(), &["Invalid credentials configured", code, says]);
        assert!(!status.message().contains(SECRET_KEY));
    }
}

#[tokio::test]
async fn a_refusal_that_says_nothing_of_the_credentials_does_not_fail() {
    for (status, code) in [(403, "AccessDenied"), (400, "ThrottlingException"), (500, "InternalFailure")] {
        let ecr = local_ecr(Options::default());
        ecr.push_fault(Fault::on(GetCallerIdentity).answer(status, code, "no").always());
        configured(Launch::new(), validating(&ecr, json!({}))).await.unwrap();
    }
}

#[tokio::test]
async fn an_sts_that_cannot_be_reached_does_not_fail() {
    let ecr = local_ecr(Options::default());
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let endpoints = json!({ "endpoints": { "ecr": ecr.url(), "sts": format!("http://{closed}") } });
    let plugin = Launch::new().start().await;
    let rule = Provider::new(plugin.connect().await);
    configure(rule.client(), validating(&ecr, endpoints)).await.unwrap();
    assert_eq!(rule.create(quay()).await.unwrap().outputs["registryId"], "123456789012");
}

#[tokio::test]
async fn no_credentials_fail_with_guidance() {
    let ecr = local_ecr(Options::default());
    let none = json!({ "accessKey": null, "secretKey": null });
    for changes in [none.clone(), with(none, json!({ "skipMetadataApiCheck": "true" }))] {
        let status = configured(Launch::new(), validating(&ecr, changes)).await.unwrap_err();
        assert_eq!(status.code(), Code::Unauthenticated);
        assert_says(status.message(), &["No valid credential sources found", "aws:profile", "aws:accessKey"]);
    }
}

#[tokio::test]
async fn credentials_that_nobody_asked_for_fail_at_the_first_call() {
    let none = json!({ "accessKey": null, "secretKey": null });
    let world = World::with(Options::default(), none).await;
    let status = world.create(quay()).await.unwrap_err();
    assert_eq!(status.code(), Code::Unauthenticated);
    assert_says(status.message(), &["quay", "credentials", "aws:profile"]);
    assert_eq!(world.ecr.journal().len(), 0);
}

#[tokio::test]
async fn accounts_can_be_allowed_and_forbidden() {
    let (own, other) = ("123456789012", "999999999999");
    for (key, accounts, allowed) in [
        ("allowedAccountIds", json!([own]), true),
        ("allowedAccountIds", json!(["111111111111", own]), true),
        ("allowedAccountIds", json!(r#"["123456789012"]"#), true),
        ("allowedAccountIds", json!("[123456789012]"), true),
        ("allowedAccountIds", json!([123_456_789_012_u64]), true),
        ("allowedAccountIds", json!([other]), false),
        ("forbiddenAccountIds", json!([other]), true),
        ("forbiddenAccountIds", json!([own]), false),
        ("forbiddenAccountIds", json!([123_456_789_012_u64]), false),
    ] {
        let ecr = local_ecr(Options::default());
        let result = configured(Launch::new(), validating(&ecr, json!({ key: accounts.clone() }))).await;
        assert_eq!(result.is_ok(), allowed, "{key} {accounts}: {result:?}");
        if let Err(status) = result {
            assert_eq!(status.code(), Code::PermissionDenied);
            assert_says(status.message(), &["AWS account ID not allowed: 123456789012", key]);
        }
    }
}

#[tokio::test]
async fn a_list_of_accounts_that_cannot_be_held_to_is_not_passed_over_in_silence() {
    let engine = Engine::start().await;
    let ecr = local_ecr(Options::default());
    let plugin = Launch::new().args([engine.address()]).start().await;
    // No account is known: nothing may be asked of STS.
    let given = with(configuration(&ecr), json!({ "allowedAccountIds": ["999999999999"] }));
    match configure(plugin.connect().await, given).await {
        Err(status) => assert_says(status.message(), &["allowedAccountIds"]),
        Ok(()) => assert_says(&engine.warnings(PROVIDER_URN).join("\n"), &["allowedAccountIds"]),
    }
}

#[tokio::test]
async fn fips_endpoints_leave_the_configured_ones_alone() {
    let ecr = local_ecr(Options::default());
    let given =
        json!({ "useFipsEndpoint": "true", "useDualstackEndpoint": true, "allowedAccountIds": ["999999999999"] });
    let status = configured(Launch::new(), validating(&ecr, given)).await.expect_err("another account is allowed");
    assert_says(status.message(), &["AWS account ID not allowed"]);
    let world = World::with(Options::default(), json!({ "useFipsEndpoint": "true" })).await;
    world.create(quay()).await.unwrap();
}

#[tokio::test]
async fn without_a_region_the_missing_key_is_named() {
    let ecr = local_ecr(Options::default());
    let status = configured(Launch::new(), validating(&ecr, json!({ "region": null }))).await.unwrap_err();
    assert_says(status.message(), &["Missing region information", "pulumi config set aws:region"]);
    let details = google_rpc::Status::decode(status.details()).unwrap().details;
    assert_eq!(details[0].type_url, "type.googleapis.com/pulumirpc.ConfigureErrorMissingKeys");
    let keys = ConfigureErrorMissingKeys::decode(details[0].value.as_slice()).unwrap().missing_keys;
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0].name, "aws:region");
    assert_says(&keys[0].description, &["region"]);
}

#[tokio::test]
async fn the_region_comes_from_where_it_is_given_first() {
    const CONFIG: &str = "[default]\nregion = eu-north-1\n[profile work]\nregion = eu-south-1\n\
                          aws_access_key_id = AKIDWORK\naws_secret_access_key = s\n";
    let config = || Launch::new().aws_config(CONFIG);
    for (launch, changes, expected) in [
        (config().env("AWS_REGION", "eu-west-1"), json!({}), REGION),
        (config().env("AWS_REGION", "eu-west-1"), json!({ "region": null }), "eu-west-1"),
        (config().env("AWS_DEFAULT_REGION", "eu-west-2"), json!({ "region": null }), "eu-west-2"),
        (config(), json!({ "region": null }), "eu-north-1"),
        (config(), json!({ "region": null, "profile": "work" }), "eu-south-1"),
        (config().env("AWS_PROFILE", "work"), json!({ "region": "" }), "eu-south-1"),
    ] {
        let ecr = local_ecr(Options::default());
        let plugin = launch.start().await;
        let rule = Provider::new(plugin.connect().await);
        configure(rule.client(), with(configuration(&ecr), changes)).await.unwrap();
        assert_eq!(rule.create(quay()).await.unwrap().outputs["region"], expected);
        assert_eq!(ecr.rules(expected).len(), 1, "{expected}");
    }
}

#[tokio::test]
async fn credentials_come_from_where_they_are_given_first() {
    const CONFIG: &str = "[default]\naws_access_key_id = AKIDDEFAULT\naws_secret_access_key = s\n\
                          [profile work]\naws_access_key_id = AKIDWORK\naws_secret_access_key = s\n";
    let none = json!({ "accessKey": null, "secretKey": null });
    let launch = || Launch::new().aws_config(CONFIG);
    let environment = || launch().env("AWS_ACCESS_KEY_ID", "AKIDENV").env("AWS_SECRET_ACCESS_KEY", "s");
    for (launch, changes, expected) in [
        (environment(), json!({}), ACCESS_KEY),
        (environment(), with(none.clone(), json!({ "profile": "work" })), "AKIDWORK"),
        (environment(), json!({ "profile": "work", "accessKey": null, "secretKey": null }), "AKIDWORK"),
        (launch(), with(none.clone(), json!({ "profile": "work" })), "AKIDWORK"),
        (launch().env("AWS_PROFILE", "work"), none.clone(), "AKIDWORK"),
        (launch(), none.clone(), "AKIDDEFAULT"),
        (environment(), none.clone(), "AKIDENV"),
        (launch(), with(none, json!({ "skipMetadataApiCheck": true })), "AKIDDEFAULT"),
    ] {
        let ecr = local_ecr(Options::default());
        let given = validating(&ecr, changes);
        configured(launch, given).await.unwrap();
        assert_eq!(ecr.calls(GetCallerIdentity)[0].access_key, expected);
    }
}

#[tokio::test]
async fn shared_files_can_be_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine");
    fs::write(&file, "[work]\naws_access_key_id = AKIDFILE\naws_secret_access_key = s\n").unwrap();
    let ecr = local_ecr(Options::default());
    let mut given = validating(&ecr, json!({ "profile": "work", "accessKey": null, "secretKey": null }));
    given["sharedCredentialsFiles"] = json!([file.to_str().unwrap()]).to_string().into();
    configured(Launch::new(), given).await.unwrap();
    assert_eq!(ecr.calls(GetCallerIdentity)[0].access_key, "AKIDFILE");
}

#[tokio::test]
async fn a_missing_profile_is_named_with_those_that_exist() {
    let ecr = local_ecr(Options::default());
    let launch = Launch::new().aws_config("[profile work]\nregion = eu-west-1\n");
    let given = with(configuration(&ecr), json!({ "profile": "wrok", "accessKey": null, "secretKey": null }));
    let status = configured(launch, given).await.unwrap_err();
    assert_eq!(status.code(), Code::Unauthenticated);
    assert_says(status.message(), &["wrok", "work", "aws:profile"]);
}

#[tokio::test]
async fn roles_that_cannot_be_taken_are_refused_by_name() {
    let ecr = local_ecr(Options::default());
    let role = json!({ "roleArn": "arn:aws:iam::123456789012:role/x" });
    for (key, value) in [
        ("assumeRole", role.clone()),
        ("assumeRole", json!(role.to_string())),
        ("assumeRoles", json!([role])),
        (
            "assumeRoleWithWebIdentity",
            json!({ "roleArn": "arn:aws:iam::123456789012:role/x", "webIdentityToken": "t" }),
        ),
    ] {
        let status = configured(Launch::new(), validating(&ecr, json!({ key: value }))).await.unwrap_err();
        assert_says(status.message(), &[&format!("aws:{key}"), "not supported"]);
        assert_eq!(ecr.journal().len(), 0, "a call was made as somebody else");
    }
}

#[tokio::test]
async fn what_is_not_honoured_yet_is_said_on_the_provider() {
    let world =
        World::with(Options::default(), json!({ "customCaBundle": "/ca.pem", "noProxy": "a", "insecure": "false" }))
            .await;
    let warnings = world.engine.warnings(PROVIDER_URN);
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    assert_says(&warnings.join("\n"), &["aws:customCaBundle", "aws:noProxy"]);
}

#[tokio::test]
async fn what_cannot_matter_is_taken_in_silence() {
    let irrelevant =
        json!({ "defaultTags": { "tags": { "a": "b" } }, "ignoreTags": { "keys": ["a"] }, "s3UsePathStyle": true });
    let world = World::with(Options::default(), irrelevant).await;
    world.create(quay()).await.unwrap();
    assert_eq!(world.engine.messages(), []);
    assert_eq!(world.ecr.journal().len(), 1);
}

#[tokio::test]
async fn endpoints_are_taken_in_every_form() {
    for form in ["typed list", "several objects", "text", "object", "text with a secret", "environment"] {
        let ecr = local_ecr(Options::default());
        let (url, other) = (ecr.url(), "http://127.0.0.1:1");
        let (launch, endpoints) = match form {
            "typed list" => (Launch::new(), json!([{ "ecr": url, "s3": other }])),
            "several objects" => (Launch::new(), json!([{ "s3": other }, { "ecr": url }, { "futureService": other }])),
            "text" => (Launch::new(), json!(json!([{ "ecr": url, "sts": "" }]).to_string())),
            "object" => (Launch::new(), json!({ "ecr": url })),
            "text with a secret" => (Launch::new(), json!(json!([{ "ecr": secret(url.as_str()) }]).to_string())),
            _ => (Launch::new().env("AWS_ENDPOINT_URL_ECR", &url), Value::Null),
        };
        let plugin = launch.start().await;
        let rule = Provider::new(plugin.connect().await);
        configure(rule.client(), with(configuration(&ecr), json!({ "endpoints": endpoints }))).await.unwrap();
        rule.create(quay()).await.unwrap_or_else(|status| panic!("{form}: {status}"));
    }
}

#[tokio::test]
async fn sts_is_asked_in_the_region_that_is_named_for_it() {
    let ecr = local_ecr(Options::default());
    configured(Launch::new(), validating(&ecr, json!({ "stsRegion": "eu-west-3" }))).await.unwrap();
    assert_eq!(ecr.calls(GetCallerIdentity)[0].region, "eu-west-3");
}

#[tokio::test]
async fn engines_that_send_only_variables_are_served() {
    let ecr = local_ecr(Options::default());
    let plugin = Launch::new().start().await;
    let rule = Provider::new(plugin.connect().await);
    let variables = configuration(&ecr);
    let variables = variables.as_object().unwrap().iter();
    let variables = variables.map(|(key, value)| (format!("aws:config:{key}"), value.as_str().unwrap().to_owned()));
    let request = ConfigureRequest { variables: variables.collect(), ..ConfigureRequest::default() };
    let response = rule.client().configure(request).await.unwrap().into_inner();
    assert!(response.accept_secrets && response.supports_preview && response.supports_autonaming_configuration);
    assert!(!response.accept_resources && !response.accept_outputs);
    rule.create(quay()).await.unwrap();
}

#[tokio::test]
async fn a_bad_configuration_names_every_key() {
    let ecr = local_ecr(Options::default());
    let status = configured(Launch::new(), with(configuration(&ecr), json!({ "maxRetries": "x", "insecure": "y" })));
    let status = status.await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
    assert_says(status.message(), &["aws:maxRetries", "aws:insecure"]);
}

#[tokio::test]
async fn the_last_configuration_counts() {
    let (first, second) = (local_ecr(Options::default()), local_ecr(Options::default()));
    let plugin = Launch::new().start().await;
    let rule = Provider::new(plugin.connect().await);
    configure(rule.client(), configuration(&first)).await.unwrap();
    configure(rule.client(), with(configuration(&second), json!({ "region": "eu-west-1" }))).await.unwrap();
    assert_eq!(rule.create(quay()).await.unwrap().outputs["region"], "eu-west-1");
    assert_eq!((first.journal().len(), second.rules("eu-west-1").len()), (0, 1));
}

#[tokio::test]
async fn a_slow_sts_holds_configure_up_for_a_limited_time() {
    let ecr = local_ecr(Options::default());
    ecr.push_fault(Fault::on(GetCallerIdentity).delay(Duration::from_mins(1)).always());
    let begin = std::time::Instant::now();
    configured(Launch::new(), validating(&ecr, json!({}))).await.unwrap();
    assert!(begin.elapsed() < Duration::from_secs(15));
}

#[tokio::test]
async fn each_region_has_a_client_with_the_same_credentials() {
    let world = World::start().await;
    for region in ["eu-west-1", "ap-southeast-2"] {
        world.create(with(quay(), json!({ "region": region }))).await.unwrap();
        world.named("other").import(&format!("quay@{region}")).await.unwrap().unwrap();
    }
    let calls = world.ecr.calls(Describe);
    assert_eq!(calls.iter().map(|call| call.region.as_str()).collect::<Vec<_>>(), ["eu-west-1", "ap-southeast-2"]);
    assert!(calls.iter().all(|call| call.access_key == ACCESS_KEY));
}
