//! A stack's state, as `pulumi stack export` shows it.

use serde_json::Value;

use crate::error::{Context, Error, Result};

/// A stack's state.
#[derive(Debug, Clone, PartialEq)]
pub struct State(Value);

impl State {
    pub(crate) fn parse(text: &str) -> Result<Self> {
        serde_json::from_str(text).map(Self).context(|| "the exported state is not JSON")
    }

    /// All of it.
    pub fn json(&self) -> &Value {
        &self.0
    }

    /// Every resource, the stack and the providers among them.
    pub fn resources(&self) -> &[Value] {
        self.list("/deployment/resources")
    }

    /// The operations that were cut off and of which the engine does not know how they ended.
    pub fn pending_operations(&self) -> &[Value] {
        self.list("/deployment/pending_operations")
    }

    /// The only resource of this logical name, such as `example`.
    pub fn resource(&self, name: &str) -> Result<&Value> {
        let named = |resource: &&Value| {
            let urn = resource.get("urn").and_then(Value::as_str).unwrap_or_default();
            urn.rsplit_once("::").is_some_and(|(_, last)| last == name)
        };
        let mut found = self.resources().iter().filter(named);
        match (found.next(), found.next()) {
            (Some(resource), None) => Ok(resource),
            (Some(_), Some(_)) => Err(Error::new(format!("several resources are named {name:?}"))),
            (None, _) => Err(Error::new(format!("no resource is named {name:?} in {:#}", self.0))),
        }
    }

    fn list(&self, pointer: &str) -> &[Value] {
        self.0.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_resource_is_found_by_its_logical_name() {
        let urn = |name: &str| json!({ "urn": format!("urn:pulumi:dev::example::aws:ecr/x:X::{name}") });
        let state = json!({ "deployment": { "resources": [urn("one"), urn("two"), urn("two")] } });
        let state = State::parse(&state.to_string()).unwrap();
        assert_eq!(state.resource("one").unwrap(), &urn("one"));
        assert!(state.resource("two").unwrap_err().to_string().contains("several"));
        assert!(state.resource("three").unwrap_err().to_string().contains("no resource"));
        assert!(state.pending_operations().is_empty());
    }
}
