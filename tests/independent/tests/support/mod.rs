//! The plugin as a process, and the client that speaks to it as the Pulumi engine does.

mod plugin;
mod values;

pub use plugin::Plugin;
pub use values::{from_struct, to_struct};

/// The protocol, from the plugin's own files.
#[allow(clippy::all, clippy::pedantic)]
pub mod rpc {
    tonic::include_proto!("pulumirpc");
}
