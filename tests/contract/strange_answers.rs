//! Answers that ECR may give though the local one does not, and answers that are not ECR's.

use local_ecr::Options;
use serde_json::{Value, json};
use tonic::Code;

use crate::support::{Answer, Scripted, State, World, assert_says, quay};

/// A world whose ECR gives some answers.
async fn answering(answers: impl IntoIterator<Item = Answer>) -> (World, Scripted) {
    let ecr = Scripted::start(answers);
    let endpoints = json!([{ "ecr": ecr.url() }]).to_string();
    (World::with(Options::default(), json!({ "endpoints": endpoints, "maxRetries": "1" })).await, ecr)
}

fn page(prefixes: &[&str], next: Option<&str>) -> Answer {
    let rule = |prefix: &&str| {
        json!({
            "ecrRepositoryPrefix": prefix,
            "upstreamRegistryUrl": "quay.io",
            "registryId": "123456789012",
            "createdAt": 1_795_000_000.123_456,
            "somethingNew": { "a": [1] },
        })
    };
    let mut body = json!({ "pullThroughCacheRules": prefixes.iter().map(rule).collect::<Value>() });
    if let Some(next) = next {
        body["nextToken"] = next.into();
    }
    (200, body.to_string())
}

#[tokio::test]
async fn a_rule_is_found_on_a_later_page() {
    let (world, ecr) = answering([page(&[], Some("one")), page(&["other"], Some("two")), page(&["quay"], None)]).await;
    assert_eq!(world.import("quay").await.unwrap().unwrap().inputs, quay());
    let tokens = ecr.asked().into_iter().map(|request| request["nextToken"].clone()).collect::<Vec<_>>();
    assert_eq!(tokens, [Value::Null, json!("one"), json!("two")]);
}

#[tokio::test]
async fn another_rule_is_not_taken_for_the_one_that_was_asked_for() {
    let (world, _ecr) = answering([page(&["quay-2", "other"], None)]).await;
    assert_eq!(world.import("quay").await.unwrap(), None);
    let (world, _ecr) = answering([page(&["other", "quay"], None)]).await;
    assert_eq!(world.import("quay").await.unwrap().unwrap().id, "quay");
}

#[tokio::test]
async fn answers_without_anything_in_them_are_gone() {
    for body in [r#"{"pullThroughCacheRules":[]}"#, r#"{"pullThroughCacheRules":null}"#, "{}"] {
        let (world, _ecr) = answering([(200, body.to_owned())]).await;
        assert_eq!(world.import("quay").await.unwrap(), None, "{body}");
    }
}

/// What a proxy says in the place of ECR says nothing about a rule, and the user should look at the proxy.
#[tokio::test]
async fn a_page_for_people_is_an_error() {
    const PAGE: &str = "<html><body>Please log in to the network</body></html>";
    for status in [200, 302, 403, 404, 407, 502] {
        let (world, _ecr) = answering([(status, PAGE.to_owned())]).await;
        let old = State::of(quay());
        for (doing, error) in [
            ("reading", world.refresh(&old).await.unwrap_err()),
            ("deleting", world.delete(&old).await.unwrap_err()),
            ("creating", world.create(quay()).await.unwrap_err()),
        ] {
            assert!(!matches!(error.code(), Code::NotFound | Code::Internal), "{status}: {error}");
            assert_says(error.message(), &[doing, "quay", &status.to_string(), "check proxies and endpoints"]);
        }
    }
}

#[tokio::test]
async fn half_an_answer_is_an_error() {
    let (world, _ecr) = answering([(200, r#"{"pullThroughCacheRules":[{"ecrRepositoryPr"#.to_owned())]).await;
    let status = world.refresh(&State::of(quay())).await.unwrap_err();
    assert_eq!(status.code(), Code::Unavailable);
    assert_says(status.message(), &["reading", "quay"]);
}

#[tokio::test]
async fn a_listing_follows_empty_pages() {
    let (world, _ecr) = answering([page(&[], Some("one")), page(&["a1"], Some("two")), page(&[], None)]).await;
    let request = pulumi_aws::pulumi::rpc::ListRequest { token: crate::support::TYPE.to_owned(), ..Default::default() };
    assert_eq!(world.list(request).await.unwrap(), (vec!["a1".to_owned()], None));
}

/// The code is in the header of some answers, in the body of others, and may have a namespace.
#[tokio::test]
async fn an_errors_code_is_found_wherever_it_is() {
    const CODE: &str = "PullThroughCacheRuleNotFoundException";
    for body in [
        json!({ "__type": CODE, "message": "no" }),
        json!({ "__type": format!("com.amazonaws.ecr#{CODE}"), "Message": "no" }),
        json!({ "code": CODE }),
    ] {
        let (world, _ecr) = answering([(400, body.to_string())]).await;
        assert_eq!(world.refresh(&State::of(quay())).await.unwrap(), None, "{body}");
        world.delete(&State::of(quay())).await.unwrap();
    }
}
