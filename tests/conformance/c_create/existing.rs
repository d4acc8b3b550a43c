//! A prefix that has its rule already.

use local_ecr::{Fault, Rule};
use serde_json::json;
use tonic::Code;

use crate::{
    settings::under_each,
    support::{
        ACCOUNT, Create, Describe, Journal as _, REGION, TYPE, World, assert_says, for_each, prefixes, quay, with,
    },
};

#[tokio::test]
async fn c06_the_error_says_what_is_where_and_how_to_import_it() {
    under_each(|world| async move {
        world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
        let status = world.create(quay()).await.unwrap_err();
        assert_eq!(status.code(), Code::AlreadyExists);
        assert_says(
            status.message(),
            &[
                "creating ECR Pull Through Cache Rule (quay)",
                "PullThroughCacheRuleAlreadyExistsException",
                "request id",
                &format!("the registry in {REGION} has one for `quay` already"),
                &format!("\n  pulumi import {TYPE} rule quay\n"),
                "deleteBeforeReplace: true",
            ],
        );
    })
    .await;
}

#[tokio::test]
async fn c06_the_account_is_named_where_it_is_known() {
    let world = World::with_account().await;
    world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
    let status = world.create(quay()).await.unwrap_err();
    assert_says(
        status.message(),
        &[&format!("in {REGION} (account {ACCOUNT}): "), &format!("the registry of account {ACCOUNT} in {REGION}")],
    );
}

#[tokio::test]
async fn c06_the_same_prefix_in_another_region_is_free() {
    under_each(|world| async move {
        world.ecr.put_rule("eu-west-1", Rule::new("quay", "quay.io"));
        world.create(quay()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn c19_an_identical_rule_is_not_adopted() {
    under_each(|world| async move {
        world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
        let before = world.ecr.rules(REGION);
        assert_eq!(world.create(quay()).await.unwrap_err().code(), Code::AlreadyExists);
        assert_eq!((world.ecr.count(Create), world.ecr.count(Describe)), (1, 0), "nobody even looks at it");
        assert_eq!(world.ecr.rules(REGION), before);
    })
    .await;
}

/// Throttled is not carried out: the rule was there before.
#[tokio::test]
async fn c19_throttling_is_no_lost_answer() {
    for_each([(400, "ThrottlingException"), (429, "TooManyRequestsException")], |(status, code)| async move {
        let world = World::start().await;
        world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
        world.ecr.push_fault(Fault::on(Create).answer(status, code, "later"));
        assert_eq!(world.create(quay()).await.unwrap_err().code(), Code::AlreadyExists, "{code}");
        assert_eq!((world.ecr.count(Create), prefixes(&world.ecr).len()), (2, 1));
    })
    .await;
}

/// The line can be pasted into a shell, whatever the resource is called, and names the region where it is not the provider's.
async fn is_imported_by(name: &str, quoted: &str) {
    let world = World::start().await;
    world.ecr.put_rule("eu-west-1", Rule::new("quay", "quay.io"));
    let inputs = with(quay(), json!({ "region": "eu-west-1", "ecrRepositoryPrefix": "quay/" }));
    let status = world.named(name).create(inputs).await.unwrap_err();
    assert_says(status.message(), &[&format!("\n  pulumi import {TYPE} {quoted} quay/@eu-west-1\n")]);
}

cases! { is_imported_by;
    c31_a_plain_name("plain-1_x", "plain-1_x");
    c31_a_name_with_a_space("my rule", "'my rule'");
    c31_a_name_with_a_quote("it's", r"'it'\''s'");
    c31_a_name_with_a_variable("$HOME", "'$HOME'");
}
