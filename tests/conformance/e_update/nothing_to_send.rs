//! Updates that change nothing for ECR: the bridge asks for such when a state is upgraded, and ECR refuses a request without any ARN.

use serde_json::{Value, json};

use crate::{
    settings::under_each,
    support::{ACCOUNT, CREDENTIAL, REGION, ROLE, State, hub, quay, secret, with},
};

/// No call is made, and the outputs are the rule's.
async fn makes_no_call(old: Value, new: Value) {
    under_each(|world| {
        let (old, new) = (State::of(old.clone()), new.clone());
        async move {
            let updated = world.update(&old, new).await.unwrap();
            assert_eq!(world.ecr.journal().len(), 0);
            assert_eq!((&updated["registryId"], &updated["region"]), (&json!(ACCOUNT), &json!(REGION)));
            for name in ["id", "ecrRepositoryPrefix", "upstreamRegistryUrl"] {
                assert_eq!(updated[name], old.outputs[name]);
            }
        }
    })
    .await;
}

fn both() -> Value {
    with(hub(), json!({ "customRoleArn": ROLE }))
}

cases! { makes_no_call;
    e03_the_same_rule(quay(), quay());
    e03_the_same_secret(hub(), hub());
    e03_the_same_secret_and_role(both(), both());
    e03_a_secret_that_is_kept_back_now(hub(), with(hub(), json!({ "credentialArn": secret(CREDENTIAL) })));
    e03_empty_strings(quay(), with(quay(), json!({ "credentialArn": "", "customRoleArn": "" })));
    e03_root_spelled_out(quay(), with(quay(), json!({ "__defaults": [], "upstreamRepositoryPrefix": "ROOT" })));
    e03_the_region_spelled_out(quay(), with(quay(), json!({ "region": REGION })));
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
