//! Upstream registries: what ECR caches from, and what each needs. Pure.

use super::prefix;
use crate::{
    aws::{arn::is_account_id, region},
    pulumi::{
        property::Invalid,
        suggestion::nearest,
        text::{bare, first_other, first_white, named},
    },
};

/// A kind of upstream registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Upstream<'a> {
    /// A registry that anyone may pull from.
    Public,
    /// A registry that asks for credentials, by the name that people know.
    Authenticated(&'static str),
    /// A private ECR registry.
    Ecr {
        /// The account it belongs to.
        account: &'a str,
        /// Its region.
        region: &'a str,
    },
    /// A host that this version does not know. ECR gets new upstreams now and then.
    Unknown,
}

/// The hosts that ECR documents, with the name of those that need credentials.
pub(super) const HOSTS: [(&str, Option<&str>); 9] = [
    ("public.ecr.aws", None),
    ("registry.k8s.io", None),
    ("quay.io", None),
    (DOCKER_HUB, Some("Docker Hub")),
    ("ghcr.io", Some("the GitHub Container Registry")),
    ("registry.gitlab.com", Some("the GitLab Container Registry")),
    ("cgr.dev", Some("Chainguard")),
    (ACR, Some("the Azure Container Registry")),
    (ECR, None),
];

const ACR: &str = "<name>.azurecr.io";
const ECR: &str = "<account>.dkr.ecr.<region>.amazonaws.com";

/// The beginning of the domain that most partitions have (`amazonaws.com`, `amazonaws.com.cn`, `amazonaws.eu`).
const DOMAIN: &str = "amazonaws.";

/// What people call Docker Hub, instead of the host that ECR takes.
const DOCKER_HUB: &str = "registry-1.docker.io";
const DOCKER_HUB_ALIASES: [&str; 4] = ["docker.io", "index.docker.io", "hub.docker.com", "registry.hub.docker.com"];

/// Other hosts of the upstreams' owners, which ECR documents under another name.
const NEIGHBOURS: [(&str, &str); 7] = [
    ("docker.com", DOCKER_HUB),
    ("k8s.gcr.io", "registry.k8s.io"),
    ("gallery.ecr.aws", "public.ecr.aws"),
    ("github.com", "ghcr.io"),
    ("docker.pkg.github.com", "ghcr.io"),
    ("gitlab.com", "registry.gitlab.com"),
    ("images.chainguard.dev", "cgr.dev"),
];

/// What kind of registry a URL names.
pub(super) fn classify(url: &str) -> Upstream<'_> {
    if let Some((_, credentials)) = HOSTS.iter().find(|(host, _)| *host == url) {
        return credentials.map_or(Upstream::Public, Upstream::Authenticated);
    }
    if url.strip_suffix(".azurecr.io").is_some_and(|name| !name.is_empty()) {
        return Upstream::Authenticated("the Azure Container Registry");
    }
    match ecr(url) {
        Some((account, region, domain)) if is_account_id(account) && is_domain_of(region, domain) => {
            Upstream::Ecr { account, region }
        }
        _ => Upstream::Unknown,
    }
}

/// Whether the registries of a region may have a domain. The isolated partitions have domains of their own.
fn is_domain_of(region: &str, domain: &str) -> bool {
    let is_isolated = || region::partition_of(region).is_some_and(|partition| partition.starts_with("aws-iso"));
    region::is_well_formed(region) && (domain.starts_with(DOMAIN) || is_isolated())
}

/// The account, region and domain in a host that is like a private ECR registry's.
fn ecr(host: &str) -> Option<(&str, &str, &str)> {
    let (account, rest) = host.split_once(".dkr.ecr.")?;
    let (region, domain) = rest.split_once('.')?;
    Some((account, region, domain))
}

/// What is wrong with a URL. An unknown host is not: ECR may know it by now.
pub(super) fn validate(url: &str) -> Result<(), Invalid> {
    problem(url).map_or(Ok(()), |problem| {
        let rule = "ECR takes the bare host of the upstream, in lower case, such as `public.ecr.aws`";
        Err(Invalid::new(problem, rule).meaning(meant(url)))
    })
}

fn problem(url: &str) -> Option<String> {
    if url.is_empty() {
        return Some("is empty".to_owned());
    }
    if let Some((position, character)) = first_white(url) {
        return Some(format!("has {} at position {position}", named(character)));
    }
    if let Some((scheme, _)) = url.split_once("://") {
        return Some(format!("begins with a scheme (`{scheme}://`)"));
    }
    if let Some((_, path)) = url.split_once('/') {
        let part = path.trim_end_matches('/');
        let here = if prefix::validate(part).is_ok() { format!(" (here `{part}`)") } else { String::new() };
        return Some(format!(
            "has a path (`/{path}`), but a part of an upstream is named by `upstreamRepositoryPrefix`{here}"
        ));
    }
    if let Some((position, character)) = first_other(url, |character| !character.is_uppercase()) {
        return Some(format!("has the capital {} at position {position}", named(character)));
    }
    // A port and letters of other alphabets are left to ECR.
    if let Some((position, character)) = first_other(url, |c| c.is_alphanumeric() || "-._:".contains(c)) {
        return Some(format!("has {} at position {position}, which no host that ECR takes has", named(character)));
    }
    if DOCKER_HUB_ALIASES.contains(&url) {
        return Some(format!("is not where ECR finds Docker Hub, which is `{DOCKER_HUB}`"));
    }
    let (account, region, _) = ecr(url).filter(|(_, _, domain)| domain.starts_with(DOMAIN))?;
    if !is_account_id(account) {
        let length = account.chars().count();
        return Some(format!(
            "names the account `{account}`, but an account ID is 12 digits, and this has {length} characters"
        ));
    }
    (!region::is_well_formed(region)).then(|| format!("names the region `{region}`, which cannot be one"))
}

/// The good host that somebody means who writes it in another way.
pub(super) fn meant(url: &str) -> Option<String> {
    let url = bare(url).to_lowercase();
    let host = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest).split('/').next()?;
    let host = host.split_once(':').map_or(host, |(host, _)| host).trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    let host = if DOCKER_HUB_ALIASES.contains(&host) { DOCKER_HUB } else { host };
    (problem(host).is_none()).then(|| host.to_owned())
}

/// The documented host that an unknown one is a neighbour, another form or a mistyping of.
pub(super) fn documented_near(url: &str) -> Option<String> {
    let host = meant(url)?;
    if classify(&host) != Upstream::Unknown {
        return Some(host);
    }
    if let Some((_, documented)) = NEIGHBOURS.iter().find(|(neighbour, _)| *neighbour == host) {
        return Some((*documented).to_owned());
    }
    // Short names have real neighbours: `gcr.io` is no mistyped `ghcr.io`.
    let alike = |known: &&str| known.len() > 10 && known.len().abs_diff(host.len()) <= 3 && !known.contains('<');
    ordinary(&host).or_else(|| nearest(&host, HOSTS.iter().map(|(host, _)| *host).filter(alike)).map(str::to_owned))
}

/// The host of a private ECR registry that is written by its FIPS or dual-stack endpoint.
fn ordinary(host: &str) -> Option<String> {
    let (account, rest) =
        [".dkr.ecr-fips.", ".dkr-ecr.", ".dkr-ecr-fips."].iter().find_map(|kind| host.split_once(kind))?;
    let (region, domain) = rest.split_once('.')?;
    let domain = match domain {
        "on.aws" => "amazonaws.com",
        "on.amazonwebservices.com.cn" => "amazonaws.com.cn",
        other => other,
    };
    let host = format!("{account}.dkr.ecr.{region}.{domain}");
    (problem(&host).is_none() && classify(&host) != Upstream::Unknown).then_some(host)
}

/// The upstreams that ECR documents, for a message.
pub(super) fn documented() -> String {
    HOSTS.map(|(host, _)| host).join(", ")
}

#[cfg(test)]
mod tests;
