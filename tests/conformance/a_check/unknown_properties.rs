//! Properties that a rule does not have.

use serde_json::{Value, json};

use super::fails;
use crate::support::{CREDENTIAL, UNKNOWN};

async fn is_refused(property: &str, value: Value, says: &str) {
    fails(property, value, &[says]).await;
}

cases! { is_refused;
    a36_a_typing_error("credentialsArn", CREDENTIAL.into(), "did you mean `credentialArn`?");
    a36_another_case("upstreamRegistryURL", "quay.io".into(), "did you mean `upstreamRegistryUrl`?");
    a36_as_python_and_terraform_write_it("custom_role_arn", "x".into(), "did you mean `customRoleArn`?");
    a36_a_property_of_cloudformations_rule("upstreamRegistry", "quay".into(), "did you mean `upstreamRegistryUrl`?");
    a36_a_name_that_is_near_no_other(
        "tags",
        json!({ "a": "b" }),
        "it has `ecrRepositoryPrefix`, `upstreamRegistryUrl`, `credentialArn`, `customRoleArn`, `upstreamRepositoryPrefix`, `region`",
    );
    a36_what_is_only_computed("registryId", "123456789012".into(), "is computed by the provider and cannot be set");
    a36_whatever_its_value(" ", UNKNOWN.into(), "is not a property of this resource");
}
