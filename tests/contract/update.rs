//! Update: only what ECR can change, and only when something changes.

use local_ecr::{Fault, Rule};
use pulumi_aws::pulumi::rpc::UpdateRequest;
use serde_json::{Value, json};
use tonic::Code;

use crate::support::{
    ACCOUNT, CREDENTIAL, Journal as _, OTHER_CREDENTIAL, OTHER_ROLE, REGION, ROLE, State, UNKNOWN, Update, World,
    assert_says, hub, quay, secret, with,
};

fn put(world: &World, region: &str, inputs: &Value) {
    let text = |name: &str| inputs.get(name).and_then(Value::as_str).map(str::to_owned);
    let rule = Rule::new(text("ecrRepositoryPrefix").unwrap(), text("upstreamRegistryUrl").unwrap());
    world.ecr.put_rule(
        region,
        Rule { credential_arn: text("credentialArn"), custom_role_arn: text("customRoleArn"), ..rule },
    );
}

#[tokio::test]
async fn what_changed_is_sent_with_the_prefix() {
    for (old, new, mut sent) in [
        (
            json!({ "credentialArn": CREDENTIAL }),
            json!({ "credentialArn": OTHER_CREDENTIAL }),
            json!({ "credentialArn": OTHER_CREDENTIAL }),
        ),
        (json!({}), json!({ "credentialArn": CREDENTIAL }), json!({ "credentialArn": CREDENTIAL })),
        (
            json!({ "customRoleArn": ROLE }),
            json!({ "customRoleArn": OTHER_ROLE }),
            json!({ "customRoleArn": OTHER_ROLE }),
        ),
        (
            json!({ "credentialArn": CREDENTIAL, "customRoleArn": ROLE }),
            json!({ "credentialArn": OTHER_CREDENTIAL, "customRoleArn": OTHER_ROLE }),
            json!({ "credentialArn": OTHER_CREDENTIAL, "customRoleArn": OTHER_ROLE }),
        ),
    ] {
        let world = World::start().await;
        let (old, new) = (with(quay(), old), with(quay(), new));
        put(&world, REGION, &old);
        let outputs = world.update(&State::of(old), new.clone()).await.unwrap();
        assert_eq!(outputs, State::of(new).outputs);
        sent["ecrRepositoryPrefix"] = "quay".into();
        // So that ECR refuses where the credentials are another account's.
        sent["registryId"] = ACCOUNT.into();
        assert_eq!(world.ecr.bodies(Update), [sent]);
        assert_eq!(world.ecr.journal().len(), 1);
    }
}

#[tokio::test]
async fn nothing_to_send_makes_no_call() {
    let both = with(hub(), json!({ "customRoleArn": ROLE }));
    for (old, new) in [
        (quay(), quay()),
        (hub(), hub()),
        (hub(), with(hub(), json!({ "credentialArn": secret(CREDENTIAL) }))),
        (quay(), with(quay(), json!({ "credentialArn": "", "customRoleArn": "" }))),
        (quay(), with(quay(), json!({ "__defaults": [], "upstreamRepositoryPrefix": "ROOT" }))),
        (quay(), with(quay(), json!({ "region": REGION }))),
        (both.clone(), both),
    ] {
        let world = World::start().await;
        let outputs = world.update(&State::of(old.clone()), new.clone()).await.unwrap();
        assert_eq!(world.ecr.journal().len(), 0, "{old} to {new}");
        assert_eq!(outputs["registryId"], "123456789012");
        assert_eq!(outputs["region"], REGION);
    }
}

/// pulumi-aws#5714: an upgrade of the state must not lead to an empty request, which ECR refuses.
#[tokio::test]
async fn states_of_pulumi_aws_are_taken_over_without_a_call() {
    let world = World::start().await;
    let outputs = json!({
        "id": "quay", "ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": "quay.io", "credentialArn": "", "customRoleArn": "",
        "upstreamRepositoryPrefix": "", "registryId": "123456789012", "__pulumi_raw_state_delta": { "obj": {} },
    });
    let old = State::new(with(quay(), json!({ "__defaults": [] })), outputs);
    let new = world.update(&old, with(quay(), json!({ "region": REGION, "__defaults": [] }))).await.unwrap();
    assert_eq!(new, State::of(quay()).outputs, "and nothing of the bridge's own is kept");
    assert_eq!(world.ecr.journal().len(), 0);
}

#[tokio::test]
async fn what_is_secret_now_is_secret_in_the_outputs() {
    let world = World::start().await;
    put(&world, REGION, &hub());
    let new = with(hub(), json!({ "credentialArn": secret(OTHER_CREDENTIAL) }));
    let outputs = world.update(&State::of(hub()), new).await.unwrap();
    assert_eq!(outputs["credentialArn"], secret(OTHER_CREDENTIAL));
    assert_eq!(world.ecr.bodies(Update)[0]["credentialArn"], OTHER_CREDENTIAL);
}

#[tokio::test]
async fn a_secret_that_stays_the_same_is_secret_without_a_call() {
    let world = World::start().await;
    let secret_hub = with(hub(), json!({ "credentialArn": secret(CREDENTIAL) }));
    let outputs = world.update(&State::of(secret_hub.clone()), secret_hub).await.unwrap();
    assert_eq!(outputs["credentialArn"], secret(CREDENTIAL));
    assert_eq!(world.ecr.journal().len(), 0);
}

#[tokio::test]
async fn the_rule_is_updated_where_it_is() {
    let world = World::start().await;
    let old = with(hub(), json!({ "region": "eu-west-1" }));
    put(&world, "eu-west-1", &old);
    let there = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:ecr-pullthroughcache/hub-AbCdEf";
    let outputs = world.update(&State::of(old.clone()), with(old, json!({ "credentialArn": there }))).await.unwrap();
    assert_eq!(outputs["region"], "eu-west-1");
    assert_eq!(world.ecr.calls(Update)[0].region, "eu-west-1");
}

#[tokio::test]
async fn the_id_names_the_rule() {
    let world = World::start().await;
    put(&world, REGION, &hub());
    let new = with(hub(), json!({ "ecrRepositoryPrefix": "hub/", "credentialArn": OTHER_CREDENTIAL }));
    let outputs = world.update(&State::of(hub()), new).await.unwrap();
    assert_eq!(world.ecr.bodies(Update)[0]["ecrRepositoryPrefix"], "hub");
    assert_eq!((&outputs["id"], &outputs["ecrRepositoryPrefix"]), (&json!("hub"), &json!("hub/")));
}

#[tokio::test]
async fn a_rule_that_is_gone_is_not_made_in_silence() {
    let world = World::start().await;
    let new = with(hub(), json!({ "credentialArn": OTHER_CREDENTIAL }));
    let status = world.update(&State::of(hub()), new).await.unwrap_err();
    assert_eq!(status.code(), Code::NotFound);
    assert_says(status.message(), &["updating ECR Pull Through Cache Rule (hub)", "pulumi refresh"]);
    assert_eq!(world.ecr.writes(), 1);
}

#[tokio::test]
async fn errors_keep_what_ecr_says() {
    for (code, grpc, says) in [
        ("InvalidParameterException", Code::InvalidArgument, "Please set either"),
        ("AccessDeniedException", Code::PermissionDenied, "ecr:UpdatePullThroughCacheRule"),
    ] {
        let world = World::start().await;
        world.ecr.push_fault(Fault::on(Update).answer(400, code, "Please set either credential arn or role arn"));
        let new = with(hub(), json!({ "credentialArn": OTHER_CREDENTIAL }));
        let status = world.update(&State::of(hub()), new).await.unwrap_err();
        assert_eq!(status.code(), grpc);
        assert_says(status.message(), &[code, says, "Please set either"]);
    }
}

#[tokio::test]
async fn what_is_not_known_or_not_there_is_not_sent() {
    let world = World::start().await;
    let new = with(hub(), json!({ "credentialArn": UNKNOWN }));
    assert_eq!(world.update(&State::of(hub()), new).await.unwrap_err().code(), Code::InvalidArgument);
    let request = UpdateRequest { id: "hub".to_owned(), urn: world.urn.clone(), ..UpdateRequest::default() };
    assert_eq!(world.client().update(request).await.unwrap_err().code(), Code::InvalidArgument);
    assert_eq!(world.ecr.journal().len(), 0);
}

#[tokio::test]
async fn a_secret_value_is_in_no_error() {
    let world = World::start().await;
    let said = format!("{OTHER_CREDENTIAL} instead of {CREDENTIAL} is bad");
    world.ecr.push_fault(Fault::on(Update).answer(400, "InvalidParameterException", &said));
    let old = State::of(with(hub(), json!({ "credentialArn": secret(CREDENTIAL) })));
    let new = with(hub(), json!({ "credentialArn": secret(OTHER_CREDENTIAL) }));
    let status = world.update(&old, new).await.unwrap_err();
    assert!(!status.message().contains("ecr-pullthroughcache/"), "{status}");
    assert_says(status.message(), &["InvalidParameterException", "is bad"]);
}
