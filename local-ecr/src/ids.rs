//! Identifiers that only have to be different each time. Nothing here is fit for secrets.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

/// A random UUID (version 4), as AWS gives request ids and version ids.
pub(crate) fn uuid() -> String {
    let high = random();
    let low = random();
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        0x8000 | ((low >> 48) & 0x3fff),
        low & 0xffff_ffff_ffff,
    )
}

/// Six random letters and digits, as Secrets Manager appends to the ARN of a secret.
pub(crate) fn secret_suffix() -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut rest = random();
    (0..6)
        .filter_map(|_| {
            let at = usize::try_from(rest % 62).unwrap_or_default();
            rest /= 62;
            LETTERS.get(at).map(|letter| char::from(*letter))
        })
        .collect()
}

/// The standard library keys every hasher differently; that is all the chance needed here.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn uuids_have_the_form_of_version_4_and_differ() {
        let all: BTreeSet<String> = (0..1000).map(|_| uuid()).collect();
        assert_eq!(all.len(), 1000);
        for id in all {
            let parts: Vec<&str> = id.split('-').collect();
            assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12], "{id}");
            assert!(parts[2].starts_with('4'), "{id}");
            assert!(parts[3].starts_with(['8', '9', 'a', 'b']), "{id}");
        }
    }

    #[test]
    fn suffixes_are_six_letters_or_digits() {
        let suffix = secret_suffix();
        assert_eq!(suffix.len(), 6);
        assert!(suffix.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{suffix}");
    }
}
