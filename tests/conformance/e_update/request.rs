//! What is sent for a rule that changes.

use serde_json::{Value, json};

use super::put;
use crate::{
    settings::{slashes, under, under_each},
    steady::{assert_steady, outputs},
    support::{
        ACCOUNT, CREDENTIAL, Journal as _, OTHER_CREDENTIAL, OTHER_ROLE, REGION, ROLE, State, Update, hub, quay, with,
    },
};

/// The ARNs that the rule has from now on are sent with its prefix, and the rule is let be from then on.
async fn sends(old: Value, new: Value, arns: Value) {
    under_each(|world| {
        let (old, new) = (with(quay(), old.clone()), with(quay(), new.clone()));
        // With the account, ECR refuses where the credentials are another's.
        let sent = with(json!({ "ecrRepositoryPrefix": "quay", "registryId": ACCOUNT }), arns.clone());
        async move {
            put(&world, REGION, &old);
            let old = world.import("quay").await.unwrap().unwrap();
            world.ecr.clear_journal();
            let updated = world.update(&old, new.clone()).await.unwrap();
            assert_eq!((world.ecr.bodies(Update), world.ecr.journal().len()), (vec![sent], 1));
            assert_eq!(updated, outputs(&world, &new));
            assert_steady(&world, &State::new(new, updated)).await;
        }
    })
    .await;
}

cases! { sends;
    e01_another_secret(
        json!({ "credentialArn": CREDENTIAL }),
        json!({ "credentialArn": OTHER_CREDENTIAL }),
        json!({ "credentialArn": OTHER_CREDENTIAL }),
    );
    e01_a_first_secret(json!({}), json!({ "credentialArn": CREDENTIAL }), json!({ "credentialArn": CREDENTIAL }));
    e01_another_secret_beside_a_role(
        json!({ "credentialArn": CREDENTIAL, "customRoleArn": ROLE }),
        json!({ "credentialArn": OTHER_CREDENTIAL, "customRoleArn": ROLE }),
        json!({ "credentialArn": OTHER_CREDENTIAL, "customRoleArn": ROLE }),
    );
    e02_another_role(
        json!({ "customRoleArn": ROLE }),
        json!({ "customRoleArn": OTHER_ROLE }),
        json!({ "customRoleArn": OTHER_ROLE }),
    );
    e02_a_first_role(json!({}), json!({ "customRoleArn": ROLE }), json!({ "customRoleArn": ROLE }));
    e01_e02_both(
        json!({ "credentialArn": CREDENTIAL, "customRoleArn": ROLE }),
        json!({ "credentialArn": OTHER_CREDENTIAL, "customRoleArn": OTHER_ROLE }),
        json!({ "credentialArn": OTHER_CREDENTIAL, "customRoleArn": OTHER_ROLE }),
    );
}

#[tokio::test]
async fn e02_the_rule_stays_the_same_one() {
    under_each(|world| async move {
        let made = world.create(with(quay(), json!({ "customRoleArn": ROLE }))).await.unwrap();
        let before = world.ecr.rules(REGION).remove(0);
        world.update(&made, with(quay(), json!({ "customRoleArn": OTHER_ROLE }))).await.unwrap();
        let after = world.ecr.rules(REGION).remove(0);
        assert_eq!(after.custom_role_arn.as_deref(), Some(OTHER_ROLE));
        assert_eq!((after.ecr_repository_prefix, after.created_at), (before.ecr_repository_prefix, before.created_at));
    })
    .await;
}

#[tokio::test]
async fn e11_a_rule_is_updated_in_its_own_region() {
    under_each(|world| async move {
        let old = with(hub(), json!({ "region": "eu-west-1" }));
        put(&world, "eu-west-1", &old);
        let there = CREDENTIAL.replace(REGION, "eu-west-1");
        let new = with(old.clone(), json!({ "credentialArn": there }));
        let updated = world.update(&State::of(old), new).await.unwrap();
        assert_eq!((&updated["region"], &updated["credentialArn"]), (&json!("eu-west-1"), &json!(there)));
        assert_eq!(world.ecr.calls(Update)[0].region, "eu-west-1");
    })
    .await;
}

/// The program may spell the prefix in another way since; the id names the rule as it was made.
#[tokio::test]
async fn e12_the_id_names_the_rule() {
    under(slashes(), |world| async move {
        put(&world, REGION, &hub());
        let new = with(hub(), json!({ "ecrRepositoryPrefix": "hub/", "credentialArn": OTHER_CREDENTIAL }));
        let updated = world.update(&State::of(hub()), new).await.unwrap();
        assert_eq!(world.ecr.bodies(Update)[0]["ecrRepositoryPrefix"], "hub");
        assert_eq!((&updated["id"], &updated["ecrRepositoryPrefix"]), (&json!("hub"), &json!("hub/")));
    })
    .await;
}
