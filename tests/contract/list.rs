//! List: the ids of all rules in the provider's region.

use local_ecr::{Behaviour, Fault, Options, Rule};
use pulumi_aws::pulumi::rpc::ListRequest;
use serde_json::json;
use tonic::Code;

use crate::support::{Describe, Journal as _, REGION, TYPE, World, assert_says, fill};

fn request(limit: i64, page_size: i64, token: &str) -> ListRequest {
    ListRequest {
        token: TYPE.to_owned(),
        limit,
        page_size,
        continuation_token: token.to_owned(),
        ..ListRequest::default()
    }
}

async fn world(rules: usize) -> World {
    let world = World::start().await;
    fill(&world.ecr, rules);
    world
}

#[tokio::test]
async fn an_empty_registry_has_nothing_to_list() {
    assert_eq!(world(0).await.list(request(0, 0, "")).await.unwrap(), (vec![], None));
}

#[tokio::test]
async fn all_rules_of_the_region_are_listed_whatever_the_pages() {
    let behaviour = Behaviour { page_size: Some(8), ..Behaviour::default() };
    let world = World::with(Options { behaviour, ..Options::default() }, json!({})).await;
    fill(&world.ecr, 30);
    world.ecr.put_rule("eu-west-1", Rule::new("elsewhere", "quay.io"));
    let (ids, next) = world.list(request(0, 0, "")).await.unwrap();
    assert_eq!((ids.len(), next), (30, None));
    assert_eq!((ids[0].as_str(), ids[29].as_str()), ("other-00", "other-29"));
    assert_eq!(world.ecr.count(Describe), 4);
}

#[tokio::test]
async fn pages_follow_one_another() {
    let world = world(25).await;
    let (mut ids, mut token, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let (page, next) = world.list(request(0, 10, &token)).await.unwrap();
        assert!(page.len() <= 10);
        ids.extend(page);
        pages += 1;
        match next {
            Some(next) => token = next,
            None => break,
        }
    }
    ids.dedup();
    assert_eq!((ids.len(), pages), (25, 3));
}

#[tokio::test]
async fn no_more_than_asked_for_is_listed() {
    let world = world(25).await;
    for (limit, page_size, expected) in [(7, 0, 7), (25, 0, 25), (100, 0, 25), (5, 10, 5), (1, 1, 1)] {
        let (ids, next) = world.list(request(limit, page_size, "")).await.unwrap();
        assert_eq!((ids.len(), next), (expected, None), "limit {limit}, pages of {page_size}");
    }
}

#[tokio::test]
async fn odd_sizes_are_no_sizes() {
    let world = world(5).await;
    for (limit, page_size) in [(-1, 0), (0, -1), (i64::MAX, i64::MAX), (i64::MIN, i64::MIN), (0, 5000)] {
        assert_eq!(world.list(request(limit, page_size, "")).await.unwrap().0.len(), 5, "{limit} {page_size}");
    }
}

#[tokio::test]
async fn a_bad_token_is_refused() {
    let status = world(5).await.list(request(0, 2, "nonsense")).await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
}

#[tokio::test]
async fn errors_keep_what_ecr_says() {
    let world = world(5).await;
    world.ecr.push_fault(Fault::on(Describe).answer(400, "AccessDeniedException", "no"));
    let status = world.list(request(0, 0, "")).await.unwrap_err();
    assert_eq!(status.code(), Code::PermissionDenied);
    assert_says(status.message(), &["listing", REGION, "ecr:DescribePullThroughCacheRules"]);
}
