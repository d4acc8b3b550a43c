use super::*;

const SECRET: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/docker-hub-AbCdEf";
const ROLE: &str = "arn:aws:iam::123456789012:role/ecr-pull-through";
const HOME: Place<'_> = Place { region: Some("us-east-1"), account: Some("123456789012") };

fn rule(settings: &[(&str, &str)]) -> PropertyMap {
    let mut inputs = PropertyMap::from([
        (ECR_REPOSITORY_PREFIX.to_owned(), Value::from("team")),
        (UPSTREAM_REGISTRY_URL.to_owned(), Value::from("public.ecr.aws")),
    ]);
    inputs.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))));
    inputs
}

fn found_at(place: Place<'_>, inputs: &PropertyMap) -> Findings {
    let mut findings = Findings::default();
    check(inputs, place, &mut findings);
    findings
}

fn found(settings: &[(&str, &str)]) -> Findings {
    found_at(HOME, &rule(settings))
}

/// The one failure, as property and reason.
fn failure(settings: &[(&str, &str)]) -> (String, String) {
    let mut findings = found(settings);
    assert_eq!(findings.failures.len(), 1, "{findings:?}");
    let failure = findings.failures.remove(0);
    (failure.property, failure.reason)
}

#[test]
fn a_rule_for_everything_takes_no_upstream_prefix() {
    let (property, reason) = failure(&[(ECR_REPOSITORY_PREFIX, ROOT), (UPSTREAM_REPOSITORY_PREFIX, "team")]);
    assert_eq!(property, UPSTREAM_REPOSITORY_PREFIX);
    assert!(reason.contains("`team`") && reason.contains("`ROOT`"), "{reason}");
    for fine in [
        vec![(ECR_REPOSITORY_PREFIX, ROOT), (UPSTREAM_REPOSITORY_PREFIX, ROOT)],
        vec![(ECR_REPOSITORY_PREFIX, ROOT), (UPSTREAM_REPOSITORY_PREFIX, "")],
        vec![(ECR_REPOSITORY_PREFIX, ROOT)],
        vec![(ECR_REPOSITORY_PREFIX, "root"), (UPSTREAM_REPOSITORY_PREFIX, "team")],
        vec![(UPSTREAM_REPOSITORY_PREFIX, ROOT)],
    ] {
        assert_eq!(found(&fine), Findings::default(), "{fine:?}");
    }
}

#[test]
fn upstreams_that_ask_who_pulls_need_a_secret() {
    for (url, name) in [
        ("registry-1.docker.io", "Docker Hub"),
        ("ghcr.io", "GitHub"),
        ("registry.gitlab.com", "GitLab"),
        ("example.azurecr.io", "Azure"),
        ("cgr.dev", "Chainguard"),
    ] {
        for settings in [vec![(UPSTREAM_REGISTRY_URL, url)], vec![(UPSTREAM_REGISTRY_URL, url), (CREDENTIAL_ARN, "")]] {
            let (property, reason) = failure(&settings);
            assert_eq!(property, CREDENTIAL_ARN);
            assert!(reason.contains(name) && reason.contains("`ecr-pullthroughcache/`"), "{reason}");
        }
        assert_eq!(found(&[(UPSTREAM_REGISTRY_URL, url), (CREDENTIAL_ARN, SECRET)]), Findings::default());
        let mut unknown = rule(&[(UPSTREAM_REGISTRY_URL, url)]);
        unknown.insert(CREDENTIAL_ARN.to_owned(), Value::UNKNOWN.into_secret());
        assert_eq!(found_at(HOME, &unknown), Findings::default());
    }
    for url in ["public.ecr.aws", "quay.io", "registry.k8s.io", "123456789012.dkr.ecr.us-east-1.amazonaws.com"] {
        assert_eq!(found(&[(UPSTREAM_REGISTRY_URL, url)]), Findings::default(), "{url}");
        assert_eq!(found(&[(UPSTREAM_REGISTRY_URL, url), (CREDENTIAL_ARN, SECRET)]).failures, [], "{url}");
    }
}

#[test]
fn an_unknown_upstream_passes_with_a_warning() {
    let findings = found(&[(UPSTREAM_REGISTRY_URL, "harbor.example.com")]);
    assert_eq!(findings.failures, []);
    assert!(matches!(&findings.warnings[..], [warning] if warning.contains("`harbor.example.com`")
        && warning.contains("registry-1.docker.io")));
}

#[test]
fn what_an_unknown_upstream_may_stand_for_is_told() {
    let url = "k8s.gcr.io";
    let warning = |findings: Findings| findings.warnings.into_iter().next().unwrap();
    assert!(warning(found(&[(UPSTREAM_REGISTRY_URL, url)])).ends_with("; did you mean `registry.k8s.io`?"));
    let mut secret = rule(&[]);
    secret.insert(UPSTREAM_REGISTRY_URL.to_owned(), Value::from(url).into_secret());
    let warning = warning(found_at(HOME, &secret));
    assert!(!warning.contains("did you mean"), "it tells of the secret: {warning}");
}

/// What is found of a rule with some settings, one of them a secret.
fn found_with_secret(settings: &[(&str, &str)], name: &str, value: &str) -> Findings {
    let mut inputs = rule(settings);
    inputs.insert(name.to_owned(), Value::from(value).into_secret());
    found_at(HOME, &inputs)
}

#[test]
fn a_secret_upstream_that_needs_a_credential_is_not_named() {
    for host in ["registry-1.docker.io", "ghcr.io", "registry.gitlab.com", "hunter2.azurecr.io", "cgr.dev"] {
        let findings = found_with_secret(&[], UPSTREAM_REGISTRY_URL, host);
        assert_eq!(findings.warnings, [] as [&str; 0]);
        let [failure] = &findings.failures[..] else { panic!("{findings:?}") };
        assert_eq!(failure.property, CREDENTIAL_ARN);
        let expected = "is required: ECR takes this upstream only with credentials. Set it to the ARN of a secret";
        assert!(failure.reason.starts_with(expected), "{}", failure.reason);
    }
}

/// A message may quote the whole value, which is taken out of it later. All else is the same for two secrets of a kind.
#[test]
fn what_is_said_of_a_secret_tells_its_kind_at_most() {
    let account = |account: &str| SECRET.replace("123456789012", account);
    let role = |account: &str| ROLE.replace("123456789012", account);
    for (name, one, other) in [
        (UPSTREAM_REGISTRY_URL, "ghcr.io".to_owned(), "cgr.dev".to_owned()),
        (UPSTREAM_REGISTRY_URL, "k8s.gcr.io".to_owned(), "harbor.example.com".to_owned()),
        (
            UPSTREAM_REGISTRY_URL,
            "210987654321.dkr.ecr.us-east-1.amazonaws.com".to_owned(),
            "210987654322.dkr.ecr.eu-west-1.amazonaws.com".to_owned(),
        ),
        (
            UPSTREAM_REGISTRY_URL,
            "210987654321.dkr.ecr.cn-north-1.amazonaws.com.cn".to_owned(),
            "210987654321.dkr.ecr.us-gov-west-1.amazonaws.com".to_owned(),
        ),
        (CREDENTIAL_ARN, account("210987654321"), account("210987654322")),
        (CREDENTIAL_ARN, SECRET.replace("us-east-1", "eu-west-1"), SECRET.replace("us-east-1", "eu-west-2")),
        (CUSTOM_ROLE_ARN, role("210987654321"), role("210987654322")),
        (REGION, "cn-north-1".to_owned(), "us-gov-west-1".to_owned()),
        (REGION, "Moon".to_owned(), "us_east_1".to_owned()),
    ] {
        let said = |value: &str| {
            let findings = found_with_secret(&[], name, value);
            assert_ne!(findings, Findings::default(), "there is something to say of {value}");
            format!("{findings:?}").replace(value, "")
        };
        assert_eq!(said(&one), said(&other), "{name}");
    }
}

#[test]
fn an_upstream_that_is_written_in_another_way_needs_its_secret_at_once() {
    let judged = |url: Value| {
        let mut inputs = rule(&[]);
        inputs.insert(UPSTREAM_REGISTRY_URL.to_owned(), url);
        let mut findings = Findings::default();
        findings.fail(UPSTREAM_REGISTRY_URL, "no");
        check(&inputs, HOME, &mut findings);
        findings.failures
    };
    for url in ["docker.io", "https://registry-1.docker.io/library", "GHCR.io"] {
        let failures = judged(Value::from(url));
        assert!(
            matches!(&failures[..], [_, credential] if credential.property == CREDENTIAL_ARN),
            "{url}: {failures:?}"
        );
    }
    assert_eq!(judged(Value::from("https://quay.io")).len(), 1);
    assert_eq!(judged(Value::from("docker.io").into_secret()).len(), 1, "the host that is meant tells of the secret");
}

#[test]
fn what_is_not_known_yet_is_not_judged() {
    let unknown: PropertyMap = [
        ECR_REPOSITORY_PREFIX,
        UPSTREAM_REGISTRY_URL,
        CREDENTIAL_ARN,
        CUSTOM_ROLE_ARN,
        UPSTREAM_REPOSITORY_PREFIX,
        REGION,
    ]
    .map(|name| (name.to_owned(), Value::UNKNOWN))
    .into();
    assert_eq!(found_at(HOME, &unknown), Findings::default());
    let mut root = rule(&[(ECR_REPOSITORY_PREFIX, ROOT)]);
    root.insert(UPSTREAM_REPOSITORY_PREFIX.to_owned(), Value::UNKNOWN);
    assert_eq!(found_at(HOME, &root), Findings::default());
    assert_eq!(found_at(Place::default(), &rule(&[(CREDENTIAL_ARN, SECRET), (REGION, "cn-north-1")])).failures, []);
}

#[test]
fn what_has_failed_already_is_left_alone() {
    let inputs = rule(&[
        (ECR_REPOSITORY_PREFIX, ROOT),
        (UPSTREAM_REPOSITORY_PREFIX, "-"),
        (UPSTREAM_REGISTRY_URL, "https://ghcr.io"),
        (CREDENTIAL_ARN, "foo"),
        (CUSTOM_ROLE_ARN, "foo"),
        (REGION, "moon"),
    ]);
    let mut findings = Findings::default();
    for name in inputs.keys() {
        findings.fail(name, "no");
    }
    let before = findings.clone();
    check(&inputs, HOME, &mut findings);
    assert_eq!(findings, before);
}

#[test]
fn a_region_of_another_partition_is_refused() {
    let (property, reason) = failure(&[(REGION, "cn-north-1")]);
    assert_eq!(property, REGION);
    assert!(reason.contains("partition (aws-cn) for per-resource Region (cn-north-1) is not"), "{reason}");
    assert_eq!(found(&[(REGION, "eu-west-1")]), Findings::default());
}

#[test]
fn the_registry_of_another_account_needs_a_role() {
    let url = (UPSTREAM_REGISTRY_URL, "210987654321.dkr.ecr.us-east-1.amazonaws.com");
    let findings = found(&[url]);
    assert!(matches!(&findings.warnings[..], [warning] if warning.contains("`customRoleArn`")), "{findings:?}");
    assert_eq!(findings.failures, [], "ECR has the last word");
    assert_eq!(found(&[url, (CUSTOM_ROLE_ARN, ROLE)]), Findings::default());
    assert_eq!(found_at(Place { account: None, ..HOME }, &rule(&[url])), Findings::default());
    let isolated = rule(&[(UPSTREAM_REGISTRY_URL, "210987654321.dkr.ecr.us-iso-east-1.c2s.ic.gov")]);
    let findings = found_at(Place { region: Some("us-iso-west-1"), ..HOME }, &isolated);
    assert!(matches!(&findings.warnings[..], [warning] if warning.contains("`customRoleArn`")), "{findings:?}");
    let mut unknown = rule(&[url]);
    unknown.insert(CUSTOM_ROLE_ARN.to_owned(), Value::UNKNOWN);
    assert_eq!(found_at(HOME, &unknown), Findings::default());
}

#[test]
fn a_registry_of_another_partition_is_out_of_reach() {
    let url = (UPSTREAM_REGISTRY_URL, "210987654321.dkr.ecr.cn-north-1.amazonaws.com.cn");
    let findings = found(&[url, (CUSTOM_ROLE_ARN, ROLE)]);
    assert!(matches!(&findings.warnings[..], [warning] if warning.contains("another partition")), "{findings:?}");
    assert_eq!(found_at(Place::default(), &rule(&[url])), Findings::default(), "it is not known where the rule is");
}

#[test]
fn a_secret_or_role_that_lies_elsewhere_is_warned_of() {
    let docker = (UPSTREAM_REGISTRY_URL, "registry-1.docker.io");
    let other_account = SECRET.replace("123456789012", "210987654321");
    let other_region = SECRET.replace("us-east-1", "eu-west-1");
    for (settings, what) in [
        (vec![docker, (CREDENTIAL_ARN, other_account.as_str())], "is in account 210987654321"),
        (vec![docker, (CREDENTIAL_ARN, other_region.as_str())], "is in eu-west-1, but the rule in us-east-1"),
        (vec![docker, (CREDENTIAL_ARN, SECRET), (REGION, "us-west-2")], "is in us-east-1, but the rule in us-west-2"),
        (vec![(CUSTOM_ROLE_ARN, &ROLE.replace("123456789012", "210987654321"))], "the role of `customRoleArn`"),
    ] {
        let findings = found(&settings);
        assert_eq!(findings.failures, []);
        assert!(matches!(&findings.warnings[..], [warning] if warning.contains(what)), "{what}: {findings:?}");
    }
    let same = found(&[docker, (CREDENTIAL_ARN, other_region.as_str()), (REGION, "eu-west-1")]);
    assert_eq!(same, Findings::default());
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let findings = found(&[
        (ECR_REPOSITORY_PREFIX, ROOT),
        (UPSTREAM_REPOSITORY_PREFIX, "team"),
        (UPSTREAM_REGISTRY_URL, "ghcr.io"),
        (REGION, "cn-north-1"),
    ]);
    let names: Vec<_> = findings.failures.iter().map(|failure| failure.property.as_str()).collect();
    assert_eq!(names, [UPSTREAM_REPOSITORY_PREFIX, REGION, CREDENTIAL_ARN]);
}
