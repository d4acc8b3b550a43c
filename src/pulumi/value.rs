//! Property values as the engine means them, above the JSON-like structs that travel on the wire.

use std::{collections::BTreeMap, fmt};

/// A resource's properties by name, in a stable order.
pub type PropertyMap = BTreeMap<String, Value>;

/// One property value. [`crate::pulumi::wire`] converts to and from the wire without loss.
#[derive(Clone, PartialEq)]
pub enum Value {
    /// An explicit null.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number; the wire has doubles only.
    Number(f64),
    /// A string.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// An object that has no special meaning.
    Object(PropertyMap),
    /// A value that must not be shown and is encrypted in the state.
    Secret(Box<Value>),
    /// A value that this preview does not know yet.
    Unknown(UnknownKind),
    /// A value with what it depends on.
    Output(Box<Output>),
    /// A kind of value that this provider only passes on.
    Opaque(OpaqueKind, PropertyMap),
}

/// What an unknown value will be. The engine picks one by the type at hand; all mean the same to a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownKind {
    /// A boolean.
    Bool,
    /// A number.
    Number,
    /// A string.
    String,
    /// A list.
    Array,
    /// An asset.
    Asset,
    /// An archive.
    Archive,
    /// An object.
    Object,
}

/// A value together with its dependencies, as components and functions exchange it.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// The value; none while it is unknown.
    pub value: Option<Value>,
    /// Whether the value is secret. None where the sender left it out, which means no.
    pub secret: Option<bool>,
    /// URNs of the resources that the value comes from. None where the sender left them out.
    pub dependencies: Option<Vec<String>>,
}

/// The kinds of value that are not looked into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpaqueKind {
    /// A reference to a resource.
    ResourceReference,
    /// Bytes that are no text.
    ByteString,
    /// A file.
    Asset,
    /// A collection of files.
    Archive,
    /// A kind that this version of the plugin does not know, by its signature.
    Unrecognized(String),
}

impl Value {
    /// An unknown string: what a computed output is during a preview.
    pub const UNKNOWN: Self = Self::Unknown(UnknownKind::String);

    /// The value under any secret and output wrappers. An output without a value is unknown.
    pub fn peeled(&self) -> &Self {
        match self {
            Self::Secret(inner) => inner.peeled(),
            Self::Output(output) => output.value.as_ref().map_or(&Self::UNKNOWN, Self::peeled),
            other => other,
        }
    }

    /// Whether a wrapper on the outside, or any part inside, is secret.
    pub fn contains_secret(&self) -> bool {
        match self {
            Self::Secret(_) => true,
            Self::Output(output) => {
                output.secret == Some(true) || output.value.as_ref().is_some_and(Self::contains_secret)
            }
            Self::Array(items) => items.iter().any(Self::contains_secret),
            Self::Object(map) | Self::Opaque(_, map) => map.values().any(Self::contains_secret),
            _ => false,
        }
    }

    /// Whether the value, or any part of it, is unknown.
    pub fn contains_unknown(&self) -> bool {
        match self.peeled() {
            Self::Unknown(_) => true,
            Self::Array(items) => items.iter().any(Self::contains_unknown),
            Self::Object(map) | Self::Opaque(_, map) => map.values().any(Self::contains_unknown),
            _ => false,
        }
    }

    /// The string under any wrappers, or none for every other kind of value.
    pub fn as_str(&self) -> Option<&str> {
        match self.peeled() {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// This value as a secret; one that is a secret already stays as it is.
    #[must_use]
    pub fn into_secret(self) -> Self {
        if matches!(self, Self::Secret(_)) { self } else { Self::Secret(Box::new(self)) }
    }

    /// What kind of value this is, in a program's words: "a string", "a list".
    pub fn kind(&self) -> &'static str {
        match self.peeled() {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "a list",
            Self::Object(_) => "an object",
            Self::Unknown(_) => "a value not known yet",
            Self::Opaque(OpaqueKind::ResourceReference, _) => "a resource",
            Self::Opaque(OpaqueKind::ByteString, _) => "a byte string",
            Self::Opaque(OpaqueKind::Asset, _) => "an asset",
            Self::Opaque(OpaqueKind::Archive, _) => "an archive",
            // `peeled` never ends on a wrapper.
            Self::Opaque(OpaqueKind::Unrecognized(_), _) | Self::Secret(_) | Self::Output(_) => {
                "a value of an unrecognized kind"
            }
        }
    }
}

/// Like the derived form, but a secret shows only that it is one.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("Null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(value) => write!(f, "{value}"),
            Self::String(value) => write!(f, "{value:?}"),
            Self::Array(items) => f.debug_list().entries(items).finish(),
            Self::Object(map) => f.debug_map().entries(map).finish(),
            Self::Secret(_) => f.write_str("[secret]"),
            Self::Unknown(kind) => write!(f, "Unknown({kind:?})"),
            Self::Output(output) if output.secret == Some(true) => f.write_str("[secret]"),
            Self::Output(output) => output.fmt(f),
            Self::Opaque(kind, map) => f.debug_tuple("Opaque").field(kind).field(map).finish(),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

#[cfg(test)]
mod tests;
