//! What a preview says a resource's outputs will be. Pure.

use super::{
    property::{Property, Role, Setting},
    value::{PropertyMap, Value},
};

/// The outputs of a resource that is to be created from some inputs.
///
/// Inputs appear as they were given, an unset one as null (an output that were absent would be unknown to the program in every
/// preview), an inherited one with the provider's value, and what is computed as unknown.
pub fn created(
    properties: &[Property],
    inputs: &PropertyMap,
    inherited: impl Fn(&str) -> Option<String>,
) -> PropertyMap {
    outputs(properties, inputs, |property| match property.role {
        Role::Computed => Value::UNKNOWN,
        Role::Input { inherited: true, .. } => inherited(property.name).map_or(Value::Null, Value::String),
        Role::Input { .. } => Value::Null,
    })
}

/// The outputs of a resource that is to be updated in place: its old ones, with the inputs as they will be.
pub fn updated(
    properties: &[Property],
    inputs: &PropertyMap,
    old_outputs: &PropertyMap,
    inherited: impl Fn(&str) -> Option<String>,
) -> PropertyMap {
    outputs(properties, inputs, |property| {
        let old = old_outputs.get(property.name);
        let old = old.filter(|old| old.as_str().is_some_and(|text| !text.is_empty())).cloned();
        match property.role {
            // What the service did not tell so far it may tell now.
            Role::Computed => old.unwrap_or(Value::UNKNOWN),
            Role::Input { inherited: true, .. } => {
                old.or_else(|| inherited(property.name).map(Value::String)).unwrap_or(Value::Null)
            }
            // A value that means the same as none: what the service reports of a property that the program leaves out.
            Role::Input { .. } => {
                old.filter(|_| property.look_up(old_outputs) == Setting::Unset).unwrap_or(Value::Null)
            }
        }
    })
}

fn outputs(properties: &[Property], inputs: &PropertyMap, unset: impl Fn(&Property) -> Value) -> PropertyMap {
    let outputs = properties.iter().map(|property| {
        let given = inputs.get(property.name).filter(|given| match given.peeled() {
            Value::String(text) => !text.is_empty(),
            other => matches!(other, Value::Unknown(_)),
        });
        (property.name.to_owned(), given.cloned().unwrap_or_else(|| unset(property)))
    });
    outputs.collect()
}

#[cfg(test)]
mod tests;
