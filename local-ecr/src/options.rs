//! How a local ECR is started.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::{Behaviour, Call};

/// Receives each call when it is over.
pub type LogSink = Arc<dyn Fn(&Call) + Send + Sync>;

/// How a [`LocalEcr`](crate::LocalEcr) is started. The default serves any client on a free port, with everything in memory.
#[derive(Clone)]
pub struct Options {
    /// The address to listen on, which must be a loopback one. Port 0 takes a free port.
    pub listen: SocketAddr,
    /// The account of every access key that [`accounts`](Self::accounts) does not name: 12 digits.
    pub account: String,
    /// The accounts of particular access keys.
    pub accounts: BTreeMap<String, String>,
    /// Which secrets exist at the start.
    pub secrets: Secrets,
    /// The most rules that one registry holds. AWS's quota is 50 and cannot be raised.
    pub limit: usize,
    /// How long every answer is held back after the call was carried out.
    pub latency: Duration,
    /// The file that keeps rules and secrets across restarts. `None` keeps them in memory.
    pub state: Option<PathBuf>,
    /// The behaviour at the start.
    pub behaviour: Behaviour,
    /// Who is told of each call when it is over.
    pub log: Option<LogSink>,
}

/// Which secrets exist at the start.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Secrets {
    /// Every secret that an ARN can name, except those that are removed or deleted later.
    #[default]
    Any,
    /// These ARNs, and those that are added or created later.
    Listed(BTreeSet<String>),
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            account: "123456789012".to_owned(),
            accounts: BTreeMap::new(),
            secrets: Secrets::default(),
            limit: 50,
            latency: Duration::ZERO,
            state: None,
            behaviour: Behaviour::default(),
            log: None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("listen", &self.listen)
            .field("account", &self.account)
            .field("accounts", &self.accounts)
            .field("secrets", &self.secrets)
            .field("limit", &self.limit)
            .field("latency", &self.latency)
            .field("state", &self.state)
            .field("behaviour", &self.behaviour)
            .field("log", &self.log.is_some())
            .finish()
    }
}
