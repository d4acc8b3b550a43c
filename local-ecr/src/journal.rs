//! What was asked and what was answered.

use std::collections::VecDeque;
use std::fmt;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::Value;

/// How many calls are kept; the oldest go first. More than any test makes, and bounded where one runs for days.
const CAPACITY: usize = 20_000;

/// One call that was received in full.
///
/// It is in the journal from its arrival on; `took` tells whether it is over. Its `Display` is one line without secrets.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Call {
    /// The operation's name, as the client gave it: also one that is not served.
    pub operation: String,
    /// The Region that the client signed for, or nothing if it did not sign.
    pub region: String,
    /// The account that the call is for, or nothing if the client did not sign.
    pub account: String,
    /// The access key that signed, or nothing if the client did not sign.
    pub access_key: String,
    /// The `User-Agent` header.
    pub user_agent: String,
    /// The request's fields: the JSON body, or the form of an STS call as an object of strings; `null` if it could not be read.
    /// A secret's value is replaced.
    pub body: Value,
    /// The HTTP status of the answer; `None` while there is none, and if the connection was dropped instead.
    pub status: Option<u16>,
    /// The error code of the answer, if it is an error.
    pub error_code: Option<String>,
    /// When the call arrived.
    pub at: SystemTime,
    /// How long it took, latency and delays included; `None` while it is being carried out.
    pub took: Option<Duration>,
}

impl Call {
    /// What the call is about: a rule's prefix, the prefixes, or a secret's name or ARN.
    fn subject(&self) -> String {
        let text = |name| self.body.get(name).and_then(Value::as_str).map(str::to_owned);
        let list = |name| {
            let items = self.body.get(name)?.as_array()?.iter();
            Some(items.filter_map(Value::as_str).collect::<Vec<_>>().join(","))
        };
        text("ecrRepositoryPrefix")
            .or_else(|| list("ecrRepositoryPrefixes"))
            .or_else(|| text("Name"))
            .or_else(|| text("SecretId"))
            .unwrap_or_default()
    }
}

/// Time of day (UTC), operation, Region, account, prefix or secret, status, error code, milliseconds. What is absent is `-`.
impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since_epoch = self.at.duration_since(UNIX_EPOCH).unwrap_or_default();
        let second = since_epoch.as_secs();
        let (hour, minute) = (second / 3600 % 24, second / 60 % 60);
        let status = self.status.map_or_else(|| "dropped".to_owned(), |status| status.to_string());
        write!(
            f,
            "{hour:02}:{minute:02}:{:02}.{:03} {:<29} {:<14} {:<12} {:<30} {status} {} {:.1}ms",
            second % 60,
            since_epoch.subsec_millis(),
            shown(&self.operation),
            shown(&self.region),
            shown(&self.account),
            shown(&self.subject()),
            shown(self.error_code.as_deref().unwrap_or_default()),
            self.took.unwrap_or_default().as_secs_f64() * 1000.0,
        )
    }
}

/// A client's text on one line and without control characters, whatever the client sent.
fn shown(text: &str) -> String {
    if text.is_empty() { "-".to_owned() } else { text.escape_debug().collect() }
}

/// The calls, in the order of their arrival.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    calls: VecDeque<Call>,
    /// How many calls have left, so that a number given out before still finds its call.
    gone: usize,
}

/// A call that is being carried out.
#[derive(Debug)]
pub(crate) struct Open {
    number: usize,
    started: Instant,
}

impl Journal {
    pub(crate) fn open(&mut self, call: Call) -> Open {
        if self.calls.len() == CAPACITY {
            self.calls.pop_front();
            self.gone += 1;
        }
        self.calls.push_back(call);
        Open { number: self.gone + self.calls.len() - 1, started: Instant::now() }
    }

    /// Writes down how a call ended, and gives it back if it is still there.
    pub(crate) fn close(&mut self, open: &Open, status: Option<u16>, error_code: Option<String>) -> Option<&Call> {
        let call = self.calls.get_mut(open.number.checked_sub(self.gone)?)?;
        call.status = status;
        call.error_code = error_code;
        call.took = Some(open.started.elapsed());
        Some(call)
    }

    pub(crate) fn calls(&self) -> Vec<Call> {
        self.calls.iter().cloned().collect()
    }

    pub(crate) fn clear(&mut self) {
        self.gone += self.calls.len();
        self.calls.clear();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn call(operation: &str) -> Call {
        Call {
            operation: operation.to_owned(),
            region: "eu-west-1".to_owned(),
            account: "123456789012".to_owned(),
            access_key: "AKID".to_owned(),
            user_agent: String::new(),
            body: json!({ "ecrRepositoryPrefix": "quay" }),
            status: None,
            error_code: None,
            at: UNIX_EPOCH + Duration::from_millis(1_795_256_345_678),
            took: None,
        }
    }

    #[test]
    fn a_call_is_closed_by_its_number() {
        let mut journal = Journal::default();
        let first = journal.open(call("first"));
        let second = journal.open(call("second"));
        journal.close(&first, Some(200), None);
        journal.close(&second, None, None);
        let calls = journal.calls();
        assert_eq!((calls[0].status, calls[1].status), (Some(200), None));
        assert!(calls.iter().all(|call| call.took.is_some()));
    }

    #[test]
    fn a_call_that_was_cleared_away_closes_nothing() {
        let mut journal = Journal::default();
        let before = journal.open(call("before"));
        journal.clear();
        let after = journal.open(call("after"));
        assert!(journal.close(&before, Some(200), None).is_none());
        assert_eq!(journal.close(&after, Some(400), None).map(|call| call.operation.clone()), Some("after".to_owned()));
    }

    #[test]
    fn the_oldest_calls_go_first() {
        let mut journal = Journal::default();
        let oldest = journal.open(call("oldest"));
        for _ in 0..CAPACITY {
            journal.open(call("later"));
        }
        assert_eq!(journal.calls().len(), CAPACITY);
        assert!(journal.close(&oldest, Some(200), None).is_none());
    }

    #[test]
    fn a_call_is_one_line() {
        let mut call = call("CreatePullThroughCacheRule");
        call.status = Some(400);
        call.error_code = Some("InvalidParameterException".to_owned());
        call.took = Some(Duration::from_micros(1250));
        let words: Vec<String> = call.to_string().split_whitespace().map(str::to_owned).collect();
        assert_eq!(
            words,
            [
                "10:19:05.678",
                "CreatePullThroughCacheRule",
                "eu-west-1",
                "123456789012",
                "quay",
                "400",
                "InvalidParameterException",
                "1.2ms",
            ],
        );
    }

    #[test]
    fn what_a_client_sends_cannot_break_the_line() {
        let mut call = call("x\ny");
        call.body = json!({ "ecrRepositoryPrefixes": ["a\u{1b}[31m", "b"] });
        let line = call.to_string();
        assert!(!line.contains(['\n', '\u{1b}']), "{line}");
        assert!(line.contains("x\\ny") && line.contains(",b"), "{line}");
        assert!(line.contains(" dropped - "), "{line}");
    }
}
