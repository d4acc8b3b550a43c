//! ECR for a configured provider: one client per region, all with the same credentials and connections.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use aws_sdk_ecr::{Client, config::Region};

use super::pull_through_cache_rule::{Deletions, Outlook};
use crate::aws::session::Session;

/// ECR as the configuration reaches it.
#[derive(Debug)]
pub struct Ecr {
    session: Session,
    clients: Mutex<BTreeMap<String, Client>>,
    /// What this preview has seen and planned.
    pub(super) outlook: Outlook,
    /// What was deleted a moment ago.
    pub(super) deletions: Deletions,
}

impl Ecr {
    /// ECR in a session.
    pub fn new(session: Session) -> Self {
        Self { session, clients: Mutex::default(), outlook: Outlook::default(), deletions: Deletions::default() }
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The client for a region.
    pub async fn client(&self, region: &str) -> Client {
        let sdk_config = self.session.sdk_config().await;
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(region) {
            return client.clone();
        }
        let mut config = aws_sdk_ecr::config::Builder::from(sdk_config).region(Region::new(region.to_owned()));
        if let Some(endpoint) = self.session.endpoint("ecr") {
            // The SDK refuses such an endpoint together with FIPS or dual-stack; like pulumi-aws, the endpoint wins.
            config = config.endpoint_url(endpoint).use_fips(false).use_dual_stack(false);
        }
        let client = Client::from_conf(config.build());
        clients.insert(region.to_owned(), client.clone());
        client
    }
}
