//! An ARN that the program does not have: ECR has no way to take one away.

use local_ecr::{Fault, Rule};

use super::drifts;
use crate::{
    engine::{Done, refresh, up},
    settings::{slashes, under, under_each},
    support::{CREDENTIAL, Describe, Journal as _, REGION, ROLE, Update, World, quay, with},
};

/// The rule with something that the program does not have, which only a new rule is without.
async fn is_replaced(drifted: Rule, names: &'static [&'static str]) {
    under_each(|world| {
        let drifted = drifted.clone();
        async move {
            drifts(&world, &quay(), drifted, names, Done::DeletedAndCreated).await;
            assert_eq!(world.ecr.count(Update), 0, "an Update cannot do it");
        }
    })
    .await;
}

fn rule(credential: Option<&str>, role: Option<&str>) -> Rule {
    let (credential_arn, custom_role_arn) = (credential.map(str::to_owned), role.map(str::to_owned));
    Rule { credential_arn, custom_role_arn, ..Rule::new("quay", "quay.io") }
}

cases! { is_replaced;
    g03_a_credential(rule(Some(CREDENTIAL), None), &["credentialArn"]);
    g03_a_role(rule(None, Some(ROLE)), &["customRoleArn"]);
    g03_both(rule(Some(CREDENTIAL), Some(ROLE)), &["credentialArn", "customRoleArn"]);
}

/// The rule is the same however its prefix is spelled, also to the replacement.
#[tokio::test]
async fn g03_a_prefix_with_a_slash() {
    under(slashes(), |world| async move {
        let program = with(quay(), serde_json::json!({ "ecrRepositoryPrefix": "quay/" }));
        let drifted = Rule { ecr_repository_prefix: "quay/".to_owned(), ..rule(Some(CREDENTIAL), None) };
        drifts(&world, &program, drifted, &["credentialArn"], Done::DeletedAndCreated).await;
    })
    .await;
}

/// ECR finds the rule only by its other spelling: that it has a secret now makes it no other rule.
#[tokio::test]
async fn g03_a_prefix_that_is_found_only_without_its_slash() {
    let world = World::start().await;
    let (made, _) = up(&world, None, &with(quay(), serde_json::json!({ "ecrRepositoryPrefix": "quay/" }))).await;
    world.ecr.put_rule(REGION, rule(Some(CREDENTIAL), None));
    world.ecr.push_fault(Fault::on(Describe).answer(400, "PullThroughCacheRuleNotFoundException", "no"));
    let (refreshed, shown) = refresh(&world, &made).await.expect("it is there");
    assert_eq!((shown, &refreshed.inputs["credentialArn"]), (vec!["credentialArn".to_owned()], &CREDENTIAL.into()));
    assert_eq!(world.ecr.count(Describe), 2);
}
