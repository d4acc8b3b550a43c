//! Texts that others wrote, as a message can show them. Pure.

/// A character by its name or itself, and by its code where it does not tell by its looks which one it is.
pub fn named(character: char) -> String {
    let code = u32::from(character);
    match character {
        ' ' => "a space".to_owned(),
        '\n' | '\r' => format!("a line break (U+{code:04X})"),
        '\t' => format!("a tab (U+{code:04X})"),
        _ if character.is_ascii_graphic() => format!("`{character}`"),
        _ if character.is_alphanumeric() => format!("`{character}` (U+{code:04X})"),
        _ => format!("the character U+{code:04X}"),
    }
}

/// The first character that is not one of some, with its position counted from 1.
pub fn first_other(text: &str, allowed: impl Fn(char) -> bool) -> Option<(usize, char)> {
    text.chars()
        .enumerate()
        .find(|(_, character)| !allowed(*character))
        .map(|(index, character)| (index + 1, character))
}

/// The first white space or control character, with its position counted from 1.
pub fn first_white(text: &str) -> Option<(usize, char)> {
    first_other(text, |character| !character.is_whitespace() && !character.is_control())
}

/// The text without the white space and quotes around it, which come from files and shells.
pub fn bare(text: &str) -> &str {
    text.trim_matches(|character: char| character.is_whitespace() || matches!(character, '"' | '\'' | '`'))
}

/// The text without characters that would act on a terminal; lines are kept.
pub fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() && character != '\n' {
            printable.extend(character.escape_unicode());
        } else {
            printable.push(character);
        }
    }
    printable
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_look_alike_or_like_nothing_are_told_by_their_codes() {
        for (character, name) in [
            ('a', "`a`"),
            ('"', "`\"`"),
            (' ', "a space"),
            ('\n', "a line break (U+000A)"),
            ('\t', "a tab (U+0009)"),
            ('\u{7}', "the character U+0007"),
            ('\u{a0}', "the character U+00A0"),
            ('\u{200b}', "the character U+200B"),
            ('а', "`а` (U+0430)"),
        ] {
            assert_eq!(named(character), name);
        }
    }

    #[test]
    fn positions_count_characters() {
        assert_eq!(first_other("aé b", char::is_alphanumeric), Some((3, ' ')));
        assert_eq!(first_other("aéb", char::is_alphanumeric), None);
        assert_eq!(first_white("é\u{a0}\0"), Some((2, '\u{a0}')));
        assert_eq!(first_white("é\0 "), Some((2, '\0')));
        assert_eq!(first_white("é-b"), None);
    }

    #[test]
    fn what_a_shell_or_a_file_puts_around_a_text_is_taken_off() {
        for text in ["x y", "\"x y\"", " x y\n", "'x y'\r\n"] {
            assert_eq!(bare(text), "x y");
        }
    }

    #[test]
    fn a_text_does_nothing_to_a_terminal() {
        assert_eq!(printable("a\u{1b}[31m\nb\u{7}é"), "a\\u{1b}[31m\nb\\u{7}é");
    }
}
