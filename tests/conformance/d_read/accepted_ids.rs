//! Ids with a meaning or a spelling of their own.

use local_ecr::{Fault, Rule, SlashRules};
use serde_json::json;

use super::import;
use crate::{
    engine::assert_converged,
    settings::{slashes, under},
    support::{CREDENTIAL, Delete, Describe, Journal as _, REGION, State, Update, World, quay, with},
};

/// The rule is found by the id, which stays as it was given, and a program with that prefix has nothing to do.
async fn finds(id: &'static str, prefix: &'static str) {
    under(slashes(), |world| async move {
        world.ecr.put_rule(REGION, Rule::new(prefix, "quay.io"));
        let imported = import(&world, id).await;
        assert_eq!(imported.id, id);
        let program = with(quay(), json!({ "ecrRepositoryPrefix": id }));
        assert_converged(&world, &imported, &program).await;
    })
    .await;
}

cases! { finds;
    d12_root("ROOT", "ROOT");
    d12_several_parts("team/quay", "team/quay");
    d12_a_slash_that_the_rule_has("quay/", "quay/");
    d12_a_slash_that_the_rule_has_not("quay/", "quay");
}

/// Where both are one rule, ECR finds it by either.
#[tokio::test]
async fn d12_no_slash_where_the_rule_has_one() {
    let one = slashes().into_iter().filter(|setting| setting.slash_rules == SlashRules::One).collect();
    under(one, |world| async move {
        world.ecr.put_rule(REGION, Rule::new("quay/", "quay.io"));
        let imported = import(&world, "quay").await;
        assert_converged(&world, &imported, &quay()).await;
    })
    .await;
}

/// That ECR finds a rule by either spelling is not documented.
#[tokio::test]
async fn d12_an_ecr_that_knows_only_the_bare_prefix_is_asked_for_it_too() {
    let world = World::start().await;
    world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
    for operation in [Describe, Update, Delete] {
        let missing = Fault::on(operation).answer(400, "PullThroughCacheRuleNotFoundException", "no");
        world.ecr.push_fault(missing);
    }
    let imported = world.import("quay/").await.unwrap().unwrap();
    let asked = [json!({ "ecrRepositoryPrefixes": ["quay/"] }), json!({ "ecrRepositoryPrefixes": ["quay"] })];
    assert_eq!(world.ecr.bodies(Describe), asked);
    let news = with(imported.inputs.clone(), json!({ "credentialArn": CREDENTIAL }));
    let outputs = world.update(&imported, news.clone()).await.unwrap();
    world.delete(&State { inputs: news, outputs, id: imported.id }).await.unwrap();
    for operation in [Update, Delete] {
        let prefixes = world.ecr.bodies(operation).into_iter().map(|body| body["ecrRepositoryPrefix"].clone());
        assert_eq!(prefixes.collect::<Vec<_>>(), ["quay/", "quay"], "{operation}");
    }
    assert_eq!(world.ecr.rules(REGION), []);
}

#[tokio::test]
async fn d27_another_case_is_another_rule() {
    under(slashes(), |world| async move {
        world.ecr.put_rule(REGION, Rule::new("ROOT", "quay.io"));
        assert_eq!(world.import("root").await.unwrap(), None);
        world.ecr.put_rule(REGION, Rule::new("root", "public.ecr.aws"));
        assert_eq!(import(&world, "root").await.inputs["upstreamRegistryUrl"], "public.ecr.aws");
        let old = State::of(with(quay(), json!({ "ecrRepositoryPrefix": "ROOT" })));
        assert_eq!(world.refresh(&old).await.unwrap().unwrap().inputs, old.inputs);
    })
    .await;
}
