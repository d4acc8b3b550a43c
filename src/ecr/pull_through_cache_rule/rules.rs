//! What holds between several of a rule's properties, and with the provider's configuration. Pure.

use super::{
    prefix::{self, ROOT},
    properties::{
        CREDENTIAL_ARN, CUSTOM_ROLE_ARN, ECR_REPOSITORY_PREFIX, REGION, UPSTREAM_REGISTRY_URL,
        UPSTREAM_REPOSITORY_PREFIX,
    },
    upstream::{self, Upstream},
};
use crate::{
    aws::{arn::Arn, region},
    pulumi::{
        check::Findings,
        value::{PropertyMap, Value},
    },
};

/// Where the provider works, as far as it is known.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place<'a> {
    /// The provider's region.
    pub(super) region: Option<&'a str>,
    /// The account of the provider's credentials.
    pub(super) account: Option<&'a str>,
}

/// Adds to the findings about each property by itself. A property that has failed already is left alone.
pub(super) fn check(inputs: &PropertyMap, place: Place<'_>, findings: &mut Findings) {
    let known = |name: &str| inputs.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let hidden = |name: &str| inputs.get(name).is_some_and(Value::contains_secret);
    let unknown = |name: &str| inputs.get(name).is_some_and(Value::contains_unknown);

    if known(ECR_REPOSITORY_PREFIX) == Some(ROOT)
        && let Some(upstream_prefix) = known(UPSTREAM_REPOSITORY_PREFIX)
        && prefix::canonical_upstream(upstream_prefix).is_some()
        && !findings.failed(UPSTREAM_REPOSITORY_PREFIX)
    {
        findings.fail(
            UPSTREAM_REPOSITORY_PREFIX,
            format!(
                "is `{upstream_prefix}`, but a rule for `{ROOT}` passes every repository name on as it is: leave it out, set it to \
                 `{ROOT}`, or give the rule an `ecrRepositoryPrefix` of its own"
            ),
        );
    }
    if let Some(name) = known(REGION).filter(|_| !findings.failed(REGION))
        && let Err(invalid) = region::validate(name, place.region)
    {
        findings.fail(REGION, invalid.reason(hidden(REGION)));
    }
    let own_region = known(REGION).or(place.region);
    let has_credential = known(CREDENTIAL_ARN).is_some() || unknown(CREDENTIAL_ARN);
    let failed = findings.failed(UPSTREAM_REGISTRY_URL);
    // The host that a bad URL stands for wants the same: it is told at once, and not after the URL is put right.
    if let Some(host) =
        known(UPSTREAM_REGISTRY_URL).filter(|_| failed && !hidden(UPSTREAM_REGISTRY_URL)).and_then(upstream::meant)
    {
        check_credential(&host, true, has_credential, findings);
    }
    if let Some(url) = known(UPSTREAM_REGISTRY_URL).filter(|_| !failed) {
        let shown = !hidden(UPSTREAM_REGISTRY_URL);
        check_credential(url, shown, has_credential, findings);
        if upstream::classify(url) == Upstream::Unknown {
            findings.warnings.push(unknown_upstream(url, shown));
        }
        let has_role = known(CUSTOM_ROLE_ARN).is_some() || unknown(CUSTOM_ROLE_ARN);
        findings.warnings.extend(unreadable_registry(url, own_region, place.account, has_role));
    }
    if let Some(Ok(secret)) = known(CREDENTIAL_ARN).filter(|_| !findings.failed(CREDENTIAL_ARN)).map(Arn::parse) {
        let shown = !hidden(CREDENTIAL_ARN);
        elsewhere("the secret of `credentialArn`", secret.account, shown, place.account, findings);
        if let Some(own) = own_region.filter(|own| *own != secret.region) {
            let region = if shown { secret.region } else { "another region" };
            findings.warnings.push(format!(
                "the secret of `credentialArn` is in {region}, but the rule in {own}: ECR finds only secrets of its own region"
            ));
        }
    }
    if let Some(Ok(role)) = known(CUSTOM_ROLE_ARN).filter(|_| !findings.failed(CUSTOM_ROLE_ARN)).map(Arn::parse) {
        elsewhere("the role of `customRoleArn`", role.account, !hidden(CUSTOM_ROLE_ARN), place.account, findings);
    }
}

/// Fails where an upstream asks who pulls, and the rule has no credential. The name of the upstream tells of the value.
fn check_credential(host: &str, shown: bool, has_credential: bool, findings: &mut Findings) {
    if let Upstream::Authenticated(name) = upstream::classify(host)
        && !has_credential
        && !findings.failed(CREDENTIAL_ARN)
    {
        let upstream = if shown { format!("{name} (`{host}`)") } else { "this upstream".to_owned() };
        findings.fail(
            CREDENTIAL_ARN,
            format!(
                "is required: ECR takes {upstream} only with credentials. Set it to the ARN of a secret whose name begins with \
                 `ecr-pullthroughcache/` and that holds `username` and `accessToken`"
            ),
        );
    }
}

/// A warning of a private ECR registry that the rule's cannot read, as far as it is known where the rule is.
fn unreadable_registry(
    url: &str,
    own_region: Option<&str>,
    own_account: Option<&str>,
    has_role: bool,
) -> Option<String> {
    let Upstream::Ecr { account, region } = upstream::classify(url) else { return None };
    let partitions = (region::partition_of(region), own_region.and_then(region::partition_of));
    if matches!(partitions, (Some(partition), Some(own)) if partition != own) {
        return Some(format!(
            "`{url}` is a registry of another partition than the rule's: nothing is shared between partitions"
        ));
    }
    (own_account.is_some_and(|own| own != account) && !has_role).then(|| {
        format!(
            "`{url}` is the registry of another account: ECR needs a role of this account to read it (`customRoleArn`)"
        )
    })
}

/// A warning of a host that ECR may not know either. What it may stand for tells of the value.
fn unknown_upstream(url: &str, shown: bool) -> String {
    let meant = upstream::documented_near(url).filter(|_| shown);
    let meant = meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
    let documented = upstream::documented();
    format!(
        "`{url}` is not an upstream that this version of the provider knows. ECR may refuse it; those that it documents are {documented}{meant}"
    )
}

/// Warns where something is in another account. A part of a secret ARN is a part of a secret, and not shown.
fn elsewhere(what: &str, account: &str, shown: bool, own: Option<&str>, findings: &mut Findings) {
    if let Some(own) = own.filter(|own| *own != account) {
        let account = if shown { format!("account {account}") } else { "another account".to_owned() };
        let message = format!("{what} is in {account}, but the rule in {own}: ECR takes only one of its own account");
        findings.warnings.push(message);
    }
}

#[cfg(test)]
mod tests;
