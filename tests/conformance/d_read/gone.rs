//! What a read says of a rule that there is not.

use serde_json::json;

use crate::{
    answers::answering,
    settings::under_each,
    support::{State, quay},
};

/// With an empty Struct in the place of nothing the engine would say that the plugin cannot import.
#[tokio::test]
async fn d03_an_import_or_a_get_answers_with_nothing_at_all() {
    under_each(|world| async move {
        for state in [None, Some(json!({}))] {
            let response = world.read("quay", state.clone(), state).await.unwrap();
            assert_eq!((response.id.as_str(), response.properties, response.inputs), ("", None, None));
        }
    })
    .await;
}

#[tokio::test]
async fn d07_not_found_is_gone() {
    under_each(|world| async move {
        assert_eq!(world.refresh(&State::of(quay())).await.unwrap(), None);
    })
    .await;
}

/// An answer in which no rule is.
async fn is_gone(body: &'static str) {
    let (world, _ecr) = answering([(200, body.to_owned())]).await;
    assert_eq!(world.refresh(&State::of(quay())).await.unwrap(), None);
    assert_eq!(world.import("quay").await.unwrap(), None);
}

cases! { is_gone;
    d08_an_empty_list(r#"{"pullThroughCacheRules":[]}"#);
    d08_null_for_a_list(r#"{"pullThroughCacheRules":null}"#);
    d08_no_list("{}");
    d08_an_empty_token(r#"{"pullThroughCacheRules":[],"nextToken":""}"#);
}
