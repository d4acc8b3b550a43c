//! `credentialArn`: the secret that ECR logs in with.

use super::reason;
use crate::support::{CREDENTIAL, assert_says, hub, with};
use serde_json::json;

/// The beginning of a good ARN, up to the secret's name.
const SECRETS: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:";

async fn passes(arn: &str) {
    super::assert_good(with(hub(), json!({ "credentialArn": arn }))).await;
}

async fn fails(arn: &str, says: &[&str]) {
    let reason = reason(with(hub(), json!({ "credentialArn": arn })), "credentialArn").await;
    assert_says(&reason, &["is an invalid ARN: ", "ARN of a Secrets Manager secret whose name begins with"]);
    assert_says(&reason, says);
}

cases! { passes;
    a21_govcloud("arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:ecr-pullthroughcache/x-AbCdEf");
    a21_an_isolated_partition("arn:aws-iso-b:secretsmanager:us-isob-east-1:123456789012:secret:ecr-pullthroughcache/x-AbCdEf");
    a21_europes_own_partition("arn:aws-eusc:secretsmanager:eusc-de-east-1:123456789012:secret:ecr-pullthroughcache/x-AbCdEf");
    a22_six_hundred_and_twelve_characters(&format!("{SECRETS}ecr-pullthroughcache/{}", "x".repeat(538)));
    a46_without_the_six_characters_at_the_end(CREDENTIAL.strip_suffix("-AbCdEf").unwrap());
    a46_every_character_of_a_name(&format!("{SECRETS}ecr-pullthroughcache/aZ0/_+=.@-x"));
}

cases! { fails;
    a17_no_arn("foo", &["arn: invalid prefix (an ARN begins with `arn:`)"]);
    a17_too_few_sections("arn:aws:secretsmanager", &["arn: not enough sections", "this has 3 of the 6"]);
    a17_no_partition(&CREDENTIAL.replace("aws:", ":"), &["missing partition value (the second section"]);
    a17_another_cloud(&CREDENTIAL.replace("aws:", "gcp:"), &["invalid partition value `gcp`"]);
    a17_no_resource("arn:aws:secretsmanager:us-east-1:123456789012:", &["missing resource value (the last section)"]);
    a18_an_account_of_nine_digits(
        &CREDENTIAL.replace("123456789012", "123456789"),
        &["invalid account ID value `123456789` (the fifth section)", "12 digits", "this has 9 characters"],
    );
    a20_a_role("arn:aws:iam::123456789012:role/x", &["the service (the third section) is `iam`, not `secretsmanager`"]);
    a20_a_parameter(&CREDENTIAL.replace("secretsmanager", "ssm"), &["the service (the third section) is `ssm`"]);
    a20_no_region(&CREDENTIAL.replace("us-east-1", ""), &["`` (the fourth section) cannot be a region"]);
    a20_another_name(
        &format!("{SECRETS}hub-AbCdEf"),
        &["the resource `secret:hub-AbCdEf` (the last section) is not `secret:ecr-pullthroughcache/…`"],
    );
    a20_a_name_that_ends_too_soon(&format!("{SECRETS}ecr-pullthroughcache/"), &["ends after `ecr-pullthroughcache/`"]);
    a20_a_character_that_no_name_has(
        &format!("{SECRETS}ecr-pullthroughcache/a*b"),
        &["the secret's name has `*` at position 76", "only letters, digits and / _ + = . @ - are allowed"],
    );
    a22_six_hundred_and_thirteen_characters(
        &format!("{SECRETS}ecr-pullthroughcache/{}", "x".repeat(539)),
        &["it has 613 characters, where ECR takes 50 to 612"],
    );
    a47_the_name_of_a_secret("ecr-pullthroughcache/hub", &["this is the name of a secret, and its ARN is wanted"]);
    a47_the_name_of_a_secret_as_in_its_arn(
        "secret:ecr-pullthroughcache/hub-AbCdEf",
        &["this is the name of a secret, and its ARN is wanted"],
    );
}

#[tokio::test]
async fn a19_an_empty_credential() {
    super::passes("credentialArn", "").await;
}
