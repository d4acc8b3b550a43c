//! An import of a rule that there is not: the engine only says so; the warning says where it was looked for, and what is there.

use local_ecr::{Fault, Rule};
use serde_json::json;

use crate::{
    settings::under_each,
    support::{Describe, Journal as _, REGION, State, World, assert_says, fill, quay},
};

/// The warning for an id, imported or got, where the registry has a rule `quay`, one `team/quay` and others.
async fn is_told(id: &'static str, says: &'static [&'static str]) {
    under_each(|world| async move {
        for prefix in ["quay", "team/quay", "docker-hub"] {
            world.ecr.put_rule(REGION, Rule::new(prefix, "quay.io"));
        }
        let got = world.named("got");
        assert_eq!(world.import(id).await.unwrap(), None);
        assert_eq!(got.get(id, json!({})).await.unwrap(), None);
        for warnings in [world.warnings(), world.engine.warnings(&got.urn)] {
            assert_eq!(warnings.len(), 1);
            assert_says(&warnings[0], &["the registry in us-east-1 has no rule", id]);
            assert_says(&warnings[0], says);
        }
        assert_eq!(world.ecr.writes(), 0);
    })
    .await;
}

cases! { is_told;
    d23_a_name_below_the_prefix("quay/prometheus", &["a repository", "its id is `quay`"]);
    d23_the_nearest_prefix_above("team/quay/prometheus", &["its id is `team/quay`"]);
    d23_an_account_before_the_prefix("123456789012/quay", &["no account", "its id is `quay`"]);
    d23_a_slip("docker-hbu", &["did you mean `docker-hub`?"]);
    d23_something_else("public", &["`public@REGION`", "`docker-hub`, `quay` and `team/quay`"]);
}

#[tokio::test]
async fn d23_an_empty_registry() {
    under_each(|world| async move {
        assert_eq!(world.import("quay").await.unwrap(), None);
        assert_says(&world.warnings()[0], &["no rule `quay`", "none at all", "`quay@REGION`"]);
    })
    .await;
}

#[tokio::test]
async fn d23_no_more_names_than_one_reads() {
    under_each(|world| async move {
        fill(&world.ecr, 30);
        assert_eq!(world.import("quay").await.unwrap(), None);
        let warnings = world.warnings();
        assert_says(&warnings[0], &["`other-00`", "and 25 more"]);
        assert!(!warnings[0].contains("other-05"), "{warnings:?}");
    })
    .await;
}

/// Whoever may not list still learns where the rule is not.
#[tokio::test]
async fn d23_a_registry_that_cannot_be_listed() {
    let world = World::start().await;
    let denied = Fault::on(Describe).answer(400, "AccessDeniedException", "no");
    world.ecr.push_fault(denied.after(1));
    assert_eq!(world.import("quay").await.unwrap(), None);
    assert_says(&world.warnings()[0], &["no rule `quay`", "`quay@REGION`"]);
}

/// A refresh says nothing: that the rule is gone is what the engine shows.
#[tokio::test]
async fn d23_a_refresh_looks_for_no_other() {
    let world = World::start().await;
    let old = State::of(quay());
    assert_eq!(world.refresh(&old).await.unwrap(), None);
    assert_eq!((world.warnings(), world.ecr.journal().len()), (vec![], 1));
}
