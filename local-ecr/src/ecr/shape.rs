//! Which fields of a rule each answer has.

use serde_json::{Map, Value, json};

use crate::Rule;
use crate::behaviour::Behaviour;
use crate::identity::Caller;
use crate::json_rpc::put_some;
use crate::rule::epoch_seconds;
use crate::upstream::Upstream;

/// A field of an answer.
#[derive(Clone, Copy, Debug)]
pub(super) enum Field {
    CreatedAt,
    UpdatedAt,
    UpstreamRegistry,
    UpstreamRegistryUrl,
}

/// A rule as an answer shows it: the prefix, the registry, the ARNs and the upstream prefix, which every answer has, and those of
/// the others that this one has. What the rule does not have is left out.
pub(super) fn shape(behaviour: &Behaviour, caller: &Caller, rule: &Rule, fields: &[Field]) -> Map<String, Value> {
    let mut answer = Map::new();
    let prefix = behaviour.slash_echo.show(&rule.ecr_repository_prefix);
    answer.insert("ecrRepositoryPrefix".to_owned(), prefix.into());
    answer.insert("registryId".to_owned(), caller.account.clone().into());
    put_some(&mut answer, "credentialArn", rule.credential_arn.as_deref());
    put_some(&mut answer, "customRoleArn", rule.custom_role_arn.as_deref());
    let upstream_prefix = rule.upstream_repository_prefix.as_deref().map(|prefix| behaviour.slash_echo.show(prefix));
    put_some(&mut answer, "upstreamRepositoryPrefix", behaviour.root_echo.show(upstream_prefix));
    for field in fields {
        match field {
            Field::CreatedAt => {
                answer.insert("createdAt".to_owned(), json!(epoch_seconds::number(rule.created_at)));
            }
            Field::UpdatedAt => {
                answer.insert("updatedAt".to_owned(), json!(epoch_seconds::number(rule.updated_at)));
            }
            Field::UpstreamRegistry => {
                let upstream = Upstream::of_url(&rule.upstream_registry_url);
                put_some(&mut answer, "upstreamRegistry", upstream.map(Upstream::name));
            }
            Field::UpstreamRegistryUrl => {
                answer.insert("upstreamRegistryUrl".to_owned(), rule.upstream_registry_url.clone().into());
            }
        }
    }
    answer
}
