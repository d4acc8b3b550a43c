//! Repository prefixes: the grammar of the ECR API, with errors that say where a value breaks it. Pure.
//!
//! The API model's pattern (2026), of 2 to 30 characters:
//! `^([a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\/?|ROOT)$`

use crate::pulumi::property::Invalid;

/// Every repository that has no rule of its own (as a rule's prefix), or every upstream repository (as an upstream prefix).
pub(super) const ROOT: &str = "ROOT";

const GRAMMAR: &str = "a prefix is `ROOT`, or lower-case letters and digits with a single `.`, one or two `_`, or any number of \
                       `-` between them, in parts separated by a single `/`";

const LENGTH: std::ops::RangeInclusive<usize> = 2..=30;

/// What is wrong with a prefix.
pub(super) fn validate(prefix: &str) -> Result<(), Invalid> {
    if prefix == ROOT {
        return Ok(());
    }
    let length = prefix.chars().count();
    if !LENGTH.contains(&length) {
        let (least, most) = (LENGTH.start(), LENGTH.end());
        return Err(Invalid::new(
            format!("expected length to be in the range ({least} - {most}), got {length} (`{prefix}`)"),
            format!("a prefix has {least} to {most} characters"),
        ));
    }
    if prefix.trim_end_matches('/').eq_ignore_ascii_case(ROOT) && prefix != "root" && prefix != "root/" {
        return Err(Invalid::new(
            format!("`{prefix}` is not the same as `{ROOT}`"),
            format!(
                "`{ROOT}`, for every repository without a rule of its own, is written in capitals and without a slash"
            ),
        ));
    }
    grammar(prefix).map_err(|(position, problem)| Invalid::new(format!("{problem} at position {position}"), GRAMMAR))
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

/// Where (counted from 1) and how a text breaks the grammar.
fn grammar(prefix: &str) -> Result<(), (usize, String)> {
    let is_word = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit();
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
            "." | "_" | "__" => {}
            dashes if dashes.chars().all(|c| c == '-') => {}
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

/// A character as it can be shown.
fn named(character: char) -> String {
    match character {
        ' ' => "a space".to_owned(),
        character if character.is_control() || character.is_whitespace() => {
            format!("the character U+{:04X}", u32::from(character))
        }
        character => format!("`{character}`"),
    }
}

#[cfg(test)]
mod tests;
