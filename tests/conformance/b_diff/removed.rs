//! What a program takes away, and ECR cannot clear.

use serde_json::json;

use super::replaced;
use crate::support::{CREDENTIAL, ROLE};

cases! { replaced;
    b11_the_credential(
        json!({ "credentialArn": CREDENTIAL }),
        json!({}),
        &[("credentialArn", "DELETE_REPLACE")],
    );
    b11_the_credential_made_empty(
        json!({ "credentialArn": CREDENTIAL }),
        json!({ "credentialArn": "" }),
        &[("credentialArn", "DELETE_REPLACE")],
    );
    b12_the_credential_beside_a_role(
        json!({ "credentialArn": CREDENTIAL, "customRoleArn": ROLE }),
        json!({ "customRoleArn": ROLE }),
        &[("credentialArn", "DELETE_REPLACE")],
    );
    b12_the_credential_for_a_role(
        json!({ "credentialArn": CREDENTIAL }),
        json!({ "customRoleArn": ROLE }),
        &[("credentialArn", "DELETE_REPLACE"), ("customRoleArn", "ADD")],
    );
    b13_the_role(json!({ "customRoleArn": ROLE }), json!({}), &[("customRoleArn", "DELETE_REPLACE")]);
    b13_the_role_beside_a_credential(
        json!({ "credentialArn": CREDENTIAL, "customRoleArn": ROLE }),
        json!({ "credentialArn": CREDENTIAL }),
        &[("customRoleArn", "DELETE_REPLACE")],
    );
    b13_both(
        json!({ "credentialArn": CREDENTIAL, "customRoleArn": ROLE }),
        json!({}),
        &[("credentialArn", "DELETE_REPLACE"), ("customRoleArn", "DELETE_REPLACE")],
    );
}
