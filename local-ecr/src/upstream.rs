//! The upstream registries that ECR pulls from, and what each needs.

use crate::error::ApiError;
use crate::identity::Caller;
use crate::{Refusal, Refusals};

/// A kind of upstream registry, in the order of the API model.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Upstream {
    Ecr,
    EcrPublic,
    Quay,
    K8s,
    DockerHub,
    GitHub,
    Azure,
    GitLab,
    Chainguard,
}

impl Upstream {
    pub(crate) const ALL: [Self; 9] = [
        Self::Ecr,
        Self::EcrPublic,
        Self::Quay,
        Self::K8s,
        Self::DockerHub,
        Self::GitHub,
        Self::Azure,
        Self::GitLab,
        Self::Chainguard,
    ];

    /// The value of `upstreamRegistry`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ecr => "ecr",
            Self::EcrPublic => "ecr-public",
            Self::Quay => "quay",
            Self::K8s => "k8s",
            Self::DockerHub => "docker-hub",
            Self::GitHub => "github-container-registry",
            Self::Azure => "azure-container-registry",
            Self::GitLab => "gitlab-container-registry",
            Self::Chainguard => "chainguard",
        }
    }

    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|upstream| upstream.name() == name)
    }

    /// The upstream behind a URL, which must be the bare host.
    pub(crate) fn of_url(url: &str) -> Option<Self> {
        match url {
            "public.ecr.aws" => Some(Self::EcrPublic),
            "quay.io" => Some(Self::Quay),
            "registry.k8s.io" => Some(Self::K8s),
            "registry-1.docker.io" => Some(Self::DockerHub),
            "ghcr.io" => Some(Self::GitHub),
            "registry.gitlab.com" => Some(Self::GitLab),
            "cgr.dev" => Some(Self::Chainguard),
            url if url.strip_suffix(".azurecr.io").is_some_and(is_label) => Some(Self::Azure),
            url if ecr_place(url).is_some() => Some(Self::Ecr),
            _ => None,
        }
    }

    /// Whether a rule for it must name a secret with credentials.
    pub(crate) fn needs_credential(self) -> bool {
        matches!(self, Self::DockerHub | Self::GitHub | Self::Azure | Self::GitLab | Self::Chainguard)
    }
}

/// The account and the Region of a private ECR host, `<account>.dkr.ecr.<region>.amazonaws.com`.
fn ecr_place(url: &str) -> Option<(&str, &str)> {
    let (account, rest) = url.split_once(".dkr.ecr.")?;
    let region = rest.strip_suffix(".amazonaws.com").or_else(|| rest.strip_suffix(".amazonaws.com.cn"))?;
    let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    (is_account && is_label(region)).then_some((account, region))
}

/// One label of a host name.
fn is_label(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The upstream that a new rule names, if the caller may have a rule for it with these credentials.
pub(crate) fn admit(
    refusals: Refusals,
    caller: &Caller,
    url: &str,
    credential_arn: Option<&str>,
    custom_role_arn: Option<&str>,
) -> Result<Upstream, ApiError> {
    let Some(upstream) = Upstream::of_url(url) else {
        return Err(unsupported(format!(
            "The upstream registry URL {url} is invalid. Specify a valid upstream registry URL and try again"
        )));
    };
    if upstream.needs_credential() && credential_arn.is_none() {
        return Err(unsupported(
            "The specified upstream registry requires authentication. Specify a valid Secrets Manager ARN and try again.",
        ));
    }
    let Some((account, region)) = ecr_place(url) else {
        return Ok(upstream);
    };
    // The documentation asks for a role here; which error its absence gives is inferred from the case above.
    if account != caller.account && custom_role_arn.is_none() {
        return Err(ApiError::refused(
            refusals.missing_role,
            "The specified upstream registry requires authentication. Specify a valid custom role ARN and try again.",
        ));
    }
    match refusals.own_registry {
        Some(refusal) if account == caller.account && region == caller.region => {
            Err(ApiError::refused(refusal, "Invalid input: the upstream registry is the registry of the rule"))
        }
        _ => Ok(upstream),
    }
}

fn unsupported(message: impl Into<String>) -> ApiError {
    ApiError::refused(Refusal::UnsupportedUpstream, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: Option<&str> = Some("arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/x");

    fn admit(url: &str, credential_arn: Option<&str>, custom_role_arn: Option<&str>) -> Result<Upstream, ApiError> {
        super::admit(Refusals::default(), &caller(), url, credential_arn, custom_role_arn)
    }

    fn caller() -> Caller {
        Caller { account: "123456789012".to_owned(), region: "us-east-1".to_owned() }
    }

    #[test]
    fn every_upstream_is_known_by_its_host() {
        for (url, upstream) in [
            ("123456789012.dkr.ecr.eu-west-1.amazonaws.com", Upstream::Ecr),
            ("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", Upstream::Ecr),
            ("public.ecr.aws", Upstream::EcrPublic),
            ("quay.io", Upstream::Quay),
            ("registry.k8s.io", Upstream::K8s),
            ("registry-1.docker.io", Upstream::DockerHub),
            ("ghcr.io", Upstream::GitHub),
            ("myregistry.azurecr.io", Upstream::Azure),
            ("registry.gitlab.com", Upstream::GitLab),
            ("cgr.dev", Upstream::Chainguard),
        ] {
            assert_eq!(Upstream::of_url(url), Some(upstream), "{url}");
            assert_eq!(Upstream::of_name(upstream.name()), Some(upstream));
        }
    }

    #[test]
    fn other_hosts_and_urls_are_refused_by_name() {
        for url in [
            "",
            "docker.io",
            "index.docker.io",
            "harbor.example.com",
            "https://quay.io",
            "quay.io/",
            "quay.io/org",
            "Quay.io",
            ".azurecr.io",
            "a.b.azurecr.io",
            "12345.dkr.ecr.eu-west-1.amazonaws.com",
            "123456789012.dkr.ecr..amazonaws.com",
        ] {
            let error = admit(url, SECRET, None).unwrap_err();
            assert_eq!(error.code, "UnsupportedUpstreamRegistryException", "{url}");
            assert!(error.message.contains(&format!("URL {url} is invalid")), "{}", error.message);
        }
    }

    #[test]
    fn some_upstreams_need_a_credential() {
        for upstream in ["registry-1.docker.io", "ghcr.io", "registry.gitlab.com", "a.azurecr.io", "cgr.dev"] {
            let error = admit(upstream, None, None).unwrap_err();
            assert_eq!(error.code, "UnsupportedUpstreamRegistryException", "{upstream}");
            assert!(error.message.contains("requires authentication"), "{}", error.message);
            assert!(admit(upstream, SECRET, None).is_ok(), "{upstream}");
        }
        for upstream in ["public.ecr.aws", "quay.io", "registry.k8s.io"] {
            assert!(admit(upstream, None, None).is_ok(), "{upstream}");
        }
    }

    #[test]
    fn another_accounts_ecr_needs_a_role() {
        let own = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
        let other = "999999999999.dkr.ecr.us-east-1.amazonaws.com";
        assert!(admit(own, None, None).is_ok());
        assert!(admit(other, None, None).is_err());
        assert!(admit(other, None, Some("arn:aws:iam::123456789012:role/x")).is_ok());
    }

    #[test]
    fn its_own_registry_is_an_upstream_or_not() {
        let own = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
        assert!(admit(own, None, None).is_ok());
        let refusals = Refusals { own_registry: Some(Refusal::Validation), ..Refusals::default() };
        assert_eq!(super::admit(refusals, &caller(), own, None, None).unwrap_err().code, "ValidationException");
        let elsewhere = own.replace("us-east-1", "eu-west-1");
        assert!(super::admit(refusals, &caller(), &elsewhere, None, None).is_ok());
    }
}
