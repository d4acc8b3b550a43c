//! Ctrl-C in the demo: the command on the stage ends by itself, and then the stage is cleared.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use harness::{Context, Error, Result};
use signal_hook::consts::{SIGINT, SIGTERM};

/// Whether the person has had enough.
#[derive(Debug)]
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Watches for Ctrl-C from now on, instead of ending at once.
    pub(super) fn watch() -> Result<Self> {
        let flag = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            // The second one ends the program at once: a way out if clearing the stage hangs.
            signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(&flag))
                .and_then(|_| signal_hook::flag::register(signal, Arc::clone(&flag)))
                .context(|| "cannot watch for Ctrl-C")?;
        }
        Ok(Self(flag))
    }

    /// An error if there was a Ctrl-C.
    pub(super) fn check(&self) -> Result<()> {
        if self.0.load(Ordering::SeqCst) { Err(Error::new("interrupted")) } else { Ok(()) }
    }

    /// Waits for Ctrl-C.
    pub(super) fn wait(&self) {
        while self.check().is_ok() {
            thread::sleep(Duration::from_millis(100));
        }
    }
}
