//! Keeps secret values out of what the user and the log read. Pure.

use super::value::{PropertyMap, Value};

/// Stands where a secret was.
const REDACTED: &str = "[secret]";

/// The secret strings of some properties, to be taken out of texts.
#[derive(Clone, Default)]
pub struct Redaction(Vec<String>);

impl Redaction {
    /// The secrets in some properties, at any depth.
    pub fn of(properties: &PropertyMap) -> Self {
        Self::default().and(properties)
    }

    /// These secrets and those in other properties.
    #[must_use]
    pub fn and(mut self, properties: &PropertyMap) -> Self {
        for value in properties.values() {
            self.collect(value, false);
        }
        // A secret may be a part of another: the longer one goes first, or its rest would be left.
        self.0.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        self
    }

    /// A text without the secrets.
    pub fn apply(&self, text: String) -> String {
        self.0.iter().fold(text, |text, secret| text.replace(secret, REDACTED))
    }

    fn collect(&mut self, value: &Value, secret: bool) {
        match value {
            Value::Secret(inner) => self.collect(inner, true),
            Value::Output(output) => {
                if let Some(value) = &output.value {
                    self.collect(value, secret || output.secret == Some(true));
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.collect(item, secret);
                }
            }
            Value::Object(map) | Value::Opaque(_, map) => {
                for item in map.values() {
                    self.collect(item, secret);
                }
            }
            Value::String(text) if secret && !text.is_empty() => {
                self.0.push(text.clone());
                // A path is also told without the slash at its end.
                self.0.extend(text.strip_suffix('/').filter(|bare| !bare.is_empty()).map(str::to_owned));
            }
            _ => {}
        }
    }
}

/// Shows how many secrets there are, and none of them.
impl std::fmt::Debug for Redaction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Redaction({})", self.0.len())
    }
}

#[cfg(test)]
mod tests;
