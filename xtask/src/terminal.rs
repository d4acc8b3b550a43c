//! Headings, in bold where the terminal can.

use std::env;
use std::io::{self, IsTerminal};

/// Prints a heading, set off from what came before.
pub(crate) fn heading(text: &str) {
    println!("\n{}", bold(&format!("== {text}")));
}

/// Prints a line that explains what follows.
pub(crate) fn note(text: &str) {
    println!("   {text}");
}

fn bold(text: &str) -> String {
    if io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none() {
        format!("\x1b[1m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}
