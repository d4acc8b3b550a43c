//! One request in, one answer out, without sockets: which service, which operation, who calls, in which form the answer goes.

use std::time::SystemTime;

use hyper::HeaderMap;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use serde_json::Value;

use crate::error::ApiError;
use crate::journal::Call;
use crate::operation::{Operation, Service};
use crate::sigv4::{self, Signed};
use crate::world::World;
use crate::{ecr, ids, json_rpc, query_rpc, secrets_manager, sts};

/// Fields whose values nobody needs to see again.
const SECRET_FIELDS: [&str; 2] = ["SecretString", "SecretBinary"];

/// A request that was read as far as it can be. Each part keeps its own error, since the answer to a bad request also depends on
/// which part AWS looks at first.
#[derive(Debug)]
pub(crate) struct Request {
    protocol: Protocol,
    /// The name that the client gave, and the operation behind it.
    name: String,
    operation: Option<Operation>,
    signed: Result<Signed, ApiError>,
    body: Result<Value, ApiError>,
    user_agent: String,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Protocol {
    Json,
    Query,
}

/// An answer, ready to be sent.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) request_id: String,
    pub(crate) error_code: Option<String>,
    pub(crate) body: String,
}

impl Request {
    pub(crate) fn read(headers: &HeaderMap, body: &[u8]) -> Self {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let text = |name: &str| header(name).unwrap_or_default().to_owned();
        let is_form =
            header(CONTENT_TYPE.as_str()).is_some_and(|kind| kind.starts_with(query_rpc::REQUEST_CONTENT_TYPE));
        let (protocol, name, operation, body) = if is_form {
            let form = query_rpc::parse(body);
            let action = form.get("Action").and_then(Value::as_str).unwrap_or_default().to_owned();
            let operation = Operation::of_sts_action(&action);
            (Protocol::Query, action, operation, Ok(form))
        } else {
            let target = text("x-amz-target");
            let operation = Operation::of_target(&target);
            let name = target.rsplit_once('.').map_or(target.as_str(), |(_, name)| name).to_owned();
            (Protocol::Json, name, operation, json_rpc::parse(body))
        };
        Self {
            protocol,
            name,
            operation,
            signed: sigv4::parse(header(AUTHORIZATION.as_str()), header("x-amz-date").or(header("date"))),
            body,
            user_agent: text(USER_AGENT.as_str()),
        }
    }

    pub(crate) fn operation(&self) -> Option<Operation> {
        self.operation
    }

    /// The journal's entry for it, as of its arrival.
    pub(crate) fn call(&self, world: &World) -> Call {
        let signed = self.signed.as_ref().ok();
        let caller = signed.map(|signed| world.caller(signed));
        let mut body = self.body.clone().unwrap_or_default();
        for field in SECRET_FIELDS {
            if let Some(value) = body.get_mut(field) {
                *value = "(not shown)".into();
            }
        }
        Call {
            operation: self.name.clone(),
            region: signed.map(|signed| signed.region.clone()).unwrap_or_default(),
            account: caller.map(|caller| caller.account).unwrap_or_default(),
            access_key: signed.map(|signed| signed.access_key.clone()).unwrap_or_default(),
            user_agent: self.user_agent.clone(),
            body,
            status: None,
            error_code: None,
            at: SystemTime::now(),
            took: None,
        }
    }

    /// Carries the request out.
    pub(crate) fn carry_out(&self, world: &mut World) -> Result<Output, ApiError> {
        let operation = self.operation.ok_or_else(|| match self.protocol {
            Protocol::Json => ApiError::unknown_operation(format!(
                "'{}' is not served here: local-ecr speaks AWS JSON 1.1 for ECR's pull-through cache rules and a part of \
                 Secrets Manager, and the query protocol for a part of STS",
                self.name,
            )),
            Protocol::Query => sts::unknown_action(&self.name),
        })?;
        let service = operation.service();
        let signed = self.signed.clone()?;
        if signed.service != service.signing_name() {
            let text = format!("Credential should be scoped to correct service: '{}'.", service.signing_name());
            return Err(ApiError::new("InvalidSignatureException", text));
        }
        let caller = world.caller(&signed);
        let body = self.body.as_ref().map_err(Clone::clone)?;
        match service {
            Service::Ecr => ecr::call(world, &caller, operation, &json_rpc::Fields::of(body)?).map(Output::Json),
            Service::SecretsManager => {
                secrets_manager::call(world, &caller, operation, &json_rpc::Fields::of(body)?).map(Output::Json)
            }
            Service::Sts => sts::call(&caller, operation).map(Output::Query),
        }
    }

    /// Puts what came of it into the form that its protocol has.
    pub(crate) fn answer(&self, result: Result<Output, ApiError>) -> Answer {
        let request_id = ids::uuid();
        let (status, error_code, body) = match (result, self.protocol) {
            (Ok(Output::Json(body)), _) => (200, None, body.to_string()),
            (Ok(Output::Query(fields)), _) => {
                let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                (200, None, query_rpc::result(&self.name, &fields, &request_id))
            }
            (Err(error), Protocol::Json) => {
                let body = json_rpc::error_body(&error).to_string();
                (error.status, Some(error.code.into_owned()), body)
            }
            (Err(error), Protocol::Query) => {
                let error = query_rpc::in_its_words(error);
                let body = query_rpc::error(&error, &request_id);
                (error.status, Some(error.code.into_owned()), body)
            }
        };
        let content_type = match self.protocol {
            Protocol::Json => json_rpc::CONTENT_TYPE,
            Protocol::Query => query_rpc::CONTENT_TYPE,
        };
        Answer { status, content_type, request_id, error_code, body }
    }
}

/// What an operation gives back.
#[derive(Debug)]
pub(crate) enum Output {
    Json(Value),
    Query(Vec<(&'static str, String)>),
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderValue;

    use super::*;
    use crate::Options;

    const CREATE: &str = "AmazonEC2ContainerRegistry_V20150921.CreatePullThroughCacheRule";

    fn headers(target: &str, service: &str) -> HeaderMap {
        let signature = "0".repeat(64);
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential=AKID/20261121/eu-west-1/{service}/aws4_request, SignedHeaders=host, Signature={signature}"
        );
        let mut headers = HeaderMap::new();
        headers.insert("x-amz-target", HeaderValue::from_str(target).unwrap());
        headers.insert("x-amz-date", HeaderValue::from_static("20261121T000000Z"));
        headers.insert(AUTHORIZATION, HeaderValue::from_str(&authorization).unwrap());
        headers
    }

    fn answer(headers: &HeaderMap, body: &str) -> Answer {
        let mut world = World::new(&Options::default());
        let request = Request::read(headers, body.as_bytes());
        let result = request.carry_out(&mut world);
        request.answer(result)
    }

    fn code(headers: &HeaderMap, body: &str) -> String {
        answer(headers, body).error_code.unwrap_or_default()
    }

    #[test]
    fn a_signed_call_of_an_operation_is_answered() {
        let answer =
            answer(&headers(CREATE, "ecr"), r#"{"ecrRepositoryPrefix":"quay","upstreamRegistryUrl":"quay.io"}"#);
        assert_eq!((answer.status, answer.error_code), (200, None));
        assert!(answer.body.contains(r#""registryId":"123456789012""#), "{}", answer.body);
    }

    #[test]
    fn an_unknown_operation_is_told_before_a_missing_signature() {
        assert_eq!(code(&HeaderMap::new(), ""), "UnknownOperationException");
        assert_eq!(
            code(&headers("AmazonEC2ContainerRegistry_V20150921.PutImage", "ecr"), "{}"),
            "UnknownOperationException"
        );
    }

    #[test]
    fn a_missing_signature_is_told_before_a_bad_body() {
        let mut headers = headers(CREATE, "ecr");
        headers.remove(AUTHORIZATION);
        assert_eq!(code(&headers, "{"), "MissingAuthenticationTokenException");
    }

    #[test]
    fn a_signature_for_another_service_is_invalid() {
        assert_eq!(code(&headers(CREATE, "sts"), "{}"), "InvalidSignatureException");
    }

    #[test]
    fn a_body_that_is_no_json_object_is_a_serialization_error() {
        for body in ["{", "[]", "1"] {
            assert_eq!(code(&headers(CREATE, "ecr"), body), "SerializationException", "{body}");
        }
    }

    #[test]
    fn sts_answers_in_xml_and_with_codes_of_its_own() {
        let mut headers = headers("", "sts");
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded; charset=utf-8"));
        let identity = answer(&headers, "Action=GetCallerIdentity&Version=2011-06-15");
        assert_eq!((identity.status, identity.content_type), (200, "text/xml"));
        assert!(identity.body.contains("<Account>123456789012</Account>"), "{}", identity.body);
        assert_eq!(code(&headers, "Action=Nothing"), "InvalidAction");
        headers.remove(AUTHORIZATION);
        let unsigned = answer(&headers, "Action=GetCallerIdentity");
        assert_eq!((unsigned.status, unsigned.error_code.as_deref()), (403, Some("MissingAuthenticationToken")));
    }

    #[test]
    fn the_journal_never_holds_a_secrets_value() {
        let request = Request::read(
            &headers("secretsmanager.CreateSecret", "secretsmanager"),
            br#"{"Name":"n","SecretString":"s3cret"}"#,
        );
        let call = request.call(&World::new(&Options::default()));
        assert!(!format!("{call:?}").contains("s3cret"));
        assert_eq!(call.body["Name"], "n");
        assert_eq!((&*call.operation, &*call.region, &*call.account), ("CreateSecret", "eu-west-1", "123456789012"));
    }
}
