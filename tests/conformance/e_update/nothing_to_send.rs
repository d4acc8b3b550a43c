//! Updates that change nothing for ECR: the bridge asks for such when a state is upgraded, and ECR refuses a request without any ARN.

use serde_json::{Value, json};

use crate::{
    settings::under_each,
    support::{ACCOUNT, CREDENTIAL, REGION, ROLE, State, hub, quay, secret, with},
};

/// No call is made, and the outputs are those of a rule with what the program says now.
async fn makes_no_call(old: Value, new: Value, kept: Value) {
    under_each(|world| {
        let (old, new, kept) = (State::of(old.clone()), new.clone(), State::of(kept.clone()));
        async move {
            let updated = world.update(&old, new).await.unwrap();
            assert_eq!((updated, world.ecr.journal().len()), (kept.outputs, 0));
        }
    })
    .await;
}

fn hidden() -> Value {
    with(hub(), json!({ "credentialArn": secret(CREDENTIAL) }))
}

fn both() -> Value {
    with(hub(), json!({ "customRoleArn": ROLE }))
}

cases! { makes_no_call;
    e03_the_same_rule(quay(), quay(), quay());
    e03_the_same_secret(hub(), hub(), hub());
    e03_the_same_secret_and_role(both(), both(), both());
    e03_a_secret_that_is_kept_back_now(hub(), hidden(), hidden());
    e03_empty_strings(quay(), with(quay(), json!({ "credentialArn": "", "customRoleArn": "" })), quay());
    e03_root_spelled_out(
        quay(),
        with(quay(), json!({ "__defaults": [], "upstreamRepositoryPrefix": "ROOT" })),
        with(quay(), json!({ "upstreamRepositoryPrefix": "ROOT" })),
    );
    e03_the_region_spelled_out(quay(), with(quay(), json!({ "region": REGION })), quay());
}

#[tokio::test]
async fn e03_a_state_of_pulumi_aws_is_taken_over() {
    under_each(|world| async move {
        let outputs = json!({
            "id": "quay", "ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": "quay.io", "credentialArn": "",
            "customRoleArn": "", "upstreamRepositoryPrefix": "", "registryId": ACCOUNT,
            "__pulumi_raw_state_delta": { "obj": {} },
        });
        let old = State::new(with(quay(), json!({ "__defaults": [] })), outputs);
        let new = world.update(&old, with(quay(), json!({ "region": REGION, "__defaults": [] }))).await.unwrap();
        assert_eq!(new, State::of(quay()).outputs, "and nothing of the bridge's own is kept");
        assert_eq!(world.ecr.journal().len(), 0);
    })
    .await;
}
