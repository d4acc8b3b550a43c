//! What winterbaume-ecr is known not to do as ECR does, one test per line of the README's table.
//!
//! A failure here is good news: the gap is closed, and the tests that made allowance for it can ask for more.

use independent::Winterbaume;
use serde_json::{Value, json};

const REGION: &str = "us-east-1";

async fn start() -> Winterbaume {
    Winterbaume::start().await.expect("a loopback port")
}

async fn ok(ecr: &Winterbaume, operation: &str, body: Value) -> Value {
    let (status, _, answer) = ecr.call(REGION, operation, &body).await;
    assert_eq!(status, 200, "{operation} {body}: {answer}");
    answer
}

async fn create(ecr: &Winterbaume, prefix: &str, url: &str) -> Value {
    ok(ecr, "CreatePullThroughCacheRule", json!({ "ecrRepositoryPrefix": prefix, "upstreamRegistryUrl": url })).await
}

#[tokio::test]
async fn describe_of_an_unknown_prefix_is_an_empty_list() {
    let body = json!({ "ecrRepositoryPrefixes": ["unknown"] });
    let answer = ok(&start().await, "DescribePullThroughCacheRules", body).await;
    assert_eq!(answer["pullThroughCacheRules"], json!([]));
}

#[tokio::test]
async fn the_upstream_registry_is_named_only_if_it_was_sent() {
    let created = create(&start().await, "quay", "quay.io").await;
    assert!(created["upstreamRegistry"].is_null());
}

#[tokio::test]
async fn there_is_no_updated_at() {
    let ecr = start().await;
    create(&ecr, "quay", "quay.io").await;
    let body = json!({ "ecrRepositoryPrefix": "quay", "customRoleArn": "arn:aws:iam::123456789012:role/pull" });
    assert!(ok(&ecr, "UpdatePullThroughCacheRule", body).await["updatedAt"].is_null());
    let rules = ok(&ecr, "DescribePullThroughCacheRules", json!({})).await;
    assert!(rules["pullThroughCacheRules"][0]["updatedAt"].is_null());
}

#[tokio::test]
async fn an_update_with_neither_arn_is_taken() {
    let ecr = start().await;
    create(&ecr, "quay", "quay.io").await;
    ok(&ecr, "UpdatePullThroughCacheRule", json!({ "ecrRepositoryPrefix": "quay" })).await;
}

#[tokio::test]
async fn prefixes_are_not_checked() {
    let ecr = start().await;
    for prefix in ["q", "Not A Prefix", &"x".repeat(31)] {
        create(&ecr, prefix, "quay.io").await;
    }
}

#[tokio::test]
async fn upstreams_are_not_checked() {
    create(&start().await, "harbor", "harbor.example.com").await;
}

#[tokio::test]
async fn credentials_are_not_required() {
    create(&start().await, "hub", "registry-1.docker.io").await;
}

#[tokio::test]
async fn secrets_are_not_looked_at() {
    let body = json!({ "ecrRepositoryPrefix": "hub", "upstreamRegistryUrl": "registry-1.docker.io", "credentialArn": "no secret" });
    ok(&start().await, "CreatePullThroughCacheRule", body).await;
}

#[tokio::test]
async fn every_rule_is_valid() {
    let ecr = start().await;
    create(&ecr, "hub", "registry-1.docker.io").await;
    let validated = ok(&ecr, "ValidatePullThroughCacheRule", json!({ "ecrRepositoryPrefix": "hub" })).await;
    assert_eq!(validated["isValid"], true);
}

#[tokio::test]
async fn there_is_no_limit_and_there_are_no_pages() {
    let ecr = start().await;
    for number in 0..51 {
        create(&ecr, &format!("rule-{number}"), "quay.io").await;
    }
    let page = ok(&ecr, "DescribePullThroughCacheRules", json!({ "maxResults": 1 })).await;
    assert_eq!(page["pullThroughCacheRules"].as_array().map(Vec::len), Some(51));
    assert!(page["nextToken"].is_null());
}

#[tokio::test]
async fn a_trailing_slash_makes_another_rule() {
    let ecr = start().await;
    create(&ecr, "quay", "quay.io").await;
    create(&ecr, "quay/", "quay.io").await;
}

#[tokio::test]
async fn answers_say_json_1_0() {
    let (_, content_type, _) = start().await.call(REGION, "DescribePullThroughCacheRules", &json!({})).await;
    assert_eq!(content_type, "application/x-amz-json-1.0");
}
