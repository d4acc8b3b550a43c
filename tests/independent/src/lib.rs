//! winterbaume's ECR behind a socket, so that the plugin meets an ECR that nobody of this project wrote.

use std::convert::Infallible;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::HeaderMap;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpListener;
use winterbaume_core::{MockRequest, MockService as _};
use winterbaume_ecr::EcrService;

/// A running winterbaume. It serves on the current tokio runtime, as long as that runs.
pub struct Winterbaume {
    url: String,
    service: Arc<EcrService>,
}

impl Winterbaume {
    /// Starts serving on a free loopback port.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let service = Arc::new(EcrService::new());
        tokio::spawn(accept(listener, Arc::clone(&service)));
        Ok(Self { url, service })
    }

    /// The endpoint for AWS clients.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Calls an operation in a Region without the plugin: what somebody else does, and what is really there. Gives the HTTP status,
    /// the content type and the answer.
    ///
    /// # Panics
    /// If the operation's name or the Region cannot be in a header, or the answer is not JSON.
    pub async fn call(&self, region: &str, operation: &str, body: &Value) -> (u16, String, Value) {
        let mut headers = HeaderMap::new();
        let target = format!("AmazonEC2ContainerRegistry_V20150921.{operation}");
        let scope = format!(
            "AWS4-HMAC-SHA256 Credential=test/20261121/{region}/ecr/aws4_request, SignedHeaders=host, Signature=0"
        );
        headers.insert("x-amz-target", target.parse().expect("an operation's name"));
        headers.insert("authorization", scope.parse().expect("a Region"));
        let request =
            MockRequest { method: "POST".to_owned(), uri: self.url.clone(), headers, body: body.to_string().into() };
        let response = self.service.handle(request).await;
        let content_type = response.headers["content-type"].to_str().expect("a content type").to_owned();
        (response.status, content_type, serde_json::from_slice(&response.body).expect("JSON"))
    }
}

async fn accept(listener: TcpListener, service: Arc<EcrService>) {
    while let Ok((stream, _)) = listener.accept().await {
        let service = Arc::clone(&service);
        let handler = service_fn(move |request| answer(Arc::clone(&service), request));
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), handler));
    }
}

async fn answer(service: Arc<EcrService>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    let request =
        MockRequest { method: head.method.to_string(), uri: head.uri.to_string(), headers: head.headers, body };
    let answer = service.handle(request).await;
    let mut response = Response::new(Full::new(answer.body));
    *response.status_mut() = hyper::StatusCode::from_u16(answer.status).unwrap_or_default();
    *response.headers_mut() = answer.headers;
    Ok(response)
}
