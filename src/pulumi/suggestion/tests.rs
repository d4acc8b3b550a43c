use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn the_distance_is_a_metric(a in "[abcé]{0,6}", b in "[abcé]{0,6}", c in "[abcé]{0,6}") {
        prop_assert_eq!(distance(&a, &b), distance(&b, &a));
        prop_assert_eq!(distance(&a, &b) == 0, a == b);
        prop_assert!(distance(&a, &c) <= distance(&a, &b) + distance(&b, &c));
    }

    #[test]
    fn a_known_name_is_nearest_to_itself_in_any_case(name in "[a-z]{1,10}", others in prop::collection::vec("[a-z]{1,10}", 0..4)) {
        let known = others.iter().map(String::as_str).chain([name.as_str()]);
        let given = name.to_uppercase();
        prop_assert_eq!(nearest(&given, known), Some(name.as_str()));
    }

    #[test]
    fn one_typing_error_in_a_name_of_three_letters_or_more_is_forgiven(name in "[a-m]{3,10}", at in 0..10_usize) {
        let at = at % name.len();
        let changed = format!("{}z{}", &name[..at], &name[at + 1..]);
        prop_assert_eq!(nearest(&changed, [name.as_str(), "zzzzzzzzzzzzzzzzzzzzzzzz"].into_iter()), Some(name.as_str()));
    }
}

#[test]
fn distance_counts_edits() {
    for (from, to, expected) in
        [("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("ABC", "abc", 0), ("ab", "ba", 2)]
    {
        assert_eq!(distance(from, to), expected, "{from:?} to {to:?}");
    }
}

#[test]
fn only_a_near_name_is_suggested() {
    let known = ["credentialArn", "customRoleArn", "region"];
    assert_eq!(nearest("credentialsArn", known.into_iter()), Some("credentialArn"));
    assert_eq!(nearest("credential_arn", known.into_iter()), Some("credentialArn"));
    assert_eq!(nearest("Region", known.into_iter()), Some("region"));
    assert_eq!(nearest("tags", known.into_iter()), None);
    assert_eq!(nearest("region", std::iter::empty()), None);
}
