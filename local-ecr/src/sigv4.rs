//! The shape of a SigV4 signature: which key signed, for which Region and service.
//!
//! The signature itself is not checked, since any key is welcome here; what an ordinary client always sends must be there, so that
//! a client that forgets to sign is found out.

use crate::error::ApiError;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// Who signed a request, and for what.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Signed {
    pub(crate) access_key: String,
    pub(crate) region: String,
    pub(crate) service: String,
}

/// Reads the `Authorization` header, and holds the date of its scope against `X-Amz-Date`.
pub(crate) fn parse(authorization: Option<&str>, amz_date: Option<&str>) -> Result<Signed, ApiError> {
    let Some(authorization) = authorization.filter(|text| !text.is_empty()) else {
        return Err(ApiError::new("MissingAuthenticationTokenException", "Missing Authentication Token"));
    };
    let Some(parameters) = authorization.strip_prefix(ALGORITHM) else {
        return Err(incomplete(format!("Unsupported AWS 'algorithm': the header must begin with '{ALGORITHM}'.")));
    };
    let parameter = |name: &'static str| {
        parameters
            .split(',')
            .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
            .filter(|value| !value.is_empty())
    };
    let (credential, signature, signed_headers) =
        (parameter("Credential"), parameter("Signature"), parameter("SignedHeaders"));

    let missing: Vec<&str> = [
        (credential, "Authorization header requires 'Credential' parameter."),
        (signature, "Authorization header requires 'Signature' parameter."),
        (signed_headers, "Authorization header requires 'SignedHeaders' parameter."),
        (amz_date, "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."),
    ]
    .into_iter()
    .filter_map(|(value, text)| value.is_none().then_some(text))
    .collect();
    let (Some(credential), Some(signature), Some(signed_headers), Some(amz_date)) =
        (credential, signature, signed_headers, amz_date)
    else {
        return Err(incomplete(missing.join(" ")));
    };

    // The access key is the rest, since nothing says what it may hold.
    let mut scope = credential.rsplitn(5, '/');
    let (Some("aws4_request"), Some(service), Some(region), Some(date), Some(access_key)) =
        (scope.next(), scope.next(), scope.next(), scope.next(), scope.next())
    else {
        return Err(incomplete(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, \
             the last of which is 'aws4_request'.",
        ));
    };
    if [service, region, access_key].contains(&"") {
        return Err(incomplete("Credential must not have empty elements."));
    }
    if !signed_headers.split(';').any(|header| header == "host") {
        return Err(mismatch("'Host' must be a 'SignedHeader' in the AWS Authorization."));
    }
    if signature.len() != 64 || !signature.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(mismatch("The signature must be 64 hexadecimal digits."));
    }
    if amz_date.split_once('T').map(|(day, _)| day) != Some(date) {
        return Err(mismatch(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP",
        ));
    }
    Ok(Signed { access_key: access_key.to_owned(), region: region.to_owned(), service: service.to_owned() })
}

fn incomplete(message: impl Into<String>) -> ApiError {
    ApiError::new("IncompleteSignatureException", message)
}

fn mismatch(message: &str) -> ApiError {
    ApiError::new("InvalidSignatureException", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATE: Option<&str> = Some("20261121T101112Z");

    fn header(credential: &str) -> String {
        format!(
            "AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host;x-amz-date, Signature={}",
            "0a".repeat(32)
        )
    }

    fn code(authorization: Option<&str>, date: Option<&str>) -> String {
        parse(authorization, date).unwrap_err().code.into_owned()
    }

    #[test]
    fn the_credential_says_who_signed_for_what() {
        let signed = parse(Some(&header("AKID/20261121/eu-west-1/ecr/aws4_request")), DATE).unwrap();
        assert_eq!((&*signed.access_key, &*signed.region, &*signed.service), ("AKID", "eu-west-1", "ecr"));
    }

    #[test]
    fn spaces_between_the_parameters_are_optional() {
        let header = header("AKID/20261121/eu-west-1/ecr/aws4_request").replace(", ", ",");
        assert!(parse(Some(&header), DATE).is_ok());
    }

    #[test]
    fn an_unsigned_request_lacks_its_token() {
        assert_eq!(code(None, DATE), "MissingAuthenticationTokenException");
        assert_eq!(code(Some(""), DATE), "MissingAuthenticationTokenException");
    }

    #[test]
    fn everything_that_is_missing_is_named_at_once() {
        let error = parse(Some("AWS4-HMAC-SHA256 Signature=x"), None).unwrap_err();
        assert_eq!(error.code, "IncompleteSignatureException");
        for part in ["'Credential'", "'SignedHeaders'", "'X-Amz-Date'"] {
            assert!(error.message.contains(part), "{part}: {}", error.message);
        }
        assert!(!error.message.contains("'Signature'"), "{}", error.message);
    }

    #[test]
    fn another_scheme_or_scope_is_incomplete() {
        assert_eq!(code(Some("Bearer x"), DATE), "IncompleteSignatureException");
        for credential in ["AKID", "AKID/20261121/eu-west-1/ecr/other", "/20261121/eu-west-1/ecr/aws4_request"] {
            assert_eq!(code(Some(&header(credential)), DATE), "IncompleteSignatureException", "{credential}");
        }
    }

    #[test]
    fn what_cannot_be_a_signature_is_invalid() {
        let good = header("AKID/20261121/eu-west-1/ecr/aws4_request");
        assert_eq!(code(Some(&good), Some("20261122T000000Z")), "InvalidSignatureException");
        assert_eq!(code(Some(&good.replace("host;", "")), DATE), "InvalidSignatureException");
        assert_eq!(code(Some(&good.replace("0a0a", "zz")), DATE), "InvalidSignatureException");
    }
}
