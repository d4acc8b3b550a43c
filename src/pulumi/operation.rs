//! One call on one resource: whose it is, how long it may take, and whether the user has cancelled it.

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use tokio::{sync::oneshot, time::Instant};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{engine::Engine, error::Error, redaction::Redaction, urn::Urn};

/// What an operation may take where the program sets no `customTimeouts`.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_mins(5);

/// The surroundings of one operation, handed to every resource.
#[derive(Debug)]
pub struct Context<S> {
    /// The configured provider.
    pub session: Arc<S>,
    /// The resource, or what stands in for one where a call has none.
    pub urn: Urn,
    /// The id of the resource in the state that is deleted before this one is created in its place. Known in previews only.
    pub replaces: Option<String>,
    /// How long the whole operation may take.
    pub limit: Duration,
    deadline: Instant,
    cancelled: CancellationToken,
    engine: Arc<Engine>,
    redaction: Redaction,
}

impl<S> Clone for Context<S> {
    fn clone(&self) -> Self {
        Self {
            session: Arc::clone(&self.session),
            urn: self.urn.clone(),
            replaces: self.replaces.clone(),
            limit: self.limit,
            deadline: self.deadline,
            cancelled: self.cancelled.clone(),
            engine: Arc::clone(&self.engine),
            redaction: self.redaction.clone(),
        }
    }
}

impl<S> Context<S> {
    /// The context of an operation that starts now. `timeout` is in seconds, 0 where the program sets none.
    pub fn new(session: Arc<S>, urn: Urn, timeout: f64, cancelled: CancellationToken, engine: Arc<Engine>) -> Self {
        let limit = match Duration::try_from_secs_f64(timeout) {
            Ok(limit) if !limit.is_zero() => limit,
            _ => DEFAULT_TIMEOUT,
        };
        let now = Instant::now();
        // A timeout beyond what the clock can hold is none.
        let deadline = now.checked_add(limit).unwrap_or(now + DEFAULT_TIMEOUT * 1000);
        Self { session, urn, replaces: None, limit, deadline, cancelled, engine, redaction: Redaction::default() }
    }

    /// The same, with secrets that nothing said about the operation may contain.
    #[must_use]
    pub fn keeping_back(self, redaction: Redaction) -> Self {
        Self { redaction, ..self }
    }

    /// An error of the operation, without the secrets.
    pub fn redacted(&self, error: Error) -> Error {
        Error { message: self.redaction.apply(error.message), ..error }
    }

    /// When the operation has to be over.
    pub fn deadline(&self) -> Instant {
        self.deadline
    }

    /// Completes when the user cancels.
    pub async fn cancelled(&self) {
        self.cancelled.cancelled().await;
    }

    /// Waits. False where the user cancels meanwhile.
    pub async fn pause(&self, pause: Duration) -> bool {
        tokio::select! {
            () = tokio::time::sleep(pause) => true,
            () = self.cancelled() => false,
        }
    }

    /// Warns the user about the resource.
    pub async fn warn(&self, message: impl Into<String>) {
        self.engine.warn(&self.urn, self.redaction.apply(message.into())).await;
    }

    /// Shows the user what the resource is waiting for.
    pub async fn progress(&self, message: impl Into<String>) {
        self.engine.progress(&self.urn, self.redaction.apply(message.into())).await;
    }
}

/// Cancels what is in flight, as often as the engine asks. What starts afterwards is not concerned: a plugin that is attached to
/// serves one engine session after another.
#[derive(Debug, Default)]
pub struct Cancellation(std::sync::Mutex<CancellationToken>);

impl Cancellation {
    /// The token for an operation that starts now.
    pub fn token(&self) -> CancellationToken {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Cancels everything that has started.
    pub fn cancel(&self) {
        let mut current = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        std::mem::take(&mut *current).cancel();
    }
}

/// Runs an operation to its end even if the engine goes away meanwhile, and turns a defect in it into an error of its own.
///
/// A handler's future is dropped with the connection; a create dropped half-way would leave a rule that no state knows of.
pub async fn run_to_end<T: Send + 'static>(
    running: &TaskTracker,
    operation: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    let (sender, receiver) = oneshot::channel();
    // Of one type whatever the operation is: the runtime's code for a task is generic, and as large as an operation itself.
    let task: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(async move {
        // Nobody may be left to hear of it.
        drop(sender.send(operation.await));
    });
    let ended = running.spawn(task).await;
    match (receiver.await, ended) {
        (Ok(result), _) => result,
        (Err(_), Err(failure)) => Err(Error::new(tonic::Code::Internal, defect(failure))),
        (Err(_), Ok(())) => Err(Error::new(tonic::Code::Internal, "an operation ended without a result")),
    }
}

fn defect(failure: tokio::task::JoinError) -> String {
    let what = failure.try_into_panic().map_or_else(
        |failure| failure.to_string(),
        |panic| match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
            (Some(text), _) => (*text).to_owned(),
            (_, Some(text)) => text.clone(),
            _ => "unknown".to_owned(),
        },
    );
    format!("this is a defect in the provider, please report it: {what}")
}

#[cfg(test)]
mod tests;
