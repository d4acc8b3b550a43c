//! Pages, and which rule of them is the one.

use serde_json::{Value, json};
use tonic::Code;

use crate::{
    answers::{answering, page},
    support::{State, assert_says, quay},
};

#[tokio::test]
async fn d09_a_rule_on_a_later_page_is_found() {
    let (world, ecr) = answering([page(&[], Some("one")), page(&["other"], Some("two")), page(&["quay"], None)]).await;
    assert_eq!(world.import("quay").await.unwrap().unwrap().inputs, quay());
    let tokens = ecr.asked().into_iter().map(|request| request["nextToken"].clone()).collect::<Vec<_>>();
    assert_eq!(tokens, [Value::Null, json!("one"), json!("two")]);
}

#[tokio::test]
async fn d10_of_several_rules_it_is_the_one_with_this_prefix() {
    let (world, _ecr) = answering([page(&["other", "quay", "quay-2"], None)]).await;
    assert_eq!(world.import("quay").await.unwrap().unwrap().inputs, quay());
    assert_eq!(world.refresh(&State::of(quay())).await.unwrap().unwrap().inputs, quay());
}

#[tokio::test]
async fn d10_other_rules_are_not_this_one() {
    let (world, _ecr) = answering([page(&["quay-2", "other", "quay/more"], None)]).await;
    assert_eq!(world.refresh(&State::of(quay())).await.unwrap(), None);
}

/// Pages that lead in a circle: the rule may be on one that is never reached, so that nothing says that it is gone.
async fn is_an_error(tokens: &'static [&'static str]) {
    let (world, ecr) = answering(tokens.iter().map(|token| page(&["other"], Some(token)))).await;
    let status = world.refresh(&State::of(quay())).await.unwrap_err();
    assert_eq!(status.code(), Code::Unavailable);
    assert_says(
        status.message(),
        &["reading ECR Pull Through Cache Rule (quay)", "DescribePullThroughCacheRules", "page"],
    );
    assert_eq!(ecr.asked().len(), tokens.len());
}

cases! { is_an_error;
    d28_a_page_that_leads_to_itself(&["one", "one"]);
    d28_pages_in_a_circle(&["one", "two", "three", "one"]);
}
