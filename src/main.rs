//! The plugin's binary.

#![allow(clippy::print_stdout, clippy::print_stderr)] // This is where the program speaks to a person.

use std::process::ExitCode;

use pulumi_aws::{
    aws::config::process_environment,
    cli::{self, Command},
    package::Aws,
    pulumi::{process, service::Service},
};
use tracing_subscriber::{filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn main() -> ExitCode {
    match cli::parse(std::env::args_os().skip(1)) {
        Ok(Command::Serve { engine, verbosity }) => {
            log(verbosity);
            serve(engine)
        }
        Ok(Command::Help) => {
            print!("{}", cli::HELP);
            ExitCode::SUCCESS
        }
        Ok(Command::Version) => {
            println!("{VERSION}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("pulumi-resource-aws: {error}");
            ExitCode::from(2)
        }
    }
}

fn serve(engine: Option<String>) -> ExitCode {
    // One thread: the work is waiting.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let served = runtime.and_then(|runtime| {
        let package = Aws { environment: process_environment };
        let served = runtime.block_on(process::serve(Service::new(package, VERSION), engine));
        runtime.shutdown_background();
        served
    });
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pulumi-resource-aws: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A developer's log, on stderr (which the engine keeps to itself), off unless asked for.
fn log(verbosity: u8) {
    let filter = std::env::var("PULUMI_RESOURCE_AWS_LOG").ok().and_then(|filter| filter.parse::<Targets>().ok());
    let filter = filter.or(match verbosity {
        0 => None,
        1 | 2 => Some(Targets::new().with_default(tracing::Level::WARN)),
        3 | 4 => Some(Targets::new().with_default(tracing::Level::INFO)),
        _ => Some(Targets::new().with_default(tracing::Level::DEBUG)),
    });
    let Some(filter) = filter else { return };
    let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(std::io::stderr);
    tracing_subscriber::registry().with(layer).with(filter).init();
}
