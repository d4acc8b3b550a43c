//! Look-ahead: what a preview warns of, because the update would fail with it.

use local_ecr::{Behaviour, Options, Rule};
use pulumi_aws::pulumi::rpc::LogSeverity;
use serde_json::json;

use crate::support::{Describe, Journal as _, REGION, State, TYPE, World, assert_says, fill, quay, secret, with};

#[tokio::test]
async fn a_taken_prefix_is_warned_of_on_the_resource() {
    for spelling in ["quay", "quay/"] {
        let world = World::start().await;
        world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
        world.preview(with(quay(), json!({ "ecrRepositoryPrefix": spelling }))).await.unwrap();
        let messages = world.engine.messages();
        assert_eq!((messages.len(), messages[0].urn.as_str()), (1, world.urn.as_str()));
        assert_eq!((messages[0].severity(), messages[0].ephemeral), (LogSeverity::Warning, false));
        let import = format!("pulumi import {TYPE} rule quay");
        assert_says(&messages[0].message, &["`quay`", "already", REGION, &import]);
    }
}

#[tokio::test]
async fn a_free_prefix_is_not() {
    let world = World::start().await;
    fill(&world.ecr, 49);
    world.preview(quay()).await.unwrap();
    assert_eq!(world.engine.messages(), []);
}

#[tokio::test]
async fn a_rule_in_another_region_takes_no_prefix() {
    let world = World::start().await;
    world.ecr.put_rule("eu-west-1", Rule::new("quay", "quay.io"));
    world.preview(quay()).await.unwrap();
    assert_eq!(world.engine.messages(), []);
    world.named("there").preview(with(quay(), json!({ "region": "eu-west-1" }))).await.unwrap();
    assert_eq!(world.engine.messages().len(), 1);
}

#[tokio::test]
async fn all_pages_of_the_registry_are_seen() {
    let behaviour = Behaviour { page_size: Some(7), ..Behaviour::default() };
    let world = World::with(Options { behaviour, ..Options::default() }, json!({})).await;
    fill(&world.ecr, 20);
    world.preview(with(quay(), json!({ "ecrRepositoryPrefix": "other-19" }))).await.unwrap();
    assert_eq!((world.warnings().len(), world.ecr.count(Describe)), (1, 3));
}

#[tokio::test]
async fn one_rule_too_many_is_warned_of() {
    let world = World::start().await;
    fill(&world.ecr, 48);
    for (number, warned) in [(1, false), (2, false), (3, true)] {
        let rule = world.named(&format!("rule-{number}"));
        rule.preview(with(quay(), json!({ "ecrRepositoryPrefix": format!("quay-{number}") }))).await.unwrap();
        let warnings = world.engine.warnings(&rule.urn);
        assert_eq!(warnings.len(), usize::from(warned), "{number}");
        if warned {
            assert_says(&warnings[0], &["51", "50", REGION]);
        }
    }
}

#[tokio::test]
async fn a_rule_that_is_previewed_again_counts_once() {
    let world = World::start().await;
    fill(&world.ecr, 49);
    for _ in 0..3 {
        world.preview(quay()).await.unwrap();
    }
    assert_eq!(world.engine.messages(), []);
}

#[tokio::test]
async fn one_prefix_for_two_rules_is_warned_of() {
    let world = World::start().await;
    world.named("first").preview(quay()).await.unwrap();
    world.named("second").preview(with(quay(), json!({ "ecrRepositoryPrefix": "quay/" }))).await.unwrap();
    let messages = world.engine.messages();
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert_eq!(messages[0].urn, world.named("second").urn);
    assert_says(&messages[0].message, &["quay", &world.named("first").urn]);
    // The same prefix elsewhere is another rule.
    world.named("third").preview(with(quay(), json!({ "region": "eu-west-1" }))).await.unwrap();
    assert_eq!(world.engine.messages().len(), 1);
}

#[tokio::test]
async fn the_rule_that_is_replaced_is_in_nobodys_way() {
    let world = World::start().await;
    world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
    fill(&world.ecr, 49);
    let news = with(quay(), json!({ "upstreamRegistryUrl": "public.ecr.aws" }));
    assert!(world.diff(&State::of(quay()), news.clone()).await.delete_before_replace);
    world.preview(news).await.unwrap();
    assert_eq!(world.engine.messages(), []);
}

/// A new prefix is created before the old one is deleted, so that for a moment both are there.
#[tokio::test]
async fn a_replacement_that_creates_first_needs_room_too() {
    let world = World::start().await;
    world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
    fill(&world.ecr, 49);
    let news = with(quay(), json!({ "ecrRepositoryPrefix": "other" }));
    assert!(!world.diff(&State::of(quay()), news.clone()).await.delete_before_replace);
    world.preview(news).await.unwrap();
    assert_eq!(world.warnings().len(), 1, "the update fails with LimitExceededException");
}

#[tokio::test]
async fn a_rule_that_moves_to_a_region_where_its_prefix_is_taken_is_warned_of() {
    let world = World::start().await;
    for region in [REGION, "eu-west-1"] {
        world.ecr.put_rule(region, Rule::new("quay", "quay.io"));
    }
    let news = with(quay(), json!({ "region": "eu-west-1" }));
    world.diff(&State::of(quay()), news.clone()).await;
    world.preview(news).await.unwrap();
    assert_eq!(world.warnings().len(), 1, "the rule in eu-west-1 is not the one that is replaced");
}

#[tokio::test]
async fn a_new_configuration_looks_again() {
    let world = World::start().await;
    world.preview(quay()).await.unwrap();
    world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
    crate::support::configure(world.client(), crate::support::configuration(&world.ecr)).await.unwrap();
    world.preview(quay()).await.unwrap();
    assert_eq!((world.warnings().len(), world.ecr.count(Describe)), (1, 2));
}

#[tokio::test]
async fn a_secret_prefix_is_in_no_warning() {
    let world = World::start().await;
    fill(&world.ecr, 50);
    world.ecr.put_rule(REGION, Rule::new("hunter2", "quay.io"));
    for name in ["one", "two"] {
        world.named(name).preview(with(quay(), json!({ "ecrRepositoryPrefix": secret("hunter2") }))).await.unwrap();
    }
    let messages = format!("{:?}", world.engine.messages());
    assert!(!messages.contains("hunter2"), "{messages}");
}
