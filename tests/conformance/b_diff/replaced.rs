//! What ECR keeps for as long as a rule lives.

use serde_json::json;

use super::{replaced, replaced_beside};
use crate::support::{CREDENTIAL, OTHER_CREDENTIAL};

cases! { replaced_beside;
    b06_another_prefix(
        json!({}),
        json!({ "ecrRepositoryPrefix": "other" }),
        &[("ecrRepositoryPrefix", "UPDATE_REPLACE")],
    );
    b06_root_for_a_prefix(json!({}), json!({ "ecrRepositoryPrefix": "ROOT" }), &[("ecrRepositoryPrefix", "UPDATE_REPLACE")]);
    b29_another_prefix_and_another_upstream(
        json!({}),
        json!({ "ecrRepositoryPrefix": "other", "upstreamRegistryUrl": "public.ecr.aws" }),
        &[("ecrRepositoryPrefix", "UPDATE_REPLACE"), ("upstreamRegistryUrl", "UPDATE_REPLACE")],
    );
}

cases! { replaced;
    b07_another_upstream(
        json!({}),
        json!({ "upstreamRegistryUrl": "public.ecr.aws" }),
        &[("upstreamRegistryUrl", "UPDATE_REPLACE")],
    );
    b07_another_upstream_and_the_prefix_with_a_slash(
        json!({}),
        json!({ "upstreamRegistryUrl": "public.ecr.aws", "ecrRepositoryPrefix": "quay/" }),
        &[("upstreamRegistryUrl", "UPDATE_REPLACE")],
    );
    b08_another_part_of_the_upstream(
        json!({ "upstreamRepositoryPrefix": "a1" }),
        json!({ "upstreamRepositoryPrefix": "b1" }),
        &[("upstreamRepositoryPrefix", "UPDATE_REPLACE")],
    );
    b10_a_part_of_the_upstream(
        json!({}),
        json!({ "upstreamRepositoryPrefix": "team" }),
        &[("upstreamRepositoryPrefix", "ADD_REPLACE")],
    );
    b10_a_part_of_the_upstream_where_root_was(
        json!({ "upstreamRepositoryPrefix": "ROOT" }),
        json!({ "upstreamRepositoryPrefix": "team" }),
        &[("upstreamRepositoryPrefix", "ADD_REPLACE")],
    );
    b10_all_of_the_upstream_again(
        json!({ "upstreamRepositoryPrefix": "team" }),
        json!({}),
        &[("upstreamRepositoryPrefix", "DELETE_REPLACE")],
    );
    b10_root_again(
        json!({ "upstreamRepositoryPrefix": "team" }),
        json!({ "upstreamRepositoryPrefix": "ROOT" }),
        &[("upstreamRepositoryPrefix", "DELETE_REPLACE")],
    );
    b29_another_upstream_and_another_credential(
        json!({ "credentialArn": CREDENTIAL }),
        json!({ "credentialArn": OTHER_CREDENTIAL, "upstreamRegistryUrl": "ghcr.io" }),
        &[("credentialArn", "UPDATE"), ("upstreamRegistryUrl", "UPDATE_REPLACE")],
    );
}
