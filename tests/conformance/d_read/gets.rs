//! `PullThroughCacheRule.get(name, id, state)`: the engine sends the state that the program gives as properties and as inputs.

use local_ecr::Rule;
use serde_json::json;

use crate::{
    settings::under_each,
    steady::outputs,
    support::{Journal as _, REGION, hub, rule},
};

#[tokio::test]
async fn d04_nothing_but_the_id() {
    under_each(|world| async move {
        world.ecr.put_rule(REGION, rule(&hub()));
        let got = world.get("hub", json!({})).await.unwrap().expect("it is there");
        assert_eq!((got.id.as_str(), got.outputs), ("hub", outputs(&world, &hub())));
        assert_eq!(world.ecr.writes(), 0);
    })
    .await;
}

#[tokio::test]
async fn d05_the_registry_wins_over_the_state_that_is_given() {
    under_each(|world| async move {
        world.ecr.put_rule(REGION, rule(&hub()));
        let wrong = json!({
            "ecrRepositoryPrefix": "other", "upstreamRegistryUrl": "quay.io", "credentialArn": "x", "customRoleArn": "y",
            "upstreamRepositoryPrefix": "team",
        });
        let got = world.get("hub", wrong).await.unwrap().expect("it is there");
        assert_eq!(got.outputs, outputs(&world, &hub()));
    })
    .await;
}

#[tokio::test]
async fn d05_a_region_in_the_state_or_in_the_id_chooses_the_registry() {
    under_each(|world| async move {
        world.ecr.put_rule("eu-west-1", Rule::new("there", "quay.io"));
        assert_eq!(world.get("there", json!({})).await.unwrap(), None);
        for (id, state) in [("there", json!({ "region": "eu-west-1" })), ("there@eu-west-1", json!({}))] {
            let got = world.get(id, state).await.unwrap().expect("it is there");
            assert_eq!((got.id.as_str(), &got.outputs["region"]), ("there", &json!("eu-west-1")));
        }
    })
    .await;
}
