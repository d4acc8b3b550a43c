//! `DescribePullThroughCacheRules`

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::shape::{Field, shape};
use crate::error::ApiError;
use crate::identity::Caller;
use crate::json_rpc::Fields;
use crate::operation::Operation;
use crate::registry::Registry;
use crate::world::World;
use crate::{Rule, SlashRules, constraints};

/// The size of a page when the call does not say.
const DEFAULT_PAGE: usize = 100;

pub(super) fn describe(world: &mut World, caller: &Caller, fields: &Fields<'_>) -> Result<Value, ApiError> {
    super::own_registry(caller, Operation::DescribePullThroughCacheRules, fields)?;
    let prefixes = fields.strings("ecrRepositoryPrefixes")?;
    if let Some(prefixes) = &prefixes {
        constraints::prefixes("ecrRepositoryPrefixes", prefixes)?;
    }
    let after = fields.string("nextToken")?.map(read_token).transpose()?;
    let asked = fields
        .integer("maxResults")?
        .map(|value| constraints::max_results("maxResults", value))
        .transpose()?
        .unwrap_or(DEFAULT_PAGE);
    let page_size = world.behaviour.page_size.map_or(asked, |most| asked.min(most)).max(1);

    let none = Registry::default();
    let registry = world.registries.get(&caller.account, &caller.region).unwrap_or(&none);
    let mut rules = select(registry, caller, prefixes.as_deref(), world.behaviour.slash_rules)?;
    if let Some(after) = after {
        rules.retain(|rule| rule.ecr_repository_prefix > after);
    }

    let mut answer = Map::new();
    if rules.len() > page_size {
        rules.truncate(page_size);
        if let Some(last) = rules.last() {
            answer.insert("nextToken".to_owned(), write_token(&last.ecr_repository_prefix).into());
        }
    }
    let fields = [Field::CreatedAt, Field::UpdatedAt, Field::UpstreamRegistry, Field::UpstreamRegistryUrl];
    let page = rules.into_iter().map(|rule| Value::Object(shape(&world.behaviour, caller, rule, &fields)));
    answer.insert("pullThroughCacheRules".to_owned(), page.collect());
    Ok(Value::Object(answer))
}

/// The rules with these prefixes, each of which must exist, or all of them, in the order of their prefixes.
fn select<'a>(
    registry: &'a Registry,
    caller: &Caller,
    prefixes: Option<&[&str]>,
    slashes: SlashRules,
) -> Result<Vec<&'a Rule>, ApiError> {
    let Some(prefixes) = prefixes else {
        return Ok(registry.rules().collect());
    };
    let mut rules = prefixes
        .iter()
        .map(|prefix| registry.get(slashes, prefix).ok_or_else(|| super::not_found(caller, prefix)))
        .collect::<Result<Vec<_>, _>>()?;
    rules.sort_by_key(|rule| &rule.ecr_repository_prefix);
    rules.dedup_by_key(|rule| &rule.ecr_repository_prefix);
    Ok(rules)
}

/// A token names the last rule of its page, so that rules that come and go between two pages shift nothing. It is in hexadecimal
/// to keep clients from reading it.
fn write_token(last: &str) -> String {
    last.bytes().fold(String::from("01"), |mut token, byte| {
        let _ = write!(token, "{byte:02x}");
        token
    })
}

fn read_token(token: &str) -> Result<String, ApiError> {
    let decode = || {
        let digits = token.strip_prefix("01")?.as_bytes();
        let bytes = digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
        String::from_utf8(bytes.collect::<Option<_>>()?).ok()
    };
    decode()
        .filter(|last| write_token(last) == token)
        .ok_or_else(|| ApiError::invalid_parameter("Invalid parameter at 'nextToken': the token is not valid"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_holds_the_last_prefix() {
        for prefix in ["ecr-public", "ROOT", "a/b"] {
            let token = write_token(prefix);
            assert!(!token.contains(prefix));
            assert_eq!(read_token(&token).unwrap(), prefix);
        }
    }

    #[test]
    fn a_token_that_was_not_given_out_is_refused() {
        for token in ["", "x", "01zz", "016", "02abcd", "01+6", "01\u{e4}", "01ff"] {
            assert_eq!(read_token(token).unwrap_err().code, "InvalidParameterException", "{token}");
        }
    }
}
