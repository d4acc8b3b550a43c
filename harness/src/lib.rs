//! A real Pulumi, isolated from the user's own, for the tests and the demo.
//!
//! [`Pulumi`] is the real command line, found on the `PATH` or built once into the developer's cache. A [`Project`] is a
//! program with a plugin installed for it, in a temporary Pulumi home; a [`Stack`] is what commands run on:
//!
//! ```ignore
//! let pulumi = Pulumi::find_or_build()?;
//! let stack = Project::new(&pulumi)?.plugin(binary, "6.77.0").yaml(PROGRAM).stack("dev")?;
//! stack.configure_local(&local_ecr.url())?;
//! stack.run(["preview"])?.assert_success().assert_contains("1 to create");
//! ```

#![cfg(unix)]

mod cache;
mod command;
mod environment;
mod error;
mod home;
mod node;
mod outcome;
mod processes;
mod progress;
mod project;
mod protocol;
mod python;
mod stack;
mod state;
mod toolchain;

pub use cache::{Cache, Key};
pub use command::{Running, run};
pub use error::{Context, Error, Result};
pub use home::Home;
pub use node::NodePackages;
pub use outcome::Outcome;
pub use processes::processes_of;
pub use project::Project;
pub use protocol::released_protocol;
pub use python::Venv;
pub use stack::Stack;
pub use state::State;
pub use toolchain::Pulumi;
