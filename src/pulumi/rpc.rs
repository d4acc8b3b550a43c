//! The generated protocol: messages, the provider's server trait and the engine's client.

#![allow(missing_docs, missing_debug_implementations, unreachable_pub, unused_qualifications)]
#![allow(clippy::all, clippy::pedantic, clippy::restriction)]
#![allow(rustdoc::invalid_html_tags, rustdoc::broken_intra_doc_links)]

tonic::include_proto!("pulumirpc");

/// The rich gRPC status.
pub mod google_rpc {
    tonic::include_proto!("google.rpc");
}
