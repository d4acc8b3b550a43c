use aws_smithy_runtime_api::{
    client::result::ConnectorError,
    http::{Response, StatusCode},
};
use aws_smithy_types::{body::SdkBody, error::metadata::ErrorMetadata};

use super::*;

type SdkFailure = SdkError<ErrorMetadata, HttpResponse>;

fn response(status: u16, headers: &[(&'static str, &'static str)]) -> HttpResponse {
    let mut response = Response::new(StatusCode::try_from(status).unwrap(), SdkBody::empty());
    for (name, value) in headers {
        response.headers_mut().insert(*name, *value);
    }
    response
}

fn answered(status: u16, code: Option<&str>, message: Option<&str>) -> Failure {
    let mut metadata = ErrorMetadata::builder();
    if let Some(code) = code {
        metadata = metadata.code(code);
    }
    if let Some(message) = message {
        metadata = metadata.message(message);
    }
    let raw = response(status, &[("x-amzn-requestid", "1-2-3")]);
    Failure::of(&SdkFailure::service_error(metadata.build(), raw))
}

fn with_code(code: &str) -> Failure {
    answered(400, Some(code), Some("no"))
}

#[test]
fn an_answer_keeps_its_code_message_status_and_request_id() {
    let failure = answered(400, Some("AccessDeniedException"), Some("User: x is not authorized"));
    let expected = Failure {
        kind: Kind::Service,
        code: Some("AccessDeniedException".to_owned()),
        message: "User: x is not authorized".to_owned(),
        request_id: Some("1-2-3".to_owned()),
        status: Some(400),
    };
    assert_eq!(failure, expected);
    assert_eq!(failure.to_string(), "AccessDeniedException: User: x is not authorized (HTTP 400, request id 1-2-3)");
    assert!(failure.has_code("AccessDeniedException") && !failure.has_code("AccessDenied"));
}

#[test]
fn an_answer_without_a_message_or_code_says_so() {
    assert_eq!(answered(400, Some("Odd"), None).to_string(), "Odd: (AWS gave no message) (HTTP 400, request id 1-2-3)");
    assert_eq!(
        answered(500, None, None).to_string(),
        "this is no answer that AWS gives: Error (HTTP 500, request id 1-2-3)"
    );
    assert_eq!(answered(500, None, Some("oops")).to_string(), "oops (HTTP 500, request id 1-2-3)");
}

#[test]
fn the_request_id_is_found_under_its_other_name() {
    let raw = response(403, &[("x-amz-request-id", "A1")]);
    let failure = Failure::of(&SdkFailure::service_error(ErrorMetadata::builder().code("X").build(), raw));
    assert_eq!(failure.request_id.as_deref(), Some("A1"));
    let failure = Failure::of(&SdkFailure::service_error(
        ErrorMetadata::builder().code("X").message("m").build(),
        response(403, &[]),
    ));
    assert_eq!(failure.to_string(), "X: m (HTTP 403)");
}

#[test]
fn what_failed_on_the_way_is_told_with_its_causes() {
    let refused = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "connection refused");
    let failure = Failure::of(&SdkFailure::dispatch_failure(ConnectorError::io(refused.into())));
    assert_eq!((failure.kind, failure.code.as_deref(), failure.status), (Kind::Network, None, None));
    assert!(failure.message.contains("connection refused"), "{failure}");
    assert_eq!(failure.message.matches("connection refused").count(), 1, "{failure}");
}

#[test]
fn each_place_of_failure_is_told_apart() {
    let credentials = || CredentialsError::not_loaded("no credentials in the chain");
    let dispatched = ConnectorError::other(credentials().into(), None);
    for (error, kind, code, text) in [
        (SdkFailure::timeout_error("timed out after 3 s"), Kind::Network, Code::Unavailable, "timed out after 3 s"),
        (
            SdkFailure::response_error("expected value at line 1", response(200, &[])),
            Kind::Response,
            Code::Unavailable,
            "expected value at line 1",
        ),
        (
            SdkFailure::construction_failure(credentials()),
            Kind::Credentials,
            Code::Unauthenticated,
            "no credentials in the chain",
        ),
        (SdkFailure::dispatch_failure(dispatched), Kind::Credentials, Code::Unauthenticated, "no credentials"),
        (
            SdkFailure::construction_failure("FIPS and custom endpoint are not supported"),
            Kind::Request,
            Code::InvalidArgument,
            "FIPS and custom endpoint",
        ),
    ] {
        let failure = Failure::of(&error);
        assert_eq!((failure.kind, failure.grpc_code()), (kind, code), "{failure}");
        assert!(failure.to_string().contains(text), "{failure}");
        assert_eq!(failure.advice().is_some(), kind != Kind::Request, "{failure}");
    }
}

#[test]
fn codes_of_any_service_have_a_grpc_code() {
    for (code, expected) in [
        ("AccessDeniedException", Code::PermissionDenied),
        ("AccessDenied", Code::PermissionDenied),
        ("KMSAccessDeniedException", Code::PermissionDenied),
        ("UnauthorizedException", Code::PermissionDenied),
        ("ExpiredTokenException", Code::Unauthenticated),
        ("UnrecognizedClientException", Code::Unauthenticated),
        ("InvalidSignatureException", Code::Unauthenticated),
        ("ThrottlingException", Code::ResourceExhausted),
        ("Throttling", Code::ResourceExhausted),
        ("TooManyRequestsException", Code::ResourceExhausted),
        ("ValidationException", Code::InvalidArgument),
        ("InvalidParameterException", Code::InvalidArgument),
        ("RepositoryPolicyNotFoundException", Code::FailedPrecondition),
    ] {
        assert_eq!(with_code(code).grpc_code(), expected, "{code}");
    }
    assert_eq!(answered(429, Some("Odd"), None).grpc_code(), Code::ResourceExhausted);
    assert_eq!(answered(500, Some("ServerException"), None).grpc_code(), Code::Unavailable);
    assert_eq!(answered(503, None, None).grpc_code(), Code::Unavailable);
}

#[test]
fn no_failure_makes_the_engine_doubt_the_state() {
    for status in [400, 403, 404, 429, 500, 503] {
        for code in [None, Some("InternalFailure"), Some("Odd")] {
            let grpc_code = answered(status, code, None).grpc_code();
            assert!(!matches!(grpc_code, Code::Unknown | Code::Internal | Code::DataLoss), "{status} {code:?}");
        }
    }
}

#[test]
fn there_is_advice_for_what_the_user_can_change() {
    for (code, advice) in [
        ("ExpiredTokenException", "aws sso login"),
        ("RequestExpired", "expired"),
        ("InvalidSignatureException", "clock"),
        ("SignatureDoesNotMatch", "secret key"),
        ("UnrecognizedClientException", "access key"),
        ("InvalidClientTokenId", "partition"),
    ] {
        assert!(with_code(code).advice().unwrap().contains(advice), "{code}");
        assert!(is_about_identity(code), "{code}");
    }
    assert_eq!(with_code("ServerException").advice(), None);
    assert!(!is_about_identity("AccessDeniedException"), "who asks is known; what is asked is not allowed");
}

#[test]
fn what_passes_by_itself_is_to_be_tried_later() {
    for (failure, says) in [
        (with_code("ThrottlingException"), "fewer at a time"),
        (answered(429, Some("SomethingNew"), None), "fewer at a time"),
        (answered(500, Some("ServerException"), None), "AWS's side"),
    ] {
        assert!(failure.advice().is_some_and(|advice| advice.contains(says)), "{failure}");
    }
}
