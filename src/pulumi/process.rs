//! The plugin as a process: it listens, says where, and ends when the engine wants it to or is gone.

use std::{
    io::{self, IsTerminal, Write},
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use tokio::net::TcpListener;

use super::{http2, package::Package, rpc::resource_provider_server::ResourceProviderServer, service::Service};

/// The engine's own limit for a message, in bytes (its `rpcutil` package). tonic's default is a hundredth of it.
const MAX_MESSAGE: usize = 400 << 20;

/// How long calls that are on the wire may go on after a signal: the engine kills five seconds after its own.
const GRACE: Duration = Duration::from_millis(4500);

/// How often the engine is looked for when no pipe tells of its end.
const PROBE: Duration = Duration::from_secs(10);

/// Why the plugin ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// It was told to.
    Signal,
    /// There is nobody left to work for.
    EngineGone,
}

/// Serves until the engine is done, which `engine` (its `host:port`) helps to notice. None where nobody said who the engine is:
/// a test tool or a person.
pub async fn serve<P: Package>(service: Service<P>, engine: Option<String>) -> io::Result<()> {
    // Loopback only: there is no authentication in the protocol.
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
    // Before the engine knows of the process, so that it cannot be ended in the middle of something.
    let mut signals = Signals::listen()?;
    announce(listener.local_addr()?.port())?;
    if let Some(address) = &engine {
        if let Err(no_address) = service.engine().attach(address).await {
            tracing::debug!(%no_address, "started without an engine");
        }
    } else if io::stdout().is_terminal() {
        explain();
    }

    let serving = http2::serve(listener, || {
        ResourceProviderServer::new(service.for_connection())
            .max_decoding_message_size(MAX_MESSAGE)
            .max_encoding_message_size(MAX_MESSAGE)
    });
    tokio::pin!(serving);

    let end = tokio::select! {
        never = &mut serving => match never {},
        () = signals.next() => End::Signal,
        () = gone(engine.as_deref()) => End::EngineGone,
    };
    tracing::debug!(?end, "ending");
    // Connections stay open meanwhile, so that an engine that still listens gets its answers.
    let finish = async {
        match end {
            End::Signal => drop(tokio::time::timeout(GRACE, service.finish()).await),
            // Nobody will kill this process: the calls' own time limits are what ends it.
            End::EngineGone => service.finish().await,
        }
    };
    tokio::select! {
        never = &mut serving => match never {},
        () = finish => Ok(()),
        // A second signal is meant.
        () = signals.next() => Ok(()),
    }
}

/// The port, alone on the first line, is how the engine finds the plugin. Nothing is printed to stdout before or after it.
fn announce(port: u16) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{port}")?;
    stdout.flush()
}

/// For a person who started the plugin by hand.
#[allow(clippy::print_stderr)] // A terminal is at the other end, no engine.
fn explain() {
    eprintln!(
        "This is a Pulumi provider plugin: the Pulumi engine starts it when a program needs it, and there is no need to.\n\
         It now listens on 127.0.0.1 at the port above, for example for PULUMI_DEBUG_PROVIDERS=aws:PORT.\n\
         Ctrl-C ends it; --help tells more."
    );
}

/// The signals that end the process: SIGINT, the engine's own at a normal end, and SIGTERM.
#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// Listens from now on.
    fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// Completes when the engine that started this process is gone.
///
/// The engine holds the other end of stdin, so the end of that pipe is the engine's. Where stdin is no pipe (a test tool gives
/// `/dev/null`), the engine's port is probed; with no engine named, only a signal ends the process.
async fn gone(engine: Option<&str>) {
    // Elsewhere than on Unix a pipe cannot be told from what a test tool gives.
    if (cfg!(unix) || engine.is_some()) && stdin_closed().await {
        return;
    }
    let Some(address) = engine else {
        return std::future::pending().await;
    };
    loop {
        tokio::time::sleep(PROBE).await;
        // Refused is what nobody listening looks like; anything else may be this process's own trouble.
        let answer = tokio::net::TcpStream::connect(address).await;
        if answer.is_err_and(|error| error.kind() == io::ErrorKind::ConnectionRefused) {
            return;
        }
    }
}

/// Waits for the end of stdin, and is true then. False at once where stdin is no pipe.
#[cfg(unix)]
async fn stdin_closed() -> bool {
    use std::os::fd::AsFd;
    let Ok(stdin) = io::stdin().as_fd().try_clone_to_owned() else {
        return false;
    };
    // Refuses everything but the reading end of a pipe.
    let Ok(pipe) = tokio::net::unix::pipe::Receiver::from_owned_fd(stdin) else {
        return false;
    };
    let mut buffer = [0; 64];
    loop {
        if pipe.readable().await.is_err() {
            return true;
        }
        match pipe.try_read(&mut buffer) {
            Ok(0) => return true,
            // Nothing is ever sent; if something is, it is not for us.
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(_) => return true,
        }
    }
}

#[cfg(not(unix))]
async fn stdin_closed() -> bool {
    let (sender, receiver) = tokio::sync::oneshot::channel();
    // A read of stdin cannot be given up, so it gets a thread that ends with the process.
    std::thread::spawn(move || {
        let mut buffer = [0; 64];
        while matches!(io::Read::read(&mut io::stdin(), &mut buffer), Ok(count) if count > 0) {}
        drop(sender.send(()));
    });
    receiver.await.is_ok()
}
