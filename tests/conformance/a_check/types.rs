//! Values that are no strings.

use serde_json::{Value, json};

use super::fails as fails_by;
use crate::support::{INPUTS, secret};

/// Every property fails with a value of another type, which is named.
async fn fails(value: Value, says: &[&str]) {
    for property in INPUTS {
        fails_by(property, value.clone(), says).await;
    }
}

cases! { fails;
    a38_a_number(json!(12), &["must be a string, but is a number; put it in quotes"]);
    a38_a_boolean(json!(true), &["must be a string, but is a boolean; put it in quotes"]);
    a38_a_list(json!(["quay"]), &["must be a string, but is a list"]);
    a38_an_object(json!({ "a": 1 }), &["must be a string, but is an object"]);
    a38_a_secret_number(secret(7), &["must be a string, but is a number"]);
}
