use super::*;

const CREATING: Operation<'_> = Operation {
    doing: "creating",
    api: "CreatePullThroughCacheRule",
    prefix: "team",
    region: "us-east-1",
    account: None,
    about_role: None,
};

fn answer(code: &str) -> Failure {
    Failure {
        kind: Kind::Service,
        code: Some(code.to_owned()),
        message: "what ECR says".to_owned(),
        request_id: Some("1-2-3".to_owned()),
        status: Some(400),
    }
}

#[test]
fn every_error_of_ecr_has_a_code_and_keeps_all_that_was_said() {
    for (code, expected, advice) in [
        (ALREADY_EXISTS, Code::AlreadyExists, ""),
        (NOT_FOUND, Code::NotFound, "pulumi refresh"),
        (LIMIT_EXCEEDED, Code::ResourceExhausted, "50 pull-through cache rules"),
        (UNSUPPORTED_UPSTREAM, Code::InvalidArgument, "registry-1.docker.io"),
        (SECRET_NOT_FOUND, Code::FailedPrecondition, "`dependsOn`"),
        (UNABLE_TO_ACCESS_SECRET, Code::PermissionDenied, "secretsmanager:GetSecretValue"),
        (UNABLE_TO_DECRYPT_SECRET, Code::FailedPrecondition, "aws/secretsmanager"),
        ("AccessDeniedException", Code::PermissionDenied, "ecr:CreatePullThroughCacheRule"),
        ("InvalidParameterException", Code::InvalidArgument, ""),
        ("ThrottlingException", Code::ResourceExhausted, "--parallel"),
        ("ExpiredTokenException", Code::Unauthenticated, "expired"),
        ("SomethingNew", Code::FailedPrecondition, ""),
    ] {
        let error = CREATING.failed(&answer(code));
        assert_eq!(error.code, expected, "{code}");
        let first = format!(
            "creating ECR Pull Through Cache Rule (team): CreatePullThroughCacheRule in us-east-1: {code}: what ECR says \
             (HTTP 400, request id 1-2-3)"
        );
        let (said, advised) = error.message.split_once('\n').unwrap_or((&error.message, ""));
        assert_eq!(said, first);
        assert_eq!(advised.is_empty(), advice.is_empty(), "{code}: {advised}");
        assert!(advised.contains(advice), "{code}: {advised}");
    }
}

#[test]
fn permissions_are_named_for_each_call() {
    for (api, needs, needs_not) in [
        ("CreatePullThroughCacheRule", "iam:CreateServiceLinkedRole", ""),
        ("UpdatePullThroughCacheRule", "iam:PassRole", "iam:CreateServiceLinkedRole"),
        ("DeletePullThroughCacheRule", "ecr:DeletePullThroughCacheRule", "iam:"),
        ("DescribePullThroughCacheRules", "ecr:DescribePullThroughCacheRules", "secretsmanager:"),
    ] {
        let error = Operation { api, ..CREATING }.failed(&answer("AccessDeniedException"));
        assert!(error.message.contains(needs) && error.message.contains(&format!("ecr:{api}")), "{error}");
        assert!(needs_not.is_empty() || !error.message.contains(needs_not), "{error}");
    }
}

#[test]
fn a_failure_on_the_way_keeps_its_reason_and_gets_advice() {
    let failure = Failure {
        kind: Kind::Network,
        code: None,
        message: "connection refused".to_owned(),
        request_id: None,
        status: None,
    };
    let error = CREATING.failed(&failure);
    assert_eq!(error.code, Code::Unavailable);
    assert!(error.message.contains("connection refused\n") && error.message.contains("HTTPS_PROXY"), "{error}");
}

#[test]
fn an_unclear_outcome_is_the_only_one_that_makes_the_engine_doubt() {
    let error = CREATING.unclear("no answer", "look for it");
    assert_eq!(error.code, Code::Unknown);
    assert!(error.message.contains("no answer") && error.message.contains("It is not known"), "{error}");
    assert!(error.message.contains("look for it"), "{error}");
    for kind in [Kind::Service, Kind::Credentials, Kind::Network, Kind::Response, Kind::Request] {
        let error = CREATING.failed(&Failure { kind, ..answer("InternalFailure") });
        assert!(!matches!(error.code, Code::Unknown | Code::Internal | Code::DataLoss), "{kind:?}");
    }
}

#[test]
fn a_listing_is_about_no_rule_in_particular() {
    assert_eq!(Operation { prefix: "", doing: "listing", ..CREATING }.title(), "listing ECR Pull Through Cache Rules");
}

#[test]
fn a_prefix_that_is_taken_comes_with_the_way_out() {
    let text = taken("team/", "the registry of account 1 in us-east-1", "pulumi import x y team");
    assert!(text.contains("has one for `team` already") && text.contains("\n  pulumi import x y team\n"), "{text}");
    assert!(text.contains("`deleteBeforeReplace: true`") && text.contains("`retainOnDelete`"), "{text}");
}

#[test]
fn only_a_secret_that_ecr_says_it_cannot_see_is_waited_for() {
    for (code, waits) in [
        (SECRET_NOT_FOUND, true),
        (UNABLE_TO_ACCESS_SECRET, true),
        (UNABLE_TO_DECRYPT_SECRET, false),
        (LIMIT_EXCEEDED, false),
        (ALREADY_EXISTS, false),
    ] {
        assert_eq!(secret_may_appear(&answer(code)), waits, "{code}");
    }
    assert!(!secret_may_appear(&Failure { kind: Kind::Network, ..answer(SECRET_NOT_FOUND) }));
}

#[test]
fn an_error_that_may_be_about_a_role_says_what_a_role_needs() {
    let creating = Operation { about_role: Some(ROLE_ADVICE), ..CREATING };
    for (code, about_role) in [
        ("InvalidParameterException", true),
        ("ValidationException", true),
        ("AccessDeniedException", true),
        ("SomethingNew", true),
        (UNSUPPORTED_UPSTREAM, true),
        (SECRET_NOT_FOUND, false),
        (LIMIT_EXCEEDED, false),
        ("ThrottlingException", false),
        ("ExpiredTokenException", false),
    ] {
        let error = creating.failed(&answer(code));
        assert_eq!(error.message.contains(ROLE_ADVICE), about_role, "{error}");
    }
}

#[test]
fn the_account_is_named_where_it_is_known() {
    let creating = Operation { account: Some("123456789012".to_owned()), ..CREATING };
    for error in [creating.failed(&answer(LIMIT_EXCEEDED)), creating.unclear("lost", "look")] {
        assert!(
            error.message.contains(": CreatePullThroughCacheRule in us-east-1 (account 123456789012): "),
            "{error}"
        );
    }
}
