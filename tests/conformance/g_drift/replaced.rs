//! Another rule under the same prefix.

use local_ecr::Rule;
use serde_json::{Value, json};

use super::drifts;
use crate::{
    engine::{Done, assert_converged, refresh, up},
    settings::under_each,
    support::{CREDENTIAL, Journal as _, OTHER_CREDENTIAL, REGION, ROLE, Update, hub, quay, with},
};

/// What ECR cannot change is replaced, and the prefix has to be free for that.
async fn is_replaced(program: Value, drifted: Rule, names: &'static [&'static str]) {
    under_each(|world| {
        let (program, drifted) = (program.clone(), drifted.clone());
        async move {
            drifts(&world, &program, drifted, names, Done::DeletedAndCreated).await;
            assert_eq!(world.ecr.count(Update), 0);
        }
    })
    .await;
}

fn team(upstream_prefix: Option<&str>) -> Rule {
    Rule { upstream_repository_prefix: upstream_prefix.map(str::to_owned), ..Rule::new("quay", "quay.io") }
}

cases! { is_replaced;
    g04_another_upstream(quay(), Rule::new("quay", "public.ecr.aws"), &["upstreamRegistryUrl"]);
    g04_another_upstream_prefix(
        with(quay(), json!({ "upstreamRepositoryPrefix": "team" })), team(Some("other")), &["upstreamRepositoryPrefix"]
    );
    g04_an_upstream_prefix_that_was_added(quay(), team(Some("team")), &["upstreamRepositoryPrefix"]);
    g04_all_at_once(
        hub(),
        Rule {
            credential_arn: Some(OTHER_CREDENTIAL.to_owned()),
            custom_role_arn: Some(ROLE.to_owned()),
            upstream_repository_prefix: Some("team".to_owned()),
            ..Rule::new("hub", "ghcr.io")
        },
        &["credentialArn", "customRoleArn", "upstreamRegistryUrl", "upstreamRepositoryPrefix"]
    );
}

/// Without an upstream prefix ECR's answer has none, or `ROOT`; the program has `team`.
#[tokio::test]
async fn g04_an_upstream_prefix_that_was_taken_away() {
    under_each(|world| async move {
        let program = with(quay(), json!({ "upstreamRepositoryPrefix": "team" }));
        let (made, _) = up(&world, None, &program).await;
        world.ecr.put_rule(REGION, team(None));
        let (refreshed, shown) = refresh(&world, &made).await.unwrap();
        assert_eq!(shown, ["upstreamRepositoryPrefix"]);
        assert_eq!(refreshed.inputs.get("upstreamRepositoryPrefix"), None);
        let (mended, done) = up(&world, Some(&refreshed), &program).await;
        assert_eq!(done, Done::DeletedAndCreated);
        assert_converged(&world, &mended, &program).await;
    })
    .await;
}

/// Whoever accepts the drift writes it into the program: then there is nothing to do.
#[tokio::test]
async fn g11_drift_that_the_program_takes_over() {
    under_each(|world| async move {
        let (made, _) = up(&world, None, &quay()).await;
        let drifted = Rule { credential_arn: Some(CREDENTIAL.to_owned()), ..Rule::new("quay", "registry-1.docker.io") };
        world.ecr.put_rule(REGION, drifted);
        let (refreshed, shown) = refresh(&world, &made).await.unwrap();
        assert_eq!(shown, ["credentialArn", "upstreamRegistryUrl"]);
        let program = with(hub(), json!({ "ecrRepositoryPrefix": "quay" }));
        let (state, done) = up(&world, Some(&refreshed), &program).await;
        assert_eq!(done, Done::Nothing);
        assert_converged(&world, &state, &program).await;
    })
    .await;
}
