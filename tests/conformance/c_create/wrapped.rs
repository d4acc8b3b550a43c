//! Inputs that are secrets or outputs of other resources.

use local_ecr::Fault;
use serde_json::{Value, json};

use crate::{
    settings::under_each,
    steady::assert_steady,
    support::{CREDENTIAL, Create, Journal as _, assert_says, hub, output, secret, with},
};

/// ECR gets the value itself, and the outputs have it as a secret.
async fn stays_secret(credential: Value) {
    under_each(|world| {
        let changes = json!({ "credentialArn": credential.clone(), "ecrRepositoryPrefix": secret("hub") });
        async move {
            let made = world.create(with(hub(), changes)).await.unwrap();
            assert_eq!(world.ecr.bodies(Create), [hub()]);
            assert_eq!(made.outputs["credentialArn"], secret(CREDENTIAL));
            assert_eq!(made.outputs["ecrRepositoryPrefix"], secret("hub"));
            assert_eq!(made.outputs["upstreamRegistryUrl"], "registry-1.docker.io");
            assert_steady(&world, &made).await;
        }
    })
    .await;
}

cases! { stays_secret;
    c30_a_secret(secret(CREDENTIAL));
    c30_a_secret_output(secret(output(CREDENTIAL)));
}

#[tokio::test]
async fn c30_an_output_that_is_no_secret_is_none() {
    under_each(|world| async move {
        let made = world.create(with(hub(), json!({ "credentialArn": output(CREDENTIAL) }))).await.unwrap();
        assert_eq!(world.ecr.bodies(Create), [hub()]);
        assert_eq!(made.outputs["credentialArn"], CREDENTIAL);
    })
    .await;
}

#[tokio::test]
async fn c32_a_secret_is_in_no_error() {
    under_each(|world| async move {
        let said = format!("{CREDENTIAL} is bad");
        world.ecr.push_fault(Fault::on(Create).answer(400, "InvalidParameterException", &said));
        let status = world.create(with(hub(), json!({ "credentialArn": secret(CREDENTIAL) }))).await.unwrap_err();
        assert!(!status.message().contains("ecr-pullthroughcache/hub"), "{status}");
        assert_says(status.message(), &["InvalidParameterException", "is bad", "(hub)"]);
    })
    .await;
}
