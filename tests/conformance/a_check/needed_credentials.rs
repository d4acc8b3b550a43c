//! Upstreams that log in, and those that do not.

use serde_json::{Value, json};

use super::{assert_good, reason};
use crate::support::{CREDENTIAL, UNKNOWN, assert_says, output, quay, secret, unknown_output, with};

/// A rule without a credential fails, whichever way it is missing, and says who wants it.
async fn is_needed(host: &str, name: &str) {
    let rule = with(quay(), json!({ "upstreamRegistryUrl": host }));
    let mut null = rule.clone();
    null["credentialArn"] = Value::Null;
    for without in [rule.clone(), null, with(rule, json!({ "credentialArn": "" }))] {
        let reason = reason(without, "credentialArn").await;
        assert_says(&reason, &["is required", name, host, "`ecr-pullthroughcache/`", "`username` and `accessToken`"]);
    }
}

/// A rule passes with a credential, however it is given.
async fn is_enough(credential: Value) {
    for host in ["registry-1.docker.io", "my.azurecr.io"] {
        let given = json!({ "upstreamRegistryUrl": host, "credentialArn": credential });
        assert_good(with(quay(), given)).await;
    }
}

/// A rule passes without a credential.
async fn is_not_needed(host: &str) {
    assert_good(with(quay(), json!({ "upstreamRegistryUrl": host }))).await;
}

cases! { is_needed;
    a31_docker_hub("registry-1.docker.io", "Docker Hub");
    a31_github("ghcr.io", "the GitHub Container Registry");
    a31_gitlab("registry.gitlab.com", "the GitLab Container Registry");
    a31_azure("my.azurecr.io", "the Azure Container Registry");
    a31_chainguard("cgr.dev", "Chainguard");
}

cases! { is_enough;
    a31_with_a_credential(CREDENTIAL.into());
    a31_with_a_secret_credential(secret(CREDENTIAL));
    a31_with_the_output_of_another_resource(output(CREDENTIAL));
    a31_with_a_credential_that_is_not_known_yet(UNKNOWN.into());
    a31_with_an_output_that_is_not_known_yet(unknown_output());
    a31_with_a_secret_that_is_not_known_yet(secret(UNKNOWN));
}

cases! { is_not_needed;
    a31_ecr_public("public.ecr.aws");
    a31_quay("quay.io");
    a31_kubernetes("registry.k8s.io");
    a31_a_private_registry("123456789012.dkr.ecr.eu-west-1.amazonaws.com");
}
