//! Read: refresh, import and `get`.

use local_ecr::{Behaviour, Fault, Options, RootEcho, Rule, SlashEcho};
use serde_json::{Value, json};
use tonic::Code;

use crate::support::{
    ACCOUNT, CREDENTIAL, Describe, Journal as _, OTHER_CREDENTIAL, REGION, ROLE, State, World, assert_says, hub, quay,
    secret, with,
};

fn hub_rule() -> Rule {
    Rule { credential_arn: Some(CREDENTIAL.to_owned()), ..Rule::new("hub", "registry-1.docker.io") }
}

async fn with_rules(rules: impl IntoIterator<Item = Rule>) -> World {
    let world = World::start().await;
    rules.into_iter().for_each(|rule| world.ecr.put_rule(REGION, rule));
    world
}

#[tokio::test]
async fn an_import_gives_inputs_that_make_this_rule() {
    let world = with_rules([hub_rule()]).await;
    let imported = world.import("hub").await.unwrap().unwrap();
    assert_eq!(imported, State { id: "hub".to_owned(), inputs: hub(), outputs: State::of(hub()).outputs });
    assert_eq!(world.ecr.bodies(Describe), [json!({ "ecrRepositoryPrefixes": ["hub"] })]);
    assert!(world.check(imported.inputs.clone()).await.failures.is_empty());
    assert!(world.diff(&imported, hub()).await.diffs.is_empty());
}

#[tokio::test]
async fn an_import_can_name_the_region() {
    let world = World::start().await;
    world.ecr.put_rule("eu-west-1", Rule::new("quay", "quay.io"));
    let imported = world.import("quay@eu-west-1").await.unwrap().unwrap();
    assert_eq!(imported.id, "quay");
    assert_eq!(imported.inputs, with(quay(), json!({ "region": "eu-west-1" })));
    assert_eq!(imported.outputs["region"], "eu-west-1");
    assert_eq!(world.ecr.calls(Describe)[0].region, "eu-west-1");
}

#[tokio::test]
async fn the_providers_own_region_is_no_input_of_an_import() {
    let world = with_rules([Rule::new("quay", "quay.io")]).await;
    assert_eq!(world.import("quay@us-east-1").await.unwrap().unwrap().inputs, quay());
}

#[tokio::test]
async fn odd_prefixes_can_be_imported() {
    for slash_echo in [SlashEcho::Keep, SlashEcho::Strip] {
        let behaviour = Behaviour { slash_echo, ..Behaviour::default() };
        let world = World::with(Options { behaviour, ..Options::default() }, json!({})).await;
        for (rule, id) in
            [("ROOT", "ROOT"), ("team/quay", "team/quay"), ("slash/", "slash/"), ("bare", "bare/"), ("cut/", "cut")]
        {
            world.ecr.put_rule(REGION, Rule::new(rule, "quay.io"));
            let imported = world.import(id).await.unwrap().unwrap_or_else(|| panic!("{id} is not found"));
            let same = with(quay(), json!({ "ecrRepositoryPrefix": id }));
            assert!(world.diff(&imported, same).await.diffs.is_empty(), "{id}: {imported:?}");
        }
    }
}

#[tokio::test]
async fn an_ecr_that_knows_only_the_bare_prefix_is_asked_for_it() {
    let world = World::start().await;
    world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
    world.ecr.push_fault(Fault::on(Describe).answer(400, "PullThroughCacheRuleNotFoundException", "no"));
    world.import("quay/").await.unwrap().unwrap();
    let asked = [json!({ "ecrRepositoryPrefixes": ["quay/"] }), json!({ "ecrRepositoryPrefixes": ["quay"] })];
    assert_eq!(world.ecr.bodies(Describe), asked);
}

#[tokio::test]
async fn ids_that_are_none_are_refused() {
    let world = World::start().await;
    for (id, says) in [
        ("", "prefix"),
        ("Foo Bar", "Foo Bar"),
        ("x", "2 - 30"),
        ("quay@", "region"),
        ("quay@nowhere", "nowhere"),
        ("quay@cn-north-1", "aws-cn"),
        ("@us-east-1", "prefix"),
    ] {
        let status = world.import(id).await.unwrap_err();
        assert_eq!(status.code(), Code::InvalidArgument, "{id}");
        assert_says(status.message(), &[says]);
    }
    assert_eq!(world.ecr.journal().len(), 0);
}

#[tokio::test]
async fn what_is_gone_has_neither_id_nor_properties() {
    let world = World::start().await;
    let old = State::of(quay());
    assert_eq!(world.refresh(&old).await.unwrap(), None);
    assert_eq!(world.import("quay").await.unwrap(), None);
    assert_eq!(world.get("quay", json!({})).await.unwrap(), None);
    let response = world.read("quay", None, None).await.unwrap();
    assert_eq!((response.id.as_str(), response.properties, response.inputs), ("", None, None));
}

#[tokio::test]
async fn any_other_error_is_an_error() {
    for (status, code, grpc) in [
        (400, "AccessDeniedException", Code::PermissionDenied),
        (400, "UnrecognizedClientException", Code::Unauthenticated),
        (500, "ServerException", Code::Unavailable),
        (404, "NotFound", Code::FailedPrecondition),
    ] {
        let world = World::with(Options::default(), json!({ "maxRetries": "1" })).await;
        world.ecr.push_fault(Fault::on(Describe).answer(status, code, "What ECR says.").always());
        let error = world.refresh(&State::of(quay())).await.unwrap_err();
        assert_eq!(error.code(), grpc, "{code}");
        assert_says(error.message(), &["reading ECR Pull Through Cache Rule (quay)", code, "What ECR says."]);
    }
}

#[tokio::test]
async fn a_lost_connection_is_not_gone() {
    let world = World::with(Options::default(), json!({ "maxRetries": "1" })).await;
    world.ecr.push_fault(Fault::on(Describe).drop_before());
    assert_eq!(world.refresh(&State::of(quay())).await.unwrap_err().code(), Code::Unavailable);
}

#[tokio::test]
async fn the_rule_of_another_account_is_not_gone() {
    let world = World::with_account().await;
    let mut old = State::of(quay());
    old.outputs["registryId"] = "999999999999".into();
    let status = world.refresh(&old).await.unwrap_err();
    assert_eq!(status.code(), Code::FailedPrecondition);
    assert_says(status.message(), &["999999999999", ACCOUNT]);
}

#[tokio::test]
async fn a_refresh_of_an_unchanged_rule_changes_nothing() {
    for inputs in [
        hub(),
        with(hub(), json!({ "credentialArn": secret(CREDENTIAL) })),
        with(hub(), json!({ "region": REGION, "customRoleArn": "", "upstreamRepositoryPrefix": "ROOT" })),
        with(hub(), json!({ "__defaults": [], "ecrRepositoryPrefix": "hub/" })),
    ] {
        let world = World::start().await;
        let made = world.create(inputs).await.unwrap();
        assert_eq!(world.refresh(&made).await.unwrap().unwrap(), made);
    }
}

#[tokio::test]
async fn drift_shows_in_inputs_and_outputs() {
    let world = World::start().await;
    let made = world.create(hub()).await.unwrap();
    let changed = Rule {
        credential_arn: Some(OTHER_CREDENTIAL.to_owned()),
        custom_role_arn: Some(ROLE.to_owned()),
        ..Rule::new("hub", "public.ecr.aws")
    };
    world.ecr.put_rule(REGION, changed);
    let drifted = world.refresh(&made).await.unwrap().unwrap();
    for (name, value) in
        [("credentialArn", OTHER_CREDENTIAL), ("customRoleArn", ROLE), ("upstreamRegistryUrl", "public.ecr.aws")]
    {
        assert_eq!((&drifted.inputs[name], &drifted.outputs[name]), (&json!(value), &json!(value)));
    }
    let mut diffs = world.diff(&drifted, hub()).await.diffs;
    diffs.sort();
    assert_eq!(diffs, ["credentialArn", "customRoleArn", "upstreamRegistryUrl"]);
}

#[tokio::test]
async fn what_was_taken_away_from_a_rule_shows() {
    let world = World::start().await;
    let made = world.create(with(hub(), json!({ "upstreamRegistryUrl": "quay.io" }))).await.unwrap();
    world.ecr.put_rule(REGION, Rule::new("hub", "quay.io"));
    let drifted = world.refresh(&made).await.unwrap().unwrap();
    assert_eq!(drifted.inputs.get("credentialArn"), None);
    assert_eq!(drifted.outputs["credentialArn"], Value::Null);
    assert_eq!(world.diff(&drifted, made.inputs).await.diffs, ["credentialArn"]);
}

#[tokio::test]
async fn secrets_stay_secret_even_where_they_have_drifted() {
    let world = World::start().await;
    let made = world.create(with(hub(), json!({ "credentialArn": secret(CREDENTIAL) }))).await.unwrap();
    world.ecr.put_rule(REGION, Rule { credential_arn: Some(OTHER_CREDENTIAL.to_owned()), ..hub_rule() });
    let drifted = world.refresh(&made).await.unwrap().unwrap();
    assert_eq!(drifted.inputs["credentialArn"], secret(OTHER_CREDENTIAL));
    assert_eq!(drifted.outputs["credentialArn"], secret(OTHER_CREDENTIAL));
}

/// `additionalSecretOutputs` makes an output secret whose input is not.
#[tokio::test]
async fn an_output_that_was_made_secret_stays_so() {
    let world = with_rules([hub_rule()]).await;
    let mut old = State::of(hub());
    old.outputs["credentialArn"] = secret(CREDENTIAL);
    old.outputs["registryId"] = secret(ACCOUNT);
    let refreshed = world.refresh(&old).await.unwrap().unwrap();
    assert_eq!(refreshed.outputs["credentialArn"], secret(CREDENTIAL));
    assert_eq!(refreshed.outputs["registryId"], secret(ACCOUNT));
}

#[tokio::test]
async fn ecrs_own_spelling_is_no_drift() {
    let behaviour = Behaviour { root_echo: RootEcho::Root, slash_echo: SlashEcho::Strip, ..Behaviour::default() };
    let world = World::with(Options { behaviour, ..Options::default() }, json!({})).await;
    let inputs = with(quay(), json!({ "ecrRepositoryPrefix": "quay/" }));
    let made = world.create(inputs.clone()).await.unwrap();
    let refreshed = world.refresh(&made).await.unwrap().unwrap();
    assert_eq!(refreshed.inputs, inputs);
    assert!(world.diff(&refreshed, inputs).await.diffs.is_empty());
    assert_eq!(world.import("quay").await.unwrap().unwrap().inputs, quay());
}

#[tokio::test]
async fn states_of_pulumi_aws_are_refreshed_without_a_difference() {
    let world = with_rules([Rule::new("quay", "quay.io")]).await;
    let inputs = with(quay(), json!({ "__defaults": [] }));
    let outputs = json!({
        "id": "quay", "ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": "quay.io", "credentialArn": "", "customRoleArn": "",
        "upstreamRepositoryPrefix": "", "registryId": ACCOUNT, "__pulumi_raw_state_delta": { "obj": {} },
    });
    let refreshed = world.refresh(&State::new(inputs.clone(), outputs)).await.unwrap().unwrap();
    assert_eq!(refreshed.inputs, inputs);
    assert_eq!(refreshed.outputs, State::of(quay()).outputs);
    for news in [quay(), inputs] {
        assert!(world.diff(&refreshed, news).await.diffs.is_empty());
    }
}

#[tokio::test]
async fn a_refresh_asks_where_the_rule_is() {
    let world = World::start().await;
    world.ecr.put_rule("eu-west-1", Rule::new("quay", "quay.io"));
    let in_inputs = State::of(with(quay(), json!({ "region": "eu-west-1" })));
    let mut in_outputs = State::of(quay());
    in_outputs.outputs["region"] = "eu-west-1".into();
    for old in [in_inputs, in_outputs] {
        assert_eq!(world.refresh(&old).await.unwrap().expect("it is there").outputs["region"], "eu-west-1");
    }
}

#[tokio::test]
async fn a_get_knows_nothing_but_the_id() {
    let world = with_rules([hub_rule()]).await;
    assert_eq!(world.get("hub", json!({})).await.unwrap().unwrap().outputs, State::of(hub()).outputs);
    let wrong = json!({ "upstreamRegistryUrl": "quay.io" });
    let got = world.get("hub", wrong).await.unwrap().unwrap();
    assert_eq!(got.outputs["upstreamRegistryUrl"], "registry-1.docker.io", "the registry wins");
    world.ecr.put_rule("eu-west-1", Rule::new("there", "quay.io"));
    assert!(world.get("there", json!({ "region": "eu-west-1" })).await.unwrap().is_some());
    assert!(world.get("there@eu-west-1", json!({})).await.unwrap().is_some());
}

#[tokio::test]
async fn many_rules_are_refreshed_side_by_side() {
    let world = with_rules((0..40).map(|number| Rule::new(format!("quay-{number}"), "quay.io"))).await;
    let reads = (0..40).map(|number| {
        let rule = world.named(&format!("rule-{number}"));
        let old = State::of(with(quay(), json!({ "ecrRepositoryPrefix": format!("quay-{number}") })));
        tokio::spawn(async move { (rule.refresh(&old).await.unwrap().unwrap(), old) })
    });
    for read in reads.collect::<Vec<_>>() {
        let (found, old) = read.await.unwrap();
        assert_eq!(found, old);
    }
    assert!(world.ecr.count(Describe) <= 40);
}
