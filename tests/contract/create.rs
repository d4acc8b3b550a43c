//! Create: what is sent, what comes back, and what an error says.

use local_ecr::{Behaviour, Fault, Options, RootEcho, Rule, SlashEcho};
use pulumi_aws::pulumi::rpc::CreateRequest;
use serde_json::{Value, json};
use tonic::Code;

use crate::support::{
    ACCOUNT, CREDENTIAL, Create, Describe, Journal as _, REGION, ROLE, TYPE, UNKNOWN, World, assert_says, fill, hub,
    output, prefixes, quay, secret, to_struct, with,
};

fn all() -> Value {
    with(hub(), json!({ "customRoleArn": ROLE, "upstreamRepositoryPrefix": "team" }))
}

#[tokio::test]
async fn the_least_that_is_set_is_all_that_is_sent() {
    let world = World::start().await;
    for unset in
        [json!({}), json!({ "credentialArn": "", "customRoleArn": "", "upstreamRepositoryPrefix": "", "region": "" })]
    {
        world.create(with(quay(), unset)).await.unwrap();
        assert_eq!(world.ecr.bodies(Create), [quay()]);
        world.ecr.remove_rule(REGION, "quay");
        world.ecr.clear_journal();
    }
}

#[tokio::test]
async fn nulls_and_internal_keys_are_not_sent() {
    let world = World::start().await;
    let mut inputs = with(quay(), json!({ "__defaults": [], "__meta": "x" }));
    inputs["credentialArn"] = Value::Null;
    world.create(inputs).await.unwrap();
    assert_eq!(world.ecr.bodies(Create), [quay()]);
}

#[tokio::test]
async fn all_that_is_set_is_sent_and_no_more() {
    let world = World::start().await;
    world.create(with(all(), json!({ "region": REGION }))).await.unwrap();
    assert_eq!(world.ecr.bodies(Create), [all()]);
    assert_eq!(world.ecr.journal().len(), 1);
}

#[tokio::test]
async fn the_outputs_are_complete() {
    let world = World::start().await;
    let made = world.create(quay()).await.unwrap();
    assert_eq!(made.id, "quay");
    let expected = json!({
        "id": "quay",
        "ecrRepositoryPrefix": "quay",
        "upstreamRegistryUrl": "quay.io",
        "credentialArn": null,
        "customRoleArn": null,
        "upstreamRepositoryPrefix": null,
        "registryId": ACCOUNT,
        "region": REGION,
    });
    assert_eq!(made.outputs, expected);
    let made = world.create(all()).await.unwrap();
    for (name, value) in all().as_object().unwrap() {
        assert_eq!(&made.outputs[name], value);
    }
}

#[tokio::test]
async fn root_is_a_prefix() {
    let world = World::start().await;
    let made = world.create(with(quay(), json!({ "ecrRepositoryPrefix": "ROOT" }))).await.unwrap();
    assert_eq!((made.id.as_str(), prefixes(&world.ecr)), ("ROOT", vec!["ROOT".to_owned()]));
}

#[tokio::test]
async fn the_programs_spelling_stays() {
    let behaviour = Behaviour { root_echo: RootEcho::Root, slash_echo: SlashEcho::Strip, ..Behaviour::default() };
    let world = World::with(Options { behaviour, ..Options::default() }, json!({})).await;
    let inputs = with(quay(), json!({ "ecrRepositoryPrefix": "quay/", "upstreamRepositoryPrefix": "team/" }));
    let made = world.create(inputs.clone()).await.unwrap();
    assert_eq!(made.id, "quay/");
    assert_eq!(made.outputs["ecrRepositoryPrefix"], "quay/");
    assert_eq!(made.outputs["upstreamRepositoryPrefix"], "team/");
    // What ECR does on its own account is no reason to change anything.
    let refreshed = world.refresh(&made).await.unwrap().unwrap();
    assert!(world.diff(&refreshed, inputs).await.diffs.is_empty());
}

#[tokio::test]
async fn a_rule_has_a_region_of_its_own() {
    let world = World::start().await;
    let made = world.create(with(quay(), json!({ "region": "eu-west-1" }))).await.unwrap();
    assert_eq!(made.outputs["region"], "eu-west-1");
    assert_eq!((world.ecr.rules("eu-west-1").len(), world.ecr.rules(REGION).len()), (1, 0));
}

#[tokio::test]
async fn an_upstream_in_another_region_is_made_with_the_region_of_the_provider() {
    let world = World::start().await;
    let host = format!("{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com");
    let made = world.create(with(quay(), json!({ "upstreamRegistryUrl": host }))).await.unwrap();
    assert_eq!(made.outputs["region"], REGION);
}

#[tokio::test]
async fn what_was_secret_stays_secret() {
    let world = World::start().await;
    for wrapped in [secret(CREDENTIAL), secret(output(CREDENTIAL))] {
        let made = world
            .create(with(hub(), json!({ "credentialArn": wrapped, "ecrRepositoryPrefix": secret("hub") })))
            .await
            .unwrap();
        assert_eq!(made.outputs["credentialArn"], secret(CREDENTIAL));
        assert_eq!(made.outputs["ecrRepositoryPrefix"], secret("hub"));
        assert_eq!(made.outputs["upstreamRegistryUrl"], "registry-1.docker.io");
        assert_eq!(world.ecr.bodies(Create), [hub()]);
        world.ecr.remove_rule(REGION, "hub");
        world.ecr.clear_journal();
    }
}

#[tokio::test]
async fn an_existing_rule_is_named_with_the_way_to_import_it() {
    for (world, account) in [(World::start().await, None), (World::with_account().await, Some(ACCOUNT))] {
        world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
        let status = world.create(quay()).await.unwrap_err();
        assert_eq!(status.code(), Code::AlreadyExists);
        let import = format!("pulumi import {TYPE} rule quay");
        let says =
            ["creating ECR Pull Through Cache Rule (quay)", "PullThroughCacheRuleAlreadyExistsException", REGION];
        assert_says(status.message(), &says);
        assert_says(
            status.message(),
            &[&import, "deleteBeforeReplace: true", "request id", account.unwrap_or_default()],
        );
        assert_eq!((world.ecr.count(Create), world.ecr.count(Describe)), (1, 0), "nothing is adopted in silence");
    }
}

#[tokio::test]
async fn the_import_line_can_be_pasted_into_a_shell() {
    let world = World::start().await;
    world.ecr.put_rule("eu-west-1", Rule::new("quay", "quay.io"));
    for (name, quoted) in [("my rule", "'my rule'"), ("it's", r"'it'\''s'"), ("plain-1_x", "plain-1_x")] {
        let inputs = with(quay(), json!({ "region": "eu-west-1", "ecrRepositoryPrefix": "quay/" }));
        let status = world.named(name).create(inputs).await.unwrap_err();
        assert_says(status.message(), &[&format!("pulumi import {TYPE} {quoted} quay@eu-west-1\n")]);
    }
}

#[tokio::test]
async fn a_full_registry_is_tried_once() {
    let world = World::start().await;
    fill(&world.ecr, 50);
    let status = world.create(quay()).await.unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted);
    assert_says(status.message(), &["LimitExceededException", "50", REGION]);
    assert_eq!(world.ecr.count(Create), 1);
}

#[tokio::test]
async fn errors_keep_what_ecr_says_and_add_what_to_do() {
    for (status, code, grpc, advice) in [
        (400, "InvalidParameterException", Code::InvalidArgument, ""),
        (400, "ValidationException", Code::InvalidArgument, ""),
        (400, "UnsupportedUpstreamRegistryException", Code::InvalidArgument, "registry.k8s.io"),
        (400, "AccessDeniedException", Code::PermissionDenied, "ecr:CreatePullThroughCacheRule"),
        (400, "UnableToDecryptSecretValueException", Code::FailedPrecondition, "customer managed key"),
        (400, "UnrecognizedClientException", Code::Unauthenticated, "access key"),
        (400, "ExpiredTokenException", Code::Unauthenticated, "expired"),
        (400, "SomethingNewException", Code::FailedPrecondition, ""),
    ] {
        let world = World::start().await;
        world.ecr.push_fault(Fault::on(Create).answer(status, code, "What ECR says.").always());
        let error = world.create(quay()).await.unwrap_err();
        assert_eq!(error.code(), grpc, "{code}");
        assert_says(error.message(), &["(quay)", REGION, code, "What ECR says.", "request id", advice]);
        assert_eq!(world.ecr.count(Create), 1, "{code}");
    }
}

#[tokio::test]
async fn what_ecr_does_not_take_as_upstream_is_said_with_what_it_does() {
    let world = World::start().await;
    let status = world.create(with(quay(), json!({ "upstreamRegistryUrl": "harbor.example.com" }))).await.unwrap_err();
    assert_says(status.message(), &["harbor.example.com is invalid", "public.ecr.aws"]);
    let status = world.create(with(hub(), json!({ "credentialArn": null }))).await.unwrap_err();
    assert_says(status.message(), &["requires authentication", "credentialArn"]);
}

#[tokio::test]
async fn the_text_of_an_error_stays_short() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).answer(400, "InvalidParameterException", &"é".repeat(50_000)));
    let status = world.create(quay()).await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
    assert!(status.message().len() < 4096, "{}", status.message().len());
    assert_says(status.message(), &["creating ECR Pull Through Cache Rule (quay)"]);
}

#[tokio::test]
async fn what_cannot_be_created_is_not_sent() {
    let world = World::start().await;
    for inputs in [
        json!({}),
        json!({ "ecrRepositoryPrefix": "quay" }),
        json!({ "upstreamRegistryUrl": "quay.io" }),
        with(quay(), json!({ "credentialArn": UNKNOWN })),
        with(quay(), json!({ "credentialArn": secret(UNKNOWN) })),
    ] {
        assert_eq!(world.create(inputs).await.unwrap_err().code(), Code::InvalidArgument);
    }
    let request = CreateRequest { urn: world.urn.clone(), ..CreateRequest::default() };
    assert_eq!(world.client().create(request).await.unwrap_err().code(), Code::InvalidArgument);
    assert_eq!(world.ecr.journal().len(), 0);
}

#[tokio::test]
async fn strange_time_limits_are_no_limits() {
    let world = World::start().await;
    for (number, timeout) in [-1.0, f64::NAN, f64::INFINITY, 1e300, 1e18, 1e-300].into_iter().enumerate() {
        let inputs = with(quay(), json!({ "ecrRepositoryPrefix": format!("quay-{number}") }));
        let request = CreateRequest {
            urn: world.urn.clone(),
            properties: Some(to_struct(inputs)),
            timeout,
            ..CreateRequest::default()
        };
        world.client().create(request).await.unwrap_or_else(|status| panic!("{timeout}: {status}"));
    }
}

#[tokio::test]
async fn many_rules_are_made_side_by_side() {
    let world = World::start().await;
    let creates = (0..50).map(|number| {
        let rule = world.named(&format!("rule-{number}"));
        tokio::spawn(async move {
            rule.create(with(quay(), json!({ "ecrRepositoryPrefix": format!("quay-{number}") }))).await
        })
    });
    for create in creates.collect::<Vec<_>>() {
        create.await.unwrap().unwrap();
    }
    assert_eq!(world.ecr.rules(REGION).len(), 50);
}

#[tokio::test]
async fn a_secret_value_is_in_no_error() {
    let world = World::start().await;
    let name = "ecr-pullthroughcache/hub-AbCdEf";
    world.ecr.push_fault(Fault::on(Create).answer(400, "InvalidParameterException", &format!("{CREDENTIAL} is bad")));
    let status = world.create(with(hub(), json!({ "credentialArn": secret(CREDENTIAL) }))).await.unwrap_err();
    assert!(!status.message().contains(name), "{status}");
    assert_says(status.message(), &["InvalidParameterException", "is bad", "(hub)"]);
}
