//! List: the ids of all rules in the provider's region.

use std::future::Future;

use local_ecr::{Fault, Rule};
use pulumi_aws::pulumi::rpc::ListRequest;
use tonic::Code;

use crate::{
    answers::{answering, page},
    settings::under_each,
    support::{Describe, Journal as _, REGION, TYPE, World, assert_says, fill},
};

fn request(limit: i64, page_size: i64, token: &str) -> ListRequest {
    ListRequest {
        token: TYPE.to_owned(),
        limit,
        page_size,
        continuation_token: token.to_owned(),
        ..ListRequest::default()
    }
}

/// Under each setting with so many rules.
async fn with_rules<T: Future<Output = ()>>(rules: usize, show: impl Fn(World) -> T) {
    under_each(|world| {
        fill(&world.ecr, rules);
        show(world)
    })
    .await;
}

#[tokio::test]
async fn d33_an_empty_registry_has_nothing_to_list() {
    with_rules(0, |world| async move {
        assert_eq!(world.list(request(0, 0, "")).await.unwrap(), (vec![], None));
    })
    .await;
}

#[tokio::test]
async fn d33_all_rules_of_the_region_whatever_the_pages() {
    with_rules(12, |world| async move {
        world.ecr.put_rule("eu-west-1", Rule::new("elsewhere", "quay.io"));
        let (ids, next) = world.list(request(0, 0, "")).await.unwrap();
        assert_eq!((ids.len(), next), (12, None));
        assert_eq!((ids[0].as_str(), ids[11].as_str()), ("other-00", "other-11"));
    })
    .await;
}

/// What is listed can be imported.
#[tokio::test]
async fn d33_an_id_that_is_listed_can_be_imported() {
    under_each(|world| async move {
        for prefix in ["ROOT", "slash/", "team/quay"] {
            world.ecr.put_rule(REGION, Rule::new(prefix, "quay.io"));
        }
        let (ids, _) = world.list(request(0, 0, "")).await.unwrap();
        assert_eq!(ids.len(), 3);
        for id in ids {
            assert_eq!(super::import(&world, &id).await.id, id);
        }
    })
    .await;
}

#[tokio::test]
async fn d34_pages_follow_one_another() {
    with_rules(7, |world| async move {
        let (mut ids, mut token) = (Vec::new(), String::new());
        loop {
            let (page, next) = world.list(request(0, 3, &token)).await.unwrap();
            assert!(page.len() <= 3);
            ids.extend(page);
            match next {
                Some(next) => token = next,
                None => break,
            }
        }
        ids.dedup();
        assert_eq!(ids.len(), 7);
    })
    .await;
}

#[tokio::test]
async fn d34_empty_pages_are_followed() {
    let (world, _ecr) = answering([page(&[], Some("one")), page(&["a1"], Some("two")), page(&[], None)]).await;
    assert_eq!(world.list(request(0, 0, "")).await.unwrap(), (vec!["a1".to_owned()], None));
}

#[tokio::test]
async fn d34_a_token_of_nobody_is_refused() {
    with_rules(5, |world| async move {
        assert_eq!(world.list(request(0, 2, "nonsense")).await.unwrap_err().code(), Code::InvalidArgument);
    })
    .await;
}

/// Pages in a circle end, with an error; also where the caller asks for one page after the other.
#[tokio::test]
async fn d28_a_listing_in_a_circle() {
    let (world, ecr) = answering(["one", "two", "one"].map(|token| page(&["a1"], Some(token)))).await;
    assert_eq!(world.list(request(0, 0, "")).await.unwrap_err().code(), Code::Unavailable);
    assert_eq!(ecr.asked().len(), 3);
    assert_eq!(world.list(request(0, 1, "one")).await.unwrap_err().code(), Code::Unavailable);
}

/// No more than the limit, and nothing to go on with behind it.
async fn is_limited(limit: i64, page_size: i64, expected: usize) {
    with_rules(8, |world| async move {
        let (ids, next) = world.list(request(limit, page_size, "")).await.unwrap();
        assert_eq!((ids.len(), next), (expected, None));
    })
    .await;
}

cases! { is_limited;
    d35_some(3, 0, 3);
    d35_all(8, 0, 8);
    d35_more_than_there_are(100, 0, 8);
    d35_one(1, 1, 1);
    d35_a_number_below_none(-1, 0, 8);
    d35_a_page_size_below_none(0, -1, 8);
    d35_the_largest_numbers(i64::MAX, i64::MAX, 8);
    d35_the_least_numbers(i64::MIN, i64::MIN, 8);
}

#[tokio::test]
async fn d35_a_page_of_more_than_ecr_gives() {
    let world = World::start().await;
    fill(&world.ecr, 8);
    assert_eq!(world.list(request(0, 5000, "")).await.unwrap().0.len(), 8);
    assert_eq!(world.ecr.bodies(Describe)[0]["maxResults"], 1000);
}

#[tokio::test]
async fn d36_errors_keep_what_ecr_says() {
    with_rules(5, |world| async move {
        world.ecr.push_fault(Fault::on(Describe).answer(400, "AccessDeniedException", "What ECR says."));
        let status = world.list(request(0, 0, "")).await.unwrap_err();
        assert_eq!((status.code(), world.ecr.count(Describe)), (Code::PermissionDenied, 1));
        assert_says(status.message(), &["listing", REGION, "AccessDeniedException: What ECR says."]);
        assert_says(status.message(), &["ecr:DescribePullThroughCacheRules"]);
    })
    .await;
}
