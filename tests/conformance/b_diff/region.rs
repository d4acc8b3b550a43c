//! A rule's region, which is its own or else the provider's.

use serde_json::json;

use super::{diff, kinds, replaced_beside, same};
use crate::support::{State, World, quay, with};

cases! { same;
    b16_the_providers_region_named(json!({}), json!({ "region": "us-east-1" }));
    b18_the_providers_region_no_longer_named(json!({ "region": "us-east-1" }), json!({}));
}

/// As pulumi-aws 6 leaves it: no region anywhere.
#[tokio::test]
async fn b16_a_state_that_knows_no_region() {
    let world = World::start().await;
    let mut old = State::of(quay());
    old.outputs.as_object_mut().unwrap().remove("region");
    for new in [quay(), with(quay(), json!({ "region": "us-east-1" }))] {
        assert_eq!(kinds(&diff(&world, &old, new).await), [].into());
    }
    let elsewhere = with(quay(), json!({ "region": "eu-west-1" }));
    assert_eq!(kinds(&diff(&world, &old, elsewhere).await), [("region", "UPDATE_REPLACE")].into());
}

cases! { replaced_beside;
    b17_another_region(json!({}), json!({ "region": "eu-west-1" }), &[("region", "UPDATE_REPLACE")]);
    b17_one_region_for_another(
        json!({ "region": "us-west-2" }),
        json!({ "region": "eu-west-1" }),
        &[("region", "UPDATE_REPLACE")],
    );
    b17_another_region_and_another_upstream(
        json!({}),
        json!({ "region": "eu-west-1", "upstreamRegistryUrl": "public.ecr.aws" }),
        &[("region", "UPDATE_REPLACE"), ("upstreamRegistryUrl", "UPDATE_REPLACE")],
    );
    b18_a_region_of_its_own_no_longer_named(json!({ "region": "eu-west-1" }), json!({}), &[("region", "UPDATE_REPLACE")]);
}
