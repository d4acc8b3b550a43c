//! One call to AWS, watched: what may have happened on the other side, and when it may be given up.
//!
//! The SDK makes the attempts, waits between them and knows which errors to retry. What it cannot know is kept here: that a write
//! on the wire must not be dropped when the user cancels, that a limit that is reached is no throttling, and whether an attempt
//! that failed may have been carried out all the same.

use std::{
    error::Error as StdError,
    fmt,
    future::Future,
    marker::PhantomData,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering::SeqCst},
    },
};

use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        interceptors::{
            Intercept,
            context::{
                BeforeTransmitInterceptorContextRef, Error as AnyError, FinalizerInterceptorContextRef,
                InterceptorContext,
            },
        },
        orchestrator::OrchestratorError,
        retries::classifiers::{ClassifyRetry, RetryAction, RetryClassifierPriority},
        runtime_components::RuntimeComponents,
    },
};
use aws_smithy_types::{config_bag::ConfigBag, error::metadata::ProvideErrorMetadata};
use tokio::sync::Notify;

use super::failure::Failure;
use crate::pulumi::operation::Context;

/// Failed connections after which an endpoint counts as unreachable. The other retries are bounded by the configuration.
const MAX_FAILED_CONNECTIONS: u32 = 3;

/// The code that the SDK's list of throttling errors holds, though a full registry does not empty itself.
const LIMIT_EXCEEDED: &str = "LimitExceededException";

/// The codes that the SDK takes for this machine's clock being wrong, where it is. Every answer tells AWS's time, by which the SDK
/// signs from then on: what a second attempt is answered is no matter of clocks.
const PERHAPS_THE_CLOCK: [&str; 3] = ["AccessDeniedException", "InvalidSignatureException", "SignatureDoesNotMatch"];

/// What a call does to AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It only reads: it can be dropped at any moment.
    Read,
    /// It writes: an attempt on the wire is waited for.
    Write,
    /// It only reads, but to find out what became of a write, which the user has to know after a cancel too.
    Settle,
}

/// Why a call has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interruption {
    /// The user cancelled.
    Cancelled,
    /// The operation's time was over.
    TimedOut,
}

/// Watches the attempts of one call. Clones watch the same call.
#[derive(Clone, Debug, Default)]
pub struct Attempts(Arc<Record>);

#[derive(Debug, Default)]
struct Record {
    on_wire: AtomicBool,
    maybe_carried_out: AtomicBool,
    no_more: AtomicBool,
    sent: AtomicU32,
    failed_connections: AtomicU32,
    last: Mutex<Option<Failure>>,
    landed: Notify,
}

impl Attempts {
    /// Whether an attempt that brought no clear answer may have been carried out: its answer was lost, or the service failed
    /// half-way, or it was given up on the wire.
    pub fn maybe_carried_out(&self) -> bool {
        self.0.maybe_carried_out.load(SeqCst) || self.0.on_wire.load(SeqCst)
    }

    /// How the last attempt failed, if one has: what a call that is given up between two attempts was given up for.
    pub fn last_failure(&self) -> Option<Failure> {
        self.0.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The rule for what is not retried, for an operation whose error type is `E`.
    pub fn retry_classifier<E>(&self) -> impl ClassifyRetry + 'static
    where
        E: StdError + ProvideErrorMetadata + Send + Sync + 'static,
    {
        NotRetried { attempts: self.clone(), error: PhantomData::<fn() -> E> }
    }

    /// Awaits the call's result, unless the user cancels or the time of `context`'s operation is over first.
    pub async fn finish<S, T>(
        &self,
        context: &Context<S>,
        effect: Effect,
        call: impl Future<Output = T>,
    ) -> Result<T, Interruption> {
        let deadline = tokio::time::sleep_until(context.deadline());
        tokio::pin!(call, deadline);
        tokio::select! {
            biased;
            result = &mut call => return Ok(result),
            () = context.cancelled(), if effect != Effect::Settle => {}
            () = &mut deadline => return Err(Interruption::TimedOut),
        }
        self.0.no_more.store(true, SeqCst);
        while effect == Effect::Write && self.0.on_wire.load(SeqCst) {
            tokio::select! {
                biased;
                result = &mut call => return Ok(result),
                () = self.0.landed.notified() => {}
                () = &mut deadline => return Err(Interruption::TimedOut),
            }
        }
        // Between two attempts: nothing is on the wire.
        Err(Interruption::Cancelled)
    }
}

impl Intercept for Attempts {
    fn name(&self) -> &'static str {
        "Attempts"
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.on_wire.store(true, SeqCst);
        self.0.sent.fetch_add(1, SeqCst);
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let was_on_wire = self.0.on_wire.swap(false, SeqCst);
        if let Some(Err(error)) = context.output_or_error() {
            if never_connected(error) {
                self.0.failed_connections.fetch_add(1, SeqCst);
            } else if was_on_wire {
                let refused = context.response().is_some_and(|response| response.status().is_client_error());
                if !refused {
                    self.0.maybe_carried_out.store(true, SeqCst);
                }
            }
        }
        self.0.landed.notify_one();
        Ok(())
    }
}

/// Whether an attempt failed before anything of it can have reached the service.
fn never_connected(error: &OrchestratorError<AnyError>) -> bool {
    let Some(error) = error.as_connector_error() else {
        return false;
    };
    let mut cause: Option<&(dyn StdError + 'static)> = error.source();
    while let Some(error) = cause {
        if error
            .downcast_ref::<hyper_util::client::legacy::Error>()
            .is_some_and(hyper_util::client::legacy::Error::is_connect)
        {
            return true;
        }
        cause = error.source();
    }
    false
}

/// Forbids retries that the SDK would make.
struct NotRetried<E> {
    attempts: Attempts,
    error: PhantomData<fn() -> E>,
}

impl<E> fmt::Debug for NotRetried<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NotRetried").field("attempts", &self.attempts).finish_non_exhaustive()
    }
}

impl<E> ClassifyRetry for NotRetried<E>
where
    E: StdError + ProvideErrorMetadata + Send + Sync + 'static,
{
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let record = &self.attempts.0;
        let Some(Err(error)) = context.output_or_error() else { return RetryAction::NoActionIndicated };
        let answer = error.as_operation_error().and_then(|error| error.downcast_ref::<E>());
        let code = answer.and_then(ProvideErrorMetadata::code);
        if let Some(answer) = answer {
            let failure = Failure::of_answer(answer, context.response());
            *record.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(failure);
        }
        if record.no_more.load(SeqCst)
            || record.failed_connections.load(SeqCst) >= MAX_FAILED_CONNECTIONS
            || code == Some(LIMIT_EXCEEDED)
            || record.sent.load(SeqCst) > 1 && code.is_some_and(|code| PERHAPS_THE_CLOCK.contains(&code))
        {
            return RetryAction::RetryForbidden;
        }
        RetryAction::NoActionIndicated
    }

    fn name(&self) -> &'static str {
        "not retried"
    }

    fn priority(&self) -> RetryClassifierPriority {
        // After all of the SDK's own, whose verdict this one may overturn.
        RetryClassifierPriority::run_after(RetryClassifierPriority::transient_error_classifier())
    }
}
