//! How AWS is reached: TLS, proxies, connections. The only file that names the TLS library.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use aws_smithy_http_client::{
    Connector,
    proxy::ProxyConfig,
    tls::{Provider, rustls_provider::CryptoMode},
};
use aws_smithy_runtime_api::client::http::{SharedHttpClient, SharedHttpConnector, http_client_fn};

/// A client whose connections every call shares. Making it opens and reads nothing: the proxies' variables and the trusted roots
/// are looked at when the first call is made.
///
/// The SDK asks for a connector at every call, by its timeouts, so the connectors are kept. The SDK's own ways to build a client
/// keep them too, but either bring a second TLS library or forget the proxies.
pub fn client() -> SharedHttpClient {
    let connectors: Mutex<Vec<(Timeouts, SharedHttpConnector)>> = Mutex::default();
    http_client_fn(move |settings, components| {
        let timeouts = (settings.connect_timeout(), settings.read_timeout());
        let mut connectors = connectors.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, connector)) = connectors.iter().find(|(known, _)| *known == timeouts) {
            return connector.clone();
        }
        let mut builder = Connector::builder()
            .connector_settings(settings.clone())
            .proxy_config(ProxyConfig::from_env())
            .tls_provider(Provider::Rustls(CryptoMode::Ring));
        builder.set_sleep_impl(components.sleep_impl());
        let connector = SharedHttpConnector::new(builder.build());
        connectors.push((timeouts, connector.clone()));
        connector
    })
}

/// For a connection, and for an answer.
type Timeouts = (Option<Duration>, Option<Duration>);
