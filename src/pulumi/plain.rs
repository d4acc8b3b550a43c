//! Properties as a resource wants them: plain strings, with secretness set aside and put back.

use std::collections::{BTreeMap, BTreeSet};

use super::value::{PropertyMap, Value};

/// Properties whose values are all known strings, without wrappers. What is unset, null or empty is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlainProperties(BTreeMap<String, String>);

impl PlainProperties {
    /// The known strings among some properties; everything else (nulls, unknowns, internal keys' objects) is left out.
    pub fn of(properties: &PropertyMap) -> Self {
        let strings = properties.iter().filter_map(|(name, value)| {
            let text = value.as_str().filter(|text| !text.is_empty())?;
            Some((name.clone(), text.to_owned()))
        });
        Self(strings.collect())
    }

    /// A property's value, where it is set.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Whether none is set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every name with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for PlainProperties {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(properties: I) -> Self {
        Self(properties.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

/// The names of properties that hold a secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecretNames(BTreeSet<String>);

impl SecretNames {
    /// The secret ones among some properties.
    pub fn of(properties: &PropertyMap) -> Self {
        let names = properties.iter().filter(|(_, value)| value.contains_secret()).map(|(name, _)| name.clone());
        Self(names.collect())
    }

    /// These names and those secret in other properties too.
    #[must_use]
    pub fn and(mut self, properties: &PropertyMap) -> Self {
        self.0.append(&mut Self::of(properties).0);
        self
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The properties with the values of these names marked as secrets.
    pub fn mark(&self, properties: PropertyMap) -> PropertyMap {
        let marked = properties.into_iter().map(|(name, value)| {
            // A null under a secret wrapper would hide that there is nothing to hide.
            let secret = self.0.contains(&name) && value != Value::Null;
            let value = if secret { value.into_secret() } else { value };
            (name, value)
        });
        marked.collect()
    }
}

#[cfg(test)]
mod tests;
