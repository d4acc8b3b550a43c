//! The engine as a server: where messages to the user go.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tonic::codegen::http::Uri;

use super::{
    http2,
    rpc::{LogRequest, LogSeverity, engine_client::EngineClient},
    text::printable,
    urn::Urn,
};

/// A message that the engine has not taken by then is dropped: it must never hold up the operation that it is about.
const LIMIT: Duration = Duration::from_secs(5);

/// A text that cannot be where an engine listens.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not the address of an engine (`host:port`)")]
pub struct NoAddress(String);

/// A line to the engine, opened when there is something to say.
#[derive(Debug, Default)]
pub struct Engine {
    address: Mutex<Option<String>>,
    client: tokio::sync::Mutex<Option<EngineClient<http2::Client>>>,
    said: Mutex<HashSet<(Urn, String)>>,
}

impl Engine {
    /// Says where the engine listens (`host:port`). A new address ends the connection to the old one; what can be none changes
    /// nothing.
    pub async fn attach(&self, address: &str) -> Result<(), NoAddress> {
        if !is_address(address) {
            return Err(NoAddress(address.to_owned()));
        }
        {
            let mut known = self.address.lock().unwrap_or_else(PoisonError::into_inner);
            if known.as_deref() == Some(address) {
                return Ok(());
            }
            *known = Some(address.to_owned());
        }
        *self.client.lock().await = None;
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clear();
        Ok(())
    }

    /// Where the engine listens.
    pub fn address(&self) -> Option<String> {
        self.address.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Warns the user about a resource. The same warning about the same resource is given once: the engine repeats calls.
    pub async fn warn(&self, urn: &Urn, message: String) {
        let key = (urn.clone(), message.clone());
        if !self.said.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone())
            || self.log(LogSeverity::Warning, urn, &message, false).await
        {
            return;
        }
        // Nobody has read it, so it may be said again.
        self.said.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
    }

    /// Shows what a resource is waiting for, while it waits.
    pub async fn progress(&self, urn: &Urn, message: String) {
        self.log(LogSeverity::Info, urn, &message, true).await;
    }

    /// Whether the engine took a message. Never with `LogSeverity::Error`, which would mark the resource as failed although its operation goes on.
    async fn log(&self, severity: LogSeverity, urn: &Urn, message: &str, ephemeral: bool) -> bool {
        let request = LogRequest {
            severity: severity.into(),
            message: printable(message),
            urn: urn.as_str().to_owned(),
            stream_id: 0,
            ephemeral,
        };
        match tokio::time::timeout(LIMIT, self.send(request)).await {
            Ok(Ok(())) => return true,
            Ok(Err(error)) => tracing::debug!(%error, "the engine did not take a message"),
            Err(_) => tracing::debug!("the engine did not take a message in time"),
        }
        false
    }

    async fn send(&self, request: LogRequest) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let Some(address) = self.address() else {
            return Ok(());
        };
        let mut slot = self.client.lock().await;
        if let Some(mut client) = slot.take() {
            // A connection that was idle may have ended.
            if client.log(request.clone()).await.is_ok() {
                *slot = Some(client);
                return Ok(());
            }
        }
        let origin = format!("http://{address}").parse()?;
        let mut client = EngineClient::with_origin(http2::connect(&address).await?, origin);
        // Kept for the next message only when it has proved to work.
        client.log(request).await?;
        *slot = Some(client);
        Ok(())
    }
}

/// Whether a text can be where an engine listens.
fn is_address(text: &str) -> bool {
    text.rsplit_once(':').is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok())
        && format!("http://{text}").parse::<Uri>().is_ok()
}
