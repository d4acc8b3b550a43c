//! What a resource says of its properties: one table that Check, Diff and previews work from.

use std::fmt;

use super::value::{PropertyMap, Value};

/// One property of a resource. All properties of this package are strings.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// The name in programs, state and schema (camelCase).
    pub name: &'static str,
    /// Whether a program sets it, or the provider computes it.
    pub role: Role,
    /// What is wrong with a value, and what would be right.
    pub validate: fn(&str) -> Result<(), Invalid>,
    /// The form in which two values are compared. None for a value that means the same as leaving the property out.
    pub canonical: fn(&str) -> Option<&str>,
}

/// Where a property's value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The program's.
    Input {
        /// Whether Check insists on it.
        required: bool,
        /// What a changed value leads to.
        on_change: OnChange,
        /// Whether it is a part of the real resource's identity: two resources never share all such parts, so a replacement
        /// that keeps them all has to delete first.
        identity: bool,
        /// Whether the provider configuration's value of the same name stands in where the program leaves it out.
        inherited: bool,
    },
    /// The provider's; known once the resource exists.
    Computed,
}

/// What a changed value leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnChange {
    /// A new resource instead of the old one.
    Replace,
    /// An update in place where a value is set or changed; a new resource where it is removed, because the service has no way
    /// to clear it.
    UpdateUnlessRemoved,
}

impl Property {
    /// An input that has to be given and whose change replaces the resource.
    pub const fn required(name: &'static str) -> Self {
        Self::input(name, true, OnChange::Replace)
    }

    /// An input that may be left out.
    pub const fn optional(name: &'static str, on_change: OnChange) -> Self {
        Self::input(name, false, on_change)
    }

    /// An output that is no input.
    pub const fn computed(name: &'static str) -> Self {
        Self { name, role: Role::Computed, validate: |_| Ok(()), canonical: unless_empty }
    }

    const fn input(name: &'static str, required: bool, on_change: OnChange) -> Self {
        let role = Role::Input { required, on_change, identity: false, inherited: false };
        Self { name, role, validate: |_| Ok(()), canonical: unless_empty }
    }

    /// The same, as a part of the real resource's identity.
    #[must_use]
    pub const fn identity(mut self) -> Self {
        if let Role::Input { required, on_change, inherited, .. } = self.role {
            self.role = Role::Input { required, on_change, identity: true, inherited };
        }
        self
    }

    /// The same, with the provider configuration's value where the program gives none.
    #[must_use]
    pub const fn inherited(mut self) -> Self {
        if let Role::Input { required, on_change, identity, .. } = self.role {
            self.role = Role::Input { required, on_change, identity, inherited: true };
        }
        self
    }

    /// The same, with a rule for values.
    #[must_use]
    pub const fn validated(mut self, validate: fn(&str) -> Result<(), Invalid>) -> Self {
        self.validate = validate;
        self
    }

    /// The same, with a form in which values are compared.
    #[must_use]
    pub const fn compared_as(mut self, canonical: fn(&str) -> Option<&str>) -> Self {
        self.canonical = canonical;
        self
    }

    /// Whether a program may set it.
    pub const fn is_input(&self) -> bool {
        matches!(self.role, Role::Input { .. })
    }

    /// What the property is in a set of properties.
    pub fn look_up<'a>(&self, properties: &'a PropertyMap) -> Setting<'a> {
        properties.get(self.name).map_or(Setting::Unset, |value| self.setting(value))
    }

    /// What the property is with a value.
    pub fn setting<'a>(&self, value: &'a Value) -> Setting<'a> {
        match value.peeled() {
            Value::Unknown(_) => Setting::Unknown,
            Value::String(text) => (self.canonical)(text).map_or(Setting::Unset, Setting::Set),
            // Check lets nothing but strings into inputs; a null in an old state is the same as nothing.
            _ => Setting::Unset,
        }
    }
}

/// Why a value is not valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// What is wrong and where. It may quote the value, and is kept back where that is a secret.
    pub problem: String,
    /// What would be right.
    pub rule: String,
    /// The valid value that seems to be meant. It tells of the value, and is kept back as the problem is.
    pub meant: Option<String>,
}

impl Invalid {
    /// A problem and the rule that it breaks.
    pub fn new(problem: impl Into<String>, rule: impl Into<String>) -> Self {
        Self { problem: problem.into(), rule: rule.into(), meant: None }
    }

    /// The same, with what seems to be meant.
    #[must_use]
    pub fn meaning(self, meant: Option<String>) -> Self {
        Self { meant, ..self }
    }

    /// The reason for a failure: of a secret only the rule, since all else tells of the value.
    pub fn reason(&self, secret: bool) -> String {
        if secret {
            format!("has a value that is not valid (it is a secret and not shown); {}", self.rule)
        } else {
            self.to_string()
        }
    }
}

/// The problem, then the rule, then what seems to be meant.
impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.problem, self.rule)?;
        self.meant.iter().try_for_each(|meant| write!(f, "; did you mean `{meant}`?"))
    }
}

/// A property's value for comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting<'a> {
    /// Left out, null, empty, or a value that means the same.
    Unset,
    /// Set, in its canonical form.
    Set(&'a str),
    /// Not known during this preview.
    Unknown,
}

/// The canonical form of most properties: the empty string is the same as none.
pub fn unless_empty(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// Keys that the engine or a bridged provider keeps for itself (`__defaults`, `__meta`, `__pulumi_raw_state_delta`).
pub fn is_internal(name: &str) -> bool {
    name.starts_with("__")
}

#[cfg(test)]
mod tests;
