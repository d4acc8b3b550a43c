//! What ECR only spells in another way, and times, which no property shows.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    engine::{assert_converged, refresh, up},
    settings::{all, under_each},
    support::{Journal as _, REGION, quay, with},
};

/// A rule that is made under each setting and refreshed under each other: nothing shows, and nothing is left to do.
async fn stays_as_it_is(program: Value) {
    under_each(|world| {
        let program = program.clone();
        async move {
            let (made, _) = up(&world, None, &program).await;
            for behaviour in all() {
                world.ecr.set_behaviour(behaviour);
                let (refreshed, shown) = refresh(&world, &made).await.expect("it is there");
                assert_eq!((shown, &refreshed.inputs), (vec![], &made.inputs));
                assert_converged(&world, &refreshed, &program).await;
            }
            assert_eq!(world.ecr.writes(), 1);
        }
    })
    .await;
}

cases! { stays_as_it_is;
    g05_nothing_said_of_the_upstream_prefix(quay());
    g05_an_upstream_prefix_of_root(with(quay(), json!({ "upstreamRepositoryPrefix": "ROOT" })));
    g05_an_empty_upstream_prefix(with(quay(), json!({ "upstreamRepositoryPrefix": "" })));
    g05_a_slash_at_the_end(with(quay(), json!({ "ecrRepositoryPrefix": "quay/" })));
    g05_a_slash_at_the_end_of_the_upstream_prefix(with(quay(), json!({ "upstreamRepositoryPrefix": "team/" })));
    g05_root_for_all(with(quay(), json!({ "ecrRepositoryPrefix": "ROOT" })));
}

#[tokio::test]
async fn g06_times_are_in_no_property() {
    under_each(|world| async move {
        let (made, _) = up(&world, None, &quay()).await;
        let mut rule = world.ecr.rules(REGION).remove(0);
        rule.created_at -= Duration::from_hours(48);
        rule.updated_at += Duration::from_hours(48);
        world.ecr.put_rule(REGION, rule);
        assert_eq!(refresh(&world, &made).await, Some((made, vec![])));
    })
    .await;
}
