//! The AWS query protocol that STS speaks: a form in, XML out.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::error::ApiError;

/// The content type of answers.
pub(crate) const CONTENT_TYPE: &str = "text/xml";

/// The content type of requests.
pub(crate) const REQUEST_CONTENT_TYPE: &str = "application/x-www-form-urlencoded";

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// Reads a form into an object of strings. What is not a pair is left out.
pub(crate) fn parse(body: &[u8]) -> Value {
    let text = String::from_utf8_lossy(body);
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    Value::Object(pairs.map(|(name, value)| (decode(name), Value::String(decode(value)))).collect::<Map<_, _>>())
}

/// The answer of an action: its result fields in order.
pub(crate) fn result(action: &str, fields: &[(&str, &str)], request_id: &str) -> String {
    let mut xml = format!("<{action}Response xmlns=\"{NAMESPACE}\"><{action}Result>");
    for (name, value) in fields {
        let _ = write!(xml, "<{name}>{}</{name}>", escape(value));
    }
    let _ = write!(
        xml,
        "</{action}Result><ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata></{action}Response>",
    );
    xml
}

/// The answer for an error.
pub(crate) fn error(error: &ApiError, request_id: &str) -> String {
    let fault = if error.status < 500 { "Sender" } else { "Receiver" };
    format!(
        "<ErrorResponse xmlns=\"{NAMESPACE}\"><Error><Type>{fault}</Type><Code>{}</Code><Message>{}</Message></Error>\
         <RequestId>{request_id}</RequestId></ErrorResponse>",
        escape(&error.code),
        escape(&error.message),
    )
}

/// The query protocol's own code and status for an error about the signature: the same without `Exception`, and 403.
pub(crate) fn in_its_words(mut error: ApiError) -> ApiError {
    let code = match &*error.code {
        "MissingAuthenticationTokenException" => "MissingAuthenticationToken",
        "IncompleteSignatureException" => "IncompleteSignature",
        "InvalidSignatureException" => "SignatureDoesNotMatch",
        _ => return error,
    };
    error.code = code.into();
    error.with_status(403)
}

/// Undoes form encoding. A `%` that no two hexadecimal digits follow stands for itself.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, tail @ ..] = rest {
        rest = tail;
        match (byte, tail) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, after @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high * 16 + low);
                    rest = after;
                }
                _ => bytes.push(b'%'),
            },
            (byte, _) => bytes.push(*byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_decoded() {
        let form = parse(b"Action=GetCallerIdentity&Version=2011-06-15&Name=a%2Fb+c%");
        assert_eq!(form["Action"], "GetCallerIdentity");
        assert_eq!(form["Name"], "a/b c%");
        assert_eq!(parse(b""), Value::Object(Map::new()));
    }

    #[test]
    fn results_and_errors_are_escaped_xml() {
        let xml = result("GetCallerIdentity", &[("Arn", "a<b&c")], "id");
        assert!(xml.contains("<GetCallerIdentityResult><Arn>a&lt;b&amp;c</Arn></GetCallerIdentityResult>"), "{xml}");
        let xml = error(&ApiError::new("InvalidAction", "x > y").with_status(500), "id");
        assert!(xml.contains("<Type>Receiver</Type><Code>InvalidAction</Code><Message>x &gt; y</Message>"), "{xml}");
    }
}
