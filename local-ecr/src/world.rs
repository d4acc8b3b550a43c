//! Everything that the operations read and change.

use std::collections::BTreeMap;

use crate::behaviour::Behaviour;
use crate::identity::Caller;
use crate::options::Options;
use crate::registry::Registries;
use crate::roles::Roles;
use crate::secrets::SecretStore;
use crate::sigv4::Signed;

/// The state of a local ECR, without any I/O.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) account: String,
    pub(crate) accounts: BTreeMap<String, String>,
    pub(crate) limit: usize,
    pub(crate) behaviour: Behaviour,
    pub(crate) registries: Registries,
    pub(crate) secrets: SecretStore,
    pub(crate) roles: Roles,
}

impl World {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            account: options.account.clone(),
            accounts: options.accounts.clone(),
            limit: options.limit,
            behaviour: options.behaviour.clone(),
            registries: Registries::default(),
            secrets: SecretStore::new(&options.secrets),
            roles: Roles::default(),
        }
    }

    /// Who made a signed request.
    pub(crate) fn caller(&self, signed: &Signed) -> Caller {
        let account = self.accounts.get(&signed.access_key).unwrap_or(&self.account);
        Caller { account: account.clone(), region: signed.region.clone() }
    }
}
