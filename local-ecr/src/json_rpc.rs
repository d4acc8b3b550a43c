//! AWS JSON 1.1: a JSON object in, a JSON object out, errors with `__type`.

use serde_json::{Map, Value, json};

use crate::error::ApiError;

/// The content type of requests and answers.
pub(crate) const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

/// The fields of a request, read with the types that the model gives them.
///
/// As in AWS, `null` is the same as absent and a field that the operation does not have is ignored.
#[derive(Debug)]
pub(crate) struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    pub(crate) fn of(body: &'a Value) -> Result<Self, ApiError> {
        match body {
            Value::Object(fields) => Ok(Self(fields)),
            other => Err(wrong_type(other, "a structure")),
        }
    }

    fn get(&self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    pub(crate) fn string(&self, name: &str) -> Result<Option<&'a str>, ApiError> {
        self.get(name).map(as_string).transpose()
    }

    pub(crate) fn strings(&self, name: &str) -> Result<Option<Vec<&'a str>>, ApiError> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Array(items)) => items.iter().map(as_string).collect::<Result<_, _>>().map(Some),
            Some(other) => Err(wrong_type(other, "a List")),
        }
    }

    pub(crate) fn integer(&self, name: &str) -> Result<Option<i64>, ApiError> {
        self.get(name).map(|value| value.as_i64().ok_or_else(|| wrong_type(value, "an Integer"))).transpose()
    }

    pub(crate) fn boolean(&self, name: &str) -> Result<Option<bool>, ApiError> {
        self.get(name).map(|value| value.as_bool().ok_or_else(|| wrong_type(value, "a Boolean"))).transpose()
    }
}

/// Reads a body; an empty one is an empty object.
pub(crate) fn parse(body: &[u8]) -> Result<Value, ApiError> {
    if body.is_empty() {
        return Ok(json!({}));
    }
    serde_json::from_slice(body).map_err(|error| ApiError::serialization(format!("The body is not JSON: {error}")))
}

/// The body of an error answer.
pub(crate) fn error_body(error: &ApiError) -> Value {
    json!({ "__type": error.code, "message": error.message })
}

/// Puts an optional field into an answer, which leaves it out when there is none.
pub(crate) fn put_some(answer: &mut Map<String, Value>, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        answer.insert(name.to_owned(), value.into());
    }
}

fn as_string(value: &Value) -> Result<&str, ApiError> {
    value.as_str().ok_or_else(|| wrong_type(value, "a String"))
}

/// AWS words it with the name of the JSON token that it met.
fn wrong_type(value: &Value, wanted: &str) -> ApiError {
    let token = match value {
        Value::Null => "NULL_VALUE",
        Value::Bool(true) => "TRUE_VALUE",
        Value::Bool(false) => "FALSE_VALUE",
        Value::Number(number) if number.is_f64() => "DECIMAL_VALUE",
        Value::Number(_) => "NUMBER_VALUE",
        Value::String(_) => "STRING_VALUE",
        Value::Array(_) => "START_ARRAY",
        Value::Object(_) => "START_OBJECT",
    };
    ApiError::serialization(format!("{token} can not be converted to {wanted}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_with_their_types() {
        let body = json!({ "s": "text", "l": ["a", "b"], "i": 7, "b": true, "n": null });
        let fields = Fields::of(&body).unwrap();
        assert_eq!(fields.string("s").unwrap(), Some("text"));
        assert_eq!(fields.strings("l").unwrap(), Some(vec!["a", "b"]));
        assert_eq!(fields.integer("i").unwrap(), Some(7));
        assert_eq!(fields.boolean("b").unwrap(), Some(true));
    }

    #[test]
    fn null_is_absent() {
        let body = json!({ "n": null });
        let fields = Fields::of(&body).unwrap();
        assert_eq!(fields.string("n").unwrap(), None);
        assert_eq!(fields.strings("n").unwrap(), None);
        assert_eq!(fields.integer("absent").unwrap(), None);
    }

    #[test]
    fn a_wrong_type_is_a_serialization_error_that_names_the_token() {
        let body = json!({ "number": 1, "list": ["a", 2], "text": "1" });
        let fields = Fields::of(&body).unwrap();
        let error = fields.string("number").unwrap_err();
        assert_eq!(error.code, "SerializationException");
        assert_eq!(error.message, "NUMBER_VALUE can not be converted to a String");
        assert!(fields.strings("list").is_err());
        assert!(fields.strings("text").is_err());
        assert!(fields.integer("text").is_err());
        assert!(Fields::of(&json!([])).is_err());
    }

    #[test]
    fn an_empty_body_is_an_empty_object_and_garbage_is_refused() {
        assert_eq!(parse(b"").unwrap(), json!({}));
        assert_eq!(parse(b"{").unwrap_err().code, "SerializationException");
    }
}
