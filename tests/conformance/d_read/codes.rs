//! Where an error's code may be: in the body of the answer, under one name or another, with a namespace or without.

use serde_json::{Value, json};

use crate::{
    answers::answering,
    support::{State, quay},
};

/// The body says that the rule is not found.
async fn says_not_found(body: Value) {
    let (world, _ecr) = answering([(400, body.to_string())]).await;
    assert_eq!(world.refresh(&State::of(quay())).await.unwrap(), None);
    world.delete(&State::of(quay())).await.unwrap();
}

cases! { says_not_found;
    d25_a_type(json!({ "__type": "PullThroughCacheRuleNotFoundException", "message": "no" }));
    d25_a_namespace(json!({ "__type": "com.amazonaws.ecr#PullThroughCacheRuleNotFoundException", "Message": "no" }));
    d25_a_code(json!({ "code": "PullThroughCacheRuleNotFoundException" }));
}
