//! What the state has after an update.

use local_ecr::Fault;
use serde_json::json;

use super::{other_hub, put};
use crate::{
    settings::under_each,
    support::{
        CREDENTIAL, Journal as _, OTHER_CREDENTIAL, REGION, State, Update, assert_says, hub, output, secret, with,
    },
};

/// ECR's answer to an update leaves the upstream out.
#[tokio::test]
async fn e07_what_the_answer_leaves_out_is_kept() {
    under_each(|world| async move {
        let whole = |inputs| with(inputs, json!({ "upstreamRepositoryPrefix": "team" }));
        put(&world, REGION, &whole(hub()));
        let updated = world.update(&State::of(whole(hub())), whole(other_hub())).await.unwrap();
        assert_eq!(updated, State::of(whole(other_hub())).outputs);
        assert_eq!(world.ecr.journal().len(), 1, "and nobody asks for it");
    })
    .await;
}

/// A rule that was read may have more in its state than the program says.
#[tokio::test]
async fn e07_what_ecr_reports_of_its_own_account_is_kept() {
    under_each(|world| async move {
        let made = world.create(hub()).await.unwrap();
        let updated = world.update(&made, other_hub()).await.unwrap();
        assert_eq!(updated, with(made.outputs, json!({ "credentialArn": OTHER_CREDENTIAL })));
    })
    .await;
}

#[tokio::test]
async fn e13_what_is_secret_now_is_secret_in_the_outputs() {
    for value in [secret(OTHER_CREDENTIAL), secret(output(OTHER_CREDENTIAL))] {
        under_each(|world| {
            let new = with(hub(), json!({ "credentialArn": value.clone() }));
            async move {
                put(&world, REGION, &hub());
                let updated = world.update(&State::of(hub()), new).await.unwrap();
                assert_eq!(updated["credentialArn"], secret(OTHER_CREDENTIAL));
                assert_eq!(world.ecr.bodies(Update)[0]["credentialArn"], OTHER_CREDENTIAL);
            }
        })
        .await;
    }
}

#[tokio::test]
async fn e13_a_secret_that_stays_the_same_is_secret_without_a_call() {
    under_each(|world| async move {
        let secret_hub = with(hub(), json!({ "credentialArn": secret(CREDENTIAL) }));
        for old in [hub(), secret_hub.clone()] {
            let updated = world.update(&State::of(old), secret_hub.clone()).await.unwrap();
            assert_eq!(updated["credentialArn"], secret(CREDENTIAL));
        }
        assert_eq!(world.ecr.journal().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn e14_a_secret_is_in_no_error() {
    under_each(|world| async move {
        let said = format!("{OTHER_CREDENTIAL} instead of {CREDENTIAL} is bad");
        world.ecr.push_fault(Fault::on(Update).answer(400, "InvalidParameterException", &said));
        let old = State::of(with(hub(), json!({ "credentialArn": secret(CREDENTIAL) })));
        let new = with(hub(), json!({ "credentialArn": secret(OTHER_CREDENTIAL) }));
        let status = world.update(&old, new).await.unwrap_err();
        assert!(!status.message().contains("ecr-pullthroughcache/"), "{status}");
        assert_says(status.message(), &["InvalidParameterException", "is bad", "(hub)"]);
    })
    .await;
}
