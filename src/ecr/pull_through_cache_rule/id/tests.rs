use proptest::{prelude::*, sample::select};

use super::*;

fn reason(id: &str) -> String {
    parse(id, "us-east-1").unwrap_err().message
}

/// The ids that a message proposes.
fn proposed(message: &str) -> Vec<&str> {
    let behind =
        |words: &str| message.split(words).skip(1).filter_map(|rest| rest.split('`').next()).collect::<Vec<_>>();
    ["did you mean `", "may be `", "as in `", "is like `"].into_iter().flat_map(behind).collect()
}

/// Regions that a provider may work in, of several partitions.
fn own_region() -> impl Strategy<Value = &'static str> {
    select(&["us-east-1", "eu-west-1", "cn-north-1", "us-gov-west-1", "us-iso-east-1", "us-isob-east-1"][..])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_prefix_is_an_id_with_a_region_and_without(
        prefix in "([a-z0-9]{1,3}(\\.dkr\\.ecr\\.[a-z]{1,2}|[._-][a-z0-9]{1,3})?(/[a-z0-9]{1,4}){0,2}/?|arn|[0-9]{12}/[a-z]{1,4}|ROOT)",
        own_region in own_region(),
    ) {
        prop_assume!(prefix::validate(&prefix).is_ok());
        prop_assert_eq!(parse(&prefix, own_region).unwrap(), (prefix.as_str(), None));
        let with_region = format!("{prefix}@{own_region}");
        prop_assert_eq!(parse(&with_region, own_region).unwrap(), (prefix.as_str(), Some(own_region)));
    }

    #[test]
    fn every_id_that_is_proposed_is_one(
        before in "(|[ '\"]|123456789012[:/]|arn:aws(-cn)?:ecr:(us-east-1|cn-north-1|Moon)?:123456789012:repository/\
                   |123456789012\\.dkr\\.ecr\\.(us-east-1|cn-north-1|)\\.amazonaws\\.com/)",
        name in "([Qq]uay|ROOT|Root|x|[a-z]{2}/?|é|\u{b0}|[a-z]{3}[ !:/@-][A-Za-z]{0,3}|)(/[a-z/]{1,30}|:v1)?",
        after in "(|@|@[a-z@]{1,3}|@(us-east-1|US-EAST-1|cn-north-1|cn_north_1|eu-west-1a|us-gov-west-1)[ '\"\n]?)",
        own_region in own_region(),
    ) {
        let id = format!("{before}{name}{after}");
        if let Err(error) = parse(&id, own_region) {
            // What the user gave is quoted at the beginning, and may have any words.
            for proposed in proposed(&error.message.replacen(&id, "", 1)) {
                prop_assert!(parse(proposed, own_region).is_ok(), "{} from {} for {:?}: {}", proposed, own_region, id, error.message);
            }
        }
    }
}

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn a_prefix_may_have_a_region_behind_it() {
    assert_eq!(parse("team/quay/", "us-east-1").unwrap(), ("team/quay/", None));
    assert_eq!(parse("ROOT@eu-west-1", "us-east-1").unwrap(), ("ROOT", Some("eu-west-1")));
    // Twelve digits may be a prefix.
    assert_eq!(parse("123456789012/quay", "us-east-1").unwrap(), ("123456789012/quay", None));
}

#[test]
fn an_example_is_of_another_region_of_the_partition() {
    for (own_region, example) in [("eu-west-1", "us-west-2"), ("cn-north-1", "cn-northwest-1")] {
        for id in ["", "@", "quay@"] {
            let message = parse(id, own_region).unwrap_err().message;
            assert!(message.contains(&format!("`quay@{example}`")), "{message}");
        }
    }
}

#[test]
fn only_a_first_part_that_can_be_a_prefix_is_proposed() {
    assert!(!reason("arn:aws:ecr:us-east-1:123456789012:repository/x").contains("its id may be"));
    assert!(reason("arn:aws:ecr:us-east-1:123456789012:repository/quay").contains("its id may be `quay`"));
    assert!(!reason("a/repository-with-quite-a-long-name").contains("may be `a`"));
    assert!(reason("quay/prometheus:v1@eu-west-1").ends_with("whose id may be `quay@eu-west-1`"));
}

#[test]
fn a_proposal_that_would_be_refused_is_left_out() {
    for (id, told) in [
        ("@", "it names no prefix before the `@`; a whole id is like `quay@eu-west-1`"),
        ("@foo@bar", "it names no prefix before the `@`; a whole id is like `quay@eu-west-1`"),
        ("123456789012:Quay!", "there is no account in an id"),
        ("arn:aws:ecr::123456789012:repository/quay", "this one names the repository `quay`"),
        ("arn:aws-cn:ecr:cn-north-1:123456789012:repository/quay", "this one names the repository `quay`"),
        ("123456789012.dkr.ecr./quay", "it is the address of a repository"),
    ] {
        assert!(reason(id).ends_with(told), "{}", reason(id));
    }
    let reason = reason("Foo Bar@");
    assert!(reason.contains("has `F` (capitals are not allowed) at position 1"), "{reason}");
    assert_eq!(proposed(&reason), [] as [&str; 0]);
}

#[test]
fn a_slip_is_mended_and_nothing_is_guessed() {
    for (id, meant) in [
        (" quay\n", "quay"),
        ("\"quay\"@eu-west-1", "quay@eu-west-1"),
        ("quay @eu-west-1", "quay@eu-west-1"),
        ("Team/Quay", "team/quay"),
        ("quay//", "quay"),
        ("Root", "ROOT"),
        ("ROOT/", "ROOT"),
        ("\"quay@eu-west-1\"", "quay@eu-west-1"),
        ("\"quay\"@", "quay"),
        ("quay@EU-WEST-1", "quay@eu-west-1"),
        ("root@eu-west-1a", "root@eu-west-1"),
        ("123456789012:Quay", "quay"),
    ] {
        assert!(reason(id).ends_with(&format!("did you mean `{meant}`?")), "{}", reason(id));
    }
    for id in ["us-east-1:quay", "foo bar", "quay..io"] {
        assert!(!reason(id).contains("did you mean"), "{}", reason(id));
    }
}

#[test]
fn what_is_there_is_told_as_far_as_it_helps() {
    let missing = |prefix: &str, existing: &[&str]| missing(prefix, "the registry", Some(&names(existing)));
    assert!(missing("quay-2/x", &["quay"]).contains("only `quay`"));
    assert!(missing("quay/", &["quarry"]).contains("only `quarry`"), "a slash at the end names nothing below");
    assert!(
        missing("a1/b2/c3", &["a1", "a1/b2/"])
            .ends_with("its id is `a1/b2`; one of another region is imported as `a1/b2/c3@REGION`")
    );
    assert!(missing("quayy@eu-west-1", &["quay"]).contains("did you mean `quay@eu-west-1`?"));
    assert!(missing("quay/x@eu-west-1", &["quay"]).contains("its id is `quay@eu-west-1`"));
    assert!(missing("zz", &["aa", "bb"]).contains("only `aa` and `bb`"));
    assert!(missing("zz", &["aa", "bb", "cc", "dd", "ee", "ff"]).contains("`dd`, `ee` and 1 more"));
}
