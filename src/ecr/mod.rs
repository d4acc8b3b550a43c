//! Amazon ECR: one module per resource.

mod client;
pub mod pull_through_cache_rule;

pub use client::Ecr;
