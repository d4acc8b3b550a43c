use proptest::{prelude::*, string::string_regex};
use regex_lite::Regex;

use super::*;

/// The API model's pattern, word for word.
const PATTERN: &str = r"^([a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\/?|ROOT)$";

fn model_accepts(text: &str) -> bool {
    thread_local!(static MODEL: Regex = Regex::new(PATTERN).unwrap());
    (2..=30).contains(&text.chars().count()) && MODEL.with(|model| model.is_match(text))
}

fn problem(text: &str) -> String {
    validate(text).unwrap_err().to_string()
}

/// Texts that the pattern matches.
fn matching() -> impl Strategy<Value = String> {
    let group = "[a-z0-9]{1,3}((\\.|_|__|-{1,3})[a-z0-9]{1,3}){0,2}";
    string_regex(&format!("{group}(/{group}){{0,2}}/?|ROOT")).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_the_model_accepts_is_accepted(text in matching()) {
        prop_assume!((2..=30).contains(&text.len()));
        prop_assert!(model_accepts(&text));
        prop_assert_eq!(validate(&text), Ok(()));
    }

    #[test]
    fn any_text_is_accepted_exactly_if_the_model_accepts_it(text in "[a0._\\-/ROTé A]{0,12}") {
        prop_assert_eq!(validate(&text).is_ok(), model_accepts(&text));
    }

    #[test]
    fn at_either_limit_of_length_a_text_is_accepted_exactly_if_the_model_accepts_it(
        text in prop_oneof!["[a0._/-]{0,3}", "[a-z0-9/]{28,32}", "[aé]{28,32}", "a{28,30}[a/.]{0,2}"]
    ) {
        prop_assert_eq!(validate(&text).is_ok(), model_accepts(&text), "{}", text);
    }

    #[test]
    fn a_text_near_a_good_one_is_accepted_exactly_if_the_model_accepts_it(
        text in matching(), at in any::<prop::sample::Index>(), put in "[a0._\\-/RA é]{0,2}", remove in any::<bool>()
    ) {
        let mut characters: Vec<char> = text.chars().collect();
        let at = at.index(characters.len());
        let end = if remove { at + 1 } else { at };
        characters.splice(at..end, put.chars());
        let text: String = characters.into_iter().collect();
        prop_assert_eq!(validate(&text).is_ok(), model_accepts(&text), "{}", text);
    }

    #[test]
    fn up_to_the_position_named_a_text_is_the_beginning_of_a_good_one(text in "[a0._\\-/é A]{2,12}") {
        if let Err((position, _)) = grammar(&text) {
            let characters: Vec<char> = text.chars().collect();
            prop_assert!((1..=characters.len()).contains(&position));
            let before: String = characters[..position - 1].iter().collect();
            let continued = format!("{before}a");
            prop_assert!(before.is_empty() || grammar(&before).is_ok() || grammar(&continued).is_ok());
            // And what stands there is at fault: nothing that begins with it is good unless more follows.
            let upto: String = characters[..position].iter().collect();
            let separator = "._-/".contains(characters[position - 1]);
            prop_assert!(separator || grammar(&upto).is_err());
        }
    }

    #[test]
    fn what_is_suggested_for_a_bad_prefix_is_good(text in "[a0._\\-/RA \"é:*]{0,33}") {
        if let Some(meant) = validate(&text).err().and_then(|invalid| invalid.meant) {
            prop_assert_eq!(validate(&meant), Ok(()), "{} for {}", meant, text);
        }
    }

    #[test]
    fn the_forms_compared_are_alike_exactly_with_and_without_a_slash(a in matching(), b in matching()) {
        let bare = |text: &str| text.trim_end_matches('/').to_owned();
        prop_assert_eq!(canonical(&a) == canonical(&b), bare(&a) == bare(&b));
        prop_assert_eq!(canonical(&a), canonical(canonical(&a).unwrap()));
    }
}

#[test]
fn the_table_of_the_reference_holds() {
    let thirty = "x".repeat(30);
    for good in [
        "ecr-public",
        "ecr-public/",
        "a/b",
        "docker.io",
        "thirdparty/registry.k8s.io",
        "root",
        "root/",
        "12",
        "a/",
        &thirty,
        "ROOT",
        "a__b",
        "a--b",
        "a-----b",
        "tf-test/0123456789012345678901",
    ] {
        assert_eq!(validate(good), Ok(()), "{good}");
        assert!(model_accepts(good), "{good}");
    }
    let too_long = "x".repeat(31);
    for bad in [
        "a___b", "a..b", "a.-b", "a_-b", "-ab", "ab-", "ab_", "ab.", "/ab", "ab//", "ab//cd", "ab-/", "team/_x",
        "ROOT/", "Root", "ab cd", "ab:cd", "abé", "ab\n", "a\tb", "", "a", "/", "ROOT/x", "AB", &too_long,
    ] {
        assert!(validate(bad).is_err(), "{bad}");
        assert!(!model_accepts(bad), "{bad}");
    }
}

#[test]
fn the_length_is_told_as_terraform_tells_it() {
    assert!(problem("a").contains("expected length to be in the range (2 - 30), got 1"), "{}", problem("a"));
    let long = "é".repeat(31);
    assert!(problem(&long).contains("got 31"), "characters count, not bytes");
}

#[test]
fn what_is_wrong_is_named_with_its_position() {
    for (text, what, position) in [
        ("-ab", "begins with the separator `-`", 1),
        ("/ab", "begins with the separator `/`", 1),
        ("ab-", "ends with the separator `-`", 3),
        ("ab__", "ends with the separator `__`", 3),
        ("ab.", "ends with the separator `.`", 3),
        ("a___b", "`___`", 2),
        ("a..b", "`..`", 2),
        ("a.-b", "`.-`", 2),
        ("ab//", "`//`", 3),
        ("ab//cd", "`//`", 3),
        ("ab-/", "`-/`", 3),
        ("team/_x", "`/_`", 5),
        ("ab cd", "has a space", 3),
        ("ab:cd", "has `:`", 3),
        ("abé", "has `é`", 3),
        ("éa.B", "has `é`", 1),
        ("a\tb", "has a tab (U+0009)", 2),
        ("a\u{a0}b", "has the character U+00A0", 2),
        ("teamA", "has `A` (capitals are not allowed)", 5),
        ("a.B", "has `B` (capitals are not allowed)", 3),
        ("a_b é", "has a space", 4),
    ] {
        let problem = problem(text);
        assert!(problem.contains(what), "{text}: {problem}");
        assert!(problem.contains(&format!("at position {position};")), "{text}: {problem}");
        assert!(problem.contains("lower-case letters and digits"), "the rule is told: {problem}");
    }
}

#[test]
fn a_good_prefix_is_suggested_where_it_takes_no_guessing() {
    for (text, meant) in [
        ("Team/App_", Some("team/app")),
        ("ab-", Some("ab")),
        ("ab//cd", Some("ab/cd")),
        ("team/_x", Some("team/x")),
        ("a..b", Some("a.b")),
        ("a___b", Some("a_b")),
        ("a.-b", Some("a-b")),
        ("my team", Some("my-team")),
        ("quay/*", Some("quay")),
        ("quay\n", Some("quay")),
        ("\"quay\"", Some("quay")),
        ("Root", Some("ROOT")),
        ("ROOT\n", Some("ROOT")),
        ("123456789012.dkr.ecr.us-east-1.amazonaws.com/quay/x", Some("quay/x")),
        (&format!("{}/", "x".repeat(30)), Some("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")),
        ("caché", None),
        ("a\tb", None),
        ("--", None),
        ("a", None),
        (&"x".repeat(31), None),
    ] {
        assert_eq!(validate(text).unwrap_err().meant.as_deref(), meant, "{text}");
    }
}

#[test]
fn nearly_root_is_told_how_root_is_written() {
    for text in ["Root", "ROOT/", "rOOT", "ROOT//", "Root/"] {
        let problem = problem(text);
        let expected =
            format!("`{text}` is not the same as `ROOT`, which is written in capitals and without a slash; ");
        assert!(problem.starts_with(&expected) && problem.ends_with("; did you mean `ROOT`?"), "{problem}");
    }
    assert_eq!((validate("root"), validate("root/")), (Ok(()), Ok(())), "an ordinary prefix");
}

#[test]
fn an_upstream_prefix_is_nothing_where_it_is_root() {
    for (text, expected) in [
        ("ROOT", None),
        ("", None),
        ("/", None),
        ("team", Some("team")),
        ("team/", Some("team")),
        ("root", Some("root")),
    ] {
        assert_eq!(canonical_upstream(text), expected, "{text}");
    }
    assert_eq!(canonical("ROOT"), Some("ROOT"), "a rule's own prefix may be it");
}
