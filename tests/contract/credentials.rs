//! Sources of credentials that are slow or not reached.

use std::fs;

use local_ecr::Options;
use serde_json::{Value, json};

use crate::support::{
    ACCOUNT, Describe, Journal as _, Launch, Provider, configuration, configure, local_ecr, quay, with,
};

/// A configuration that takes its credentials from the profile `slow`.
fn from_profile(ecr: &local_ecr::LocalEcr, changes: Value) -> Value {
    let changes = with(json!({ "profile": "slow", "skipCredentialsValidation": "false" }), changes);
    with(with(configuration(ecr), json!({ "accessKey": null, "secretKey": null })), changes)
}

/// A browser or a second factor takes its time: it is asked once, and what it says then counts for everything.
#[tokio::test]
async fn a_slow_source_is_started_once_and_an_account_list_waits_for_it() {
    let ecr = local_ecr(Options::default());
    let folder = tempfile::tempdir().unwrap();
    let (script, starts) = (folder.path().join("source.sh"), folder.path().join("starts"));
    let keys = r#"{"Version":1,"AccessKeyId":"AKIDSLOW","SecretAccessKey":"slow"}"#;
    fs::write(&script, format!("echo started >> '{}'\nsleep 12\necho '{keys}'\n", starts.display())).unwrap();
    let config = format!("[profile slow]\ncredential_process = sh '{}'\n", script.display());

    let plugin = Launch::new().aws_config(&config).start().await;
    let given = from_profile(&ecr, json!({ "allowedAccountIds": [ACCOUNT] }));
    configure(plugin.connect().await, given).await.expect("what is slow may come yet");
    let provider = Provider::new(plugin.connect().await);
    provider.preview(quay()).await.expect("a preview does without");
    provider.create(quay()).await.expect("the account is an allowed one");
    assert_eq!(fs::read_to_string(&starts).unwrap().lines().count(), 1);
}

/// The role may be fine; whether it is, the first call that needs it will tell.
#[tokio::test]
async fn a_source_that_is_not_reached_fails_no_preview() {
    const CONFIG: &str = "\
[profile base]
aws_access_key_id = AKID
aws_secret_access_key = secret
[profile slow]
role_arn = arn:aws:iam::123456789012:role/x
source_profile = base
";
    let ecr = local_ecr(Options::default());
    let plugin = Launch::new().aws_config(CONFIG).env("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:1").start().await;
    configure(plugin.connect().await, from_profile(&ecr, json!({}))).await.expect("nothing is certain");
    let provider = Provider::new(plugin.connect().await);
    provider.preview(quay()).await.expect("a preview does without AWS");
    provider.create(quay()).await.expect_err("nobody can be asked for the role");
    assert_eq!(ecr.count(Describe), 0);
}
