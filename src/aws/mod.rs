//! The AWS side that any resource of AWS needs: configuration, credentials, connections, errors. It knows no service but STS.
//!
//! Pure: [`config`], [`region`], [`arn`], [`failure`]. I/O: [`session`] (with `account`), [`http`], [`call`].

mod account;
pub mod arn;
pub mod call;
pub mod config;
pub mod failure;
pub mod http;
pub mod region;
pub mod session;
