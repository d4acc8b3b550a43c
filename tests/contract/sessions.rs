//! Whole sessions, as an engine has them.

use pulumi_aws::pulumi::rpc::{PluginAttach, ProviderHandshakeRequest};
use serde_json::json;
use tonic::Code;

use crate::support::{
    Engine, GetCallerIdentity, Journal as _, Launch, OTHER_CREDENTIAL, Plugin, Provider, check_config, configuration,
    configure, hub, local_ecr, prefixes, quay, with,
};

/// What every session begins with.
async fn begin(plugin: &Plugin, engine: &Engine, ecr: &local_ecr::LocalEcr) -> Provider {
    let rule = Provider::new(plugin.connect().await);
    let handshake = ProviderHandshakeRequest {
        engine_address: engine.address(),
        configure_with_urn: true,
        invoke_with_preview: true,
        ..ProviderHandshakeRequest::default()
    };
    rule.client().handshake(handshake).await.unwrap();
    rule.client().attach(PluginAttach { address: engine.address() }).await.unwrap();
    rule.client().get_plugin_info(()).await.unwrap();
    let given = with(configuration(ecr), json!({ "skipCredentialsValidation": null, "version": "6.77.0" }));
    let checked = check_config(rule.client(), given).await;
    assert!(checked.failures.is_empty(), "{checked:?}");
    configure(rule.client(), checked.inputs).await.unwrap();
    rule
}

/// A plugin that is attached to serves a preview, an update, a refresh and a destroy, each by an engine of its own.
#[tokio::test]
async fn one_process_serves_one_engine_after_another() {
    let ecr = local_ecr(local_ecr::Options::default());
    let plugin = Launch::new().without_stdin().start().await;

    let engine = Engine::start().await;
    let rule = begin(&plugin, &engine, &ecr).await;
    let inputs = rule.check(hub()).await.inputs;
    rule.preview(inputs).await.unwrap();
    rule.cancel().await;
    assert_eq!((ecr.writes(), engine.messages()), (0, vec![]));
    drop(engine);

    let engine = Engine::start().await;
    let rule = begin(&plugin, &engine, &ecr).await;
    let made = rule.create(rule.check(hub()).await.inputs).await.unwrap();
    rule.cancel().await;
    drop(engine);

    let engine = Engine::start().await;
    let rule = begin(&plugin, &engine, &ecr).await;
    assert_eq!(rule.refresh(&made).await.unwrap().as_ref(), Some(&made));
    let changed = with(hub(), json!({ "credentialArn": OTHER_CREDENTIAL }));
    let news = rule.check_against(made.inputs.clone(), changed).await.inputs;
    let diff = rule.diff(&made, news.clone()).await;
    assert_eq!((diff.diffs, diff.replaces.len()), (vec!["credentialArn".to_owned()], 0));
    let outputs = rule.update(&made, news).await.unwrap();
    assert_eq!(outputs["credentialArn"], OTHER_CREDENTIAL);
    rule.cancel().await;
    assert_eq!(prefixes(&ecr), ["hub"]);

    let rule = begin(&plugin, &engine, &ecr).await;
    rule.delete(&made).await.unwrap();
    rule.cancel().await;
    assert_eq!(prefixes(&ecr), [""; 0]);
    assert_eq!(ecr.count(GetCallerIdentity), 4);
    assert_eq!(engine.messages(), []);
    plugin.stop().await;
}

/// An engine attaches once for every provider of a stack, and never says again which one a request is for.
#[tokio::test]
async fn each_connection_is_about_a_provider_of_its_own() {
    let ecr = local_ecr(local_ecr::Options::default());
    let plugin = Launch::new().without_stdin().start().await;
    let mut rules = Vec::new();
    for region in ["us-east-1", "eu-west-1"] {
        let rule = Provider::new(plugin.connect().await);
        configure(rule.client(), with(configuration(&ecr), json!({ "region": region }))).await.unwrap();
        rules.push((rule, region));
    }
    for (rule, region) in &rules {
        assert_eq!(rule.create(quay()).await.unwrap().outputs["region"], *region);
    }
    assert_eq!((ecr.rules("us-east-1").len(), ecr.rules("eu-west-1").len()), (1, 1));
    // What looks like a new client may be one whose connection was idle for too long. Which of the two cannot be told.
    let again = Provider::new(plugin.connect().await);
    assert_eq!(again.create(quay()).await.unwrap_err().code(), Code::FailedPrecondition);
}

/// A client closes a connection that has been idle for long, and opens another for the next call.
#[tokio::test]
async fn a_client_that_connects_anew_goes_on_with_the_only_configuration() {
    let ecr = local_ecr(local_ecr::Options::default());
    let plugin = Launch::new().without_stdin().start().await;
    let rule = Provider::new(plugin.connect().await);
    configure(rule.client(), configuration(&ecr)).await.unwrap();
    drop(rule);
    let again = Provider::new(plugin.connect().await);
    assert_eq!(again.create(quay()).await.unwrap().outputs["region"], "us-east-1");
}
