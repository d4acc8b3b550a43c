//! What is sent to delete a rule.

use local_ecr::Rule;
use serde_json::{Value, json};

use crate::{
    settings::{slashes, under, under_each},
    support::{ACCOUNT, Create, Delete, Journal as _, REGION, State, fill, hub, prefixes, quay, with},
};

#[tokio::test]
async fn f01_the_prefix_and_the_account_are_sent() {
    under_each(|world| async move {
        let made = world.create(quay()).await.unwrap();
        world.delete(&made).await.unwrap();
        assert_eq!(world.ecr.bodies(Delete), [json!({ "ecrRepositoryPrefix": "quay", "registryId": ACCOUNT })]);
        assert_eq!(prefixes(&world.ecr), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn f01_the_other_rules_stay() {
    under_each(|world| async move {
        fill(&world.ecr, 3);
        let before = world.ecr.rules(REGION);
        let made = world.create(with(quay(), json!({ "ecrRepositoryPrefix": "other" }))).await.unwrap();
        world.delete(&made).await.unwrap();
        assert_eq!(world.ecr.rules(REGION), before);
    })
    .await;
}

/// The program may spell the prefix with a slash at the end, whatever ECR makes of that.
#[tokio::test]
async fn f01_a_prefix_with_a_slash_names_its_rule() {
    under(slashes(), |world| async move {
        let made = world.create(with(quay(), json!({ "ecrRepositoryPrefix": "quay/" }))).await.unwrap();
        world.delete(&made).await.unwrap();
        assert_eq!(prefixes(&world.ecr), [""; 0]);
    })
    .await;
}

/// A state that does not say which account the rule is in.
async fn deletes_by_the_prefix_alone(inputs: Value, outputs: Value) {
    under_each(|world| {
        let state = State::new(inputs.clone(), outputs.clone());
        async move {
            world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
            world.delete(&state).await.unwrap();
            assert_eq!(world.ecr.bodies(Delete), [json!({ "ecrRepositoryPrefix": "quay" })]);
            assert_eq!(prefixes(&world.ecr), [""; 0]);
        }
    })
    .await;
}

cases! { deletes_by_the_prefix_alone;
    f03_no_outputs(quay(), json!({}));
    f03_an_empty_account(quay(), json!({ "registryId": "" }));
    f03_no_account(quay(), with(quay(), json!({ "id": "quay" })));
}

/// The state of a rule that pulumi-aws has made.
async fn deletes_what_pulumi_aws_made(changes: Value) {
    under_each(|world| {
        let outputs = json!({
            "id": "quay", "ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": "quay.io", "credentialArn": "",
            "customRoleArn": "", "upstreamRepositoryPrefix": "", "registryId": ACCOUNT,
        });
        let state = State::new(with(quay(), json!({ "__defaults": [] })), with(outputs, changes.clone()));
        async move {
            world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
            world.delete(&state).await.unwrap();
            assert_eq!(world.ecr.bodies(Delete), [json!({ "ecrRepositoryPrefix": "quay", "registryId": ACCOUNT })]);
            assert_eq!(prefixes(&world.ecr), [""; 0]);
        }
    })
    .await;
}

cases! { deletes_what_pulumi_aws_made;
    f08_of_version_6(json!({}));
    f08_of_version_7(json!({ "region": REGION, "__pulumi_raw_state_delta": { "obj": {} } }));
    f08_from_before_roles(json!({ "customRoleArn": null, "upstreamRepositoryPrefix": null, "credentialArn": null }));
}

/// What the rule has cached is the user's.
#[tokio::test]
async fn f05_nothing_but_the_rule_is_touched() {
    under_each(|world| async move {
        let made = world.create(hub()).await.unwrap();
        world.delete(&made).await.unwrap();
        let called = world.ecr.journal().into_iter().map(|call| call.operation).collect::<Vec<_>>();
        assert_eq!(called, [Create.name(), Delete.name()], "and no repository is asked for");
    })
    .await;
}
