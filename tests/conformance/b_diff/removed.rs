//! What a program takes away, and ECR cannot clear.

use serde_json::json;

use super::replaced;
use crate::{
    engine::{Done, assert_converged, up},
    settings::{doubts, under},
    support::{CREDENTIAL, Journal as _, REGION, ROLE, State, Update, quay, rule, with},
};

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

/// That ECR might clear an ARN that is sent empty is nothing to count on.
#[tokio::test]
async fn b11_b12_b13_whether_or_not_ecr_could_clear_them() {
    under(doubts(), |world| async move {
        let role = with(quay(), json!({ "customRoleArn": ROLE }));
        let both = with(role.clone(), json!({ "credentialArn": CREDENTIAL }));
        world.ecr.put_rule(REGION, rule(&both));
        let mut state = State::of(both);
        for program in [role, quay()] {
            let (replaced, done) = up(&world, Some(&state), &program).await;
            assert_eq!((done, world.ecr.count(Update)), (Done::DeletedAndCreated, 0));
            assert_converged(&world, &replaced, &program).await;
            state = replaced;
        }
    })
    .await;
}
