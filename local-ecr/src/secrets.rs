//! Which Secrets Manager secrets exist, and what ECR would find in them. The values themselves are never kept.

use std::collections::{BTreeMap, BTreeSet};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Secrets;
use crate::identity::Caller;
use crate::rule::{self, epoch_seconds};

/// A secret that was created or listed.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Secret {
    pub(crate) arn: String,
    pub(crate) content: Content,
    /// Whether it is encrypted with a customer managed key, which ECR cannot use.
    #[serde(default)]
    pub(crate) customer_key: bool,
    #[serde(with = "epoch_seconds")]
    pub(crate) created_at: SystemTime,
    /// When it was scheduled for deletion, in epoch seconds: its name is still taken, but nobody can read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) deleted_at: Option<f64>,
    /// The version of its value, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) version_id: Option<String>,
    /// How many calls of ECR named it since it was new; `None` when it was there before the start.
    #[serde(skip)]
    pub(crate) lookups: Option<u32>,
}

/// What is in a secret, as far as ECR cares.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Content {
    /// No value: the secret has no version yet.
    Nothing,
    /// A value without the two strings that ECR reads.
    Other,
    /// A JSON object with the strings `username` and `accessToken`.
    Credentials,
}

impl Content {
    pub(crate) fn of(value: Option<&str>) -> Self {
        let Some(value) = value else {
            return Self::Nothing;
        };
        let json: Value = serde_json::from_str(value).unwrap_or_default();
        let has = |name| json.get(name).is_some_and(Value::is_string);
        if has("username") && has("accessToken") { Self::Credentials } else { Self::Other }
    }
}

/// What ECR meets when it reads a secret for a caller.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Access {
    NotFound,
    NotDecryptable,
    Found(Content),
}

/// The secrets of all accounts and Regions.
#[derive(Clone, Debug, Default)]
pub(crate) struct SecretStore {
    /// Whether every ARN exists that was not removed.
    any: bool,
    secrets: BTreeMap<String, Secret>,
    /// ARNs that exist only because every one does, with the calls of ECR that named them.
    implied: BTreeMap<String, u32>,
    /// ARNs that no longer exist, though every one does.
    removed: BTreeSet<String>,
}

impl SecretStore {
    pub(crate) fn new(secrets: &Secrets) -> Self {
        match secrets {
            Secrets::Any => Self { any: true, ..Self::default() },
            Secrets::Listed(arns) => {
                let known =
                    arns.iter().map(|arn| (arn.clone(), Secret { lookups: None, ..Secret::with_credentials(arn) }));
                Self { secrets: known.collect(), ..Self::default() }
            }
        }
    }

    /// Every secret that was created or listed, and the ARNs that were removed: what a state file keeps.
    pub(crate) fn contents(&self) -> (impl Iterator<Item = &Secret>, &BTreeSet<String>) {
        (self.secrets.values(), &self.removed)
    }

    /// Takes over what a state file kept.
    pub(crate) fn extend(&mut self, secrets: Vec<Secret>, removed: BTreeSet<String>) {
        self.secrets.extend(secrets.into_iter().map(|secret| (secret.arn.clone(), secret)));
        self.removed.extend(removed);
    }

    pub(crate) fn put(&mut self, secret: Secret) {
        self.removed.remove(&secret.arn);
        self.implied.remove(&secret.arn);
        self.secrets.insert(secret.arn.clone(), secret);
    }

    /// Removes a secret at once. Says whether it existed.
    pub(crate) fn remove(&mut self, arn: &str) -> bool {
        self.implied.remove(arn);
        let was_known = self.secrets.remove(arn).is_some();
        if self.any { self.removed.insert(arn.to_owned()) || was_known } else { was_known }
    }

    /// The secret that an ARN (with or without its six random characters) or a name in the caller's Region means.
    pub(crate) fn find(&self, caller: &Caller, id: &str) -> Option<&Secret> {
        self.secrets.get(&self.arn_of(caller, id)?)
    }

    pub(crate) fn find_mut(&mut self, caller: &Caller, id: &str) -> Option<&mut Secret> {
        self.secrets.get_mut(&self.arn_of(caller, id)?)
    }

    fn arn_of(&self, caller: &Caller, id: &str) -> Option<String> {
        let means = |arn: &str| arn == id || without_suffix(arn) == id || name(arn) == id;
        let is_here = |arn: &str| place(arn) == Some((&*caller.region, &*caller.account));
        self.secrets.keys().find(|arn| is_here(arn) && means(arn)).cloned()
    }

    /// What ECR meets when a call names this secret. Each call counts against the lag of a new secret.
    pub(crate) fn access(&mut self, caller: &Caller, arn: &str, lag: u32) -> Access {
        let found = self.peek(caller, arn);
        let lookups = match self.find_mut(caller, arn) {
            Some(secret) => secret.lookups.as_mut(),
            None if found == Access::NotFound => None,
            None => Some(self.implied.entry(arn.to_owned()).or_default()),
        };
        let Some(lookups) = lookups else {
            return found;
        };
        *lookups = lookups.saturating_add(1);
        if *lookups <= lag { Access::NotFound } else { found }
    }

    /// What ECR meets when it reads the secret of a rule.
    pub(crate) fn peek(&self, caller: &Caller, arn: &str) -> Access {
        match self.find(caller, arn) {
            Some(secret) if secret.deleted_at.is_some() => Access::NotFound,
            Some(secret) if secret.content == Content::Nothing => Access::NotFound,
            Some(secret) if secret.customer_key => Access::NotDecryptable,
            Some(secret) => Access::Found(secret.content),
            None if self.is_implied(caller, arn) => Access::Found(Content::Credentials),
            None => Access::NotFound,
        }
    }

    /// A secret is found in the rule's own account and Region only, even where every one exists.
    fn is_implied(&self, caller: &Caller, arn: &str) -> bool {
        self.any && !self.removed.contains(arn) && place(arn) == Some((&*caller.region, &*caller.account))
    }
}

impl Secret {
    /// A new secret with the credentials that ECR wants.
    pub(crate) fn with_credentials(arn: &str) -> Self {
        Self {
            arn: arn.to_owned(),
            content: Content::Credentials,
            customer_key: false,
            created_at: rule::now(),
            deleted_at: None,
            version_id: None,
            lookups: Some(0),
        }
    }

    pub(crate) fn name(&self) -> &str {
        name(&self.arn)
    }
}

/// The Region and the account of a secret's ARN.
fn place(arn: &str) -> Option<(&str, &str)> {
    let mut parts = arn.split(':').skip(3);
    Some((parts.next()?, parts.next()?))
}

/// The name of a secret, from an ARN that ends with six random characters or not.
fn name(arn: &str) -> &str {
    let name = arn.splitn(7, ':').nth(6).unwrap_or_default();
    without_suffix(name)
}

fn without_suffix(arn: &str) -> &str {
    match arn.rsplit_once('-') {
        Some((head, suffix)) if suffix.len() == 6 && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric()) => head,
        _ => arn,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/hub-AbCdEf";

    fn caller(region: &str) -> Caller {
        Caller { account: "123456789012".to_owned(), region: region.to_owned() }
    }

    fn here() -> Caller {
        caller("us-east-1")
    }

    fn listed() -> SecretStore {
        SecretStore::new(&Secrets::Listed(BTreeSet::from([ARN.to_owned()])))
    }

    const FOUND: Access = Access::Found(Content::Credentials);

    #[test]
    fn a_listed_secret_is_found_with_or_without_its_suffix() {
        let mut store = listed();
        assert_eq!(store.access(&here(), ARN, 0), FOUND);
        assert_eq!(store.access(&here(), ARN.strip_suffix("-AbCdEf").unwrap(), 0), FOUND);
        assert_eq!(store.access(&here(), &ARN.replace("hub", "other"), 0), Access::NotFound);
        assert_eq!(store.find(&here(), "ecr-pullthroughcache/hub").map(Secret::name), Some("ecr-pullthroughcache/hub"));
    }

    #[test]
    fn a_secret_of_another_region_or_account_is_not_found() {
        for store in [&mut listed(), &mut SecretStore::new(&Secrets::Any)] {
            assert_eq!(store.access(&caller("us-east-2"), ARN, 0), Access::NotFound);
            let other = Caller { account: "999999999999".to_owned(), ..here() };
            assert_eq!(store.access(&other, ARN, 0), Access::NotFound);
        }
    }

    #[test]
    fn any_secret_exists_until_it_is_removed() {
        let mut store = SecretStore::new(&Secrets::Any);
        assert_eq!(store.access(&here(), ARN, 0), FOUND);
        assert!(store.remove(ARN));
        assert!(!store.remove(ARN));
        assert_eq!(store.access(&here(), ARN, 0), Access::NotFound);
        store.put(Secret::with_credentials(ARN));
        assert_eq!(store.access(&here(), ARN, 0), FOUND);
    }

    #[test]
    fn a_new_secret_is_seen_after_the_lag() {
        let mut any = SecretStore::new(&Secrets::Any);
        let mut added = SecretStore::new(&Secrets::Listed(BTreeSet::new()));
        added.put(Secret::with_credentials(ARN));
        for store in [&mut any, &mut added] {
            let seen: Vec<bool> = (0..4).map(|_| store.access(&here(), ARN, 2) == FOUND).collect();
            assert_eq!(seen, [false, false, true, true]);
        }
    }

    #[test]
    fn a_secret_that_was_there_at_the_start_has_no_lag() {
        assert_eq!(listed().access(&here(), ARN, 5), FOUND);
    }

    #[test]
    fn what_ecr_cannot_read_is_told_apart() {
        let mut store = SecretStore::new(&Secrets::Any);
        store.put(Secret { content: Content::Nothing, ..Secret::with_credentials(ARN) });
        assert_eq!(store.peek(&here(), ARN), Access::NotFound);
        store.put(Secret { customer_key: true, ..Secret::with_credentials(ARN) });
        assert_eq!(store.peek(&here(), ARN), Access::NotDecryptable);
        store.put(Secret { deleted_at: Some(1.0), ..Secret::with_credentials(ARN) });
        assert_eq!(store.peek(&here(), ARN), Access::NotFound);
    }

    #[test]
    fn only_the_shape_of_a_value_is_kept() {
        assert_eq!(Content::of(None), Content::Nothing);
        assert_eq!(Content::of(Some("test")), Content::Other);
        assert_eq!(Content::of(Some(r#"{"username":"u"}"#)), Content::Other);
        assert_eq!(Content::of(Some(r#"{"username":"u","accessToken":"t"}"#)), Content::Credentials);
    }
}
