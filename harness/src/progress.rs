//! Lines that tell a person what takes so long.

use std::io::{self, Write};

/// Writes one line to standard error. Not `eprintln!`: inside a test that would be held back until the test ends.
pub(crate) fn say(line: &str) {
    // Nobody listening is no reason to fail.
    let _ = writeln!(io::stderr().lock(), "[harness] {line}");
}
