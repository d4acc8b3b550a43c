use tokio_util::task::TaskTracker;

use super::*;
use crate::pulumi::error::Code;

fn context(timeout: f64, cancelled: CancellationToken) -> Context<()> {
    Context::new(Arc::new(()), Urn::new("urn"), timeout, cancelled, Arc::new(Engine::default()))
}

#[tokio::test(start_paused = true)]
async fn a_timeout_that_is_none_means_the_default() {
    for none in [0.0, -1.0, f64::NAN] {
        let context = context(none, CancellationToken::new());
        assert_eq!(context.limit, DEFAULT_TIMEOUT, "{none}");
        assert_eq!(context.deadline(), Instant::now() + DEFAULT_TIMEOUT);
    }
    let context = context(2.5, CancellationToken::new());
    assert_eq!(context.deadline(), Instant::now() + Duration::from_millis(2500));
}

#[tokio::test(start_paused = true)]
async fn a_timeout_beyond_all_clocks_is_far_away() {
    for huge in [1e15, 1e18, 1.8e19] {
        let context = context(huge, CancellationToken::new());
        assert!(context.deadline() > Instant::now() + DEFAULT_TIMEOUT * 100, "{huge}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_pause_lasts_as_long_as_asked() {
    let context = context(60.0, CancellationToken::new());
    let start = Instant::now();
    assert!(context.pause(Duration::from_secs(5)).await);
    assert_eq!(start.elapsed(), Duration::from_secs(5));
}

#[tokio::test(start_paused = true)]
async fn cancelling_ends_a_pause_at_once_and_spares_what_starts_later() {
    let cancellation = Cancellation::default();
    let context_before = context(60.0, cancellation.token());
    let start = Instant::now();
    let (ended, ()) = tokio::join!(context_before.pause(Duration::from_secs(30)), async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        cancellation.cancel();
    });
    assert!(!ended);
    assert_eq!(start.elapsed(), Duration::from_secs(1));
    assert!(context_before.cancelled.is_cancelled());
    let context_after = context(60.0, cancellation.token());
    assert!(!context_after.cancelled.is_cancelled());
    cancellation.cancel();
    assert!(context_after.cancelled.is_cancelled(), "as often as the engine asks");
}

#[tokio::test]
async fn an_operation_runs_to_its_end_though_nobody_waits() {
    let running = TaskTracker::new();
    let (sender, receiver) = oneshot::channel();
    let operation = async move {
        tokio::task::yield_now().await;
        sender.send(()).map_err(|()| Error::invalid("nobody listens"))
    };
    let mut answer = Box::pin(run_to_end(&running, operation));
    // Polled once, which starts it; then the engine goes away.
    tokio::select! {
        biased;
        _ = &mut answer => panic!("not done yet"),
        () = std::future::ready(()) => drop(answer),
    }
    receiver.await.unwrap();
}

#[tokio::test]
async fn a_defect_becomes_an_error_that_tells_what_happened() {
    let running = TaskTracker::new();
    let panics = async { if true { panic!("the sky is {}", "falling") } else { Ok(()) } };
    let error = run_to_end(&running, panics).await.unwrap_err();
    assert_eq!(error.code, Code::Internal, "what happened is not known");
    assert!(error.message.contains("please report it: the sky is falling"), "{error}");
}

#[tokio::test]
async fn a_result_is_passed_on() {
    let running = TaskTracker::new();
    assert_eq!(run_to_end(&running, async { Ok(7) }).await.unwrap(), 7);
    let error = run_to_end::<()>(&running, async { Err(Error::invalid("no")) }).await.unwrap_err();
    assert_eq!((error.code, error.message.as_str()), (Code::InvalidArgument, "no"));
}
