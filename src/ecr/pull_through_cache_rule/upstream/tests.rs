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
fn suggested(url: &str) -> Option<String> {
    validate(url).unwrap_err().meant
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
        let expected = if DOCKER_HUB_ALIASES.contains(&host) { DOCKER_HUB } else { host };
        prop_assert_eq!(validate(expected), Ok(()));
        if url != expected {
            prop_assert_eq!(suggested(&url), Some(expected.to_owned()));
        }
    }

    #[test]
    fn white_space_is_found_where_it_stands(
        before in "[a-z.]{0,6}", space in select(&[' ', '\t', '\n', '\u{a0}', '\0'][..]), after in "[a-z./ ]{0,6}"
    ) {
        let problem = problem(&format!("{before}{space}{after}"));
        let expected = format!("has {} at position {}", named(space), before.len() + 1);
        prop_assert!(problem.contains(&expected), "{}", problem);
    }

    #[test]
    fn any_host_in_lower_case_passes_known_or_not(host in "[a-z0-9-]{1,10}(\\.[a-z0-9-]{1,8}){0,4}(:[0-9]{1,5})?") {
        prop_assume!(!DOCKER_HUB_ALIASES.contains(&host.as_str()));
        prop_assert_eq!(validate(&host), Ok(()));
    }

    #[test]
    fn whatever_is_suggested_for_any_text_is_good(text in "(.{0,20}|[a-z0-9.:/]{0,20})") {
        for suggested in [validate(&text).err().and_then(|invalid| invalid.meant), documented_near(&text)] {
            prop_assert!(suggested.is_none_or(|host| validate(&host).is_ok()), "{}", text);
        }
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
        (
            "210987654321.dkr.ecr.us-iso-east-1.c2s.ic.gov",
            Upstream::Ecr { account: "210987654321", region: "us-iso-east-1" },
        ),
        (
            "210987654321.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk",
            Upstream::Ecr { account: "210987654321", region: "eu-isoe-west-1" },
        ),
        (
            "210987654321.dkr.ecr.eusc-de-east-1.amazonaws.eu",
            Upstream::Ecr { account: "210987654321", region: "eusc-de-east-1" },
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
        "example.azurecr.cn",
        "quay.io:443",
        "ghcr.io.example.com",
        "210987654321.dkr.ecr.us-east-1.example.com",
        "210987654321.dkr.ecr.us-east-1",
        "21098765432.dkr.ecr.us-iso-east-1.c2s.ic.gov",
        "21098765432.dkr.ecr.us-east-1.example.com",
        "210987654321.dkr.ecr.useast1.example.com",
        "münchen.example",
        "登録.example",
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
        ("", "is empty"),
        ("https://public.ecr.aws", "begins with a scheme (`https://`)"),
        ("public.ecr.aws/x", "has a path (`/x`)"),
        ("public.ecr.aws/", "has a path (`/`)"),
        ("ghcr.io/owner", "named by `upstreamRepositoryPrefix` (here `owner`)"),
        ("Quay.io", "has the capital `Q` at position 1"),
        ("quay.IO", "has the capital `I` at position 6"),
        ("'quay.io'", "has `'` at position 1, which no host that ECR takes has"),
        ("quay.io,ghcr.io", "has `,` at position 8, which no host that ECR takes has"),
        ("${host}", "has `$` at position 1, which no host that ECR takes has"),
        ("münchen,example", "has `,` at position 8, which no host that ECR takes has"),
        ("<name>.azurecr.io", "has `<` at position 1, which no host that ECR takes has"),
        ("qu\u{200b}ay.io", "has the character U+200B at position 3, which no host that ECR takes has"),
        ("21098765432.dkr.ecr.us-east-1.amazonaws.com", "names the account `21098765432`, but"),
        ("21098765432x.dkr.ecr.us-east-1.amazonaws.com", "an account ID is 12 digits, and this has 12 characters"),
        ("210987654321.dkr.ecr.useast1.amazonaws.com", "names the region `useast1`, which cannot be one"),
    ] {
        let problem = problem(url);
        assert!(problem.contains(what) && problem.contains("bare host"), "{problem}");
    }
}

#[test]
fn another_form_of_a_documented_host_is_led_back_to_it() {
    for (url, expected) in [
        ("quay.io:443", Some("quay.io")),
        ("quay.io.", Some("quay.io")),
        ("www.quay.io", Some("quay.io")),
        ("k8s.gcr.io", Some("registry.k8s.io")),
        ("registry.k8.io", Some("registry.k8s.io")),
        ("registry1.docker.io", Some("registry-1.docker.io")),
        ("gallery.ecr.aws", Some("public.ecr.aws")),
        ("github.com", Some("ghcr.io")),
        ("gitlab.com", Some("registry.gitlab.com")),
        ("210987654321.dkr-ecr.eu-west-1.on.aws", Some("210987654321.dkr.ecr.eu-west-1.amazonaws.com")),
        ("210987654321.dkr-ecr-fips.us-east-1.on.aws", Some("210987654321.dkr.ecr.us-east-1.amazonaws.com")),
        ("210987654321.dkr.ecr-fips.us-east-1.amazonaws.com", Some("210987654321.dkr.ecr.us-east-1.amazonaws.com")),
        (
            "210987654321.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn",
            Some("210987654321.dkr.ecr.cn-north-1.amazonaws.com.cn"),
        ),
        ("210987654321.dkr.ecr-fips.us-iso-east-1.c2s.ic.gov", Some("210987654321.dkr.ecr.us-iso-east-1.c2s.ic.gov")),
        ("1234.dkr-ecr.eu-west-1.on.aws", None),
        ("gcr.io", None),
        ("nvcr.io", None),
        ("harbor.example.com", None),
        ("registry.gitlab.example.com", None),
        ("example.azurecr.cn", None),
    ] {
        assert_eq!(documented_near(url).as_deref(), expected, "{url}");
    }
}

#[test]
fn the_documented_upstreams_are_listed_for_messages() {
    let list = documented();
    assert_eq!(list.split(", ").count(), KNOWN.len());
    for host in ["public.ecr.aws", "registry-1.docker.io", "cgr.dev", ".azurecr.io", ".dkr.ecr."] {
        assert!(list.contains(host), "{host}");
    }
}
