//! Repository prefixes: the grammar of the ECR API, with errors that say where a value breaks it. Pure.
//!
//! The API model's pattern (2026), of 2 to 30 characters:
//! `^([a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\/?|ROOT)$`

use crate::pulumi::{
    property::Invalid,
    text::{bare, named},
};

/// Every repository that has no rule of its own (as a rule's prefix), or every upstream repository (as an upstream prefix).
pub(super) const ROOT: &str = "ROOT";

const RULE: &str = "a prefix has 2 to 30 characters and is `ROOT`, or lower-case letters and digits with a single `.`, one or two \
                    `_`, or any number of `-` between them, in parts separated by a single `/`";

const LENGTH: std::ops::RangeInclusive<usize> = 2..=30;

/// What is wrong with a prefix.
pub(super) fn validate(prefix: &str) -> Result<(), Invalid> {
    if prefix == ROOT {
        return Ok(());
    }
    problem(prefix).map_or(Ok(()), |problem| Err(Invalid::new(problem, RULE).meaning(meant(prefix))))
}

/// The form in which two prefixes are compared: ECR takes `x` for `x/`.
pub(super) fn canonical(prefix: &str) -> Option<&str> {
    let prefix = prefix.strip_suffix('/').unwrap_or(prefix);
    (!prefix.is_empty()).then_some(prefix)
}

/// The same for an upstream prefix, where `ROOT` is what ECR takes when there is none.
pub(super) fn canonical_upstream(prefix: &str) -> Option<&str> {
    canonical(prefix).filter(|prefix| *prefix != ROOT)
}

/// What is wrong with a prefix other than `ROOT`.
fn problem(prefix: &str) -> Option<String> {
    let length = prefix.chars().count();
    if !LENGTH.contains(&length) {
        let (least, most) = (LENGTH.start(), LENGTH.end());
        return Some(format!("expected length to be in the range ({least} - {most}), got {length} (`{prefix}`)"));
    }
    if is_nearly_root(prefix) {
        let how = "which is written in capitals and without a slash";
        return Some(format!("`{prefix}` is not the same as `{ROOT}`, {how}"));
    }
    grammar(prefix).err().map(|(position, problem)| format!("{problem} at position {position}"))
}

/// `root` and `root/` are ordinary prefixes.
fn is_nearly_root(prefix: &str) -> bool {
    prefix.trim_end_matches('/').eq_ignore_ascii_case(ROOT) && prefix != "root" && prefix != "root/"
}

/// Where (counted from 1) and how a text breaks the grammar.
fn grammar(prefix: &str) -> Result<(), (usize, String)> {
    let characters: Vec<char> = prefix.chars().collect();
    let mut position = 0;
    while let Some(&character) = characters.get(position) {
        // A run of separators, and what stands on either side of it.
        let run: String = characters.iter().skip(position).take_while(|c| "._-/".contains(**c)).collect();
        if run.is_empty() {
            if !is_word(character) {
                let hint = if character.is_uppercase() { " (capitals are not allowed)" } else { "" };
                return Err((position + 1, format!("has {}{hint}", named(character))));
            }
            position += 1;
            continue;
        }
        let end = position + run.chars().count();
        let at_start = position == 0;
        let at_end = end == characters.len();
        match run.as_str() {
            _ if at_start => {
                return Err((1, format!("begins with the separator {}", named(character))));
            }
            "/" => {}
            _ if at_end && run.chars().all(|c| c != '/') => {
                return Err((position + 1, format!("ends with the separator `{run}`")));
            }
            separator if is_separator(separator) => {}
            slashed if slashed.contains('/') => {
                return Err((
                    position + 1,
                    format!("has a part that is empty or begins or ends with a separator (`{run}`)"),
                ));
            }
            _ => {
                return Err((position + 1, format!("has the separator `{run}`, which is none")));
            }
        }
        position = end;
    }
    Ok(())
}

fn is_word(character: char) -> bool {
    character.is_ascii_lowercase() || character.is_ascii_digit()
}

/// Whether a run of characters may stand between two words.
fn is_separator(run: &str) -> bool {
    matches!(run, "." | "_" | "__") || (!run.is_empty() && run.chars().all(|character| character == '-'))
}

/// The good prefix that a bad one is nearest to, where it takes no guessing.
fn meant(prefix: &str) -> Option<String> {
    let prefix = bare(prefix);
    if is_nearly_root(prefix) || prefix == ROOT {
        return Some(ROOT.to_owned());
    }
    if prefix.chars().any(|character| !character.is_ascii() || character.is_control()) {
        return None;
    }
    // The name of a repository is pulled with the registry before it.
    let path = prefix.split_once('/').filter(|(host, _)| host.contains(".dkr.ecr.")).map_or(prefix, |(_, path)| path);
    let parts: Vec<String> = path.split('/').map(mended).filter(|part| !part.is_empty()).collect();
    let meant = parts.join("/");
    problem(&meant).is_none().then_some(meant)
}

/// A part between slashes, with its words kept and what cannot separate them mended.
fn mended(part: &str) -> String {
    let mut mended = String::new();
    let mut run = String::new();
    for character in part.chars().map(|character| character.to_ascii_lowercase()) {
        if !is_word(character) {
            run.push(if matches!(character, '.' | '_') { character } else { '-' });
            continue;
        }
        if !mended.is_empty() && !run.is_empty() {
            mended.push_str(if is_separator(&run) { &run } else { one_of(&run) });
        }
        run.clear();
        mended.push(character);
    }
    mended
}

/// A separator in the place of several.
fn one_of(run: &str) -> &'static str {
    let is_all = |character| run.chars().all(|other| other == character);
    if is_all('.') {
        "."
    } else if is_all('_') {
        "_"
    } else {
        "-"
    }
}

#[cfg(test)]
mod tests;
