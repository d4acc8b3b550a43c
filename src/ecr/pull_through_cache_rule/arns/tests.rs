use proptest::{prelude::*, sample::select};
use regex_lite::Regex;

use super::*;

/// The API model's pattern, word for word.
const PATTERN: &str =
    r"^arn:aws(-\w+)*:secretsmanager:[a-zA-Z0-9-:]+:secret:ecr\-pullthroughcache\/[a-zA-Z0-9\/_+=.@-]+$";

const SECRET: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/docker-hub-AbCdEf";
const ROLE: &str = "arn:aws:iam::123456789012:role/ecr-pull-through";

fn model_accepts(text: &str) -> bool {
    thread_local!(static MODEL: Regex = Regex::new(PATTERN).unwrap());
    (50..=612).contains(&text.chars().count()) && MODEL.with(|model| model.is_match(text))
}

fn partition() -> impl Strategy<Value = String> {
    "aws(-[a-z0-9_A-Z]{1,4}){0,2}"
}

fn assert_named(problem: Result<(), Invalid>, what: &str) {
    let problem = problem.unwrap_err().to_string();
    assert!(problem.contains("is an invalid ARN: ") && problem.contains(what), "{what}: {problem}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_secret_that_the_model_accepts_is_accepted(
        partition in partition(), region in "[a-zA-Z0-9-]{1,14}", account in "[0-9]{12}", name in "[a-zA-Z0-9/_+=.@-]{1,40}"
    ) {
        let text = format!("arn:{partition}:secretsmanager:{region}:{account}:secret:ecr-pullthroughcache/{name}");
        prop_assert_eq!(validate_credential(&text).is_ok(), model_accepts(&text), "{}", text);
    }

    #[test]
    fn a_text_near_a_good_one_is_accepted_exactly_if_the_model_accepts_it(
        at in any::<prop::sample::Index>(), put in "[a0:/_+=.@ é*-]{0,2}", remove in 0..4_usize
    ) {
        let mut characters: Vec<char> = SECRET.chars().collect();
        let at = at.index(characters.len());
        let end = (at + remove).min(characters.len());
        characters.splice(at..end, put.chars());
        let text: String = characters.into_iter().collect();
        let accepted = validate_credential(&text).is_ok();
        prop_assert!(model_accepts(&text) || !accepted, "{}", text);
        // The one rule beyond the model's, whose colons may stand anywhere: there is a region, and an account of 12 digits.
        thread_local!(static SECTIONS: Regex = Regex::new(":secretsmanager:[a-zA-Z0-9-]+:[0-9]{12}:secret:").unwrap());
        let sections = SECTIONS.with(|sections| sections.is_match(&text));
        prop_assert_eq!(accepted, model_accepts(&text) && sections, "{}", text);
    }

    #[test]
    fn any_text_is_judged_without_panic(text in "(arn:|aws|:|é|secret|role/|[a-z0-9-]{1,5}){0,12}") {
        for (judged, judge) in
            [(validate_credential(&text), credential as fn(&str) -> Result<(), String>), (validate_role(&text), role)]
        {
            let meant = judged.err().and_then(|invalid| invalid.meant);
            prop_assert!(meant.is_none_or(|meant| judge(&meant).is_ok()), "what is suggested is good: {}", text);
        }
    }

    #[test]
    fn a_character_that_a_secrets_name_cannot_have_is_named_where_it_stands(
        before in "[a-z]{0,5}", wrong in select(&[' ', '*', ':', 'é', '~', '!'][..]), after in "[a-z]{0,5}"
    ) {
        let start = "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/";
        let text = format!("{start}{before}{wrong}{after}");
        let position = start.len() + before.len() + 1;
        let problem = validate_credential(&text).unwrap_err().to_string();
        prop_assert!(problem.contains(&format!("has {} at position {position}", named(wrong))), "{}", problem);
    }
}

#[test]
fn secrets_of_every_partition_are_accepted() {
    for partition in ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"] {
        let text = SECRET.replacen("aws", partition, 1);
        assert_eq!(validate_credential(&text), Ok(()), "{text}");
        assert_eq!(validate_role(&ROLE.replacen("aws", partition, 1)), Ok(()));
    }
}

#[test]
fn every_part_of_a_secrets_arn_that_is_wrong_is_named() {
    for (text, what) in [
        ("foo", "arn: invalid prefix"),
        ("ARN:aws:x", "arn: invalid prefix"),
        ("arn:aws:secretsmanager", "not enough sections"),
        (&SECRET.replace("aws:", ":"), "missing partition value"),
        (&SECRET.replace("aws:", "gcp:"), "invalid partition value `gcp`"),
        (&SECRET.replace("secretsmanager", "ssm"), "the service (the third section) is `ssm`"),
        (&SECRET.replace("us-east-1", ""), "`` (the fourth section) cannot be a region"),
        (&SECRET.replace("us-east-1", "us_east_1"), "`us_east_1` (the fourth section) cannot be a region"),
        (&SECRET.replace("123456789012", "123456789"), "invalid account ID value `123456789`"),
        (&SECRET.replace("123456789012", "12345678901x"), "invalid account ID value `12345678901x`"),
        (&SECRET.replace("123456789012", ""), "invalid account ID value ``"),
        ("arn:aws:secretsmanager:us-east-1:123456789012:", "missing resource value"),
        (&SECRET.replace("ecr-pullthroughcache/", "other/"), "secret:ecr-pullthroughcache/"),
        (&SECRET.replace("secret:", "secret/"), "secret:ecr-pullthroughcache/"),
        (&SECRET.replace("docker-hub-AbCdEf", ""), "name ends after `ecr-pullthroughcache/`"),
        (&SECRET.replace("docker-hub-AbCdEf", &"x".repeat(540)), "it has 614 characters, where ECR takes 50 to 612"),
    ] {
        assert_named(validate_credential(text), what);
    }
    let longest = SECRET.replace("docker-hub-AbCdEf", &"x".repeat(538));
    assert_eq!((longest.len(), validate_credential(&longest)), (612, Ok(())));
}

#[test]
fn an_account_of_nine_digits_is_told_the_rule() {
    let problem = validate_credential(&SECRET.replace("123456789012", "123456789")).unwrap_err().to_string();
    assert!(problem.contains("12 digits") && problem.contains("this has 9 characters"), "{problem}");
}

#[test]
fn every_part_of_a_roles_arn_that_is_wrong_is_named() {
    for (text, what) in [
        ("foo", "arn: invalid prefix"),
        (&ROLE.replace(":iam:", ":sts:"), "the service (the third section) is `sts`, not `iam`"),
        (&ROLE.replace("iam::", "iam:us-east-1:"), "the fourth section is `us-east-1`"),
        (&ROLE.replace("123456789012", "12345"), "invalid account ID value `12345`"),
        (&ROLE.replace("role/", "user/"), "the resource `user/ecr-pull-through` (the last section) is not `role/…`"),
        (&ROLE.replace("role/", "role/x/"), ""),
        (&ROLE.replace("ecr-pull-through", ""), "the resource `role/` (the last section) ends without the role's name"),
        (&format!("{ROLE}/"), "ends without the role's name"),
        (&format!("{ROLE}*"), "the role's name has `*` at position 48"),
        (&format!("{ROLE}\n"), "it has a line break (U+000A) at position 48"),
        (&ROLE.replace("ecr-pull-through", &"x".repeat(65)), "the role's name has 65 characters, where IAM takes 64"),
        (&ROLE.replace("ecr-pull-through", &"x".repeat(2048)), "it has 2079 characters, where ECR takes 2048 at most"),
    ] {
        if what.is_empty() {
            assert_eq!(validate_role(text), Ok(()), "a path is a part of a role's name");
        } else {
            assert_named(validate_role(text), what);
        }
    }
    assert_eq!(validate_role(ROLE), Ok(()));
    assert_eq!(validate_role(&ROLE.replace("ecr-pull-through", &"x".repeat(64))), Ok(()));
}

#[test]
fn the_name_of_a_secret_in_the_place_of_its_arn_is_told_apart() {
    for name in ["ecr-pullthroughcache/hub", "secret:ecr-pullthroughcache/hub-AbCdEf"] {
        assert_named(validate_credential(name), "this is the name of a secret, and its ARN is wanted");
    }
    assert_eq!(
        validate_credential(SECRET.strip_suffix("-AbCdEf").unwrap()),
        Ok(()),
        "the API takes it without the end"
    );
}

#[test]
fn what_stands_around_an_arn_is_taken_off_for_a_suggestion() {
    let meant = |judged: Result<(), Invalid>| judged.unwrap_err().meant;
    for (before, after) in [(" ", ""), ("", "\n"), ("\"", "\""), ("'", "'\r\n")] {
        assert_eq!(meant(validate_credential(&format!("{before}{SECRET}{after}"))).as_deref(), Some(SECRET));
        assert_eq!(meant(validate_role(&format!("{before}{ROLE}{after}"))).as_deref(), Some(ROLE));
    }
    assert_eq!(meant(validate_credential("\"foo\"")), None);
}

#[test]
fn the_role_of_a_session_is_told_where_it_can_be_known_but_for_its_path() {
    let session = "arn:aws:sts::123456789012:assumed-role/ecr-pull-through/me@example.com";
    for text in [session.to_owned(), format!("{session}\n")] {
        let invalid = validate_role(&text).unwrap_err();
        assert!(invalid.problem.ends_with(&format!("; the role may be `{ROLE}`")), "{invalid}");
        assert_eq!(invalid.meant, None, "a session does not tell the path of its role");
    }
    for session in [
        "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/me@example.com",
        "arn:aws:sts::123456789012:assumed-role/ecr-pull-through",
        "arn:aws:sts::12345:assumed-role/ecr-pull-through/me",
        "arn:aws:sts::123456789012:federated-user/me",
    ] {
        let invalid = validate_role(session).unwrap_err();
        assert!(!invalid.to_string().contains("may be"), "{invalid}");
    }
}
