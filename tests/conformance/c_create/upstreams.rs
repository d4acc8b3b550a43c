//! Upstreams that ECR does not take.

use local_ecr::Options;
use serde_json::{Value, json};
use tonic::Code;

use crate::{
    settings::under_each,
    support::{Create, Journal as _, REGION, World, assert_says, hub, quay, with},
};

/// What ECR says is shown, with what would be right, after one attempt.
async fn is_refused(inputs: Value, says: &[&str]) {
    under_each(|world| {
        let inputs = inputs.clone();
        async move {
            let status = world.create(inputs).await.unwrap_err();
            assert_eq!(status.code(), Code::InvalidArgument);
            assert_says(status.message(), &["UnsupportedUpstreamRegistryException", "request id", REGION]);
            assert_says(status.message(), says);
            assert_eq!(world.ecr.count(Create), 1);
        }
    })
    .await;
}

cases! { is_refused;
    c07_docker_hub_without_credentials(
        with(hub(), json!({ "credentialArn": null })),
        &["requires authentication", "Docker Hub", "need `credentialArn`"],
    );
    c08_a_host_that_is_no_upstream(
        with(quay(), json!({ "upstreamRegistryUrl": "harbor.example.com" })),
        &["harbor.example.com is invalid", "public.ecr.aws", "registry-1.docker.io", ".dkr.ecr."],
    );
}

/// In such a region ECR knows of no rules at all.
async fn is_disabled(region: &str) {
    let world = World::with(Options::default(), json!({ "region": region })).await;
    let status = world.create(quay()).await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
    assert_says(status.message(), &[region, "This feature is disabled", "request id"]);
    assert_eq!(world.ecr.count(Create), 1);
}

cases! { is_disabled;
    c39_china("cn-north-1");
    c39_gov_cloud("us-gov-west-1");
}
