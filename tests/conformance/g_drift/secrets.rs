//! What the state keeps as a secret stays one, whatever ECR says by now.

use local_ecr::Rule;
use serde_json::json;

use crate::{
    engine::{Done, assert_converged, refresh, up},
    settings::under_each,
    support::{ACCOUNT, CREDENTIAL, OTHER_CREDENTIAL, REGION, hub, secret, with},
};

#[tokio::test]
async fn g13_a_secret_that_has_drifted_is_one_still() {
    under_each(|world| async move {
        let program = with(hub(), json!({ "credentialArn": secret(CREDENTIAL) }));
        let (made, _) = up(&world, None, &program).await;
        let drifted =
            Rule { credential_arn: Some(OTHER_CREDENTIAL.to_owned()), ..Rule::new("hub", "registry-1.docker.io") };
        world.ecr.put_rule(REGION, drifted);
        let (refreshed, shown) = refresh(&world, &made).await.unwrap();
        assert_eq!(shown, ["credentialArn"]);
        assert_eq!(refreshed.inputs["credentialArn"], secret(OTHER_CREDENTIAL));
        assert_eq!(refreshed.outputs["credentialArn"], secret(OTHER_CREDENTIAL));
        let (mended, done) = up(&world, Some(&refreshed), &program).await;
        assert_eq!((done, &mended.outputs["credentialArn"]), (Done::Updated, &secret(CREDENTIAL)));
        assert_converged(&world, &mended, &program).await;
    })
    .await;
}

/// `additionalSecretOutputs` makes an output a secret whose input is none.
#[tokio::test]
async fn g13_an_output_that_was_made_a_secret_stays_one() {
    under_each(|world| async move {
        let (mut made, _) = up(&world, None, &hub()).await;
        made.outputs["credentialArn"] = secret(CREDENTIAL);
        made.outputs["registryId"] = secret(ACCOUNT);
        let (refreshed, shown) = refresh(&world, &made).await.unwrap();
        assert_eq!((shown, refreshed.outputs), (vec![], made.outputs));
    })
    .await;
}
