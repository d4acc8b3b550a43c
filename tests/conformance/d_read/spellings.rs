//! What ECR says that the program does not, and what it does not say.

use serde_json::{Value, json};

use super::import;
use crate::{
    engine::{assert_converged, up},
    settings::under_each,
    support::{REGION, hub, quay, with},
};

/// The rule of a program, made by it or imported: no difference to a program that says the same.
async fn is_the_same_as(program: Value, other: Value) {
    under_each(|world| {
        let (program, other) = (program.clone(), other.clone());
        async move {
            let (made, _) = up(&world, None, &program).await;
            let imported = import(&world, &world.ecr.rules(REGION)[0].ecr_repository_prefix).await;
            for (state, program) in [(&made, &program), (&made, &other), (&imported, &program), (&imported, &other)] {
                assert_converged(&world, state, program).await;
            }
        }
    })
    .await;
}

fn upstream_prefix(prefix: &str) -> Value {
    with(quay(), json!({ "upstreamRepositoryPrefix": prefix }))
}

cases! { is_the_same_as;
    d14_nothing_is_root(quay(), upstream_prefix("ROOT"));
    d14_nothing_is_an_empty_text(quay(), upstream_prefix(""));
    d14_root_is_an_empty_text(upstream_prefix("ROOT"), upstream_prefix(""));
    d14_a_slash_at_the_end(upstream_prefix("team/"), upstream_prefix("team"));
    d15_no_arn_is_an_empty_text(quay(), with(quay(), json!({ "credentialArn": "", "customRoleArn": "" })));
}

/// An output that is absent would be unknown in every preview of a program that reads it.
#[tokio::test]
async fn d15_what_ecr_does_not_say_is_null() {
    under_each(|world| async move {
        let (made, _) = up(&world, None, &quay()).await;
        let imported = import(&world, "quay").await;
        let refreshed = world.refresh(&made).await.unwrap().unwrap();
        let (hub, _) = up(&world, None, &hub()).await;
        for (state, name) in [
            (&made, "credentialArn"),
            (&made, "customRoleArn"),
            (&imported, "credentialArn"),
            (&imported, "customRoleArn"),
            (&refreshed, "credentialArn"),
            (&hub, "customRoleArn"),
        ] {
            assert_eq!(state.outputs.get(name), Some(&Value::Null), "{name} of {state:?}");
        }
        for state in [made, imported, refreshed] {
            assert_eq!(state.inputs, quay());
        }
    })
    .await;
}
