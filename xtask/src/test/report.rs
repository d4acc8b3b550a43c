//! What became of each step, and of all together.

use std::fmt;
use std::time::{Duration, Instant};

use harness::Result;

use super::counts::Counts;
use crate::terminal::heading;

/// What became of the steps so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    step: &'static str,
    took: Duration,
    counts: Counts,
    problem: Option<String>,
}

impl Report {
    /// Adds a step that began at `started` and has just ended.
    pub(super) fn add(&mut self, step: &'static str, started: Instant, result: Result<Counts>) {
        let took = started.elapsed();
        let (counts, problem) = match result {
            // Passed over is not passed.
            Ok(counts) if counts.skipped > 0 => (
                Counts { failed: counts.failed + counts.skipped, ..counts },
                Some(format!("{} skipped", counts.skipped)),
            ),
            Ok(counts) => (counts, None),
            Err(error) => (Counts::ONE_FAILED, Some(error.to_string())),
        };
        if let Some(problem) = &problem {
            println!("{step}: {problem}");
        }
        println!("{step}: {:.1} s", took.as_secs_f64());
        self.lines.push(Line { step, took, counts, problem });
    }

    /// Prints the summary, and says whether all is well.
    pub(super) fn print(&self) -> bool {
        heading("summary");
        println!("{}", self.summary());
        self.total().failed == 0
    }

    fn total(&self) -> Counts {
        let mut total = Counts::default();
        for line in &self.lines {
            total.add(line.counts);
        }
        total
    }

    fn summary(&self) -> String {
        let Counts { passed, failed, .. } = self.total();
        let total = format!("{passed} passed, {failed} failed");
        self.lines.iter().map(ToString::to_string).chain([total]).collect::<Vec<_>>().join("\n")
    }
}

impl fmt::Display for Line {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { step, took, counts: Counts { passed, failed, .. }, problem } = self;
        let (verdict, seconds) = (if *failed == 0 { "ok" } else { "FAILED" }, took.as_secs_f64());
        write!(out, "{verdict:<7} {step:<12} {passed:>4} passed {failed:>3} failed {seconds:>7.1} s")?;
        // The rest of a long problem was shown where it came up.
        match problem.iter().find_map(|problem| problem.lines().next()) {
            Some(first) => write!(out, "  {first}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use harness::Error;

    #[test]
    fn the_last_line_is_the_sum() {
        let mut report = Report::default();
        report.add("fmt", Instant::now(), Ok(Counts::ONE_PASSED));
        report.add("unit", Instant::now(), Ok(Counts { passed: 40, failed: 2, skipped: 0 }));
        report.add("e2e", Instant::now(), Err(Error::new("no test was run")));
        let summary = report.summary();
        assert_eq!(summary.lines().last(), Some("41 passed, 3 failed"));
        assert!(summary.contains("no test was run"), "{summary}");
    }

    #[test]
    fn skipped_tests_count_as_failed() {
        let mut report = Report::default();
        report.add("unit", Instant::now(), Ok(Counts { passed: 5, failed: 0, skipped: 1 }));
        assert_eq!(report.summary().lines().last(), Some("5 passed, 1 failed"));
    }
}
