use proptest::{prelude::*, sample::select};

use super::*;

/// Hosts that ECR documents, with one for each that has a part of its own.
const KNOWN: [&str; 9] = [
    "public.ecr.aws",
    "registry.k8s.io",
    "quay.io",
    "registry-1.docker.io",
    "ghcr.io",
    "registry.gitlab.com",
    "cgr.dev",
    "example.azurecr.io",
    "210987654321.dkr.ecr.us-east-1.amazonaws.com",
];

fn problem(url: &str) -> String {
    validate(url).unwrap_err().to_string()
}

/// The host that a message says is meant.
fn suggested(url: &str) -> String {
    let problem = problem(url);
    let (_, rest) = problem.split_once("where `").unwrap();
    rest.split_once('`').unwrap().0.to_owned()
}

proptest! {
    #[test]
    fn a_host_that_is_suggested_is_accepted(
        scheme in select(&["", "https://", "http://", "docker://"][..]),
        host in select(&KNOWN[..]).prop_union(select(&DOCKER_HUB_ALIASES[..])),
        upper in any::<bool>(),
        path in select(&["", "/", "/library", "/a/b:c"][..]),
    ) {
        let written = if upper { host.to_uppercase() } else { host.to_owned() };
        let url = format!("{scheme}{written}{path}");
        if DOCKER_HUB_ALIASES.contains(&url.as_str()) {
            prop_assert!(problem(&url).contains("which is `registry-1.docker.io`"));
        } else if url == host {
            prop_assert_eq!(validate(&url), Ok(()));
        } else {
            let suggested = suggested(&url);
            let expected = if DOCKER_HUB_ALIASES.contains(&host) { DOCKER_HUB } else { host };
            prop_assert_eq!(&suggested, expected);
            prop_assert_eq!(validate(&suggested), Ok(()));
        }
    }

    #[test]
    fn white_space_is_found_where_it_stands(
        before in "[a-z.]{0,6}", space in select(&[' ', '\t', '\n', '\u{a0}', '\0'][..]), after in "[a-z./ ]{0,6}"
    ) {
        let problem = problem(&format!("{before}{space}{after}"));
        let expected = format!("has white space (U+{:04X}) at position {}", u32::from(space), before.len() + 1);
        prop_assert!(problem.contains(&expected), "{}", problem);
    }

    #[test]
    fn any_host_in_lower_case_passes_known_or_not(host in "[a-z0-9-]{1,10}(\\.[a-z0-9-]{1,8}){0,4}(:[0-9]{1,5})?") {
        prop_assume!(!DOCKER_HUB_ALIASES.contains(&host.as_str()));
        prop_assert_eq!(validate(&host), Ok(()));
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,20}") {
        drop((classify(&text), validate(&text)));
    }
}

#[test]
fn each_documented_host_has_its_kind() {
    for (url, expected) in [
        ("public.ecr.aws", Upstream::Public),
        ("registry.k8s.io", Upstream::Public),
        ("quay.io", Upstream::Public),
        ("registry-1.docker.io", Upstream::Authenticated("Docker Hub")),
        ("ghcr.io", Upstream::Authenticated("the GitHub Container Registry")),
        ("registry.gitlab.com", Upstream::Authenticated("the GitLab Container Registry")),
        ("cgr.dev", Upstream::Authenticated("Chainguard")),
        ("example.azurecr.io", Upstream::Authenticated("the Azure Container Registry")),
        ("a.b.azurecr.io", Upstream::Authenticated("the Azure Container Registry")),
        (
            "210987654321.dkr.ecr.us-east-1.amazonaws.com",
            Upstream::Ecr { account: "210987654321", region: "us-east-1" },
        ),
        (
            "210987654321.dkr.ecr.cn-north-1.amazonaws.com.cn",
            Upstream::Ecr { account: "210987654321", region: "cn-north-1" },
        ),
    ] {
        assert_eq!(classify(url), expected, "{url}");
        assert_eq!(validate(url), Ok(()), "{url}");
    }
}

#[test]
fn hosts_that_only_look_like_one_are_unknown_and_pass() {
    for url in [
        "gcr.io",
        "harbor.example.com",
        ".azurecr.io",
        "azurecr.io",
        "ghcr.io.example.com",
        "21098765432.dkr.ecr.us-east-1.amazonaws.com",
        "21098765432x.dkr.ecr.us-east-1.amazonaws.com",
        "210987654321.dkr.ecr.us-east-1.example.com",
        "210987654321.dkr.ecr.us-east-1",
        "gitlab.example.com",
    ] {
        assert_eq!(classify(url), Upstream::Unknown, "{url}");
        assert_eq!(validate(url), Ok(()), "{url}");
    }
}

#[test]
fn what_people_call_docker_hub_is_corrected() {
    for url in ["docker.io", "index.docker.io", "hub.docker.com", "registry.hub.docker.com"] {
        assert!(problem(url).contains("`registry-1.docker.io`"), "{}", problem(url));
    }
}

#[test]
fn what_is_no_bare_host_is_told_what_is_wrong() {
    for (url, what) in [
        ("https://public.ecr.aws", "begins with a scheme (`https://`)"),
        ("public.ecr.aws/x", "has a path (`/x`)"),
        ("public.ecr.aws/", "has a path (`/`)"),
        ("Quay.io", "has `Q` at position 1"),
        ("quay.IO", "has `I` at position 6"),
    ] {
        let problem = problem(url);
        assert!(problem.contains(what) && problem.contains("bare host"), "{problem}");
    }
    assert!(problem("ghcr.io/owner").contains("`upstreamRepositoryPrefix`"), "where a path belongs is told");
}

#[test]
fn the_documented_upstreams_are_listed_for_messages() {
    let list = documented();
    assert_eq!(list.split(", ").count(), KNOWN.len());
    for host in ["public.ecr.aws", "registry-1.docker.io", "cgr.dev", ".azurecr.io", ".dkr.ecr."] {
        assert!(list.contains(host), "{host}");
    }
}
