//! The handle of a running local ECR.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::runtime;
use tokio::sync::oneshot;

use crate::journal::Call;
use crate::options::Options;
use crate::registry::Registry;
use crate::secrets::Secret;
use crate::server::{self, Shared};
use crate::store::Store;
use crate::world::World;
use crate::{Behaviour, Fault, Rule};

/// A running local ECR. It serves on a thread of its own, for tests with and without async alike, and stops when it is dropped.
///
/// Rules are those of the default account ([`Options::account`]). Whether prefixes with and without a trailing slash are the same is
/// [`Behaviour::slash_rules`].
#[derive(Debug)]
pub struct LocalEcr {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl LocalEcr {
    /// Starts serving. It accepts connections when this returns.
    ///
    /// # Errors
    /// The address is not a loopback one or cannot be listened on, the account is not 12 digits, or the state file is damaged or
    /// cannot be read or written.
    pub fn start(options: Options) -> io::Result<Self> {
        if !options.listen.ip().is_loopback() {
            return Err(invalid(format!("{} is not a loopback address, and no other is served", options.listen.ip())));
        }
        for account in options.accounts.values().chain([&options.account]) {
            if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(invalid(format!("{account:?} is not an AWS account: it must have 12 digits")));
            }
        }
        let mut world = World::new(&options);
        let store = options.state.map(|path| Store::open(path, &mut world)).transpose()?;
        let listener = TcpListener::bind(options.listen)
            .map_err(|error| io::Error::new(error.kind(), format!("cannot listen on {}: {error}", options.listen)))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;

        let shared = Arc::new(Shared::new(world, store, options.latency, options.log));
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new().name("local-ecr".to_owned()).spawn({
            let shared = Arc::clone(&shared);
            move || {
                runtime.block_on(async {
                    // It cannot fail: the listener is one, it does not block, and this is its runtime.
                    if let Ok(listener) = tokio::net::TcpListener::from_std(listener) {
                        server::serve(listener, shared, stopped).await;
                    }
                });
            }
        })?;
        Ok(Self { address, shared, stop: Some(stop), thread: Some(thread) })
    }

    /// The endpoint for AWS clients, such as `http://127.0.0.1:41234`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The rules of a Region, in the order of their prefixes.
    pub fn rules(&self, region: &str) -> Vec<Rule> {
        let world = &self.shared.state().world;
        world
            .registries
            .get(&world.account, region)
            .map_or_else(Vec::new, |registry: &Registry| registry.rules().cloned().collect())
    }

    /// Puts a rule into a Region, in the place of one with the same prefix: what somebody else did behind a client's back. Nothing is
    /// validated and no limit holds.
    ///
    /// # Panics
    /// If there is a state file and it cannot be written.
    pub fn put_rule(&self, region: &str, rule: Rule) {
        self.change(|world| {
            let account = world.account.clone();
            world.registries.of(&account, region).put(world.behaviour.slash_rules, rule);
        });
    }

    /// Removes a rule from a Region. Says whether it was there.
    ///
    /// # Panics
    /// If there is a state file and it cannot be written.
    pub fn remove_rule(&self, region: &str, prefix: &str) -> bool {
        self.change(|world| {
            let account = world.account.clone();
            world.registries.of(&account, region).remove(world.behaviour.slash_rules, prefix).is_some()
        })
    }

    /// Adds a secret with good credentials. It is new: [`Behaviour::secret_lag`] holds for it.
    ///
    /// # Panics
    /// If there is a state file and it cannot be written.
    pub fn add_secret(&self, arn: impl AsRef<str>) {
        self.change(|world| world.secrets.put(Secret::with_credentials(arn.as_ref())));
    }

    /// Removes a secret, also one that exists only because every one does. Says whether it was there.
    ///
    /// # Panics
    /// If there is a state file and it cannot be written.
    pub fn remove_secret(&self, arn: impl AsRef<str>) -> bool {
        self.change(|world| world.secrets.remove(arn.as_ref()))
    }

    /// Sets how long every answer is held back from now on, after its call was carried out.
    pub fn set_latency(&self, latency: Duration) {
        self.shared.state().latency = latency;
    }

    /// Sets the behaviour from now on. Faults that have not struck yet are replaced by the new ones.
    pub fn set_behaviour(&self, behaviour: Behaviour) {
        self.shared.state().world.behaviour = behaviour;
    }

    /// The behaviour as it is, with the faults that have not struck yet.
    pub fn behaviour(&self) -> Behaviour {
        self.shared.state().world.behaviour.clone()
    }

    /// Adds a fault behind those that have not struck yet.
    pub fn push_fault(&self, fault: Fault) {
        self.shared.state().world.behaviour.faults.push_back(fault);
    }

    /// The calls so far in the order of their arrival, those in flight included. The last 20,000 are kept.
    pub fn journal(&self) -> Vec<Call> {
        self.shared.state().journal.calls()
    }

    /// Forgets the calls so far.
    pub fn clear_journal(&self) {
        self.shared.state().journal.clear();
    }

    fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        self.shared.change(change).unwrap_or_else(|error| panic!("{error}"))
    }
}

/// Stops serving and waits until the port is free. Calls in flight have a quarter of a second to end.
impl Drop for LocalEcr {
    fn drop(&mut self) {
        // Dropping the sender is what stops the server.
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // If it panicked, it has stopped as well.
            let _ = thread.join();
        }
    }
}

fn invalid(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message)
}
