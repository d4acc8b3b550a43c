//! The RPCs about the provider itself.

use std::sync::PoisonError;

use prost_types::Struct;

use super::Service;
use crate::pulumi::{
    check::CheckFailure,
    error::Error,
    package::{Configured, Package},
    rpc::{
        self, CheckRequest, CheckResponse, ConfigureRequest, ConfigureResponse, DiffRequest, DiffResponse,
        GetSchemaRequest, GetSchemaResponse, PropertyDiff, ProviderHandshakeRequest, ProviderHandshakeResponse,
        diff_response::DiffChanges, property_diff::Kind,
    },
    text::printable,
    urn::Urn,
    value::{PropertyMap, Value},
    wire,
};

/// The one schema format that exists.
const SCHEMA_VERSION: i32 = 1;

impl<P: Package> Service<P> {
    pub(super) async fn handshake(&self, request: ProviderHandshakeRequest) -> ProviderHandshakeResponse {
        // Without an engine there are no warnings; that is no reason to serve nobody.
        if let Err(no_address) = self.engine().attach(&request.engine_address).await {
            tracing::debug!(%no_address, "handshake without an engine");
        }
        *self.shared.root_directory.lock().unwrap_or_else(PoisonError::into_inner) = request.root_directory;
        ProviderHandshakeResponse {
            accept_secrets: true,
            // References and outputs come flattened to what they hold, which is all that a plain resource wants.
            accept_resources: false,
            accept_outputs: false,
            supports_autonaming_configuration: true,
            accepts_byte_string: false,
        }
    }

    pub(super) fn schema(&self, request: &GetSchemaRequest) -> Result<GetSchemaResponse, Error> {
        // Engines ask for none in particular (0).
        if !(0..=SCHEMA_VERSION).contains(&request.version) {
            return Err(Error::invalid(format!(
                "schema format {} is not supported; the newest is {SCHEMA_VERSION}",
                request.version
            )));
        }
        Ok(GetSchemaResponse { schema: self.shared.package.schema(&self.version()) })
    }

    pub(super) fn check_config(&self, request: CheckRequest) -> Result<CheckResponse, Error> {
        let mut news = given("news", request.news)?;
        // The engine keeps its own notes about the provider there and wants none back.
        news.remove("__internal");
        Ok(match self.shared.package.check_config(news) {
            Ok(inputs) => CheckResponse { inputs: Some(wire::encode(inputs)), failures: Vec::new() },
            Err(failures) => CheckResponse { inputs: None, failures: encode_failures(failures) },
        })
    }

    /// Never a replacement: the engine would replace every resource of the provider with it, without asking their Diff.
    pub(super) fn diff_config(&self, request: DiffRequest) -> Result<DiffResponse, Error> {
        let olds = given("olds", request.old_inputs.or(request.olds))?;
        let diffs = self.shared.package.diff_config(&olds, &given("news", request.news)?);
        let changes = if diffs.is_empty() { DiffChanges::DiffNone } else { DiffChanges::DiffSome };
        let detail = PropertyDiff { kind: Kind::Update.into(), input_diff: true };
        Ok(DiffResponse {
            changes: changes.into(),
            detailed_diff: diffs.iter().map(|key| (key.clone(), detail)).collect(),
            has_detailed_diff: true,
            diffs,
            ..DiffResponse::default()
        })
    }

    pub(super) async fn configure(&self, request: ConfigureRequest) -> Result<ConfigureResponse, Error> {
        let configuration = match request.args {
            Some(args) => wire::decode(args),
            None => self.variables(request.variables),
        };
        let cancelled = self.shared.cancellation.token();
        let Configured { session, warnings } = tokio::select! {
            configured = self.shared.package.configure(configuration) => configured?,
            () = cancelled.cancelled() => return Err(Error::cancelled("configuring the provider")),
        };
        self.configure_with(session);
        let urn = Urn::new(request.urn.unwrap_or_default());
        for warning in warnings {
            self.engine().warn(&urn, warning).await;
        }
        // The same as in the handshake, for engines that do not shake hands.
        Ok(ConfigureResponse {
            accept_secrets: true,
            supports_preview: true,
            accept_resources: false,
            accept_outputs: false,
            supports_autonaming_configuration: true,
        })
    }

    /// The configuration as engines older than `args` send it: text by full name.
    fn variables(&self, variables: impl IntoIterator<Item = (String, String)>) -> PropertyMap {
        let prefix = format!("{}:config:", self.shared.package.name());
        let variables = variables.into_iter();
        variables.filter_map(|(name, text)| Some((name.strip_prefix(&prefix)?.to_owned(), Value::from(text)))).collect()
    }
}

pub(super) fn encode_failures(failures: impl IntoIterator<Item = CheckFailure>) -> Vec<rpc::CheckFailure> {
    let failures = failures.into_iter();
    let failures =
        failures.map(|CheckFailure { property, reason }| rpc::CheckFailure { property, reason: printable(&reason) });
    failures.collect()
}

/// The properties in a struct that every engine sends.
pub(super) fn given(name: &str, properties: Option<Struct>) -> Result<PropertyMap, Error> {
    properties.map(wire::decode).ok_or_else(|| Error::invalid(format!("the request has no `{name}`")))
}

/// The properties in a struct that may be unset.
pub(super) fn decoded(properties: Option<Struct>) -> PropertyMap {
    wire::decode(properties.unwrap_or_default())
}
