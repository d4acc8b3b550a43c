//! `pulumi import` of a rule that exists.

use local_ecr::Rule;
use serde_json::{Value, json};

use super::import;
use crate::{
    engine::{Done, assert_converged, is_none, up},
    settings::under_each,
    steady::outputs,
    support::{CREDENTIAL, Describe, Journal as _, REGION, ROLE, State, hub, quay, rule, with},
};

/// The import gives the inputs with which a program says the same, and that program has nothing to do.
async fn comes_with(program: Value) {
    under_each(|world| {
        let program = program.clone();
        async move {
            let there = rule(&program);
            let id = there.ecr_repository_prefix.clone();
            world.ecr.put_rule(REGION, there);
            let imported = import(&world, &id).await;
            assert_eq!(imported, State { id, inputs: program.clone(), outputs: outputs(&world, &program) });
            assert_converged(&world, &imported, &program).await;
            assert_eq!(world.ecr.writes(), 0);
        }
    })
    .await;
}

cases! { comes_with;
    d01_the_least(quay());
    d01_a_credential(hub());
    d01_all_there_is(with(hub(), json!({ "customRoleArn": ROLE, "upstreamRepositoryPrefix": "library" })));
}

/// What means nothing is nothing that a program has to say.
#[tokio::test]
async fn d01_an_upstream_prefix_of_root_is_left_out() {
    under_each(|world| async move {
        let root = Some("ROOT".to_owned());
        world.ecr.put_rule(REGION, Rule { upstream_repository_prefix: root, ..Rule::new("quay", "quay.io") });
        let imported = import(&world, "quay").await;
        assert_eq!((&imported.inputs, &imported.outputs["upstreamRepositoryPrefix"]), (&quay(), &json!("ROOT")));
        for program in [quay(), with(quay(), json!({ "upstreamRepositoryPrefix": "ROOT" }))] {
            assert_converged(&world, &imported, &program).await;
        }
    })
    .await;
}

/// The `import` option of a resource: the engine asks Diff at once whether the program says what was found.
#[tokio::test]
async fn d01_the_import_option_sees_what_differs() {
    under_each(|world| async move {
        world.ecr.put_rule(REGION, rule(&hub()));
        let imported = import(&world, "hub").await;
        let other = CREDENTIAL.replace("hub", "other");
        let news = world.check_against(imported.inputs.clone(), with(hub(), json!({ "credentialArn": other }))).await;
        let diff = world.diff(&imported, news.inputs).await;
        assert_eq!((diff.diffs, diff.replaces), (vec!["credentialArn".to_owned()], vec![]));
        let news = world.check_against(imported.inputs.clone(), hub()).await;
        assert!(is_none(&world.diff(&imported, news.inputs).await));
    })
    .await;
}

#[tokio::test]
async fn d02_the_region_behind_an_at_sign() {
    under_each(|world| async move {
        world.ecr.put_rule("eu-west-1", Rule::new("quay", "quay.io"));
        let imported = import(&world, "quay@eu-west-1").await;
        let program = with(quay(), json!({ "region": "eu-west-1" }));
        assert_eq!((imported.id.as_str(), &imported.inputs), ("quay", &program));
        assert_eq!(imported.outputs["region"], "eu-west-1");
        assert!(world.ecr.calls(Describe).iter().all(|call| call.region == "eu-west-1"));
        assert_converged(&world, &imported, &program).await;
        let (_, done) = up(&world, Some(&imported), &quay()).await;
        assert_eq!(done, Done::CreatedAndDeleted, "without the region the rule moves");
    })
    .await;
}

/// The program leaves the region to the provider, and an import of it need not change that.
#[tokio::test]
async fn d02_the_providers_own_region_is_no_input() {
    under_each(|world| async move {
        world.ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
        let imported = import(&world, "quay@us-east-1").await;
        assert_eq!((&imported.inputs, &imported.outputs["region"]), (&quay(), &json!(REGION)));
        assert_converged(&world, &imported, &quay()).await;
    })
    .await;
}
