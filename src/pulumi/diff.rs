//! Diff: a resource's state against new inputs, by its table. Pure.

use std::collections::BTreeMap;

use super::{
    check::effective,
    property::{OnChange, Property, Role, Setting},
    value::PropertyMap,
};

/// The difference between a resource as it is and as the program wants it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// Every property that differs, in the table's order.
    pub changes: Vec<PropertyChange>,
    /// Whether a replacement has to delete first, because old and new cannot exist side by side.
    /// Set on plain updates too: the engine can turn one into a replacement (`replaceOnChanges`) and then keeps the flag.
    pub delete_before_replace: bool,
}

/// One property that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PropertyChange {
    /// The property.
    pub name: &'static str,
    /// Whether it was there before and is there after.
    pub kind: ChangeKind,
    /// Whether the resource has to be replaced for it.
    pub replaces: bool,
    /// Whether the change is to be seen in the inputs. A region that changed with the provider's configuration is in none.
    pub in_inputs: bool,
}

/// How a property differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// Set now, not before.
    Add,
    /// Set before, not now.
    Delete,
    /// Set differently.
    Update,
}

impl Diff {
    /// The properties that a replacement is needed for.
    pub fn replaces(&self) -> impl Iterator<Item = &'static str> {
        self.changes.iter().filter(|change| change.replaces).map(|change| change.name)
    }
}

/// The old side of a diff.
#[derive(Clone, Copy, Debug)]
pub struct Old<'a> {
    /// The inputs of the last deployment.
    pub inputs: &'a PropertyMap,
    /// The outputs of the last deployment. Only an inherited property is looked up here (an old state may name the region in
    /// its outputs alone): a difference in any other output is not the program's.
    pub outputs: &'a PropertyMap,
}

/// Compares old and new.
///
/// `provider` holds what inherited properties are under the provider's configuration.
/// Two settings are the same when their canonical forms are; secretness never counts; an unknown new value counts as changed.
pub fn diff(properties: &[Property], old: Old<'_>, new: &PropertyMap, provider: &BTreeMap<&str, String>) -> Diff {
    let mut diff = Diff { changes: Vec::new(), delete_before_replace: true };
    for property in properties {
        let Role::Input { on_change, identity, inherited, .. } = property.role else {
            continue;
        };
        let default = provider.get(property.name).map(String::as_str);
        let before = match property.look_up(old.inputs) {
            Setting::Unset if inherited => effective(property, old.outputs, default),
            setting => setting,
        };
        let after = effective(property, new, default);
        // An unknown value may turn out to be the old one, so it does not free the identity.
        if identity && after != Setting::Unknown && after != before {
            diff.delete_before_replace = false;
        }
        let kind = match (before, after) {
            (_, Setting::Unknown) if before == Setting::Unset => ChangeKind::Add,
            (_, Setting::Unknown) => ChangeKind::Update,
            _ if before == after => continue,
            (Setting::Unset, _) => ChangeKind::Add,
            (_, Setting::Unset) => ChangeKind::Delete,
            _ => ChangeKind::Update,
        };
        diff.changes.push(PropertyChange {
            name: property.name,
            kind,
            replaces: match on_change {
                OnChange::Replace => true,
                OnChange::UpdateUnlessRemoved => kind == ChangeKind::Delete,
            },
            in_inputs: !inherited
                || property.look_up(old.inputs) != Setting::Unset
                || property.look_up(new) != Setting::Unset,
        });
    }
    diff
}

#[cfg(test)]
mod tests;
