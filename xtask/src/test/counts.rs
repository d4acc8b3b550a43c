//! How many tests a runner says it ran.

/// How many tests passed, failed, or were passed over.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) passed: usize,
    pub(super) failed: usize,
    pub(super) skipped: usize,
}

impl Counts {
    pub(super) const ONE_PASSED: Self = Self { passed: 1, failed: 0, skipped: 0 };
    pub(super) const ONE_FAILED: Self = Self { passed: 0, failed: 1, skipped: 0 };

    pub(super) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// A test runner's dialect.
#[derive(Clone, Copy)]
pub(super) struct Dialect {
    /// Whether it reports on standard error rather than on standard output.
    pub(super) on_stderr: bool,
    /// Adds what a line says, if it says anything.
    pub(super) count: fn(&mut Counts, &str),
}

/// `cargo test`: one line per test binary.
pub(super) const CARGO_TEST: Dialect = Dialect { on_stderr: false, count: count_cargo_test };

/// Python's `unittest --verbose`: one line of total, one line of verdict.
pub(super) const UNITTEST: Dialect = Dialect { on_stderr: true, count: count_unittest };

/// `go test -v`: one line per test, indented if it is part of another.
pub(super) const GO_TEST: Dialect = Dialect { on_stderr: false, count: count_go_test };

/// `test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s`
fn count_cargo_test(counts: &mut Counts, line: &str) {
    let Some((_, rest)) = line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")) else {
        return;
    };
    for part in rest.split("; ") {
        match part.split_once(' ').map(|(number, what)| (number.parse::<usize>(), what)) {
            Some((Ok(number), "passed")) => counts.passed += number,
            Some((Ok(number), "failed")) => counts.failed += number,
            Some((Ok(number), "ignored")) => counts.skipped += number,
            _ => {}
        }
    }
}

/// `Ran 12 tests in 0.345s`, then `OK`, `OK (skipped=1)` or `FAILED (failures=1, errors=2)`.
fn count_unittest(counts: &mut Counts, line: &str) {
    if let Some(rest) = line.strip_prefix("Ran ") {
        counts.passed += rest.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0);
        return;
    }
    let verdict = line.strip_prefix("FAILED (").or_else(|| line.strip_prefix("OK ("));
    for part in verdict.unwrap_or_default().trim_end_matches(')').split(", ") {
        let Some((what, Ok(number))) = part.split_once('=').map(|(what, number)| (what, number.parse::<usize>()))
        else {
            continue;
        };
        // Every one of them is among those that ran.
        counts.passed = counts.passed.saturating_sub(number);
        match what {
            "skipped" => counts.skipped += number,
            // A test that was to fail and did.
            "expected failures" => counts.passed += number,
            _ => counts.failed += number,
        }
    }
}

/// `--- PASS: TestOne (0.31s)`, or `FAIL` or `SKIP`.
fn count_go_test(counts: &mut Counts, line: &str) {
    match line.strip_prefix("--- ").and_then(|rest| rest.split_once(':')) {
        Some(("PASS", _)) => counts.passed += 1,
        Some(("FAIL", _)) => counts.failed += 1,
        Some(("SKIP", _)) => counts.skipped += 1,
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(dialect: Dialect, output: &str) -> (usize, usize, usize) {
        let mut counts = Counts::default();
        for line in output.lines() {
            (dialect.count)(&mut counts, line);
        }
        (counts.passed, counts.failed, counts.skipped)
    }

    #[test]
    fn cargo_test_is_summed_over_its_binaries() {
        let output = "running 3 tests\ntest a ... ok\n\
            test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.31s\n\
            test result: FAILED. 1 passed; 2 failed; 1 ignored; 0 measured; 5 filtered out; finished in 0.00s\n";
        assert_eq!(counted(CARGO_TEST, output), (4, 2, 1));
        assert_eq!(counted(CARGO_TEST, "error: could not compile `x`"), (0, 0, 0));
    }

    #[test]
    fn unittest_is_counted_in_all_its_verdicts() {
        assert_eq!(counted(UNITTEST, "Ran 1 test in 0.1s\n\nOK"), (1, 0, 0));
        assert_eq!(counted(UNITTEST, "Ran 9 tests in 0.1s\n\nFAILED (failures=1, errors=2)"), (6, 3, 0));
        assert_eq!(counted(UNITTEST, "Ran 9 tests in 0.1s\n\nOK (skipped=4)"), (5, 0, 4));
        assert_eq!(counted(UNITTEST, "Ran 9 tests in 0.1s\n\nOK (expected failures=1)"), (9, 0, 0));
    }

    #[test]
    fn go_test_is_counted_by_whole_tests() {
        let output = "=== RUN   TestOne\n--- PASS: TestOne (0.31s)\n    --- PASS: TestOne/part (0.30s)\n\
            --- FAIL: TestTwo (1.00s)\n--- SKIP: TestThree (0.00s)\nFAIL\nok  \tmodule\t69.031s\n";
        assert_eq!(counted(GO_TEST, output), (1, 1, 1));
        assert_eq!(counted(GO_TEST, "FAIL\tmodule [build failed]"), (0, 0, 0));
    }
}
