//! Values with something around them: from a file, a shell, a document.

use serde_json::json;

use super::reason;
use crate::support::{CREDENTIAL, ROLE, assert_says, hub, with};

/// The value fails with something around it, which is named with its position, and the bare value is suggested.
async fn is_told(property: &str, value: &str, before: &str, after: &str, says: &str) {
    let inputs = with(hub(), json!({ property: format!("{before}{value}{after}") }));
    assert_says(&reason(inputs, property).await, &[says, &format!("did you mean `{value}`?")]);
}

cases! { is_told;
    a45_a_prefix_from_a_file("ecrRepositoryPrefix", "hub", "", "\n", "has a line break (U+000A) at position 4");
    a45_a_prefix_in_quotes("ecrRepositoryPrefix", "hub", "\"", "\"", "has `\"` at position 1");
    a45_a_prefix_after_a_space("upstreamRepositoryPrefix", "library", " ", "", "has a space at position 1");
    a45_a_host_from_a_file("upstreamRegistryUrl", "quay.io", "", "\r\n", "has a line break (U+000D) at position 8");
    a45_a_host_in_quotes("upstreamRegistryUrl", "quay.io", "'", "'", "has `'` at position 1, which no host that ECR takes has");
    a45_a_credential_from_a_file("credentialArn", CREDENTIAL, "", "\n", "has a line break (U+000A) at position 85");
    a45_a_credential_in_quotes("credentialArn", CREDENTIAL, "\"", "\"", "begins with `arn:`, which stands at position 2");
    a45_a_role_from_a_file("customRoleArn", ROLE, "", "\n", "has a line break (U+000A) at position 48");
    a45_a_role_after_a_tab("customRoleArn", ROLE, "\t", "", "has a tab (U+0009) at position 1");
    a45_a_region_from_a_file("region", "us-east-1", "", "\n", "has a line break (U+000A) at position 10");
}
