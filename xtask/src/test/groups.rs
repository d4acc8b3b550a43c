//! The conformance suite by its groups.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What was seen of each group. Displayed, it is a line per group.
#[derive(Debug, Default)]
pub(super) struct Groups(BTreeMap<String, Group>);

#[derive(Debug, Default)]
struct Group {
    cases: BTreeSet<String>,
    passed: usize,
    failed: Vec<String>,
}

impl Groups {
    /// Takes note of a line like `test a_check::prefixes::a06_root ... ok`.
    pub(super) fn hear(&mut self, line: &str) {
        let Some((test, verdict)) = line.strip_prefix("test ").and_then(|rest| rest.rsplit_once(" ... ")) else {
            return;
        };
        let (Some((group, _)), Some((_, name))) = (test.split_once("::"), test.rsplit_once("::")) else {
            return;
        };
        let cases = name.split('_').take_while(|part| is_case(part)).map(str::to_uppercase).collect::<Vec<_>>();
        if cases.is_empty() {
            return;
        }
        let seen = self.0.entry(group.to_owned()).or_default();
        seen.cases.extend(cases);
        if verdict == "ok" {
            seen.passed += 1;
        } else {
            seen.failed.push(name.to_owned());
        }
    }
}

/// A letter and two digits.
fn is_case(word: &str) -> bool {
    matches!(word.as_bytes(), [letter, tens, ones]
        if letter.is_ascii_lowercase() && tens.is_ascii_digit() && ones.is_ascii_digit())
}

impl fmt::Display for Groups {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{:<12} {:>5} {:>6} {:>6} {:>6}", "group", "cases", "tests", "passed", "failed")?;
        for (name, Group { cases, passed, failed }) in &self.0 {
            let name = name.replacen('_', " ", 1);
            let (tests, failures) = (passed + failed.len(), failed.len());
            write!(out, "{name:<12} {:>5} {tests:>6} {passed:>6} {failures:>6}", cases.len())?;
            if failures > 0 {
                write!(out, "  {}", failed.join(", "))?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_group_has_a_line() {
        let mut groups = Groups::default();
        for line in [
            "running 5 tests",
            "test a_check::prefixes::a06_root ... ok",
            "test a_check::prefixes::a07_a08_root_misspelt ... FAILED",
            "test b_diff::equal::b01_nothing_changed ... ok",
            "test b_diff::equal::b01_nothing_changed_in_a_state ... ok",
            "test cases::every_listed_case_has_a_test ... ok",
            "test result: FAILED. 4 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.43s",
        ] {
            groups.hear(line);
        }
        let shown = groups.to_string();
        let words = shown.lines().map(|line| line.split_whitespace().collect::<Vec<_>>()).collect::<Vec<_>>();
        assert_eq!(
            words,
            [
                vec!["group", "cases", "tests", "passed", "failed"],
                vec!["a", "check", "3", "2", "1", "1", "a07_a08_root_misspelt"],
                vec!["b", "diff", "1", "2", "2", "0"],
            ]
        );
    }
}
