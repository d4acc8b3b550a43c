//! A rule that is deleted and made anew.

use std::time::{Duration, Instant};

use local_ecr::{Fault, Rule};
use pulumi_aws::pulumi::rpc::LogSeverity;
use serde_json::json;
use tonic::Code;

use crate::{
    settings::{slashes, under, under_each},
    steady::assert_steady,
    support::{AT_ONCE, Create, Journal as _, REGION, World, assert_says, creating, hub, prefixes, quay, until, with},
};

const EXISTS: &str = "PullThroughCacheRuleAlreadyExistsException";

#[tokio::test]
async fn f06_the_new_rule_follows_at_once() {
    under_each(|world| async move {
        let made = world.create(hub()).await.unwrap();
        let news = with(hub(), json!({ "upstreamRegistryUrl": "ghcr.io" }));
        assert!(world.diff(&made, news.clone()).await.delete_before_replace);
        world.delete(&made).await.unwrap();
        let made = world.create(news).await.unwrap();
        assert_eq!((world.ecr.count(Create), prefixes(&world.ecr).len()), (2, 1));
        assert_steady(&world, &made).await;
    })
    .await;
}

#[tokio::test]
async fn f06_a_prefix_that_ecr_lets_go_of_late_is_waited_for() {
    under(slashes(), |world| async move {
        let made = world.create(hub()).await.unwrap();
        world.delete(&made).await.unwrap();
        world.ecr.push_fault(Fault::on(Create).answer(400, EXISTS, "not gone yet").times(2));
        world.create(with(hub(), json!({ "ecrRepositoryPrefix": "hub/" }))).await.unwrap();
        assert_eq!((world.ecr.count(Create), prefixes(&world.ecr).len()), (4, 1));
        let messages = world.engine.messages();
        assert!(messages.iter().all(|message| message.severity() == LogSeverity::Info && message.ephemeral));
        assert_says(&messages[0].message, &["waiting", "deleted"]);
    })
    .await;
}

/// Somebody else was quicker: the wait ends with the usual error, and the stranger's rule is not touched.
#[tokio::test]
async fn f06_a_rule_that_somebody_made_meanwhile_is_not_adopted() {
    let world = World::start().await;
    let made = world.create(quay()).await.unwrap();
    world.delete(&made).await.unwrap();
    world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
    let before = world.ecr.rules(REGION);
    let begin = Instant::now();
    let status = world.within(6.9).create(quay()).await.unwrap_err();
    assert!(begin.elapsed() < Duration::from_secs(10), "{:?}", begin.elapsed());
    assert_eq!(status.code(), Code::AlreadyExists);
    assert_says(status.message(), &[EXISTS, "pulumi import"]);
    assert_eq!(world.ecr.rules(REGION), before);
}

/// Only the prefix and the region of what was deleted are waited for, and only until there is a rule again.
#[tokio::test]
async fn f06_another_rule_that_exists_is_an_error_at_once() {
    let world = World::start().await;
    let made = world.create(quay()).await.unwrap();
    world.delete(&made).await.unwrap();
    world.ecr.put_rule("eu-west-1", Rule::new("quay", "quay.io"));
    world.ecr.put_rule(REGION, Rule::new("hub", "quay.io"));
    world.ecr.clear_journal();
    world.create(with(quay(), json!({ "region": "eu-west-1" }))).await.unwrap_err();
    world.create(hub()).await.unwrap_err();
    world.create(quay()).await.unwrap();
    world.named("second").create(quay()).await.unwrap_err();
    assert_eq!(world.ecr.count(Create), 4);
}

#[tokio::test]
async fn f06_the_wait_ends_with_a_cancel() {
    let world = World::start().await;
    let made = world.create(quay()).await.unwrap();
    world.delete(&made).await.unwrap();
    world.ecr.clear_journal();
    world.ecr.push_fault(Fault::on(Create).answer(400, EXISTS, "not gone yet").always());
    let create = creating(&world, quay());
    until("the wait", || !world.engine.messages().is_empty()).await;
    let begin = Instant::now();
    world.cancel().await;
    let status = create.await.unwrap().unwrap_err();
    assert!(begin.elapsed() < AT_ONCE, "{:?}", begin.elapsed());
    assert_eq!(status.code(), Code::Aborted);
    assert_says(status.message(), &["cancelled", EXISTS]);
}
