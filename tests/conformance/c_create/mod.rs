//! Create: what is sent, what comes back, what an error says, and that no rule is lost.

mod cancel;
mod errors;
mod existing;
mod lost_answers;
mod many;
mod preview;
mod request;
mod retries;
mod roles;
mod secrets;
mod strange_answers;
mod time_limits;
mod unreached;
mod upstreams;
mod wrapped;
