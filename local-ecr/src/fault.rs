//! Scripted faults: what goes wrong, on which calls, how often.

use std::collections::VecDeque;
use std::time::Duration;

use crate::Operation;

/// One scripted fault.
///
/// ```
/// use std::time::Duration;
/// use local_ecr::{Fault, Operation};
///
/// // The second Create is committed, but its answer is lost.
/// let lost = Fault::on(Operation::CreatePullThroughCacheRule).commit_then_drop().after(1);
/// // Every Describe is throttled.
/// let throttled = Fault::on(Operation::DescribePullThroughCacheRules)
///     .answer(400, "ThrottlingException", "Rate exceeded")
///     .always();
/// // The next call, whichever it is, stalls.
/// let stall = Fault::on_any().delay(Duration::from_secs(5));
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// The operation that it strikes; `None` strikes every one.
    pub operation: Option<Operation>,
    /// How many of those calls pass unharmed first.
    pub after: u32,
    /// How many calls it then strikes; `None` is every one.
    pub times: Option<u32>,
    /// How long the call waits before anything else is done with it.
    pub delay: Duration,
    /// What happens then.
    pub effect: Effect,
}

/// What a [`Fault`] does to a call, after its delay.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Effect {
    /// The call is carried out and answered.
    Proceed,
    /// The call is not carried out; this error answers it, in the form of the service that was called.
    Answer {
        /// The HTTP status.
        status: u16,
        /// The error code, as clients see it.
        code: String,
        /// The text for people.
        message: String,
    },
    /// The call is not carried out, and the connection closes without an answer.
    DropBefore,
    /// The call is carried out, and the connection closes without an answer.
    CommitThenDrop,
}

impl Fault {
    /// A fault that strikes the next call of `operation`, and does nothing until it is told what.
    pub fn on(operation: Operation) -> Self {
        Self { operation: Some(operation), ..Self::on_any() }
    }

    /// A fault that strikes the next call, whatever its operation.
    pub fn on_any() -> Self {
        Self { operation: None, after: 0, times: Some(1), delay: Duration::ZERO, effect: Effect::Proceed }
    }

    /// Answers with an error instead of carrying the call out.
    #[must_use]
    pub fn answer(mut self, status: u16, code: &str, message: &str) -> Self {
        self.effect = Effect::Answer { status, code: code.to_owned(), message: message.to_owned() };
        self
    }

    /// Closes the connection instead of carrying the call out.
    #[must_use]
    pub fn drop_before(mut self) -> Self {
        self.effect = Effect::DropBefore;
        self
    }

    /// Carries the call out, then closes the connection: the answer is lost.
    #[must_use]
    pub fn commit_then_drop(mut self) -> Self {
        self.effect = Effect::CommitThenDrop;
        self
    }

    /// Waits before anything else is done with the call.
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Lets `calls` calls pass unharmed first.
    #[must_use]
    pub fn after(mut self, calls: u32) -> Self {
        self.after = calls;
        self
    }

    /// Strikes `calls` calls instead of one.
    #[must_use]
    pub fn times(mut self, calls: u32) -> Self {
        self.times = Some(calls);
        self
    }

    /// Strikes every call.
    #[must_use]
    pub fn always(mut self) -> Self {
        self.times = None;
        self
    }
}

/// What strikes a call of `operation`: the first fault that applies, which is counted down and leaves the queue when spent.
///
/// A fault that still lets calls pass counts this one and leaves it to those behind it.
pub(crate) fn strike(faults: &mut VecDeque<Fault>, operation: Option<Operation>) -> Option<(Duration, Effect)> {
    let mut struck = None;
    for fault in faults.iter_mut() {
        if fault.operation.is_some() && fault.operation != operation {
            continue;
        }
        if fault.after > 0 {
            fault.after -= 1;
            continue;
        }
        if fault.times == Some(0) {
            continue;
        }
        fault.times = fault.times.map(|times| times - 1);
        struck = Some((fault.delay, fault.effect.clone()));
        break;
    }
    faults.retain(|fault| fault.times != Some(0));
    struck
}

#[cfg(test)]
mod tests {
    use super::*;

    const CREATE: Option<Operation> = Some(Operation::CreatePullThroughCacheRule);
    const DELETE: Option<Operation> = Some(Operation::DeletePullThroughCacheRule);

    fn queue(faults: impl IntoIterator<Item = Fault>) -> VecDeque<Fault> {
        faults.into_iter().collect()
    }

    fn effect(faults: &mut VecDeque<Fault>, operation: Option<Operation>) -> Option<Effect> {
        strike(faults, operation).map(|(_, effect)| effect)
    }

    #[test]
    fn a_fault_strikes_its_operation_once() {
        let mut faults = queue([Fault::on(Operation::CreatePullThroughCacheRule).drop_before()]);
        assert_eq!(effect(&mut faults, DELETE), None);
        assert_eq!(effect(&mut faults, CREATE), Some(Effect::DropBefore));
        assert_eq!(effect(&mut faults, CREATE), None);
        assert!(faults.is_empty());
    }

    #[test]
    fn a_fault_lets_calls_pass_then_strikes_as_often_as_told() {
        let mut faults = queue([Fault::on_any().drop_before().after(1).times(2)]);
        let struck: Vec<bool> = (0..5).map(|_| effect(&mut faults, CREATE).is_some()).collect();
        assert_eq!(struck, [false, true, true, false, false]);
    }

    #[test]
    fn an_endless_fault_stays() {
        let mut faults = queue([Fault::on_any().answer(500, "ServerException", "x").always()]);
        assert!((0..10).all(|_| effect(&mut faults, None).is_some()));
    }

    #[test]
    fn the_first_that_applies_wins_and_the_next_waits() {
        let mut faults = queue([Fault::on_any().drop_before(), Fault::on_any().commit_then_drop()]);
        assert_eq!(effect(&mut faults, CREATE), Some(Effect::DropBefore));
        assert_eq!(effect(&mut faults, CREATE), Some(Effect::CommitThenDrop));
    }
}
