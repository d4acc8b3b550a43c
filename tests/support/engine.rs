//! A fake engine: a server that keeps what a plugin logs.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use pulumi_aws::pulumi::rpc::{LogRequest, LogSeverity, engine_server};
use tokio::{net::TcpListener, task::JoinHandle};
use tonic::{
    Request, Response, Status,
    transport::{Server, server::TcpIncoming},
};

/// A running engine. It is gone with the value.
#[derive(Debug)]
pub(crate) struct Engine {
    address: SocketAddr,
    messages: Arc<Mutex<Vec<LogRequest>>>,
    serving: JoinHandle<()>,
}

#[derive(Debug)]
struct Log(Arc<Mutex<Vec<LogRequest>>>);

#[tonic::async_trait]
impl engine_server::Engine for Log {
    async fn log(&self, request: Request<LogRequest>) -> Result<Response<()>, Status> {
        self.0.lock().unwrap().push(request.into_inner());
        Ok(Response::new(()))
    }
}

impl Engine {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let messages = Arc::<Mutex<Vec<LogRequest>>>::default();
        let server = engine_server::EngineServer::new(Log(Arc::clone(&messages)));
        let serving = tokio::spawn(async move {
            let incoming = TcpIncoming::from(listener);
            Server::builder().serve_with_incoming(server, incoming).await.expect("the engine serves");
        });
        Self { address, messages, serving }
    }

    /// `host:port`, as the engine gives it to plugins.
    pub(crate) fn address(&self) -> String {
        self.address.to_string()
    }

    /// What has been logged so far.
    pub(crate) fn messages(&self) -> Vec<LogRequest> {
        self.messages.lock().unwrap().clone()
    }

    /// Forgets what has been logged so far.
    pub(crate) fn clear(&self) {
        self.messages.lock().unwrap().clear();
    }

    /// The warnings for a URN.
    pub(crate) fn warnings(&self, urn: &str) -> Vec<String> {
        let messages = self.messages().into_iter();
        let warnings = messages.filter(|message| message.severity() == LogSeverity::Warning && message.urn == urn);
        warnings.map(|message| message.message).collect()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
