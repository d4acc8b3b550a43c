//! A rule's life through the plugin's protocol, against an ECR that nobody of this project wrote.
//!
//! After each step the server itself is asked what it has. What it is known not to do is in `gaps.rs`.

mod support;

use independent::Winterbaume;
use serde_json::{Value, json};
use support::Plugin;
use support::rpc::diff_response::DiffChanges;

const REGION: &str = "us-east-1";
const ACCOUNT: &str = "123456789012";
const SECRET: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/hub-AbCdEf";
const OTHER: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/other-AbCdEf";
const ROLE: &str = "arn:aws:iam::123456789012:role/pull";

async fn start() -> (Winterbaume, Plugin) {
    let ecr = Winterbaume::start().await.expect("a loopback port");
    let plugin = Plugin::start(ecr.url(), REGION).await;
    (ecr, plugin)
}

/// The rules that the server has, in the order of their prefixes.
async fn rules(ecr: &Winterbaume, region: &str) -> Vec<Value> {
    let (_, _, mut answer) = ecr.call(region, "DescribePullThroughCacheRules", &json!({})).await;
    let mut rules: Vec<Value> = serde_json::from_value(answer["pullThroughCacheRules"].take()).expect("a list");
    rules.sort_by_key(|rule| rule["ecrRepositoryPrefix"].to_string());
    rules
}

fn hub() -> Value {
    json!({ "ecrRepositoryPrefix": "hub", "upstreamRegistryUrl": "registry-1.docker.io", "credentialArn": SECRET })
}

fn quay() -> Value {
    json!({ "ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": "quay.io" })
}

#[tokio::test]
async fn a_preview_creates_nothing() {
    let (ecr, mut plugin) = start().await;
    plugin.preview_create(&quay()).await;
    assert_eq!(rules(&ecr, REGION).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_created_rule_is_there_and_reads_back_without_changes() {
    let (ecr, mut plugin) = start().await;
    let created = plugin.create(&hub()).await.expect("a rule");
    assert_eq!(created.id, "hub");
    assert_eq!(created.outputs["registryId"], ACCOUNT);
    assert_eq!(created.outputs["region"], REGION);

    let there = rules(&ecr, REGION).await;
    assert_eq!(there.len(), 1);
    for (property, value) in hub().as_object().expect("an object") {
        assert_eq!(&there[0][property], value, "{property}");
    }

    let read = plugin.refresh(&created).await.expect("it is there");
    assert_eq!(read, created);
    assert_eq!(plugin.diff(&read, &hub()).await.changes(), DiffChanges::DiffNone);
}

#[tokio::test]
async fn every_input_makes_the_round_trip() {
    let (ecr, mut plugin) = start().await;
    let full = json!({
        "ecrRepositoryPrefix": "team/images",
        "upstreamRegistryUrl": "999999999999.dkr.ecr.eu-west-1.amazonaws.com",
        "customRoleArn": ROLE,
        "credentialArn": SECRET,
        "upstreamRepositoryPrefix": "up/stream",
    });
    let created = plugin.create(&full).await.expect("a rule");
    for (property, value) in full.as_object().expect("an object") {
        assert_eq!(&created.outputs[property], value, "{property}");
        assert_eq!(&rules(&ecr, REGION).await[0][property], value, "{property}");
    }
    assert_eq!(plugin.refresh(&created).await.expect("it is there"), created);
}

#[tokio::test]
async fn a_rule_for_root_makes_the_round_trip() {
    let (_ecr, mut plugin) = start().await;
    let root =
        json!({ "ecrRepositoryPrefix": "ROOT", "upstreamRegistryUrl": "quay.io", "upstreamRepositoryPrefix": "ROOT" });
    let created = plugin.create(&root).await.expect("a rule");
    assert_eq!(created.id, "ROOT");
    let imported = plugin.import("ROOT").await.expect("it is there");
    assert_eq!(plugin.diff(&imported, &root).await.changes(), DiffChanges::DiffNone);
}

#[tokio::test]
async fn a_rule_made_by_others_is_imported_and_needs_no_changes() {
    let (ecr, mut plugin) = start().await;
    ecr.call(REGION, "CreatePullThroughCacheRule", &hub()).await;
    let imported = plugin.import("hub").await.expect("it is there");
    assert_eq!(imported.id, "hub");
    for (property, value) in hub().as_object().expect("an object") {
        assert_eq!(&imported.inputs[property], value, "{property}");
    }
    assert_eq!(plugin.diff(&imported, &hub()).await.changes(), DiffChanges::DiffNone);
    assert!(plugin.import("unknown").await.is_none());
}

#[tokio::test]
async fn a_credential_is_updated_in_place() {
    let (ecr, mut plugin) = start().await;
    let created = plugin.create(&hub()).await.expect("a rule");
    let mut news = hub();
    news["credentialArn"] = json!(OTHER);
    let diff = plugin.diff(&created, &news).await;
    assert_eq!((diff.changes(), diff.replaces), (DiffChanges::DiffSome, Vec::new()));

    let updated = plugin.update(&created, &news).await.expect("an update");
    assert_eq!(updated.outputs["credentialArn"], OTHER);
    assert_eq!(updated.outputs["upstreamRegistryUrl"], "registry-1.docker.io");
    assert_eq!(rules(&ecr, REGION).await[0]["credentialArn"], OTHER);
    assert_eq!(plugin.refresh(&updated).await.expect("it is there"), updated);
}

#[tokio::test]
async fn another_upstream_is_a_replacement_that_deletes_first() {
    let (ecr, mut plugin) = start().await;
    let created = plugin.create(&quay()).await.expect("a rule");
    let news = json!({ "ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": "public.ecr.aws" });
    let diff = plugin.diff(&created, &news).await;
    assert_eq!(diff.replaces, ["upstreamRegistryUrl"]);
    assert!(diff.delete_before_replace);

    plugin.delete(&created).await.expect("it is deleted");
    let replaced = plugin.create(&news).await.expect("its prefix is free");
    assert_eq!(rules(&ecr, REGION).await[0]["upstreamRegistryUrl"], "public.ecr.aws");
    assert_eq!(plugin.refresh(&replaced).await.expect("it is there"), replaced);
}

#[tokio::test]
async fn drift_is_seen_and_mended() {
    let (ecr, mut plugin) = start().await;
    let created = plugin.create(&hub()).await.expect("a rule");
    let drift = json!({ "ecrRepositoryPrefix": "hub", "credentialArn": OTHER });
    ecr.call(REGION, "UpdatePullThroughCacheRule", &drift).await;

    let read = plugin.refresh(&created).await.expect("it is there");
    assert_eq!(read.outputs["credentialArn"], OTHER);
    assert_eq!(plugin.diff(&read, &hub()).await.changes(), DiffChanges::DiffSome);
    plugin.update(&read, &hub()).await.expect("an update");
    assert_eq!(rules(&ecr, REGION).await[0]["credentialArn"], SECRET);
}

#[tokio::test]
async fn a_deleted_rule_is_gone_and_deleting_it_again_succeeds() {
    let (ecr, mut plugin) = start().await;
    let created = plugin.create(&quay()).await.expect("a rule");
    plugin.delete(&created).await.expect("it is deleted");
    assert_eq!(rules(&ecr, REGION).await, Vec::<Value>::new());
    assert!(plugin.refresh(&created).await.is_none());
    plugin.delete(&created).await.expect("it is gone already");
}

#[tokio::test]
async fn a_prefix_that_is_taken_is_an_error_that_tells_how_to_import() {
    let (ecr, mut plugin) = start().await;
    ecr.call(REGION, "CreatePullThroughCacheRule", &quay()).await;
    let status = plugin.create(&quay()).await.expect_err("the prefix is taken");
    for part in ["PullThroughCacheRuleAlreadyExistsException", "quay", REGION, "pulumi import"] {
        assert!(status.message().contains(part), "{part}: {}", status.message());
    }
}

#[tokio::test]
async fn an_update_of_a_rule_that_others_deleted_is_an_error() {
    let (ecr, mut plugin) = start().await;
    let created = plugin.create(&hub()).await.expect("a rule");
    ecr.call(REGION, "DeletePullThroughCacheRule", &json!({ "ecrRepositoryPrefix": "hub" })).await;
    let mut news = hub();
    news["credentialArn"] = json!(OTHER);
    let status = plugin.update(&created, &news).await.expect_err("there is no such rule");
    assert!(status.message().contains("PullThroughCacheRuleNotFoundException"), "{}", status.message());
    assert_eq!(rules(&ecr, REGION).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_rule_can_have_a_region_of_its_own() {
    let (ecr, mut plugin) = start().await;
    let mut elsewhere = quay();
    elsewhere["region"] = json!("eu-west-1");
    let created = plugin.create(&elsewhere).await.expect("a rule");
    assert_eq!(created.outputs["region"], "eu-west-1");
    assert_eq!(rules(&ecr, REGION).await, Vec::<Value>::new());
    assert_eq!(rules(&ecr, "eu-west-1").await.len(), 1);
    assert_eq!(plugin.refresh(&created).await.expect("it is there"), created);
    let imported = plugin.import("quay@eu-west-1").await.expect("it is there");
    assert_eq!(imported.id, "quay");
    plugin.delete(&created).await.expect("it is deleted");
    assert_eq!(rules(&ecr, "eu-west-1").await, Vec::<Value>::new());
}

#[tokio::test]
async fn the_function_tells_what_a_rule_is() {
    let (_ecr, mut plugin) = start().await;
    plugin.create(&hub()).await.expect("a rule");
    let result = plugin.get(&json!({ "ecrRepositoryPrefix": "hub" })).await.expect("a result");
    assert_eq!(result["id"], "hub");
    assert_eq!(result["upstreamRegistryUrl"], "registry-1.docker.io");
    assert_eq!(result["credentialArn"], SECRET);
    assert_eq!(result["customRoleArn"], "");
    assert!(plugin.get(&json!({ "ecrRepositoryPrefix": "unknown" })).await.is_err());
}

#[tokio::test]
async fn a_list_names_every_rule() {
    let (_ecr, mut plugin) = start().await;
    for rule in [hub(), quay()] {
        plugin.create(&rule).await.expect("a rule");
    }
    let mut ids = plugin.list().await;
    ids.sort();
    assert_eq!(ids, ["hub", "quay"]);
}
