//! What went wrong in a call to AWS, taken out of the SDK's error types. Pure.

use std::{error::Error as StdError, fmt};

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::{
    orchestrator::HttpResponse,
    result::{ConnectorError, SdkError},
};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use crate::pulumi::error::Code;

/// A failed call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Where it failed.
    pub kind: Kind,
    /// AWS's error code (`AccessDeniedException`), where AWS answered.
    pub code: Option<String>,
    /// AWS's message, or what went wrong on the way.
    pub message: String,
    /// AWS's id for the request, which its support asks for.
    pub request_id: Option<String>,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
}

/// Where a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// AWS answered with an error.
    Service,
    /// There are no credentials, or they cannot be had.
    Credentials,
    /// AWS was not reached, or its answer was lost.
    Network,
    /// An answer came that makes no sense (a proxy's page, for example).
    Response,
    /// The request could not be made.
    Request,
}

impl Failure {
    /// The failure behind an SDK error.
    pub fn of<E>(error: &SdkError<E, HttpResponse>) -> Self
    where
        E: StdError + ProvideErrorMetadata + 'static,
    {
        if let Some(answer) = error.as_service_error() {
            return Self::of_answer(answer, error.raw_response());
        }
        let kind = match error {
            SdkError::ResponseError(_) => Some(Kind::Response),
            SdkError::TimeoutError(_) => Some(Kind::Network),
            SdkError::DispatchFailure(_) => None,
            _ => Some(Kind::Request),
        };
        Self::on_the_way(error, kind, error.raw_response())
    }

    /// The failure that AWS answers with.
    pub fn of_answer<E>(error: &E, raw: Option<&HttpResponse>) -> Self
    where
        E: StdError + ProvideErrorMetadata + 'static,
    {
        Self::answered(error, error.code(), error.message(), raw)
    }

    /// These two are not generic, so that they are in the binary once and not once for every operation.
    fn on_the_way(error: &(dyn StdError + 'static), kind: Option<Kind>, raw: Option<&HttpResponse>) -> Self {
        let kind = match (cause::<CredentialsError>(error), kind) {
            // Where the source of the credentials (STS, SSO) was not reached, they may be fine.
            (Some(credentials), _) if is_unreached(credentials) => Kind::Network,
            (Some(_), None | Some(Kind::Request)) => Kind::Credentials,
            (_, kind) => kind.unwrap_or(Kind::Network),
        };
        Self { kind, code: None, message: chain(error), request_id: request_id(raw), status: status(raw) }
    }

    fn answered(
        error: &(dyn StdError + 'static),
        code: Option<&str>,
        message: Option<&str>,
        raw: Option<&HttpResponse>,
    ) -> Self {
        // Without a code, whatever answered does not speak as AWS does.
        let kind = if code.is_some() { Kind::Service } else { Kind::Response };
        let message = match (message, code) {
            (Some(message), _) => message.to_owned(),
            (None, Some(_)) => "(AWS gave no message)".to_owned(),
            (None, None) => format!("this is no answer that AWS gives: {}", chain(error)),
        };
        let code = code.map(str::to_owned);
        Self { kind, code, message, request_id: request_id(raw), status: status(raw) }
    }

    /// The failure and, on a line of its own, what the user can do.
    pub fn with_advice(&self) -> String {
        self.advice().map_or_else(|| self.to_string(), |advice| format!("{self}\n{advice}"))
    }

    /// Whether AWS answered with a certain code.
    pub fn has_code(&self, code: &str) -> bool {
        self.code.as_deref() == Some(code)
    }

    /// The gRPC code for errors that any service of AWS can give. What is special to a service comes before.
    pub fn grpc_code(&self) -> Code {
        match self.kind {
            Kind::Credentials => Code::Unauthenticated,
            Kind::Network | Kind::Response => Code::Unavailable,
            Kind::Request => Code::InvalidArgument,
            Kind::Service => match self.code.as_deref() {
                Some(code) if code.contains("AccessDenied") || code == "UnauthorizedException" => {
                    Code::PermissionDenied
                }
                Some(code) if is_about_identity(code) => Code::Unauthenticated,
                Some(code) if code.contains("Throttl") || code.contains("TooManyRequests") => Code::ResourceExhausted,
                Some("ValidationException" | "InvalidParameterException") => Code::InvalidArgument,
                _ if self.status == Some(429) => Code::ResourceExhausted,
                _ if self.status.is_some_and(|status| status >= 500) => Code::Unavailable,
                _ => Code::FailedPrecondition,
            },
        }
    }

    /// What the user can do about errors that any service of AWS can give.
    pub fn advice(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Credentials => Some(
                "check the credentials: `aws:profile`, the AWS_* variables or `aws:accessKey` and `aws:secretKey`; \
                 with SSO, log in again (`aws sso login`)",
            ),
            Kind::Network => Some(
                "check that the endpoint can be reached from here: the region's name, `aws:endpoints`, AWS_ENDPOINT_URL, \
                 HTTPS_PROXY and NO_PROXY",
            ),
            Kind::Response => {
                Some("something between here and AWS seems to have answered instead: check proxies and endpoints")
            }
            Kind::Request => None,
            Kind::Service => match self.code.as_deref()? {
                "ExpiredToken" | "ExpiredTokenException" | "RequestExpired" => {
                    Some("the credentials have expired: get new ones (with SSO, `aws sso login`) and run again")
                }
                "RequestTimeTooSkewed" | "InvalidSignatureException" | "SignatureDoesNotMatch" => {
                    Some("check the secret key, and that this machine's clock is right")
                }
                "UnrecognizedClientException" | "InvalidClientTokenId" => Some(
                    "AWS does not know these credentials: check the access key, and that it belongs to this partition",
                ),
                _ if self.grpc_code() == Code::ResourceExhausted => Some(
                    "AWS takes no more calls of this kind for now: run again later, or with fewer at a time (`pulumi up --parallel 4`)",
                ),
                _ if self.grpc_code() == Code::Unavailable => {
                    Some("the failure is on AWS's side: run again later; its support asks for the request id")
                }
                _ => None,
            },
        }
    }
}

/// Whether a code says that AWS does not accept who is asking, whatever is asked.
pub fn is_about_identity(code: &str) -> bool {
    matches!(
        code,
        "ExpiredToken"
            | "ExpiredTokenException"
            | "RequestExpired"
            | "RequestTimeTooSkewed"
            | "InvalidSignatureException"
            | "SignatureDoesNotMatch"
            | "UnrecognizedClientException"
            | "InvalidClientTokenId"
            | "MissingAuthenticationToken"
            | "MissingAuthenticationTokenException"
            | "IncompleteSignature"
            | "IncompleteSignatureException"
            | "InvalidAccessKeyId"
    )
}

/// `AccessDeniedException: … (HTTP 400, request id …)`.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(code) = &self.code {
            write!(f, "{code}: ")?;
        }
        f.write_str(&self.message)?;
        match (self.status, &self.request_id) {
            (Some(status), Some(id)) => write!(f, " (HTTP {status}, request id {id})"),
            (Some(status), None) => write!(f, " (HTTP {status})"),
            (None, _) => Ok(()),
        }
    }
}

fn request_id(raw: Option<&HttpResponse>) -> Option<String> {
    let headers = raw?.headers();
    headers.get("x-amzn-requestid").or_else(|| headers.get("x-amz-request-id")).map(str::to_owned)
}

fn status(raw: Option<&HttpResponse>) -> Option<u16> {
    raw.map(|raw| raw.status().as_u16())
}

/// An error and its causes, each once: causes tend to repeat what the error above them said.
fn chain(error: &(dyn StdError + 'static)) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let said = error.to_string();
        if !text.contains(&said) {
            if !text.is_empty() {
                text.push_str(": ");
            }
            text.push_str(&said);
        }
        next = error.source();
    }
    text
}

/// Whether a source of credentials failed because it was not reached.
fn is_unreached(credentials: &CredentialsError) -> bool {
    matches!(credentials, CredentialsError::ProviderTimedOut(_)) || cause::<ConnectorError>(credentials).is_some()
}

fn cause<'a, C: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a C> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(cause) = error.downcast_ref::<C>() {
            return Some(cause);
        }
        next = error.source();
    }
    None
}

#[cfg(test)]
mod tests;
