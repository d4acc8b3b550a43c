use proptest::{prelude::*, sample::select};

use super::*;

fn full() -> Rule {
    Rule {
        ecr_repository_prefix: "team".to_owned(),
        upstream_registry_url: "cgr.dev".to_owned(),
        credential_arn: Some("arn:credential".to_owned()),
        custom_role_arn: Some("arn:role".to_owned()),
        upstream_repository_prefix: Some("org".to_owned()),
        registry_id: Some("123456789012".to_owned()),
    }
}

fn rule() -> impl Strategy<Value = Rule> {
    let text = |choices: &'static [&'static str]| select(choices).prop_map(str::to_owned);
    let optional = move |choices| proptest::option::of(text(choices));
    (
        text(&["a", "a/", "b"]),
        text(&["quay.io", "ghcr.io"]),
        optional(&["arn:1", "arn:2"]),
        optional(&["arn:3", "arn:4"]),
        optional(&["ROOT", "x", "x/"]),
        optional(&["123456789012"]),
    )
        .prop_map(|(prefix, url, credential, role, upstream, registry_id)| Rule {
            ecr_repository_prefix: prefix,
            upstream_registry_url: url,
            credential_arn: credential,
            custom_role_arn: role,
            upstream_repository_prefix: upstream,
            registry_id,
        })
}

proptest! {
    #[test]
    fn what_inputs_ask_for_comes_out_again(rule in rule()) {
        let inputs = rule.clone().outputs("us-east-1");
        let wanted = Rule::wanted(&inputs).unwrap();
        prop_assert_eq!(&wanted, &Rule { registry_id: None, ..rule.clone() });
        prop_assert!(wanted.does_the_same_as(&rule));
        prop_assert_eq!(inputs.get(REGION), Some("us-east-1"));
        prop_assert_eq!(inputs.get(REGISTRY_ID), rule.registry_id.as_deref());
    }

    #[test]
    fn doing_the_same_is_mutual(a in rule(), b in rule()) {
        prop_assert!(a.does_the_same_as(&a));
        prop_assert_eq!(a.does_the_same_as(&b), b.does_the_same_as(&a));
    }

    #[test]
    fn an_answer_without_anything_changes_nothing(rule in rule()) {
        let created = Rule::created(rule.clone(), CreatePullThroughCacheRuleOutput::builder().build());
        prop_assert_eq!(created, Rule { registry_id: None, ..rule });
    }
}

#[test]
fn spelling_and_account_make_no_difference_to_what_a_rule_does() {
    let with = |change: fn(&mut Rule)| {
        let mut rule = full();
        change(&mut rule);
        rule
    };
    for same in [
        with(|rule| rule.ecr_repository_prefix = "team/".to_owned()),
        with(|rule| rule.upstream_repository_prefix = Some("org/".to_owned())),
        with(|rule| rule.registry_id = None),
    ] {
        assert!(full().does_the_same_as(&same), "{same:?}");
    }
    for other in [
        with(|rule| rule.ecr_repository_prefix = "teams".to_owned()),
        with(|rule| rule.upstream_registry_url = "ghcr.io".to_owned()),
        with(|rule| rule.upstream_repository_prefix = Some("ROOT".to_owned())),
        with(|rule| rule.upstream_repository_prefix = None),
    ] {
        assert!(!full().caches_the_same_as(&other) && !full().does_the_same_as(&other), "{other:?}");
    }
    for other in
        [with(|rule| rule.credential_arn = None), with(|rule| rule.custom_role_arn = Some("arn:other".to_owned()))]
    {
        assert!(full().caches_the_same_as(&other) && !full().does_the_same_as(&other), "{other:?}");
    }
    let root = |prefix: Option<&str>| Rule { upstream_repository_prefix: prefix.map(str::to_owned), ..full() };
    assert!(root(None).does_the_same_as(&root(Some("ROOT"))) && root(Some("")).does_the_same_as(&root(None)));
}

#[test]
fn what_ecr_says_of_a_new_rule_counts() {
    let answer = CreatePullThroughCacheRuleOutput::builder()
        .ecr_repository_prefix("team/")
        .upstream_repository_prefix("ROOT")
        .registry_id("210987654321")
        .build();
    let created = Rule::created(full(), answer);
    assert_eq!(created.ecr_repository_prefix, "team/");
    assert_eq!(created.upstream_repository_prefix.as_deref(), Some("ROOT"));
    assert_eq!(created.registry_id.as_deref(), Some("210987654321"));
    assert_eq!(created.credential_arn, full().credential_arn);
}

#[test]
fn empty_strings_of_ecr_are_nothing() {
    let reported =
        PullThroughCacheRule::builder().ecr_repository_prefix("a").credential_arn("").registry_id("").build();
    let rule = Rule::from(reported);
    assert_eq!((rule.credential_arn.as_deref(), rule.registry_id.as_deref()), (None, None));
    let outputs = rule.outputs("us-east-1");
    let names: Vec<_> = outputs.iter().map(|(name, _)| name).collect();
    assert_eq!(names, [ECR_REPOSITORY_PREFIX, REGION], "what is not set is not among the outputs");
}

#[test]
fn a_rule_needs_a_prefix_and_an_upstream() {
    for missing in [ECR_REPOSITORY_PREFIX, UPSTREAM_REGISTRY_URL] {
        let inputs = full().outputs("us-east-1");
        let inputs = inputs.iter().filter(|(name, _)| *name != missing).collect();
        assert_eq!(Rule::wanted(&inputs).unwrap_err().message, format!("`{missing}` is not set"));
    }
}
