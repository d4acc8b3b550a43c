//! Ids that are none: the error says what the id is, and what would be right.

use tonic::Code;

use crate::support::{World, assert_says};

/// Nobody is asked.
async fn is_refused(id: &'static str, says: &'static [&'static str]) {
    let world = World::start().await;
    let status = world.import(id).await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
    assert_says(status.message(), says);
    assert_eq!(world.ecr.journal().len(), 0);
}

cases! { is_refused;
    d13_capitals_and_a_space("Foo Bar", &["`Foo Bar` is not the id of a pull-through cache rule", "`F`", "position 1"]);
    d13_a_space_inside("foo bar", &["a space", "position 4"]);
    d13_too_short("x", &["range (2 - 30)"]);
    d13_nothing("", &["is empty", "prefix"]);
    d22_a_space_at_the_end("quay ", &["a space", "position 5", "`quay`"]);
    d22_a_line_break_at_the_end("quay\n", &["a line break", "`quay`"]);
    d22_quotes("\"quay\"", &["did you mean `quay`?"]);
    d22_a_space_before_the_at_sign("quay @eu-west-1", &["a space", "did you mean `quay@eu-west-1`?"]);
    d22_an_image("quay/prometheus:v1", &["`:`", "position 16", "a repository", "`quay`"]);
    d22_capitals("Quay", &["capitals", "`quay`"]);
    d22_no_region_behind_the_at_sign("quay@", &["no region behind the `@`", "`quay`", "`quay@eu-west-1`", "us-east-1"]);
    d22_no_prefix_before_the_at_sign("@eu-west-1", &["no prefix before the `@`", "`quay@eu-west-1`"]);
    d22_a_region_that_is_none("quay@nowhere", &["`nowhere`", "us-east-1"]);
    d22_a_zone("quay@eu-west-1a", &["`eu-west-1a`", "did you mean `quay@eu-west-1`?"]);
    d22_a_region_of_another_partition("quay@cn-north-1", &["aws-cn", "(aws)"]);
    d22_two_regions("quay@eu-west-1@us-east-1", &["`eu-west-1@us-east-1`"]);
    d22_the_arn_of_a_repository(
        "arn:aws:ecr:us-east-1:123456789012:repository/quay/prometheus/node-exporter",
        &["a rule has no ARN", "`quay/prometheus/node-exporter`", "`quay`"]
    );
    d22_the_arn_of_a_repository_of_another_region(
        "arn:aws:ecr:eu-west-1:123456789012:repository/quay/prometheus", &["a rule has no ARN", "`quay@eu-west-1`"]
    );
    d22_the_arn_of_something_else(
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/hub-AbCdEf", &["a rule has no ARN"]
    );
    d22_half_an_arn("arn:aws:ecr", &["a rule has no ARN"]);
    d22_the_address_of_an_image(
        "123456789012.dkr.ecr.us-east-1.amazonaws.com/quay/prometheus:v1", &["the address of a repository", "`quay`"]
    );
    d22_an_account_and_a_colon("123456789012:quay", &["no account", "`quay`"]);
    d22_a_repository_with_a_long_name(
        "quay/prometheus/node-exporter-textfile-collector", &["range (2 - 30)", "a repository", "`quay`"]
    );
    d22_two_slashes_at_the_end("quay//", &["position 5"]);
    d22_a_slash_at_the_beginning("/quay", &["position 1"]);
}
