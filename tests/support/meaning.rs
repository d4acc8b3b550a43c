//! What a rule means, however it is spelled and wherever it is written down.

use local_ecr::Rule;
use serde_json::Value;

/// What names a rule: ECR keeps one for each.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Place {
    pub(crate) region: String,
    /// Without a slash at the end.
    pub(crate) prefix: String,
}

/// A rule, as far as two of them can differ.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Meaning {
    pub(crate) place: Place,
    pub(crate) url: String,
    pub(crate) credential: Option<String>,
    pub(crate) role: Option<String>,
    /// None where every repository of the upstream is meant.
    pub(crate) upstream: Option<String>,
}

impl Place {
    pub(crate) fn new(region: &str, prefix: &str) -> Self {
        Self { region: region.to_owned(), prefix: bare(prefix).to_owned() }
    }
}

impl Meaning {
    /// Of a rule in a registry.
    pub(crate) fn of_rule(region: &str, rule: &Rule) -> Self {
        Self {
            place: Place::new(region, &rule.ecr_repository_prefix),
            url: rule.upstream_registry_url.clone(),
            credential: rule.credential_arn.clone(),
            role: rule.custom_role_arn.clone(),
            upstream: rule.upstream_repository_prefix.as_deref().and_then(upstream),
        }
    }

    /// Of inputs or outputs; without a region they mean the one at hand.
    pub(crate) fn of_properties(properties: &Value, home: &str) -> Self {
        let text = |name: &str| text(properties, name);
        Self {
            place: Place::new(
                text("region").as_deref().unwrap_or(home),
                &text("ecrRepositoryPrefix").expect("a prefix"),
            ),
            url: text("upstreamRegistryUrl").expect("a URL"),
            credential: text("credentialArn"),
            role: text("customRoleArn"),
            upstream: text("upstreamRepositoryPrefix").as_deref().and_then(upstream),
        }
    }

    /// Whether ECR can make this rule of another without another rule: it changes the two ARNs, and can clear neither.
    pub(crate) fn can_become(&self, new: &Self) -> bool {
        let kept = |before: &Option<String>, after: &Option<String>| before.is_none() || after.is_some();
        let fixed = |meaning: &Self| (meaning.place.clone(), meaning.url.clone(), meaning.upstream.clone());
        fixed(self) == fixed(new) && kept(&self.credential, &new.credential) && kept(&self.role, &new.role)
    }
}

/// A property that is set, secret or not.
pub(super) fn text(properties: &Value, name: &str) -> Option<String> {
    known(&properties[name]).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The string in a value, under a secret or not.
fn known(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| known(value.get("value")?))
}

fn bare(prefix: &str) -> &str {
    prefix.strip_suffix('/').unwrap_or(prefix)
}

fn upstream(prefix: &str) -> Option<String> {
    Some(bare(prefix)).filter(|prefix| *prefix != "ROOT").map(str::to_owned)
}
