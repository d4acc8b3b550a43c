//! What is sent for a rule, and what it is in the state.

use local_ecr::Behaviour;
use serde_json::{Value, json};

use crate::{
    settings::{all, slashes, under, under_each},
    steady::{assert_steady, outputs},
    support::{ACCOUNT, CREDENTIAL, Create, Journal as _, REGION, ROLE, hub, prefixes, quay, with},
};

/// A rule with every input that is sent.
pub(super) fn whole() -> Value {
    with(hub(), json!({ "customRoleArn": ROLE, "upstreamRepositoryPrefix": "team" }))
}

/// What is set is sent as it is and alone, and what comes back is the rule, which is let be from then on.
async fn makes_what_was_asked(inputs: Value) {
    makes_under(all(), inputs).await;
}

async fn makes_under(settings: Vec<Behaviour>, inputs: Value) {
    under(settings, |world| {
        let inputs = inputs.clone();
        async move {
            let made = world.create(inputs.clone()).await.unwrap();
            assert_eq!((world.ecr.bodies(Create), world.ecr.journal().len()), (vec![inputs.clone()], 1));
            assert_eq!(made.id, inputs["ecrRepositoryPrefix"].as_str().unwrap());
            assert_eq!(made.outputs["registryId"], ACCOUNT);
            assert_eq!(made.outputs, outputs(&world, &inputs));
            assert_steady(&world, &made).await;
        }
    })
    .await;
}

cases! { makes_what_was_asked;
    c01_ecr_public(json!({ "ecrRepositoryPrefix": "ecr-public", "upstreamRegistryUrl": "public.ecr.aws" }));
    c01_quay(quay());
    c02_all_that_a_rule_can_have(whole());
    c20_the_rule_for_all_other_repositories(with(quay(), json!({ "ecrRepositoryPrefix": "ROOT" })));
    c20_root_of_root(with(quay(), json!({ "ecrRepositoryPrefix": "ROOT", "upstreamRepositoryPrefix": "ROOT" })));
    c21_ecr_of_another_region_without_a_role(with(
        quay(),
        json!({ "upstreamRegistryUrl": format!("{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com") }),
    ));
    c22_ecr_of_another_account_with_a_role(with(
        quay(),
        json!({ "upstreamRegistryUrl": "999999999999.dkr.ecr.eu-west-1.amazonaws.com", "customRoleArn": ROLE }),
    ));
    c23_an_organization_of_chainguard(json!({
        "ecrRepositoryPrefix": "chainguard",
        "upstreamRegistryUrl": "cgr.dev",
        "upstreamRepositoryPrefix": "example.com",
        "credentialArn": CREDENTIAL,
    }));
}

#[tokio::test]
async fn c29_slashes_at_the_end_stay() {
    let spelled = json!({ "ecrRepositoryPrefix": "quay/", "upstreamRepositoryPrefix": "team/" });
    makes_under(slashes(), with(quay(), spelled)).await;
}

/// What a program leaves empty is no part of the request.
async fn sends_the_least(changes: Value) {
    under_each(|world| {
        let mut inputs = quay();
        inputs.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        async move {
            let made = world.create(inputs).await.unwrap();
            assert_eq!(world.ecr.bodies(Create), [quay()]);
            assert_eq!(made.outputs, outputs(&world, &quay()));
        }
    })
    .await;
}

cases! { sends_the_least;
    c03_nulls(
        json!({ "credentialArn": null, "customRoleArn": null, "upstreamRepositoryPrefix": null, "region": null })
    );
    c03_empty_strings(
        json!({ "credentialArn": "", "customRoleArn": "", "upstreamRepositoryPrefix": "", "region": "" })
    );
    c03_keys_of_the_bridge(json!({ "__defaults": [], "__meta": "x" }));
}

#[tokio::test]
async fn c04_what_ecr_knows_itself_is_not_sent() {
    under_each(|world| async move {
        let known = json!({ "registryId": "999999999999", "upstreamRegistry": "docker-hub", "region": REGION });
        world.create(with(whole(), known)).await.unwrap();
        assert_eq!(world.ecr.bodies(Create), [whole()]);
    })
    .await;
}

#[tokio::test]
async fn c28_a_rule_has_a_region_of_its_own() {
    under_each(|world| async move {
        let made = world.create(with(quay(), json!({ "region": "eu-west-1" }))).await.unwrap();
        assert_eq!((made.id.as_str(), &made.outputs["region"]), ("quay", &json!("eu-west-1")));
        assert_eq!(world.ecr.calls(Create)[0].region, "eu-west-1");
        assert_eq!(world.ecr.bodies(Create), [quay()], "it is no part of the request");
        assert_eq!((world.ecr.rules("eu-west-1").len(), prefixes(&world.ecr).len()), (1, 0));
        assert_steady(&world, &made).await;
    })
    .await;
}
