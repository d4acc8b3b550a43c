//! Check: what a rule's inputs may be. Nothing here asks AWS.

mod credentials;
mod elsewhere;
mod inputs;
mod needed_credentials;
mod prefixes;
mod regions;
mod required;
mod roles;
mod secrets;
mod spellings;
mod types;
mod unknown_properties;
mod unknown_values;
mod unusual_upstreams;
mod upstream_prefixes;
mod upstreams;

use serde_json::{Value, json};

use crate::support::{Checked, Launch, Provider, assert_says, quay, with};

/// Checks inputs by a plugin that nobody has configured.
async fn checked(inputs: Value) -> Checked {
    let plugin = Launch::new().start().await;
    Provider::new(plugin.connect().await).check(inputs).await
}

/// Fails unless inputs are good, and are given back as they are.
async fn assert_good(inputs: Value) {
    assert_eq!(checked(inputs.clone()).await, Checked { inputs, failures: [].into() });
}

/// The one reason why inputs are bad, which has to be about a property.
async fn reason(inputs: Value, property: &str) -> String {
    let mut failures = checked(inputs).await.failures;
    let reason = failures.remove(property).unwrap_or_else(|| panic!("no failure of {property}: {failures:?}"));
    assert_eq!(failures, [].into(), "nothing else is wrong");
    reason
}

/// An otherwise good rule passes with a value of a property.
async fn passes(property: &str, value: impl Into<Value>) {
    assert_good(with(quay(), json!({ property: value.into() }))).await;
}

/// An otherwise good rule fails with a value of a property, and the reason says something.
async fn fails(property: &str, value: impl Into<Value>, says: &[&str]) {
    assert_says(&reason(with(quay(), json!({ property: value.into() })), property).await, says);
}
