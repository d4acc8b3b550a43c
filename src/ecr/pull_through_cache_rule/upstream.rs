//! Upstream registries: what ECR caches from, and what each needs. Pure.

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
pub(super) fn validate(url: &str) -> Result<(), String> {
    if let Some((scheme, rest)) = url.split_once("://") {
        let host = rest.split('/').next().unwrap_or_default().to_ascii_lowercase();
        let host = if DOCKER_HUB_ALIASES.contains(&host.as_str()) { DOCKER_HUB.to_owned() } else { host };
        return Err(format!("`{url}` begins with a scheme (`{scheme}://`); ECR takes the bare host: `{host}`"));
    }
    if let Some((index, character)) = url.chars().enumerate().find(|(_, c)| c.is_whitespace() || c.is_control()) {
        return Err(format!(
            "`{}` has white space (U+{:04X}) at position {}; a registry URL is a bare host, such as `public.ecr.aws`",
            url.escape_debug(),
            u32::from(character),
            index + 1
        ));
    }
    if let Some((host, path)) = url.split_once('/') {
        return Err(format!(
            "`{url}` has a path (`/{path}`); ECR takes the bare host: `{host}`. A path of the upstream belongs into \
             `upstreamRepositoryPrefix`"
        ));
    }
    if url.chars().any(char::is_uppercase) {
        return Err(format!("`{url}` has capitals; ECR takes the host in lower case: `{}`", url.to_lowercase()));
    }
    if DOCKER_HUB_ALIASES.contains(&url) {
        return Err(format!("`{url}` is not the host that ECR pulls from; for Docker Hub that is `{DOCKER_HUB}`"));
    }
    Ok(())
}

/// The upstreams that ECR documents, for a message.
pub(super) fn documented() -> String {
    HOSTS.map(|(host, _)| host).join(", ")
}
