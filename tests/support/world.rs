//! A configured plugin between a fake engine and a local ECR.

use std::{
    ops::Deref,
    time::{Duration, Instant},
};

use local_ecr::{LocalEcr, Operation, Options};
use pulumi_aws::pulumi::rpc::{CheckRequest, ConfigureRequest};
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tonic::Status;

use super::{Checked, Client, Engine, Journal as _, Launch, Plugin, Provider, REGION, State, to_struct, with};

pub(crate) const ACCESS_KEY: &str = "AKIAIOSFODNN7EXAMPLE";
pub(crate) const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/// The URN of the provider itself.
pub(crate) const PROVIDER_URN: &str = "urn:pulumi:dev::app::pulumi:providers:aws::default";

/// Everything that a rule needs. It is asked as the [`Provider`] that is in it.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) ecr: LocalEcr,
    pub(crate) engine: Engine,
    pub(crate) plugin: Plugin,
    provider: Provider,
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::with(Options::default(), json!({})).await
    }

    /// With a provider that has proved its credentials, so that it knows its account.
    pub(crate) async fn with_account() -> Self {
        Self::with(Options::default(), json!({ "skipCredentialsValidation": "false" })).await
    }

    /// With some options of the local ECR, and changes to the configuration.
    pub(crate) async fn with(options: Options, changes: Value) -> Self {
        let ecr = local_ecr(options);
        let engine = Engine::start().await;
        let plugin = Launch::new().args([engine.address()]).start().await;
        let provider = Provider::new(plugin.connect().await);
        let configuration = with(configuration(&ecr), changes);
        configure(provider.client(), configuration).await.expect("the configuration is good");
        Self { ecr, engine, plugin, provider }
    }

    /// The warnings on the resource.
    pub(crate) fn warnings(&self) -> Vec<String> {
        self.engine.warnings(&self.urn)
    }
}

impl Deref for World {
    type Target = Provider;

    fn deref(&self) -> &Provider {
        &self.provider
    }
}

/// Creates the rule of a program in a task of its own.
pub(crate) fn creating(world: &World, inputs: Value) -> JoinHandle<Result<State, Status>> {
    let rule = world.named("rule");
    tokio::spawn(async move { rule.create(inputs).await })
}

pub(crate) fn local_ecr(options: Options) -> LocalEcr {
    LocalEcr::start(options).expect("a local ECR starts")
}

/// A configuration as SDKs send it: what is no string is JSON in one.
pub(crate) fn configuration(ecr: &LocalEcr) -> Value {
    json!({
        "region": REGION,
        "accessKey": ACCESS_KEY,
        "secretKey": SECRET_KEY,
        "endpoints": json!([{ "ecr": ecr.url(), "sts": ecr.url() }]).to_string(),
        "skipCredentialsValidation": "true",
    })
}

pub(crate) async fn configure(mut client: Client, configuration: Value) -> Result<(), Status> {
    let request = ConfigureRequest {
        args: Some(to_struct(configuration)),
        accept_secrets: true,
        accept_resources: true,
        sends_old_inputs: true,
        sends_old_inputs_to_delete: true,
        urn: Some(PROVIDER_URN.to_owned()),
        ..ConfigureRequest::default()
    };
    client.configure(request).await.map(drop)
}

pub(crate) async fn check_config(mut client: Client, configuration: Value) -> Checked {
    let news = Some(to_struct(configuration));
    let request = CheckRequest { urn: PROVIDER_URN.to_owned(), news, ..CheckRequest::default() };
    client.check_config(request).await.expect("CheckConfig answers").into_inner().into()
}

/// What "at once" is on a busy machine. The plugin's own pauses between two calls are longer.
pub(crate) const AT_ONCE: Duration = Duration::from_millis(800);

/// Waits for a call of an operation to arrive.
pub(crate) async fn arrived(world: &World, operation: Operation) {
    until("a call", || world.ecr.count(operation) > 0).await;
}

/// Waits until something is so.
pub(crate) async fn until(what: &str, is_so: impl Fn() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < Duration::from_secs(20), "{what} does not come");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
