//! Upstreams that ECR does not take.

use serde_json::{Value, json};
use tonic::Code;

use crate::{
    settings::under_each,
    support::{Create, Journal as _, REGION, assert_says, hub, quay, with},
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
    c22_ecr_of_another_account_without_a_role(
        with(quay(), json!({ "upstreamRegistryUrl": "999999999999.dkr.ecr.us-east-1.amazonaws.com" })),
        &["role", "of another account needs `customRoleArn`"],
    );
}
