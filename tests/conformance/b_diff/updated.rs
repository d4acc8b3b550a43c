//! What ECR changes in place.

use serde_json::json;

use super::updated;
use crate::support::{CREDENTIAL, OTHER_CREDENTIAL, OTHER_ROLE, ROLE, output, secret};

cases! { updated;
    b02_another_credential(
        json!({ "credentialArn": CREDENTIAL }),
        json!({ "credentialArn": OTHER_CREDENTIAL }),
        &[("credentialArn", "UPDATE")],
    );
    b02_another_credential_that_is_secret(
        json!({ "credentialArn": secret(CREDENTIAL) }),
        json!({ "credentialArn": secret(output(OTHER_CREDENTIAL)) }),
        &[("credentialArn", "UPDATE")],
    );
    b03_another_role(
        json!({ "customRoleArn": ROLE }),
        json!({ "customRoleArn": OTHER_ROLE }),
        &[("customRoleArn", "UPDATE")],
    );
    b04_another_credential_and_another_role(
        json!({ "credentialArn": CREDENTIAL, "customRoleArn": ROLE }),
        json!({ "credentialArn": OTHER_CREDENTIAL, "customRoleArn": OTHER_ROLE }),
        &[("credentialArn", "UPDATE"), ("customRoleArn", "UPDATE")],
    );
    b05_a_first_credential(json!({}), json!({ "credentialArn": CREDENTIAL }), &[("credentialArn", "ADD")]);
    b05_a_first_role(json!({}), json!({ "customRoleArn": ROLE }), &[("customRoleArn", "ADD")]);
    b05_a_credential_where_an_empty_one_was(
        json!({ "credentialArn": "" }),
        json!({ "credentialArn": CREDENTIAL }),
        &[("credentialArn", "ADD")],
    );
    b05_a_role_beside_a_credential(
        json!({ "credentialArn": CREDENTIAL }),
        json!({ "credentialArn": CREDENTIAL, "customRoleArn": ROLE }),
        &[("customRoleArn", "ADD")],
    );
}
