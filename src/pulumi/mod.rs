//! The Pulumi side: everything that any native provider needs, ignorant of AWS.
//!
//! Pure: [`value`], [`wire`], [`urn`], [`property`], [`plain`], [`check`], [`diff`], [`preview`], [`state`], [`redaction`],
//! [`suggestion`], [`text`].
//! What a package implements: [`package`], [`resource`].
//! I/O: [`service`] answers the protocol, [`engine`] talks back (both over [`http2`], in messages by [`codec`]), [`process`] lives and dies as the engine expects.

pub mod check;
pub mod codec;
pub mod diff;
pub mod engine;
pub mod error;
#[cfg(test)]
pub(crate) mod generators;
pub mod http2;
pub mod operation;
pub mod package;
pub mod plain;
pub mod preview;
pub mod process;
pub mod property;
pub mod redaction;
pub mod resource;
pub mod rpc;
pub mod service;
pub mod state;
pub mod suggestion;
pub mod text;
pub mod urn;
pub mod value;
pub mod version;
pub mod wire;
