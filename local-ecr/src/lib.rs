//! A local Amazon ECR for pull-through cache rules: a real HTTP server that an ordinary AWS client works on.
//!
//! It is for tests and for trying out: it pulls no images, checks no permissions and keeps no secret values. What it does
//! answer, it answers as ECR does (the API model of 2026, the documentation, and messages that users saw): constraints, errors,
//! answer shapes, pages, the limit, registries per account and Region, and secrets that exist or do not. Where nobody has
//! published what ECR does, [`Behaviour`] has a switch.
//!
//! ```
//! use local_ecr::{LocalEcr, Options, Rule};
//!
//! let ecr = LocalEcr::start(Options::default())?;
//! ecr.put_rule("eu-west-1", Rule::new("quay", "quay.io"));
//! // Point an AWS client at `ecr.url()` with any access key; the Region is the one that it signs for.
//! assert_eq!(ecr.rules("eu-west-1").len(), 1);
//! assert!(ecr.rules("us-east-1").is_empty());
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! The layers, each knowing only those below it:
//!
//! | modules | what they are |
//! |---|---|
//! | `local_ecr`, `server` | the handle, its thread, sockets, faults on the connection |
//! | `dispatch` | one request in, one answer out: which service, who calls, which operation |
//! | `ecr`, `secrets_manager`, `sts` | the operations, pure functions over the state |
//! | `registry`, `secrets`, `roles`, `store` | the state, and its file |
//! | `constraints`, `upstream`, `sigv4`, `identity`, `json_rpc`, `query_rpc` | rules and formats, pure |

mod behaviour;
mod constraints;
mod dispatch;
mod ecr;
mod error;
mod fault;
mod identity;
mod ids;
mod journal;
mod json_rpc;
mod local_ecr;
mod operation;
mod options;
mod query_rpc;
mod refusal;
mod registry;
mod roles;
mod rule;
mod secrets;
mod secrets_manager;
mod server;
mod sigv4;
mod store;
mod sts;
mod upstream;
mod world;

pub use behaviour::{Behaviour, EmptyArn, RootEcho, SlashEcho, SlashRules};
pub use fault::{Effect, Fault};
pub use journal::Call;
pub use local_ecr::LocalEcr;
pub use operation::Operation;
pub use options::{LogSink, Options, Secrets};
pub use refusal::{Refusal, Refusals};
pub use rule::Rule;
