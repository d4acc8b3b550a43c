//! The provider configuration: what pulumi-aws 6 and 7 accept, read and validated. Pure.

mod keys;
mod read;

use std::{collections::BTreeMap, fmt};

pub use keys::{KEYS, Key, Shape, Use};

use crate::pulumi::{
    check::{CheckFailure, Findings},
    suggestion::nearest,
    value::{PropertyMap, Value},
};

/// Looks an environment variable up. A parameter, so that tests have an environment of their own.
pub type Environment = fn(&str) -> Option<String>;

/// The environment of this process. An empty variable is the same as none.
pub fn process_environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The region that an environment names.
pub fn region_of(environment: Environment) -> Option<String> {
    ["AWS_REGION", "AWS_DEFAULT_REGION"].into_iter().find_map(environment)
}

/// A provider configuration, typed.
#[derive(Clone, Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // One for each flag that users know.
pub struct Configuration {
    /// The region of rules that name none.
    pub region: Option<String>,
    /// A profile of the shared files.
    pub profile: Option<String>,
    /// Credentials given in the configuration.
    pub keys: Option<Keys>,
    /// Endpoint URLs by service (`ecr`, `sts`).
    pub endpoints: BTreeMap<String, String>,
    /// Whether Configure leaves out the call that proves the credentials.
    pub skip_credentials_validation: bool,
    /// Whether a region's name is taken as it is. True unless the configuration says false, as in pulumi-aws.
    pub skip_region_validation: bool,
    /// Whether the account is not asked for; no call to STS is made then.
    pub skip_requesting_account_id: bool,
    /// Whether the instance metadata service is left alone.
    pub skip_metadata_api_check: bool,
    /// How often a call is made at most.
    pub max_attempts: Option<u32>,
    /// Whether retries adapt to throttling. None for the SDK's choice.
    pub adaptive_retries: Option<bool>,
    /// Shared config files instead of `~/.aws/config`.
    pub shared_config_files: Vec<String>,
    /// Shared credentials files instead of `~/.aws/credentials`.
    pub shared_credentials_files: Vec<String>,
    /// Whether FIPS endpoints are used. None for what the environment and the shared files say.
    pub use_fips: Option<bool>,
    /// Whether dual-stack endpoints are used. None for what the environment and the shared files say.
    pub use_dual_stack: Option<bool>,
    /// The only accounts to work in. Empty for any.
    pub allowed_account_ids: Vec<String>,
    /// Accounts not to work in.
    pub forbidden_account_ids: Vec<String>,
    /// The region whose STS is asked.
    pub sts_region: Option<String>,
    /// Keys that are set, but that this version does nothing with yet.
    pub not_yet: Vec<&'static Key>,
}

/// An access key of an AWS identity.
#[derive(Clone)]
pub struct Keys {
    /// The access key ID.
    pub access_key: String,
    /// The secret access key.
    pub secret_key: String,
    /// The session token of temporary credentials.
    pub token: Option<String>,
}

/// Shows that there are keys, and nothing of them.
impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(..)")
    }
}

impl Configuration {
    /// Reads a configuration. Unknown (computed) values count as unset. The failures name keys as a program does.
    pub fn read(properties: &PropertyMap, environment: Environment) -> Result<Self, Vec<CheckFailure>> {
        let mut findings = Findings::default();
        unknown_keys(properties, &mut findings);
        let mut reader = read::Reader { properties, findings: &mut findings };
        let flag_or = |given: Option<bool>, variable: &str| {
            given.or_else(|| environment(variable).and_then(|text| read::boolean(&text)))
        };

        let access_key = reader.text("accessKey");
        let secret_key = reader.text("secretKey");
        let token = reader.text("token");
        let configuration = Self {
            region: reader.text("region"),
            profile: reader.text("profile"),
            keys: None,
            endpoints: reader.endpoints("endpoints"),
            skip_credentials_validation: flag_or(
                reader.flag("skipCredentialsValidation"),
                "AWS_SKIP_CREDENTIALS_VALIDATION",
            )
            .unwrap_or(false),
            skip_region_validation: reader.flag("skipRegionValidation").unwrap_or(true),
            skip_requesting_account_id: reader.flag("skipRequestingAccountId").unwrap_or(false),
            skip_metadata_api_check: flag_or(reader.flag("skipMetadataApiCheck"), "AWS_SKIP_METADATA_API_CHECK")
                .unwrap_or(false),
            max_attempts: reader.number("maxRetries"),
            adaptive_retries: reader.choice("retryMode", &["standard", "adaptive"]).map(|mode| mode == "adaptive"),
            shared_config_files: reader.texts("sharedConfigFiles"),
            shared_credentials_files: reader.texts("sharedCredentialsFiles"),
            use_fips: reader.flag("useFipsEndpoint"),
            use_dual_stack: reader.flag("useDualstackEndpoint"),
            allowed_account_ids: reader.texts("allowedAccountIds"),
            forbidden_account_ids: reader.texts("forbiddenAccountIds"),
            sts_region: reader.text("stsRegion"),
            not_yet: KEYS
                .iter()
                .filter(|key| matches!(key.r#use, Use::NotYetReach | Use::NotYetIdentity))
                .filter(|key| reader.is_set(key))
                .collect(),
        };
        reader.check_shapes();

        let keys = match (access_key, secret_key) {
            (Some(access_key), Some(secret_key)) => Some(Keys { access_key, secret_key, token }),
            (Some(_), None) if !is_unknown(properties, "secretKey") && !findings.failed("secretKey") => {
                findings.fail("secretKey", "is required where `accessKey` is set: an access key has two parts");
                None
            }
            (None, Some(_)) if !is_unknown(properties, "accessKey") && !findings.failed("accessKey") => {
                findings.fail("accessKey", "is required where `secretKey` is set: an access key has two parts");
                None
            }
            (None, None) if token.is_some() && !is_unknown(properties, "accessKey") => {
                findings.fail("token", "is of no use without the `accessKey` and `secretKey` that it belongs to");
                None
            }
            _ => None,
        };
        if !configuration.allowed_account_ids.is_empty() && !configuration.forbidden_account_ids.is_empty() {
            findings
                .fail("forbiddenAccountIds", "cannot be set together with `allowedAccountIds`: one of them is enough");
        }
        if let Some(region) = configuration.region.as_deref() {
            let unknown = super::region::partition_of(region).is_none() && !configuration.skip_region_validation;
            if let Err(invalid) = super::region::validate(region, None) {
                let secret = properties.get("region").is_some_and(Value::contains_secret);
                let reason = if secret { invalid.rule } else { invalid.to_string() };
                findings.fail("region", format!("invalid AWS Region: {reason}"));
            } else if unknown {
                findings.fail("region", "invalid AWS Region: this version knows none of that name");
            }
        }
        if findings.failures.is_empty() { Ok(Self { keys, ..configuration }) } else { Err(findings.failures) }
    }

    /// The key that says which accounts may be worked in, where one does.
    pub fn account_list(&self) -> Option<&'static str> {
        match (self.allowed_account_ids.is_empty(), self.forbidden_account_ids.is_empty()) {
            (false, _) => Some("aws:allowedAccountIds"),
            (true, false) => Some("aws:forbiddenAccountIds"),
            (true, true) => None,
        }
    }
}

/// What CheckConfig answers: the configuration as it came, with the defaults that pulumi-aws adds to it, and with what is secret
/// marked as such even where the program gave it in plain.
pub fn with_defaults(mut properties: PropertyMap, environment: Environment) -> PropertyMap {
    // A default that were written down regardless of the variable would keep it from ever counting.
    let skip = environment("AWS_SKIP_CREDENTIALS_VALIDATION").and_then(|text| read::boolean(&text)).unwrap_or(false);
    let defaults = [
        ("region", region_of(environment)),
        ("skipCredentialsValidation", Some(skip.to_string())),
        ("skipRegionValidation", Some("true".to_owned())),
    ];
    for (name, default) in defaults {
        let given = properties.get(name).map(Value::peeled);
        if matches!(given, None | Some(Value::Null)) || given.and_then(Value::as_str) == Some("") {
            // Booleans travel as text in a provider's configuration.
            if let Some(default) = default {
                properties.insert(name.to_owned(), Value::from(default));
            }
        }
    }
    let secret = |name: &str| KEYS.iter().any(|key| key.name == name && key.secret);
    let marked = properties.into_iter().map(|(name, value)| {
        let hide = secret(&name) && !matches!(value.peeled(), Value::Null);
        let value = if hide { value.into_secret() } else { value };
        (name, value)
    });
    marked.collect()
}

/// The keys that differ in what they mean: `true` and `"true"` are the same, so are a default and nothing, and an order of keys.
pub fn differences(olds: &PropertyMap, news: &PropertyMap) -> Vec<String> {
    let meaning = |properties: &PropertyMap, key: &Key| match properties.get(key.name).map(Value::peeled) {
        Some(Value::Unknown(_)) => None,
        given => Some(given.and_then(|given| read::meaning(key, given)).or_else(|| default_of(key.name))),
    };
    let differ = KEYS.iter().filter(|key| {
        let (old, new) = (meaning(olds, key), meaning(news, key));
        // An unknown value may turn out to be anything.
        old.is_none() || new.is_none() || old != new
    });
    differ.map(|key| key.name.to_owned()).collect()
}

fn default_of(name: &str) -> Option<serde_json::Value> {
    match name {
        "skipCredentialsValidation" => Some(false.into()),
        "skipRegionValidation" => Some(true.into()),
        _ => None,
    }
}

fn unknown_keys(properties: &PropertyMap, findings: &mut Findings) {
    // The engine's and the SDKs' own notes about a provider.
    let internal = |name: &str| name.starts_with("__") || matches!(name, "version" | "pluginDownloadURL");
    for name in properties.keys().filter(|name| !internal(name)) {
        if KEYS.iter().any(|key| key.name == name) {
            continue;
        }
        let reason = match nearest(name, KEYS.iter().map(|key| key.name)) {
            Some(suggestion) => {
                format!(
                    "`aws:{name}` is not a valid configuration key for this provider; did you mean `aws:{suggestion}`?"
                )
            }
            None => format!("`aws:{name}` is not a valid configuration key for this provider"),
        };
        findings.fail(name, reason);
    }
}

fn is_unknown(properties: &PropertyMap, name: &str) -> bool {
    properties.get(name).is_some_and(Value::contains_unknown)
}

#[cfg(test)]
mod tests;
