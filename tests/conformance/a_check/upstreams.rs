//! `upstreamRegistryUrl`: the bare host of a registry.

use serde_json::json;

use super::{assert_good, reason};
use crate::support::{CREDENTIAL, assert_says, hub, quay, with};

async fn passes(host: &str) {
    assert_good(with(hub(), json!({ "upstreamRegistryUrl": host }))).await;
}

async fn fails(url: &str, says: &[&str]) {
    let inputs = with(hub(), json!({ "upstreamRegistryUrl": url }));
    let reason = reason(inputs, "upstreamRegistryUrl").await;
    assert_says(&reason, &["ECR takes the bare host of the upstream, in lower case"]);
    assert_says(&reason, says);
}

cases! { passes;
    a30_another_registry_of_the_internet("gcr.io");
    a30_a_registry_of_ones_own("harbor.example.com");
    a30_a_port("harbor.example.com:8443");
    a32_quay_with_a_credential("quay.io");
    a32_any_public_upstream_with_a_credential("public.ecr.aws");
}

cases! { fails;
    a29_a_scheme("https://public.ecr.aws", &["begins with a scheme (`https://`)", "did you mean `public.ecr.aws`?"]);
    a29_a_path("public.ecr.aws/bitnami", &[
        "has a path (`/bitnami`)",
        "named by `upstreamRepositoryPrefix` (here `bitnami`)",
        "did you mean `public.ecr.aws`?",
    ]);
    a29_a_slash_at_the_end("ghcr.io/", &["has a path (`/`)", "did you mean `ghcr.io`?"]);
    a29_a_scheme_and_a_path("https://docker.io/library", &["begins with a scheme", "did you mean `registry-1.docker.io`?"]);
    a29_a_capital("Quay.io", &["has the capital `Q` at position 1", "did you mean `quay.io`?"]);
    a30_docker_hub_as_its_images_name_it("docker.io", &["Docker Hub", "`registry-1.docker.io`"]);
    a30_docker_hub_as_its_login_names_it("index.docker.io", &["Docker Hub", "`registry-1.docker.io`"]);
    a30_docker_hub_as_browsers_name_it("hub.docker.com", &["Docker Hub", "`registry-1.docker.io`"]);
    a30_docker_hub_as_its_old_api_was_named("registry.hub.docker.com", &["Docker Hub", "`registry-1.docker.io`"]);
    a49_two_hosts("quay.io,ghcr.io", &["has `,` at position 8, which no host that ECR takes has"]);
    a49_a_placeholder("<name>.azurecr.io", &["has `<` at position 1, which no host that ECR takes has"]);
    a49_a_wildcard("*.azurecr.io", &["has `*` at position 1, which no host that ECR takes has"]);
    a49_a_character_without_a_width("quay\u{200b}.io", &["has the character U+200B at position 5"]);
    a50_an_account_of_eleven_digits("12345678901.dkr.ecr.us-east-1.amazonaws.com", &[
        "names the account `12345678901`",
        "an account ID is 12 digits, and this has 11 characters",
    ]);
    a50_no_region("123456789012.dkr.ecr.useast1.amazonaws.com", &["names the region `useast1`, which cannot be one"]);
}

#[tokio::test]
async fn a33_a_bad_upstream_and_the_credential_that_it_needs() {
    for url in ["docker.io", "https://ghcr.io", "registry.gitlab.com/group"] {
        let failures = super::checked(with(quay(), json!({ "upstreamRegistryUrl": url }))).await.failures;
        assert_eq!(failures.keys().collect::<Vec<_>>(), ["credentialArn", "upstreamRegistryUrl"], "{url}");
        let with_credential = json!({ "upstreamRegistryUrl": url, "credentialArn": CREDENTIAL });
        assert_eq!(super::checked(with(quay(), with_credential)).await.failures.len(), 1, "{url}");
    }
}
