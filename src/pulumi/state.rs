//! What goes into the state: a resource's outputs and, after a read, its inputs. Pure.

use super::{
    plain::PlainProperties,
    property::{Property, Role, Setting, is_internal},
    value::{PropertyMap, Value},
};

/// The outputs to keep of a resource that the service reports as `actual`.
///
/// Every property of the table is in it, null where it is not set: a program that reads an output that is absent would see it as
/// unknown in every preview. Where the service only spells a value in another way than the program (`x` for `x/`, nothing
/// for a value that means the same), the program's spelling stays.
pub fn outputs(properties: &[Property], id: &str, actual: &PlainProperties, given: &PropertyMap) -> PropertyMap {
    let kept = properties.iter().map(|property| {
        let given = given.get(property.name).and_then(Value::as_str).filter(|given| !given.is_empty());
        let value = match (actual.get(property.name), given) {
            (actual, Some(given)) if (property.canonical)(given) == actual.and_then(property.canonical) => {
                Value::from(given)
            }
            (Some(actual), _) => Value::from(actual),
            (None, _) => Value::Null,
        };
        (property.name.to_owned(), value)
    });
    // Bridged providers keep the id among the outputs as well, and so a state can go back to one.
    kept.chain([("id".to_owned(), Value::from(id))]).collect()
}

/// The inputs to keep of a resource that the service reports as `actual`: what the program gave (`old`), with every value that is
/// really different replaced, so that drift shows as a difference to the program.
///
/// Without `old` (an import) they are what a program has to say to get this resource. An inherited property is then left out
/// where the provider's configuration says the same.
pub fn inputs(
    properties: &[Property],
    old: Option<&PropertyMap>,
    actual: &PlainProperties,
    inherited: impl Fn(&str) -> Option<String>,
) -> PropertyMap {
    let mut inputs = PropertyMap::new();
    if let Some(old) = old {
        inputs.extend(
            old.iter().filter(|(name, _)| is_internal(name)).map(|(name, value)| (name.clone(), value.clone())),
        );
    }
    for property in properties {
        let Role::Input { inherited: inherits, .. } = property.role else {
            continue;
        };
        let given = old.and_then(|old| old.get(property.name));
        let unset = |given: &Value| property.setting(given) == Setting::Unset;
        let value = match (actual.get(property.name), given) {
            (Some(actual), Some(given)) if given.as_str().is_some_and(|given| same(property, given, actual)) => {
                Some(given.clone())
            }
            // The program leaves the place of the resource to the provider, and goes on doing so.
            (Some(_), given) if inherits && old.is_some() && given.is_none_or(unset) => given.cloned(),
            (Some(actual), None) if inherits && inherited(property.name).as_deref() == Some(actual) => None,
            (Some(actual), _) if (property.canonical)(actual).is_some() => Some(Value::from(actual)),
            // Unset, or set to what means the same: an empty string that the program gave may stay.
            (_, Some(given)) if unset(given) => Some(given.clone()),
            _ => None,
        };
        if let Some(value) = value {
            inputs.insert(property.name.to_owned(), value);
        }
    }
    inputs
}

fn same(property: &Property, given: &str, actual: &str) -> bool {
    (property.canonical)(given) == (property.canonical)(actual)
}

#[cfg(test)]
mod tests;
