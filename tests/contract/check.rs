//! Check: what a rule's inputs may be. Nothing here asks AWS.

use local_ecr::Options;
use serde_json::{Value, json};

use crate::support::{
    CREDENTIAL, Checked, Launch, OTHER_UNKNOWNS, Plugin, Provider, ROLE, UNKNOWN, World, assert_says, hub, output,
    quay, secret, with,
};

async fn provider() -> (Plugin, Provider) {
    let plugin = Launch::new().start().await;
    let provider = Provider::new(plugin.connect().await);
    (plugin, provider)
}

async fn checked(inputs: Value) -> Checked {
    let (_plugin, rule) = provider().await;
    rule.check(inputs).await
}

/// Checks values of one property of an otherwise good rule: the reasons for which they fail.
async fn reasons<'a>(property: &str, values: impl IntoIterator<Item = &'a str>) -> Vec<(&'a str, Option<String>)> {
    let (_plugin, rule) = provider().await;
    let mut reasons = Vec::new();
    for value in values {
        let mut failures = rule.check(with(quay(), json!({ property: value }))).await.failures;
        let reason = failures.remove(property);
        assert!(failures.is_empty(), "{value}: {failures:?}");
        reasons.push((value, reason));
    }
    reasons
}

async fn assert_good<'a>(property: &str, values: impl IntoIterator<Item = &'a str>) {
    for (value, reason) in reasons(property, values).await {
        assert_eq!(reason, None, "{value}");
    }
}

async fn assert_bad<'a>(property: &str, cases: impl IntoIterator<Item = (&'a str, &'a str)>) {
    let (values, says): (Vec<_>, Vec<_>) = cases.into_iter().unzip();
    for ((value, reason), says) in reasons(property, values).await.into_iter().zip(says) {
        assert_says(&reason.unwrap_or_else(|| panic!("{value} passes")), &[says]);
    }
}

#[tokio::test]
async fn good_inputs_come_back_unchanged() {
    let all = with(hub(), json!({ "customRoleArn": ROLE, "upstreamRepositoryPrefix": "team", "region": "eu-west-1" }));
    for inputs in [quay(), all, with(quay(), json!({ "credentialArn": "", "__defaults": [], "__meta": "{}" }))] {
        assert_eq!(checked(inputs.clone()).await, Checked { inputs, failures: [].into() });
    }
}

#[tokio::test]
async fn what_is_required_is_asked_for() {
    for absent in [json!({}), json!({ "ecrRepositoryPrefix": null, "upstreamRegistryUrl": "" })] {
        let failures = checked(absent).await.failures;
        assert_eq!(failures.keys().collect::<Vec<_>>(), ["ecrRepositoryPrefix", "upstreamRegistryUrl"]);
        for reason in failures.values() {
            assert_says(reason, &["required"]);
        }
    }
}

#[tokio::test]
async fn prefixes_of_the_current_api_pass() {
    for property in ["ecrRepositoryPrefix", "upstreamRepositoryPrefix"] {
        assert_good(
            property,
            [
                "ab",
                "ROOT",
                "root",
                "ecr-public/",
                "thirdparty/registry.k8s.io",
                "a__b",
                "a--b",
                "a-----b",
                "a/b/c",
                "0.9_x",
                "tf-test/aaaaaaaaaaaaaaaaaaaaaa",
            ],
        )
        .await;
    }
}

#[tokio::test]
async fn other_prefixes_fail_with_what_is_wrong_where() {
    for property in ["ecrRepositoryPrefix", "upstreamRepositoryPrefix"] {
        assert_bad(
            property,
            [
                ("a", "range (2 - 30)"),
                ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "range (2 - 30)"),
                ("ROOT/", "ROOT"),
                ("Root", "ROOT"),
                ("/ab", "position 1"),
                ("ab//", "position 3"),
                ("ab//cd", "position 3"),
                ("-ab", "position 1"),
                ("ab-", "position 3"),
                ("ab.", "position 3"),
                ("ab_", "position 3"),
                ("ab-/", "position 3"),
                ("team/_x", "position 5"),
                ("a___b", "position 2"),
                ("a..b", "position 2"),
                ("a.-b", "position 2"),
                ("a_-b", "position 2"),
                ("aB", "position 2"),
                ("a b", "a space"),
                ("a:b", "position 2"),
                ("aéb", "position 2"),
                ("a\u{7}b", "U+0007"),
            ],
        )
        .await;
    }
}

#[tokio::test]
async fn credentials_have_to_be_secrets_that_ecr_reads() {
    assert_good(
        "credentialArn",
        [
            "",
            CREDENTIAL,
            "arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:ecr-pullthroughcache/x-AbCdEf",
            "arn:aws-iso-b:secretsmanager:us-isob-east-1:123456789012:secret:ecr-pullthroughcache/x-AbCdEf",
        ],
    )
    .await;
    let long = format!("arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/{}", "x".repeat(600));
    assert_bad(
        "credentialArn",
        [
            ("foo", "is an invalid ARN: arn: invalid prefix"),
            ("arn:aws:secretsmanager:us-east-1:123456789:secret:ecr-pullthroughcache/hub", "invalid account ID value"),
            ("arn:aws:secretsmanager:us-east-1:123456789:secret:ecr-pullthroughcache/hub", "12 digits"),
            (ROLE, "secretsmanager"),
            ("arn:aws:secretsmanager:us-east-1:123456789012:secret:hub-AbCdEf", "ecr-pullthroughcache/"),
            ("arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/", "ends"),
            ("arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/a b-AbCdEf", "position"),
            (&long, "612"),
        ],
    )
    .await;
}

#[tokio::test]
async fn roles_have_to_be_roles() {
    assert_good("customRoleArn", ["", ROLE, "arn:aws-cn:iam::123456789012:role/path/to/role"]).await;
    let long = format!("{ROLE}{}", "x".repeat(2048));
    assert_bad(
        "customRoleArn",
        [
            ("foo", "is an invalid ARN"),
            ("arn:aws:iam::123456789:role/x", "12 digits"),
            ("arn:aws:iam::123456789012:user/x", "role/"),
            ("arn:aws:s3:::bucket", "iam"),
            (CREDENTIAL, "iam"),
            (&long, "2048"),
        ],
    )
    .await;
}

#[tokio::test]
async fn upstreams_have_to_be_bare_hosts() {
    assert_bad(
        "upstreamRegistryUrl",
        [
            ("https://public.ecr.aws", "`public.ecr.aws`"),
            ("public.ecr.aws/x", "upstreamRepositoryPrefix"),
            ("Quay.io", "`quay.io`"),
            ("quay.io ", "a space"),
        ],
    )
    .await;
}

#[tokio::test]
async fn upstreams_that_log_in_need_a_credential() {
    let (_plugin, rule) = provider().await;
    for host in ["registry-1.docker.io", "ghcr.io", "registry.gitlab.com", "my.azurecr.io", "cgr.dev"] {
        let without = with(quay(), json!({ "upstreamRegistryUrl": host }));
        let failures = rule.check(without.clone()).await.failures;
        assert_eq!(failures.keys().collect::<Vec<_>>(), ["credentialArn"], "{host}");
        assert_says(&failures["credentialArn"], &["required", host]);
        for credential in [json!(CREDENTIAL), json!(UNKNOWN), secret(CREDENTIAL), secret(UNKNOWN)] {
            assert!(
                rule.check(with(without.clone(), json!({ "credentialArn": credential }))).await.failures.is_empty()
            );
        }
    }
    for host in ["public.ecr.aws", "quay.io", "registry.k8s.io", "123456789012.dkr.ecr.eu-west-1.amazonaws.com"] {
        assert!(rule.check(with(quay(), json!({ "upstreamRegistryUrl": host }))).await.failures.is_empty(), "{host}");
        let credential = json!({ "upstreamRegistryUrl": host, "credentialArn": CREDENTIAL });
        assert!(rule.check(with(quay(), credential)).await.failures.is_empty(), "{host}");
    }
}

#[tokio::test]
async fn an_unknown_upstream_is_only_warned_of() {
    let world = World::start().await;
    for host in ["harbor.example.com", "gcr.io"] {
        let rule = world.named(host);
        assert!(rule.check(with(quay(), json!({ "upstreamRegistryUrl": host }))).await.failures.is_empty());
        let warnings = world.engine.warnings(&rule.urn);
        assert_eq!(warnings.len(), 1);
        assert_says(&warnings[0], &[host, "public.ecr.aws"]);
    }
}

#[tokio::test]
async fn the_same_warning_comes_once() {
    let world = World::start().await;
    let inputs = with(quay(), json!({ "upstreamRegistryUrl": "harbor.example.com" }));
    for _ in 0..3 {
        world.check(inputs.clone()).await;
    }
    assert_eq!(world.warnings().len(), 1);
}

#[tokio::test]
async fn root_takes_no_upstream_prefix() {
    let (_plugin, rule) = provider().await;
    let root = |upstream: Value| json!({ "ecrRepositoryPrefix": "ROOT", "upstreamRegistryUrl": "quay.io", "upstreamRepositoryPrefix": upstream });
    for good in [json!("ROOT"), json!(""), Value::Null, json!(UNKNOWN)] {
        assert!(rule.check(root(good.clone())).await.failures.is_empty(), "{good}");
    }
    let failures = rule.check(root(json!("team"))).await.failures;
    assert_says(&failures["upstreamRepositoryPrefix"], &["team", "ROOT"]);
}

#[tokio::test]
async fn regions_have_to_be_of_the_providers_partition() {
    let world = World::start().await;
    let region = |name: &str| with(quay(), json!({ "region": name }));
    // A part of the world in which AWS has no region yet is no mistake.
    for good in ["eu-west-1", "us-east-1", "moon-east-1", "", UNKNOWN] {
        assert!(world.check(region(good)).await.failures.is_empty(), "{good}");
    }
    for (bad, says) in [
        ("cn-north-1", "partition (aws-cn) for per-resource Region (cn-north-1) is not"),
        ("us-gov-west-1", "aws-us-gov"),
        ("moon-1", "cannot be"),
        ("us-east", "cannot be"),
    ] {
        assert_says(&world.check(region(bad)).await.failures["region"], &[says]);
    }
}

#[tokio::test]
async fn the_providers_region_is_not_put_into_the_inputs() {
    assert_eq!(World::start().await.check(quay()).await.inputs, quay());
}

#[tokio::test]
async fn what_is_not_known_yet_passes_and_stays_unknown() {
    let (_plugin, rule) = provider().await;
    for unknown in OTHER_UNKNOWNS.into_iter().chain([UNKNOWN]) {
        let inputs = json!({
            "ecrRepositoryPrefix": unknown,
            "upstreamRegistryUrl": unknown,
            "credentialArn": secret(unknown),
            "customRoleArn": unknown,
            "upstreamRepositoryPrefix": unknown,
            "region": unknown,
        });
        assert_eq!(rule.check(inputs.clone()).await, Checked { inputs, failures: [].into() });
    }
}

#[tokio::test]
async fn secrets_are_validated_and_stay_secret() {
    let (_plugin, rule) = provider().await;
    for (wrap, says) in [(secret as fn(Value) -> Value, "it is a secret"), (output, "invalid ARN")] {
        let good =
            with(hub(), json!({ "credentialArn": wrap(json!(CREDENTIAL)), "ecrRepositoryPrefix": wrap(json!("hub")) }));
        assert_eq!(rule.check(good.clone()).await, Checked { inputs: good, failures: [].into() });
        let bad = rule.check(with(hub(), json!({ "credentialArn": wrap(json!("foo")) }))).await;
        assert_says(&bad.failures["credentialArn"], &["ARN of a Secrets Manager secret", says]);
    }
}

#[tokio::test]
async fn a_secret_value_is_in_no_failure_and_no_warning() {
    const HIDDEN: &str = "Hunter2-Hidden";
    let world = World::start().await;
    for property in [
        "ecrRepositoryPrefix",
        "upstreamRegistryUrl",
        "credentialArn",
        "customRoleArn",
        "upstreamRepositoryPrefix",
        "region",
    ] {
        let failures = world.check(with(quay(), json!({ property: secret(HIDDEN) }))).await.failures;
        assert_eq!(failures.keys().collect::<Vec<_>>(), [property]);
        assert!(!failures[property].contains(HIDDEN), "{failures:?}");
        let unusual = world.check(with(quay(), json!({ property: secret("hunter2.example.com") }))).await.failures;
        assert!(!format!("{unusual:?}").contains("hunter2"), "{unusual:?}");
    }
    assert!(!format!("{:?}", world.engine.messages()).contains("hunter2"), "{:?}", world.engine.messages());
}

#[tokio::test]
async fn unknown_properties_fail_with_a_suggestion() {
    let inputs =
        with(quay(), json!({ "credentialsArn": CREDENTIAL, "tags": { "a": "b" }, "registryId": "123456789012" }));
    let failures = checked(inputs).await.failures;
    assert_eq!(failures.keys().collect::<Vec<_>>(), ["credentialsArn", "registryId", "tags"]);
    assert_says(&failures["credentialsArn"], &["did you mean `credentialArn`"]);
    assert_says(&failures["registryId"], &["computed"]);
    assert_says(&failures["tags"], &["ecrRepositoryPrefix"]);
}

#[tokio::test]
async fn other_types_than_strings_fail_by_their_names() {
    for (value, says) in [
        (json!(7), "number"),
        (json!(true), "boolean"),
        (json!(["a"]), "list"),
        (json!({ "a": 1 }), "object"),
        (secret(7), "number"),
    ] {
        for property in ["ecrRepositoryPrefix", "credentialArn"] {
            let failures = checked(with(quay(), json!({ property: value.clone() }))).await.failures;
            assert_says(&failures[property], &["string", says]);
        }
    }
}

#[tokio::test]
async fn all_mistakes_come_in_one_answer() {
    let inputs = json!({
        "ecrRepositoryPrefix": "Bad",
        "upstreamRegistryUrl": "docker.io",
        "credentialArn": "foo",
        "customRoleArn": "bar",
        "upstreamRepositoryPrefix": "-",
        "region": "nowhere",
        "tag": "x",
    });
    assert_eq!(checked(inputs).await.failures.len(), 7);
}

#[tokio::test]
async fn old_inputs_do_not_matter() {
    let (_plugin, rule) = provider().await;
    let olds = with(hub(), json!({ "__defaults": [], "region": "eu-west-1" }));
    let checked = rule.check_against(olds, quay()).await;
    assert_eq!(checked, Checked { inputs: quay(), failures: [].into() });
}

#[tokio::test]
async fn what_lies_in_another_account_or_region_is_warned_of() {
    let elsewhere = |region: &str, account: &str| {
        format!("arn:aws:secretsmanager:{region}:{account}:secret:ecr-pullthroughcache/hub-AbCdEf")
    };
    for (changes, says) in [
        (json!({ "credentialArn": elsewhere("eu-west-1", "123456789012") }), vec!["eu-west-1", "us-east-1"]),
        (json!({ "credentialArn": elsewhere("us-east-1", "999999999999") }), vec!["999999999999", "123456789012"]),
        (json!({ "customRoleArn": "arn:aws:iam::999999999999:role/x" }), vec!["999999999999", "customRoleArn"]),
        (json!({ "credentialArn": CREDENTIAL, "region": "eu-west-1" }), vec!["eu-west-1", "us-east-1"]),
    ] {
        let world = World::with_account().await;
        assert!(world.check(with(hub(), changes)).await.failures.is_empty());
        assert_eq!(world.warnings().len(), 1, "{:?}", world.warnings());
        assert_says(&world.warnings()[0], &says);
    }
}

#[tokio::test]
async fn check_asks_nobody() {
    let world = World::with(Options::default(), json!({})).await;
    world.check(hub()).await;
    assert_eq!((world.ecr.journal().len(), world.engine.messages()), (0, vec![]));
}
