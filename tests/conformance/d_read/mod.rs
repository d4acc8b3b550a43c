//! Read: import, `get` and refresh, the get-function, the listing, and a preview's look at the registry.

mod accepted_ids;
mod answers;
mod codes;
mod failures;
mod function;
mod function_arguments;
mod gets;
mod gone;
mod imports;
mod list;
mod look_ahead;
mod look_ahead_replacements;
mod many;
mod missing;
mod pages;
mod refused_ids;
mod requests;
mod spellings;
mod unusual_answers;

use local_ecr::{Behaviour, RootEcho, Rule};
use serde_json::Value;

use crate::{
    engine::checked,
    support::{CREDENTIAL, State, World, fill},
};

/// `pulumi import`: a Read of the id alone, and Check of what came.
async fn import(world: &World, id: &str) -> State {
    let state = world.import(id).await.expect("the rule can be read").unwrap_or_else(|| panic!("{id} is not found"));
    let inputs = checked(world, state.inputs.clone(), &state.inputs).await;
    assert_eq!(inputs, state.inputs, "Check has nothing to add");
    state
}

/// The outputs as an ECR of this kind has them, where nothing was said of the upstream prefix.
fn echoed(world: &World, mut outputs: Value) -> Value {
    if world.ecr.behaviour().root_echo == RootEcho::Root {
        outputs["upstreamRepositoryPrefix"] = "ROOT".into();
    }
    outputs
}

/// The rule that the inputs `hub` ask for.
fn hub_rule() -> Rule {
    Rule { credential_arn: Some(CREDENTIAL.to_owned()), ..Rule::new("hub", "registry-1.docker.io") }
}

/// Makes a registry nearly full. The pages are as large as ECR's own: for fifty of one rule a preview does not wait.
fn crowd(world: &World, rules: usize) {
    world.ecr.set_behaviour(Behaviour { page_size: None, ..world.ecr.behaviour() });
    fill(&world.ecr, rules);
}
