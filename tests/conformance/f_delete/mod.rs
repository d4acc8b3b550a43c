//! Delete: of the rule in the state and of nothing else; what is gone stays gone.

mod accounts;
mod errors;
mod gone;
mod region;
mod replacement;
mod request;
mod time_limits;
