use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::*;
use crate::{Behaviour, EmptyArn, Options, Refusal, Refusals, RootEcho, Rule, Secrets, SlashEcho, SlashRules};

const ACCOUNT: &str = "123456789012";
const SECRET: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/hub-AbCdEf";
const ROLE: &str = "arn:aws:iam::123456789012:role/pull";

const CREATE: Operation = Operation::CreatePullThroughCacheRule;
const DESCRIBE: Operation = Operation::DescribePullThroughCacheRules;
const UPDATE: Operation = Operation::UpdatePullThroughCacheRule;
const DELETE: Operation = Operation::DeletePullThroughCacheRule;
const VALIDATE: Operation = Operation::ValidatePullThroughCacheRule;

fn world() -> World {
    World::new(&Options::default())
}

fn call_in(world: &mut World, region: &str, operation: Operation, body: &Value) -> Result<Value, ApiError> {
    let caller = Caller { account: ACCOUNT.to_owned(), region: region.to_owned() };
    call(world, &caller, operation, &Fields::of(body)?)
}

fn ok(world: &mut World, operation: Operation, body: &Value) -> Value {
    call_in(world, "us-east-1", operation, body).unwrap()
}

fn error(world: &mut World, operation: Operation, body: &Value) -> (String, String) {
    let error = call_in(world, "us-east-1", operation, body).unwrap_err();
    (error.code.into_owned(), error.message)
}

fn code(world: &mut World, operation: Operation, body: &Value) -> String {
    error(world, operation, body).0
}

fn keys(answer: &Value) -> BTreeSet<&str> {
    answer.as_object().unwrap().keys().map(String::as_str).collect()
}

fn rule(prefix: &str) -> Value {
    json!({ "ecrRepositoryPrefix": prefix, "upstreamRegistryUrl": "public.ecr.aws" })
}

fn full() -> Value {
    json!({
        "ecrRepositoryPrefix": "hub",
        "upstreamRegistryUrl": "registry-1.docker.io",
        "credentialArn": SECRET,
        "customRoleArn": ROLE,
        "upstreamRepositoryPrefix": "library",
    })
}

#[test]
fn each_answer_has_exactly_the_fields_of_the_model() {
    let world = &mut world();
    let common = ["credentialArn", "customRoleArn", "ecrRepositoryPrefix", "registryId", "upstreamRepositoryPrefix"];
    let with = |more: &[&'static str]| common.into_iter().chain(more.iter().copied()).collect::<BTreeSet<_>>();

    let created = ok(world, CREATE, &full());
    assert_eq!(keys(&created), with(&["createdAt", "upstreamRegistry", "upstreamRegistryUrl"]));
    let described = ok(world, DESCRIBE, &json!({}));
    assert_eq!(keys(&described), BTreeSet::from(["pullThroughCacheRules"]));
    let described = &described["pullThroughCacheRules"][0];
    assert_eq!(keys(described), with(&["createdAt", "updatedAt", "upstreamRegistry", "upstreamRegistryUrl"]));
    let updated = ok(world, UPDATE, &json!({ "ecrRepositoryPrefix": "hub", "customRoleArn": ROLE }));
    assert_eq!(keys(&updated), with(&["updatedAt"]));
    let validated = ok(world, VALIDATE, &json!({ "ecrRepositoryPrefix": "hub" }));
    assert_eq!(keys(&validated), with(&["isValid", "upstreamRegistryUrl"]));
    let deleted = ok(world, DELETE, &json!({ "ecrRepositoryPrefix": "hub" }));
    assert_eq!(keys(&deleted), with(&["createdAt", "upstreamRegistryUrl"]));
}

#[test]
fn what_a_rule_does_not_have_is_left_out() {
    let created = ok(&mut world(), CREATE, &rule("quay"));
    let expected = ["createdAt", "ecrRepositoryPrefix", "registryId", "upstreamRegistry", "upstreamRegistryUrl"];
    assert_eq!(keys(&created), BTreeSet::from(expected));
    assert_eq!(created["upstreamRegistry"], "ecr-public");
    assert_eq!(created["registryId"], ACCOUNT);
}

#[test]
fn create_wants_a_prefix_and_a_url() {
    let world = &mut world();
    for (body, field) in [
        (json!({ "upstreamRegistryUrl": "quay.io" }), "ecrRepositoryPrefix"),
        (json!({ "ecrRepositoryPrefix": "quay" }), "upstreamRegistryUrl"),
        (json!({ "ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": null }), "upstreamRegistryUrl"),
    ] {
        let (code, message) = error(world, CREATE, &body);
        assert_eq!(code, "InvalidParameterException");
        assert_eq!(
            message,
            format!("Invalid parameter at '{field}' failed to satisfy constraint: 'Member must not be null'"),
        );
    }
}

#[test]
fn create_refuses_each_field_that_breaks_its_constraint() {
    let world = &mut world();
    for (field, value) in [
        ("ecrRepositoryPrefix", json!("a")),
        ("upstreamRepositoryPrefix", json!("-a")),
        ("credentialArn", json!("arn:aws:secretsmanager:us-east-1:123456789012:secret:other/hub-AbCdEf")),
        ("customRoleArn", json!("x".repeat(2049))),
        ("customRoleArn", json!("arn:aws:iam::123456789012:user/me")),
        ("registryId", json!("12345")),
        ("upstreamRegistry", json!("harbor")),
    ] {
        let mut body = full();
        body[field] = value;
        let (code, message) = error(world, CREATE, &body);
        assert_eq!(code, "InvalidParameterException", "{field}");
        assert!(message.contains(&format!("'{field}'")), "{message}");
    }
    assert!(world.registries.iter().all(|(_, _, registry)| registry.len() == 0));
}

#[test]
fn the_same_prefix_twice_already_exists_even_with_equal_settings() {
    let world = &mut world();
    ok(world, CREATE, &rule("quay"));
    for prefix in ["quay", "quay/"] {
        assert_eq!(code(world, CREATE, &rule(prefix)), "PullThroughCacheRuleAlreadyExistsException");
    }
}

#[test]
fn the_rule_past_the_limit_is_refused_in_its_region_only() {
    let world = &mut world();
    for number in 0..50 {
        ok(world, CREATE, &rule(&format!("rule-{number}")));
    }
    assert_eq!(code(world, CREATE, &rule("rule-50")), "LimitExceededException");
    assert!(call_in(world, "eu-west-1", CREATE, &rule("rule-50")).is_ok());
    ok(world, DELETE, &json!({ "ecrRepositoryPrefix": "rule-0" }));
    ok(world, CREATE, &rule("rule-50"));
}

#[test]
fn root_may_only_go_with_root() {
    let world = &mut world();
    let mut body = rule("ROOT");
    body["upstreamRepositoryPrefix"] = json!("team");
    assert_eq!(code(world, CREATE, &body), "InvalidParameterException");
    body["upstreamRepositoryPrefix"] = json!("ROOT");
    assert_eq!(ok(world, CREATE, &body)["ecrRepositoryPrefix"], "ROOT");
}

#[test]
fn a_named_upstream_must_be_that_of_the_url() {
    let world = &mut world();
    let mut body = rule("quay");
    body["upstreamRegistry"] = json!("quay");
    assert_eq!(code(world, CREATE, &body), "InvalidParameterException");
    body["upstreamRegistry"] = json!("ecr-public");
    ok(world, CREATE, &body);
}

#[test]
fn a_role_of_another_account_cannot_be_passed() {
    let mut body = full();
    body["customRoleArn"] = json!("arn:aws:iam::999999999999:role/pull");
    assert_eq!(code(&mut world(), CREATE, &body), "AccessDeniedException");
}

#[test]
fn another_accounts_registry_is_denied_by_every_operation() {
    let world = &mut world();
    for operation in [CREATE, DESCRIBE, UPDATE, DELETE, VALIDATE] {
        let mut body = full();
        body["registryId"] = json!("999999999999");
        let (code, message) = error(world, operation, &body);
        assert_eq!(code, "AccessDeniedException");
        assert!(message.contains(&format!("not authorized to perform: ecr:{operation}")), "{message}");
    }
}

#[test]
fn the_feature_is_disabled_in_china_and_govcloud() {
    let world = &mut world();
    for region in ["cn-north-1", "us-gov-west-1"] {
        let error = call_in(world, region, CREATE, &rule("quay")).unwrap_err();
        assert_eq!(error.message, "This feature is disabled");
    }
}

#[test]
fn a_secret_must_exist_for_create_and_update() {
    let world = &mut World::new(&Options { secrets: Secrets::Listed(BTreeSet::new()), ..Options::default() });
    assert_eq!(code(world, CREATE, &full()), "SecretNotFoundException");
    ok(world, CREATE, &rule("quay"));
    let update = json!({ "ecrRepositoryPrefix": "quay", "credentialArn": SECRET });
    let (code, message) = error(world, UPDATE, &update);
    assert_eq!(code, "SecretNotFoundException");
    assert!(message.starts_with("The ARN of the secret specified in the pull through cache rule was not found"));
}

#[test]
fn a_secret_of_another_region_is_not_found() {
    let mut body = full();
    body["credentialArn"] = json!(SECRET.replace("us-east-1", "eu-west-1"));
    assert_eq!(code(&mut world(), CREATE, &body), "SecretNotFoundException");
}

#[test]
fn a_new_secret_is_seen_after_as_many_calls_as_told() {
    let world = &mut world();
    world.behaviour = Behaviour { secret_lag: 2, ..Behaviour::default() };
    assert_eq!(code(world, CREATE, &full()), "SecretNotFoundException");
    assert_eq!(code(world, CREATE, &full()), "SecretNotFoundException");
    ok(world, CREATE, &full());
}

#[test]
fn describe_gives_nothing_for_an_empty_registry_and_an_error_for_an_unknown_prefix() {
    let world = &mut world();
    assert_eq!(ok(world, DESCRIBE, &json!({})), json!({ "pullThroughCacheRules": [] }));
    ok(world, CREATE, &rule("quay"));
    let unknown = json!({ "ecrRepositoryPrefixes": ["quay", "unknown"] });
    assert_eq!(code(world, DESCRIBE, &unknown), "PullThroughCacheRuleNotFoundException");
}

#[test]
fn pages_follow_each_other_whatever_comes_and_goes_between_them() {
    let world = &mut world();
    for prefix in ["aa", "bb", "cc", "dd"] {
        ok(world, CREATE, &rule(prefix));
    }
    let first = ok(world, DESCRIBE, &json!({ "maxResults": 2 }));
    assert_eq!(first["pullThroughCacheRules"].as_array().unwrap().len(), 2);
    ok(world, DELETE, &json!({ "ecrRepositoryPrefix": "bb" }));
    ok(world, CREATE, &rule("ab"));
    let second = ok(world, DESCRIBE, &json!({ "maxResults": 2, "nextToken": first["nextToken"] }));
    let prefixes: Vec<&Value> =
        second["pullThroughCacheRules"].as_array().unwrap().iter().map(|rule| &rule["ecrRepositoryPrefix"]).collect();
    assert_eq!(prefixes, ["cc", "dd"]);
    assert!(second.get("nextToken").is_none());
}

#[test]
fn a_page_is_never_larger_than_the_behaviour_says() {
    let world = &mut world();
    world.behaviour.page_size = Some(1);
    for prefix in ["aa", "bb"] {
        ok(world, CREATE, &rule(prefix));
    }
    for body in [json!({}), json!({ "maxResults": 1000 }), json!({ "ecrRepositoryPrefixes": ["aa", "bb"] })] {
        let page = ok(world, DESCRIBE, &body);
        assert_eq!(page["pullThroughCacheRules"].as_array().unwrap().len(), 1, "{body}");
        assert!(page["nextToken"].is_string());
    }
}

#[test]
fn update_wants_one_of_the_two_arns() {
    let world = &mut world();
    ok(world, CREATE, &rule("quay"));
    let (code, message) = error(world, UPDATE, &json!({ "ecrRepositoryPrefix": "quay" }));
    assert_eq!(code, "InvalidParameterException");
    assert_eq!(message, "Invalid input: Please set either credential arn or role arn to update the credentials");
}

#[test]
fn an_empty_arn_is_refused_by_update_or_clears_it() {
    for field in ["credentialArn", "customRoleArn"] {
        let world = &mut world();
        ok(world, CREATE, &full());
        let update = json!({ "ecrRepositoryPrefix": "hub", field: "" });
        assert_eq!(code(world, UPDATE, &update), "InvalidParameterException", "{field}");
        world.behaviour.empty_arn = EmptyArn::Clears;
        let updated = ok(world, UPDATE, &update);
        assert!(!keys(&updated).contains(field), "{updated}");
        assert_eq!(keys(&updated).len(), 5, "the other one stays: {updated}");
    }
}

#[test]
fn a_new_role_is_seen_after_as_many_calls_as_told() {
    let world = &mut world();
    let refusals = Refusals { unseen_role: Refusal::AccessDenied, ..Refusals::default() };
    world.behaviour = Behaviour { role_lag: 1, refusals, ..Behaviour::default() };
    assert_eq!(code(world, CREATE, &full()), "AccessDeniedException");
    ok(world, CREATE, &full());
    let update = json!({ "ecrRepositoryPrefix": "hub", "customRoleArn": format!("{ROLE}-2") });
    assert_eq!(code(world, UPDATE, &update), "AccessDeniedException");
    assert_eq!(ok(world, UPDATE, &update)["customRoleArn"], format!("{ROLE}-2"));
}

#[test]
fn what_is_refused_has_the_code_that_was_chosen() {
    let mut root = rule("ROOT");
    root["upstreamRepositoryPrefix"] = json!("team");
    let mut stranger = rule("stranger");
    stranger["upstreamRegistryUrl"] = json!("999999999999.dkr.ecr.eu-west-1.amazonaws.com");
    let mut own = rule("own");
    own["upstreamRegistryUrl"] = json!(format!("{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com"));
    let needless = json!({ "ecrRepositoryPrefix": "quay", "credentialArn": SECRET });
    for refusal in [Refusal::InvalidParameter, Refusal::Validation] {
        let world = &mut world();
        ok(world, CREATE, &rule("quay"));
        world.behaviour.refusals = Refusals {
            constraint: refusal,
            root_with_prefix: refusal,
            missing_role: refusal,
            unseen_role: refusal,
            own_registry: Some(refusal),
            needless_credential: Some(refusal),
        };
        for body in [&rule("a"), &root, &stranger, &own] {
            assert_eq!(code(world, CREATE, body), refusal.code(), "{body}");
        }
        assert_eq!(code(world, UPDATE, &needless), refusal.code());
        // What is no constraint of the model keeps its code.
        assert_eq!(code(world, CREATE, &rule("quay")), "PullThroughCacheRuleAlreadyExistsException");
    }
}

#[test]
fn a_trailing_slash_makes_another_rule_where_they_are_two() {
    let world = &mut world();
    world.behaviour.slash_rules = SlashRules::Two;
    ok(world, CREATE, &rule("quay"));
    let slashed = json!({ "ecrRepositoryPrefixes": ["quay/"] });
    assert_eq!(code(world, DESCRIBE, &slashed), "PullThroughCacheRuleNotFoundException");
    ok(world, CREATE, &rule("quay/"));
    let described = ok(world, DESCRIBE, &slashed);
    assert_eq!(described["pullThroughCacheRules"].as_array().unwrap().len(), 1);
    ok(world, DELETE, &json!({ "ecrRepositoryPrefix": "quay" }));
    assert_eq!(ok(world, DESCRIBE, &json!({})), described);
}

#[test]
fn an_update_may_give_a_credential_to_any_rule() {
    let world = &mut world();
    ok(world, CREATE, &rule("quay"));
    let update = json!({ "ecrRepositoryPrefix": "quay", "credentialArn": SECRET });
    assert_eq!(ok(world, UPDATE, &update)["credentialArn"], SECRET);
}

#[test]
fn update_changes_what_it_is_given_and_moves_only_updated_at() {
    let world = &mut world();
    ok(world, CREATE, &full());
    let describe = json!({ "ecrRepositoryPrefixes": ["hub"] });
    let before = ok(world, DESCRIBE, &describe)["pullThroughCacheRules"][0].clone();
    let other = SECRET.replace("hub", "other");
    ok(world, UPDATE, &json!({ "ecrRepositoryPrefix": "hub", "credentialArn": other }));
    let after = ok(world, DESCRIBE, &describe)["pullThroughCacheRules"][0].clone();
    assert_eq!(after["credentialArn"], other);
    assert_eq!(after["customRoleArn"], ROLE);
    assert_eq!(after["createdAt"], before["createdAt"]);
    assert!(after["updatedAt"].as_f64() > before["updatedAt"].as_f64());
}

#[test]
fn an_unknown_rule_is_not_found_by_any_operation_that_names_one() {
    let world = &mut world();
    let body = json!({ "ecrRepositoryPrefix": "unknown", "credentialArn": SECRET });
    for operation in [UPDATE, DELETE, VALIDATE] {
        assert_eq!(code(world, operation, &body), "PullThroughCacheRuleNotFoundException", "{operation}");
    }
}

#[test]
fn validate_tells_whether_the_secret_can_be_used() {
    let world = &mut world();
    ok(world, CREATE, &full());
    let body = json!({ "ecrRepositoryPrefix": "hub" });
    assert_eq!(ok(world, VALIDATE, &body)["isValid"], true);
    world.secrets.remove(SECRET);
    let invalid = ok(world, VALIDATE, &body);
    assert_eq!(invalid["isValid"], false);
    assert!(invalid["failure"].is_string());
}

#[test]
fn switches_shape_the_answers_and_not_the_rules() {
    let world = &mut world();
    ok(world, CREATE, &rule("quay/"));
    world.behaviour.root_echo = RootEcho::Root;
    world.behaviour.slash_echo = SlashEcho::Strip;
    let described = ok(world, DESCRIBE, &json!({}))["pullThroughCacheRules"][0].clone();
    assert_eq!(described["upstreamRepositoryPrefix"], "ROOT");
    assert_eq!(described["ecrRepositoryPrefix"], "quay");
    let kept: Vec<&Rule> = world.registries.get(ACCOUNT, "us-east-1").unwrap().rules().collect();
    assert_eq!(kept[0].ecr_repository_prefix, "quay/");
    assert_eq!(kept[0].upstream_repository_prefix, None);
}
