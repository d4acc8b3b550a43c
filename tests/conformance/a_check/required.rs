//! What a rule cannot do without.

use serde_json::{Value, json};

use super::reason;
use crate::support::{assert_says, quay, with};

/// A rule without the property, or with nothing in it, fails: how it is missing is told, and what would be right.
async fn is_required(property: &str, rule: &str) {
    let mut null = quay();
    null[property] = Value::Null;
    for (without, how) in [
        (with(quay(), json!({ property: null })), "is not set"),
        (null, "is not set"),
        (with(quay(), json!({ property: "" })), "is empty"),
    ] {
        assert_says(&reason(without, property).await, &["is required", how, rule]);
    }
}

cases! { is_required;
    a01_without_a_prefix("ecrRepositoryPrefix", "2 to 30 characters");
    a02_without_an_upstream("upstreamRegistryUrl", "such as `public.ecr.aws`");
}
