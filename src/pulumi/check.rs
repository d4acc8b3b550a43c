//! Check: a program's inputs against a resource's table. Pure.

use super::{
    property::{Property, Role, Setting, is_internal},
    suggestion::nearest,
    value::{PropertyMap, Value},
};

/// What is wrong with one property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckFailure {
    /// The property; empty for the resource as a whole.
    pub property: String,
    /// What is wrong and what would be right.
    pub reason: String,
}

impl CheckFailure {
    /// A failure of one property.
    pub fn new(property: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { property: property.into(), reason: reason.into() }
    }
}

/// What Check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What makes the inputs unusable.
    pub failures: Vec<CheckFailure>,
    /// What the user should know, though the service may accept it.
    pub warnings: Vec<String>,
}

impl Findings {
    /// Whether a property has failed already.
    pub fn failed(&self, property: &str) -> bool {
        self.failures.iter().any(|failure| failure.property == property)
    }

    /// Adds a failure.
    pub fn fail(&mut self, property: impl Into<String>, reason: impl Into<String>) {
        self.failures.push(CheckFailure::new(property, reason));
    }
}

/// Checks every property by itself: that it exists, is a string, is there when it must be, and has a valid value.
///
/// An unknown value passes. The inputs themselves are not changed: what the program gave is what the state keeps, so that
/// another provider of the same resource finds what it would have written.
pub fn check(properties: &[Property], inputs: &PropertyMap) -> Findings {
    let mut findings = Findings::default();
    for property in properties {
        let Role::Input { required, .. } = property.role else {
            continue;
        };
        match inputs.get(property.name).map(Value::peeled) {
            Some(Value::Unknown(_)) => {}
            Some(Value::String(text)) if !text.is_empty() => {
                if let Err(invalid) = (property.validate)(text) {
                    let secret = inputs.get(property.name).is_some_and(Value::contains_secret);
                    findings.fail(property.name, invalid.reason(secret));
                }
            }
            None | Some(Value::Null | Value::String(_)) if !required => {}
            absent @ (None | Some(Value::Null | Value::String(_))) => {
                let how = if matches!(absent, Some(Value::String(_))) { "empty" } else { "not set" };
                let rule =
                    (property.validate)("").err().map_or_else(String::new, |invalid| format!("; {}", invalid.rule));
                findings.fail(property.name, format!("is required, but is {how}{rule}"));
            }
            Some(other) => {
                // YAML takes what has no quotes for a number or a boolean. What was written is lost: `1.10` arrives as 1.1.
                let quotes = if matches!(other, Value::Number(_) | Value::Bool(_)) { "; put it in quotes" } else { "" };
                findings.fail(property.name, format!("must be a string, but is {}{quotes}", other.kind()));
            }
        }
    }
    for name in inputs.keys().filter(|name| !is_internal(name)) {
        let Some(property) = properties.iter().find(|property| property.name == name) else {
            let known = properties.iter().filter(|property| property.is_input()).map(|property| property.name);
            findings.fail(name, unknown_property(name, known));
            continue;
        };
        if !property.is_input() && !matches!(inputs.get(name).map(Value::peeled), None | Some(Value::Null)) {
            findings.fail(name, "is computed by the provider and cannot be set");
        }
    }
    findings
}

fn unknown_property<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    match nearest(name, known.clone()) {
        Some(suggestion) => {
            format!("is not a property of this resource; did you mean `{suggestion}`?")
        }
        None => format!(
            "is not a property of this resource; it has {}",
            known.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        ),
    }
}

/// A property's canonical setting, with what the provider configuration says where an inherited one is unset.
pub fn effective<'a>(property: &Property, inputs: &'a PropertyMap, provider: Option<&'a str>) -> Setting<'a> {
    match (property.look_up(inputs), property.role) {
        (Setting::Unset, Role::Input { inherited: true, .. }) => provider.map_or(Setting::Unset, Setting::Set),
        (setting, _) => setting,
    }
}

#[cfg(test)]
mod tests;
