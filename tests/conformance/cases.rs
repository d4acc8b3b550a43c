//! The list and the tests go together: no case without a test, no test of a case that nobody wrote down.

use std::{collections::BTreeSet, env, process::Command};

const LIST: &str = include_str!("CASES.md");

/// The ids in the first column of the list's tables.
fn listed() -> BTreeSet<String> {
    let cells = LIST.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" |"));
    cells.map(|(id, _)| id).filter(|id| is_case(id)).map(str::to_lowercase).collect()
}

/// A letter and two digits.
fn is_case(id: &str) -> bool {
    matches!(id.as_bytes(), [b'a'..=b'g' | b'A'..=b'G', tens, ones] if tens.is_ascii_digit() && ones.is_ascii_digit())
}

/// The cases of a test, by its name: `a_check::prefix::a12_a13_two_in_a_row` shows two.
fn shown(test: &str) -> Vec<String> {
    let name = test.rsplit("::").next().unwrap_or(test);
    name.split('_').take_while(|part| is_case(part)).map(str::to_owned).collect()
}

/// The names of all tests of this suite, as its own binary tells them.
fn tests() -> Vec<String> {
    let listing = Command::new(env::current_exe().expect("the path of the tests"))
        .args(["--list", "--format", "terse"])
        .output()
        .expect("the tests list themselves");
    let listing = String::from_utf8(listing.stdout).expect("names are text");
    listing.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect()
}

#[test]
fn every_listed_case_has_a_test() {
    let shown = tests().iter().flat_map(|test| shown(test)).collect::<BTreeSet<_>>();
    let without = listed().difference(&shown).cloned().collect::<Vec<_>>();
    assert!(without.is_empty(), "no test shows {without:?}");
}

#[test]
fn every_test_shows_a_listed_case_of_its_group() {
    let listed = listed();
    for test in tests().iter().filter(|test| !test.starts_with("cases::")) {
        let shown = shown(test);
        assert!(!shown.is_empty(), "{test} names no case");
        for case in shown {
            assert!(listed.contains(&case), "{case} of {test} is not in the list");
            assert_eq!(case.chars().next(), test.chars().next(), "{test} stands in another group");
        }
    }
}
