//! Sockets: accepts connections, carries calls out with their faults and latency, and stops.

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::dispatch::{Answer, Output, Request};
use crate::error::ApiError;
use crate::fault::{self, Effect};
use crate::journal::{Journal, Open};
use crate::operation::Operation;
use crate::options::LogSink;
use crate::store::Store;
use crate::world::World;

/// The largest body that is read. The largest one that an operation can use has a few kilobytes, a secret's 64.
const MAX_BODY: usize = 1024 * 1024;

/// How long calls in flight may take to end once the server stops.
const GRACE: Duration = Duration::from_millis(250);

/// What the server's thread and its handle share.
pub(crate) struct Shared {
    state: Mutex<State>,
    store: Option<Store>,
    log: Option<LogSink>,
}

/// What changes while the server runs.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) world: World,
    pub(crate) journal: Journal,
    pub(crate) latency: Duration,
}

impl Shared {
    pub(crate) fn new(world: World, store: Option<Store>, latency: Duration, log: Option<LogSink>) -> Self {
        Self { state: Mutex::new(State { world, journal: Journal::default(), latency }), store, log }
    }

    /// The state, also after a test panicked while it held the lock: nothing is ever half changed.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the world and writes the state file. What cannot be written does not happen.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> io::Result<T> {
        let world = &mut self.state().world;
        let Some(store) = &self.store else {
            return Ok(change(world));
        };
        let (registries, secrets) = (world.registries.clone(), world.secrets.clone());
        let result = change(world);
        if let Err(error) = store.save(world) {
            (world.registries, world.secrets) = (registries, secrets);
            return Err(error);
        }
        Ok(result)
    }

    fn carry_out(&self, request: &Request) -> Result<Output, ApiError> {
        if !request.operation().is_some_and(Operation::writes) {
            return request.carry_out(&mut self.state().world);
        }
        self.change(|world| request.carry_out(world))
            .unwrap_or_else(|error| Err(ApiError::new("ServerException", error.to_string()).with_status(500)))
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("state", &self.state).field("store", &self.store).finish_non_exhaustive()
    }
}

/// Serves until `stop` is sent or its sender goes; calls in flight then have a moment to end.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>, mut stop: oneshot::Receiver<()>) {
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = &mut stop => break,
        };
        let Ok((stream, _)) = accepted else {
            // Out of file descriptors, most likely: some call must end first.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        // An answer is one small write. If the option cannot be set, answers are only later.
        let _ = stream.set_nodelay(true);
        let shared = Arc::clone(&shared);
        let service = service_fn(move |request| respond(Arc::clone(&shared), request));
        let connection = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
        // What goes wrong with a connection is the client's to see.
        tokio::spawn(graceful.watch(connection));
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
}

/// The connection closes without an answer.
#[derive(Debug)]
struct Dropped;

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("dropped on purpose")
    }
}

impl std::error::Error for Dropped {}

async fn respond(shared: Arc<Shared>, request: hyper::Request<Incoming>) -> Result<Response<Full<Bytes>>, Dropped> {
    let (head, body) = request.into_parts();
    let body = match Limited::new(body, MAX_BODY).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => return Ok(too_large()),
        Err(_) => return Err(Dropped),
    };
    let request = Request::read(&head.headers, &body);
    // On a task of its own, so that a call is carried out and written down also when its client goes away.
    match tokio::spawn(attend(shared, request)).await {
        Ok(Some(answer)) => Ok(response(answer)),
        Ok(None) | Err(_) => Err(Dropped),
    }
}

/// Carries one call out, with the fault that strikes it and the latency of the moment. `None` drops the connection.
async fn attend(shared: Arc<Shared>, request: Request) -> Option<Answer> {
    let (open, fault) = {
        let state = &mut *shared.state();
        let open = state.journal.open(request.call(&state.world));
        (open, fault::strike(&mut state.world.behaviour.faults, request.operation()))
    };
    let (delay, effect) = fault.unwrap_or((Duration::ZERO, Effect::Proceed));
    pause(delay).await;
    let result = match &effect {
        Effect::DropBefore => return finish(&shared, &open, None),
        Effect::Answer { status, code, message } => {
            let code = code.clone().into();
            Err(ApiError { status: *status, code, message: message.clone(), breaks_constraint: false })
        }
        Effect::Proceed | Effect::CommitThenDrop => shared.carry_out(&request),
    };
    let answer = request.answer(result);
    // The call is carried out first and its answer held back, so that a client that gives up leaves what it asked for behind.
    let latency = shared.state().latency;
    pause(latency).await;
    finish(&shared, &open, Some(answer).filter(|_| effect != Effect::CommitThenDrop))
}

/// Writes down how a call ended.
fn finish(shared: &Shared, open: &Open, answer: Option<Answer>) -> Option<Answer> {
    let status = answer.as_ref().map(|answer| answer.status);
    let error_code = answer.as_ref().and_then(|answer| answer.error_code.clone());
    let call = shared.state().journal.close(open, status, error_code).cloned();
    if let (Some(log), Some(call)) = (&shared.log, &call) {
        log(call);
    }
    answer
}

async fn pause(duration: Duration) {
    if !duration.is_zero() {
        tokio::time::sleep(duration).await;
    }
}

fn response(answer: Answer) -> Response<Full<Bytes>> {
    const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
    const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
    let mut response = Response::new(Full::new(Bytes::from(answer.body)));
    // A scripted fault may ask for anything; what is no status is a server error.
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
    for (name, value) in [(REQUEST_ID, Some(answer.request_id)), (ERROR_TYPE, answer.error_code)] {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            headers.insert(name, value);
        }
    }
    response
}

fn too_large() -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from_static(b"The request body is too large")));
    *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
    response
}
