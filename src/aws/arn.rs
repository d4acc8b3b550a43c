//! Amazon Resource Names, taken apart. Pure.

use crate::pulumi::text::{first_white, named};

/// An ARN's parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// `aws`, `aws-cn`, …
    pub partition: &'a str,
    /// `secretsmanager`, `iam`, …
    pub service: &'a str,
    /// Empty for global services.
    pub region: &'a str,
    /// Twelve digits; empty for services without accounts.
    pub account: &'a str,
    /// All that follows the account.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Takes an ARN apart. The reason for a failure names the part that is wrong.
    pub fn parse(text: &'a str) -> Result<Self, String> {
        if let Some((position, character)) = first_white(text) {
            return Err(format!("it has {} at position {position}, which no ARN has", named(character)));
        }
        let mut sections = text.splitn(6, ':');
        let mut section = || sections.next();
        if section() != Some("arn") {
            let found = text.find("arn:").and_then(|at| text.get(..at)).map(|before| before.chars().count() + 1);
            let found =
                found.map_or_else(String::new, |position| format!(", which stands at position {position} here"));
            return Err(format!("arn: invalid prefix (an ARN begins with `arn:`{found})"));
        }
        let (Some(partition), Some(service), Some(region), Some(account), Some(resource)) =
            (section(), section(), section(), section(), section())
        else {
            return Err(format!(
                "arn: not enough sections (an ARN is arn:partition:service:region:account:resource, and this has {} of the 6)",
                text.split(':').count()
            ));
        };
        if partition.is_empty() {
            return Err("missing partition value (the second section, usually `aws`)".to_owned());
        }
        // As the models of AWS's services have it: `aws(-\w+)*`.
        let mut words = partition.split('-');
        let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if words.next() != Some("aws") || !words.all(is_word) {
            return Err(format!("invalid partition value `{partition}` (the second section is `aws`, `aws-cn`, …)"));
        }
        if resource.is_empty() {
            return Err("missing resource value (the last section)".to_owned());
        }
        Ok(Self { partition, service, region, account, resource })
    }

    /// What is wrong with the account, where this kind of ARN has one.
    pub fn validate_account(&self) -> Result<(), String> {
        if is_account_id(self.account) {
            return Ok(());
        }
        Err(format!(
            "invalid account ID value `{}` (the fifth section): an account ID is 12 digits, this has {} characters",
            self.account,
            self.account.chars().count()
        ))
    }
}

/// Whether a text can be the ID of an account: 12 digits.
pub fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_and_the_resource_keeps_its_colons() {
        let arn = Arn::parse("arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:a/b").unwrap();
        assert_eq!((arn.partition, arn.service, arn.region), ("aws-cn", "secretsmanager", "cn-north-1"));
        assert_eq!((arn.account, arn.resource), ("123456789012", "secret:a/b"));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, reason) in [
            ("foo", "invalid prefix (an ARN begins with `arn:`)"),
            ("\"arn:aws:iam::123456789012:role/x\"", "which stands at position 2 here"),
            (" arn:aws:iam::123456789012:role/x", "it has a space at position 1"),
            ("arn:aws:iam::123456789012:role/x\n", "it has a line break (U+000A) at position 33"),
            ("arn:aws:iam::123456789012:role/\u{7}", "it has the character U+0007 at position 32, which no ARN has"),
            ("arn:aws:iam", "not enough sections"),
            ("arn:aws:iam", "this has 3 of the 6"),
            ("arn::iam::123456789012:role/x", "missing partition"),
            ("arn:gcp:iam::123456789012:role/x", "invalid partition value `gcp`"),
            ("arn:aws:iam::123456789012:", "missing resource"),
        ] {
            let error = Arn::parse(text).unwrap_err();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }

    #[test]
    fn accounts_have_twelve_digits() {
        assert!(is_account_id("012345678901"));
        for text in ["", "01234567890", "0123456789012", "01234567890x", "١٢٣٤٥٦"] {
            assert!(!is_account_id(text), "{text}");
        }
        let error = Arn::parse("arn:aws:iam::123456789:role/x").unwrap().validate_account().unwrap_err();
        assert!(error.contains("invalid account ID value `123456789`") && error.contains("12 digits"), "{error}");
    }
}
