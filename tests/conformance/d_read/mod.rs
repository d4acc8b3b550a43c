//! Read: import, `get` and refresh, the get-function, the listing, and a preview's look at the registry.

mod accepted_ids;
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

use local_ecr::Behaviour;

use crate::{
    engine::checked,
    support::{State, World, fill},
};

/// `pulumi import`: a Read of the id alone, and Check of what came.
async fn import(world: &World, id: &str) -> State {
    let state = world.import(id).await.expect("the rule can be read").unwrap_or_else(|| panic!("{id} is not found"));
    let inputs = checked(world, state.inputs.clone(), &state.inputs).await;
    assert_eq!(inputs, state.inputs, "Check has nothing to add");
    state
}

/// Makes a registry nearly full. The pages are as large as ECR's own: for fifty of one rule a preview does not wait.
fn crowd(world: &World, rules: usize) {
    world.ecr.set_behaviour(Behaviour { page_size: None, ..world.ecr.behaviour() });
    fill(&world.ecr, rules);
}
