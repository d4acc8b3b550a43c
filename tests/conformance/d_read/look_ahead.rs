//! A preview looks at the registry, once for all rules, and warns of what the update would fail with.

use local_ecr::Rule;
use pulumi_aws::pulumi::rpc::LogSeverity;
use serde_json::json;

use super::crowd;
use crate::{
    answers::{answering, page},
    settings::under_each,
    support::{Describe, Journal as _, REGION, TYPE, assert_says, configuration, configure, fill, quay, secret, with},
};

/// The rule is in the registry, and no rule of the stack.
async fn is_warned_of(prefix: &'static str, existing: &'static str) {
    under_each(|world| async move {
        world.ecr.put_rule(REGION, Rule::new(existing, "quay.io"));
        world.preview(with(quay(), json!({ "ecrRepositoryPrefix": prefix }))).await.unwrap();
        let messages = world.engine.messages();
        assert_eq!((messages.len(), messages[0].urn.as_str()), (1, world.urn.as_str()));
        assert_eq!((messages[0].severity(), messages[0].ephemeral), (LogSeverity::Warning, false));
        let import = format!("pulumi import {TYPE} rule quay");
        assert_says(&messages[0].message, &["`quay`", "already", REGION, &import]);
        assert_eq!(world.ecr.writes(), 0);
    })
    .await;
}

cases! { is_warned_of;
    d37_a_prefix_that_is_taken("quay", "quay");
    d37_a_prefix_that_is_taken_but_for_a_slash("quay/", "quay");
    d37_a_prefix_that_is_taken_with_a_slash("quay", "quay/");
}

#[tokio::test]
async fn d37_a_prefix_that_is_free() {
    under_each(|world| async move {
        fill(&world.ecr, 9);
        world.preview(quay()).await.unwrap();
        assert_eq!(world.engine.messages(), []);
    })
    .await;
}

#[tokio::test]
async fn d37_a_rule_of_another_region_takes_no_prefix() {
    under_each(|world| async move {
        world.ecr.put_rule("eu-west-1", Rule::new("quay", "quay.io"));
        world.preview(quay()).await.unwrap();
        assert_eq!(world.engine.messages(), []);
        world.named("there").preview(with(quay(), json!({ "region": "eu-west-1" }))).await.unwrap();
        assert_eq!(world.engine.messages().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn d37_all_pages_are_looked_at_once() {
    under_each(|world| async move {
        fill(&world.ecr, 5);
        for (name, prefix) in [("one", "other-04"), ("two", "other-03"), ("three", "free")] {
            world.named(name).preview(with(quay(), json!({ "ecrRepositoryPrefix": prefix }))).await.unwrap();
        }
        let pages = if world.ecr.behaviour().page_size.is_some() { 5 } else { 1 };
        assert_eq!((world.engine.messages().len(), world.ecr.count(Describe)), (2, pages));
    })
    .await;
}

#[tokio::test]
async fn d37_a_new_configuration_looks_again() {
    under_each(|world| async move {
        world.preview(quay()).await.unwrap();
        assert_eq!(world.engine.messages(), []);
        world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
        configure(world.client(), configuration(&world.ecr)).await.unwrap();
        world.preview(quay()).await.unwrap();
        assert_eq!((world.warnings().len(), world.ecr.count(Describe)), (1, 2));
    })
    .await;
}

#[tokio::test]
async fn d28_a_look_in_a_circle_warns_of_nothing() {
    let (world, ecr) = answering(["one", "two", "one"].map(|token| page(&["quay"], Some(token)))).await;
    world.preview(quay()).await.unwrap();
    assert_eq!((world.engine.messages(), ecr.asked().len()), (vec![], 3));
}

#[tokio::test]
async fn d38_one_rule_too_many() {
    under_each(|world| async move {
        crowd(&world, 48);
        for (number, warned) in [(1, false), (2, false), (3, true)] {
            let rule = world.named(&format!("rule-{number}"));
            rule.preview(with(quay(), json!({ "ecrRepositoryPrefix": format!("quay-{number}") }))).await.unwrap();
            let warnings = world.engine.warnings(&rule.urn);
            assert_eq!(warnings.len(), usize::from(warned), "{number}");
            if warned {
                assert_says(&warnings[0], &["51", "50", REGION]);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn d38_a_rule_that_is_previewed_again_counts_once() {
    under_each(|world| async move {
        crowd(&world, 49);
        for _ in 0..3 {
            world.preview(quay()).await.unwrap();
        }
        assert_eq!(world.engine.messages(), []);
    })
    .await;
}

#[tokio::test]
async fn d39_one_prefix_for_two_rules_of_a_program() {
    under_each(|world| async move {
        world.named("first").preview(quay()).await.unwrap();
        world.named("second").preview(with(quay(), json!({ "ecrRepositoryPrefix": "quay/" }))).await.unwrap();
        let messages = world.engine.messages();
        assert_eq!(messages.len(), 1, "{messages:?}");
        assert_eq!(messages[0].urn, world.named("second").urn);
        assert_says(&messages[0].message, &["quay", &world.named("first").urn]);
        // The same prefix elsewhere is another rule.
        world.named("third").preview(with(quay(), json!({ "region": "eu-west-1" }))).await.unwrap();
        assert_eq!(world.engine.messages().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn d40_a_secret_prefix_is_in_no_warning() {
    under_each(|world| async move {
        crowd(&world, 50);
        world.ecr.put_rule(REGION, Rule::new("hunter2", "quay.io"));
        for name in ["one", "two"] {
            let inputs = with(quay(), json!({ "ecrRepositoryPrefix": secret("hunter2") }));
            world.named(name).preview(inputs).await.unwrap();
        }
        let messages = format!("{:?}", world.engine.messages());
        assert!(!messages.contains("hunter2"), "{messages}");
        assert_eq!(world.engine.messages().len(), 5, "it is taken, for two rules, and too many: {messages}");
    })
    .await;
}
