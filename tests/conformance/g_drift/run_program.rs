//! `pulumi refresh --run-program`: the engine configures the provider as the program says, reads, and then asks Check and Diff about the
//! program.

use local_ecr::Rule;
use serde_json::json;

use crate::{
    engine::{Done, assert_converged, checked, is_none, up},
    settings::under_each,
    support::{CREDENTIAL, OTHER_CREDENTIAL, REGION, configuration, configure, hub, with},
};

#[tokio::test]
async fn g09_what_nobody_has_touched() {
    under_each(|world| async move {
        let (made, _) = up(&world, None, &hub()).await;
        configure(world.client(), configuration(&world.ecr)).await.unwrap();
        let refreshed = world.refresh(&made).await.unwrap().unwrap();
        assert_eq!(refreshed, made);
        let news = checked(&world, refreshed.inputs.clone(), &hub()).await;
        assert!(is_none(&world.diff(&refreshed, news).await));
        assert_converged(&world, &refreshed, &hub()).await;
    })
    .await;
}

/// The program may have changed as well since the last `up`; what counts is what it says now.
#[tokio::test]
async fn g09_what_has_drifted_and_what_the_program_says_now() {
    under_each(|world| async move {
        let (made, _) = up(&world, None, &hub()).await;
        let drifted =
            Rule { credential_arn: Some(OTHER_CREDENTIAL.to_owned()), ..Rule::new("hub", "registry-1.docker.io") };
        world.ecr.put_rule(REGION, drifted);
        configure(world.client(), configuration(&world.ecr)).await.unwrap();
        let refreshed = world.refresh(&made).await.unwrap().unwrap();
        for (credential, done) in [(OTHER_CREDENTIAL, Done::Nothing), (CREDENTIAL, Done::Updated)] {
            let program = with(hub(), json!({ "credentialArn": credential }));
            let (state, did) = up(&world, Some(&refreshed), &program).await;
            assert_eq!(did, done);
            assert_converged(&world, &state, &program).await;
        }
    })
    .await;
}

/// A state of pulumi-aws 6 has no region; that of the program is the provider's.
#[tokio::test]
async fn g09_a_state_without_a_region() {
    under_each(|world| async move {
        let (mut made, _) = up(&world, None, &hub()).await;
        made.outputs.as_object_mut().unwrap().remove("region");
        configure(world.client(), configuration(&world.ecr)).await.unwrap();
        let refreshed = world.refresh(&made).await.unwrap().unwrap();
        for program in [hub(), with(hub(), json!({ "region": REGION }))] {
            let (state, done) = up(&world, Some(&refreshed), &program).await;
            assert_eq!(done, Done::Nothing);
            assert_converged(&world, &state, &program).await;
        }
    })
    .await;
}
