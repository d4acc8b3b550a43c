//! `region`: where a rule is, if not where the provider works.

use serde_json::json;

use crate::support::{UNKNOWN, World, assert_says, quay, with};

async fn passes(region: &str) {
    let world = World::start().await;
    let inputs = with(quay(), json!({ "region": region }));
    let checked = world.check(inputs.clone()).await;
    assert_eq!((checked.inputs, checked.failures), (inputs, [].into()));
}

async fn fails(region: &str, says: &[&str]) {
    let world = World::start().await;
    let failures = world.check(with(quay(), json!({ "region": region }))).await.failures;
    assert_eq!(failures.keys().collect::<Vec<_>>(), ["region"]);
    assert_says(&failures["region"], says);
}

cases! { passes;
    a35_the_providers_region("us-east-1");
    a35_another_region("eu-west-1");
    a35_an_empty_region("");
    a35_a_region_that_is_not_known_yet(UNKNOWN);
    a35_a_part_of_the_world_in_which_aws_has_no_region_yet("moon-east-1");
}

cases! { fails;
    a35_another_partition("cn-north-1", &[
        "partition (aws-cn) for per-resource Region (cn-north-1) is not the provider's configured partition (aws)",
        "a provider of its own",
    ]);
    a35_govcloud("us-gov-west-1", &["partition (aws-us-gov)"]);
    a35_no_number("us-east", &["`us-east` cannot be an AWS region", "a region is named like `us-east-1`"]);
    a56_capitals("US-EAST-1", &["it has `U` at position 1", "did you mean `us-east-1`?"]);
    a56_underscores("eu_west_1", &["it has `_` at position 3", "did you mean `eu-west-1`?"]);
    a56_a_zone("eu-west-1a", &["`eu-west-1a` cannot be an AWS region", "did you mean `eu-west-1`?"]);
}

#[tokio::test]
async fn a35_the_providers_region_is_not_put_into_the_inputs() {
    assert_eq!(World::start().await.check(quay()).await.inputs, quay());
}
