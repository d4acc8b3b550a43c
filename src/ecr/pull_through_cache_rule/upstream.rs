//! Upstream registries: what ECR caches from, and what each needs. Pure.

use crate::pulumi::property::Invalid;

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

/// What people call Docker Hub, instead of the host that ECR takes.
const DOCKER_HUB: &str = "registry-1.docker.io";
const DOCKER_HUB_ALIASES: [&str; 4] = ["docker.io", "index.docker.io", "hub.docker.com", "registry.hub.docker.com"];

/// What kind of registry a URL names.
pub(super) fn classify(url: &str) -> Upstream<'_> {
    if let Some((_, credentials)) = HOSTS.iter().find(|(host, _)| *host == url) {
        return credentials.map_or(Upstream::Public, Upstream::Authenticated);
    }
    if url.strip_suffix(".azurecr.io").is_some_and(|name| !name.is_empty()) {
        return Upstream::Authenticated("the Azure Container Registry");
    }
    let labels: Vec<&str> = url.split('.').collect();
    match labels.as_slice() {
        [account, "dkr", "ecr", region, domain @ ..]
            if account.len() == 12
                && account.bytes().all(|byte| byte.is_ascii_digit())
                && domain.first() == Some(&"amazonaws") =>
        {
            Upstream::Ecr { account, region }
        }
        _ => Upstream::Unknown,
    }
}

/// What is wrong with a URL. An unknown host is not: ECR may know it by now.
pub(super) fn validate(url: &str) -> Result<(), Invalid> {
    let invalid = |problem: String| {
        Err(Invalid::new(problem, "ECR takes the bare host of the upstream, in lower case, such as `public.ecr.aws`"))
    };
    if let Some((index, character)) = url.chars().enumerate().find(|(_, c)| c.is_whitespace() || c.is_control()) {
        return invalid(format!("has white space (U+{:04X}) at position {}", u32::from(character), index + 1));
    }
    if let Some((scheme, rest)) = url.split_once("://") {
        let host = rest.split('/').next().unwrap_or_default();
        return invalid(format!("begins with a scheme (`{scheme}://`), where `{}` is meant", meant(host)));
    }
    if let Some((host, path)) = url.split_once('/') {
        return invalid(format!(
            "has a path (`/{path}`), where `{}` is meant (with `upstreamRepositoryPrefix` for a part of the upstream)",
            meant(host)
        ));
    }
    if let Some((index, character)) = url.chars().enumerate().find(|(_, c)| c.is_uppercase()) {
        return invalid(format!("has `{character}` at position {}, where `{}` is meant", index + 1, meant(url)));
    }
    if DOCKER_HUB_ALIASES.contains(&url) {
        return invalid(format!("is not where ECR finds Docker Hub, which is `{DOCKER_HUB}`"));
    }
    Ok(())
}

/// The host that somebody means who writes it in another way.
fn meant(host: &str) -> String {
    let host = host.to_lowercase();
    if DOCKER_HUB_ALIASES.contains(&host.as_str()) { DOCKER_HUB.to_owned() } else { host }
}

/// The upstreams that ECR documents, for a message.
pub(super) fn documented() -> String {
    HOSTS.map(|(host, _)| host).join(", ")
}

#[cfg(test)]
mod tests;
