//! Values of configuration keys, in whichever form they come: typed, or as the text that SDKs and stack configuration make of
//! everything that is no string.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::{KEYS, Key, Shape};
use crate::pulumi::{
    check::Findings,
    value::{PropertyMap, Value},
    wire::SIGNATURE_KEY,
};

/// Reads keys, and collects what is wrong with them.
pub(super) struct Reader<'a> {
    pub(super) properties: &'a PropertyMap,
    pub(super) findings: &'a mut Findings,
}

impl Reader<'_> {
    /// Whether the key holds anything that is known. A flag that is off is as good as not there.
    pub(super) fn is_set(&self, key: &Key) -> bool {
        let given = self.properties.get(key.name).map(Value::peeled);
        given.and_then(|given| meaning(key, given)).is_some_and(|given| given != Json::Bool(false))
    }

    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        match self.get(name)? {
            Json::String(text) => Some(text),
            other => self.fail(name, &format!("must be a string, but is {other}")),
        }
    }

    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        match self.get(name)? {
            Json::Bool(flag) => Some(flag),
            Json::String(text) => match boolean(&text) {
                Some(flag) => Some(flag),
                None => self.fail(name, &format!("must be true or false, but is `{text}`")),
            },
            other => self.fail(name, &format!("must be true or false, but is {other}")),
        }
    }

    pub(super) fn number(&mut self, name: &str) -> Option<u32> {
        let value = self.get(name)?;
        match whole_number(&value) {
            Some(number) => Some(number),
            None => self.fail(name, &format!("must be a whole number, 0 or more, but is {value}")),
        }
    }

    pub(super) fn choice(&mut self, name: &str, choices: &[&str]) -> Option<String> {
        let text = self.text(name)?;
        if choices.contains(&text.as_str()) {
            return Some(text);
        }
        self.fail(name, &format!("must be `{}`, but is `{text}`", choices.join("` or `")))
    }

    pub(super) fn texts(&mut self, name: &str) -> Vec<String> {
        let Some(value) = self.structure(name) else {
            return Vec::new();
        };
        let Json::Array(items) = value else {
            return self.fail(name, "must be a list of strings, such as [\"a\", \"b\"]").unwrap_or_default();
        };
        let texts = items.into_iter().map(|item| match item {
            Json::String(text) => Some(text),
            // An account ID without quotes.
            Json::Number(number) => Some(number.to_string()),
            _ => None,
        });
        match texts.collect() {
            Some(texts) => texts,
            None => self.fail(name, "must be a list of strings, such as [\"a\", \"b\"]").unwrap_or_default(),
        }
    }

    /// Endpoints by service, from one object or a list of objects.
    pub(super) fn endpoints(&mut self, name: &str) -> BTreeMap<String, String> {
        let mut endpoints = BTreeMap::new();
        let objects = match self.structure(name) {
            None => return endpoints,
            Some(Json::Array(objects)) => objects,
            Some(object) => vec![object],
        };
        for object in objects {
            let Json::Object(object) = object else {
                self.fail::<()>(name, "must be a list of objects, such as [{\"ecr\": \"https://localhost:8443\"}]");
                continue;
            };
            for (service, url) in object {
                match url {
                    Json::String(url) if url.starts_with("http://") || url.starts_with("https://") => {
                        endpoints.insert(service, url);
                    }
                    Json::Null => {}
                    Json::String(url) if url.is_empty() => {}
                    other => {
                        let reason = format!(
                            "the endpoint of `{service}` must be a URL that begins with http:// or https://, but is {other}"
                        );
                        self.fail::<()>(name, &reason);
                    }
                }
            }
        }
        endpoints
    }

    /// Finds fault with the keys that nothing has read, so that they are no rag-bag.
    pub(super) fn check_shapes(&mut self) {
        for key in KEYS.iter().filter(|key| key.r#use != super::Use::Honoured) {
            match key.shape {
                Shape::Text => drop(self.text(key.name)),
                Shape::Flag => drop(self.flag(key.name)),
                Shape::Number => drop(self.number(key.name)),
                Shape::Structure => drop(self.structure(key.name)),
            }
        }
    }

    /// A list or object, from itself or from JSON text.
    fn structure(&mut self, name: &str) -> Option<Json> {
        match self.get(name)? {
            Json::String(text) => match serde_json::from_str(&text) {
                Ok(Json::Null) => None,
                Ok(value @ (Json::Array(_) | Json::Object(_))) => Some(without_secret_marks(value)),
                Ok(_) => self.fail(name, "must be a list or an object (as JSON where it is given as text)"),
                Err(error) => self.fail(name, &format!("is no valid JSON: {error}")),
            },
            value @ (Json::Array(_) | Json::Object(_)) => Some(value),
            other => self.fail(name, &format!("must be a list or an object, but is {other}")),
        }
    }

    /// The value, unless it is unset, null, empty or unknown.
    fn get(&self, name: &str) -> Option<Json> {
        let value = self.properties.get(name)?;
        // A configuration that is partly unknown is not complete before the update.
        if value.contains_unknown() {
            return None;
        }
        match json(value) {
            Json::Null => None,
            Json::String(text) if text.is_empty() => None,
            value => Some(value),
        }
    }

    fn fail<T>(&mut self, name: &str, reason: &str) -> Option<T> {
        let secret = KEYS.iter().any(|key| key.name == name && key.secret);
        let reason = match self.properties.get(name) {
            _ if secret => "must be a string",
            Some(value) if value.contains_secret() => "has a value that is not valid (it is a secret and not shown)",
            _ => reason,
        };
        self.findings.fail(name, reason);
        None
    }
}

/// A value in the form in which two are compared. None where it is as good as unset.
pub(super) fn meaning(key: &Key, given: &Value) -> Option<Json> {
    let value = match json(given) {
        Json::Null => return None,
        Json::String(text) if text.is_empty() => return None,
        Json::String(text) => match key.shape {
            Shape::Text => Json::String(text),
            Shape::Flag => boolean(&text).map_or(Json::String(text), Json::Bool),
            Shape::Number => {
                let text = Json::String(text);
                whole_number(&text).map_or(text, Json::from)
            }
            Shape::Structure => serde_json::from_str(&text).map_or(Json::String(text), without_secret_marks),
        },
        value => value,
    };
    match value {
        Json::Array(items) if items.is_empty() => None,
        Json::Object(fields) if fields.is_empty() => None,
        value => Some(value),
    }
}

/// `true` and `false` in the spellings that Go accepts.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

fn whole_number(value: &Json) -> Option<u32> {
    match value {
        Json::Number(number) => number.as_u64()?.try_into().ok(),
        Json::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A property value as JSON, without its wrappers. What JSON cannot hold becomes null.
fn json(value: &Value) -> Json {
    match value.peeled() {
        Value::Bool(flag) => Json::Bool(*flag),
        // Numbers on the wire are doubles, but a whole one in JSON text is an integer.
        Value::Number(number) => number.to_string().parse::<i64>().map_or_else(|_| Json::from(*number), Json::from),
        Value::String(text) => Json::String(text.clone()),
        Value::Array(items) => Json::Array(items.iter().map(json).collect()),
        Value::Object(fields) => Json::Object(fields.iter().map(|(name, value)| (name.clone(), json(value))).collect()),
        _ => Json::Null,
    }
}

/// Takes secret marks out of JSON: where an SDK makes text of an object, those inside it stay in their wire form.
fn without_secret_marks(value: Json) -> Json {
    match value {
        Json::Array(items) => Json::Array(items.into_iter().map(without_secret_marks).collect()),
        Json::Object(mut fields) if fields.contains_key(SIGNATURE_KEY) => {
            without_secret_marks(fields.remove("value").unwrap_or(Json::Null))
        }
        Json::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| (name, without_secret_marks(value)));
            Json::Object(fields.collect::<Map<_, _>>())
        }
        value => value,
    }
}
