//! A native Pulumi provider for Amazon ECR pull-through cache rules.
//!
//! Three layers, each of which knows only those above it in this list:
//!
//! 1. [`pulumi`]: the protocol and what any native provider needs. It knows nothing of AWS.
//! 2. [`aws`]: configuration, credentials, connections, errors of any AWS service.
//! 3. [`ecr`]: the resources, one module each. They name no protocol message.
//!
//! [`package`] puts them together, and [`cli`] starts the process. `ARCHITECTURE.md` tells the rest.

pub mod aws;
pub mod cli;
pub mod ecr;
pub mod package;
pub mod pulumi;

#[cfg(test)]
mod architecture_tests;
