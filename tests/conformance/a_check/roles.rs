//! `customRoleArn`: the role that reads a private registry.

use super::{fails as fails_by, passes as passes_by};
use crate::support::{CREDENTIAL, ROLE};

async fn passes(arn: &str) {
    passes_by("customRoleArn", arn).await;
}

async fn fails(arn: &str, says: &str) {
    fails_by("customRoleArn", arn, &["is an invalid ARN: ", says, "the ARN of an IAM role, such as arn:aws:iam::"])
        .await;
}

cases! { passes;
    a23_an_empty_role("");
    a24_a_role(ROLE);
    a24_a_role_with_a_path("arn:aws:iam::123456789012:role/path/to/role");
    a24_a_role_of_another_partition("arn:aws-cn:iam::123456789012:role/role");
    a24_a_name_of_sixty_four_characters(&format!("arn:aws:iam::123456789012:role/{}", "x".repeat(64)));
}

cases! { fails;
    a23_no_arn("foo", "arn: invalid prefix (an ARN begins with `arn:`)");
    a23_an_account_of_nine_digits("arn:aws:iam::123456789:role/x", "invalid account ID value `123456789` (the fifth section)");
    a23_two_thousand_and_forty_nine_characters(
        &format!("arn:aws:iam::123456789012:role/{}", "x".repeat(2018)),
        "it has 2049 characters, where ECR takes 2048 at most",
    );
    a24_another_service("arn:aws:s3:::bucket", "the service (the third section) is `s3`, not `iam`");
    a24_the_secret(CREDENTIAL, "the service (the third section) is `secretsmanager`, not `iam`");
    a24_a_user("arn:aws:iam::123456789012:user/x", "the resource `user/x` (the last section) is not `role/…`");
    a24_a_region("arn:aws:iam:us-east-1:123456789012:role/x", "the fourth section is `us-east-1`, but IAM has no regions");
    a24_no_name("arn:aws:iam::123456789012:role/path/", "(the last section) ends without the role's name");
    a24_a_character_that_no_name_has("arn:aws:iam::123456789012:role/*", "the role's name has `*` at position 32");
    a24_a_name_of_sixty_five_characters(
        &format!("arn:aws:iam::123456789012:role/{}", "x".repeat(65)),
        "the role's name has 65 characters, where IAM takes 64 at most",
    );
    a48_the_session_of_a_role(
        "arn:aws:sts::123456789012:assumed-role/ecr-pull-through/me@example.com",
        "; the role may be `arn:aws:iam::123456789012:role/ecr-pull-through`",
    );
}
