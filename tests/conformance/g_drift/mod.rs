//! Refresh and drift, and states that pulumi-aws wrote.

mod added;
mod changed;
mod gone;
mod places;
mod replaced;
mod run_program;
mod secrets;
mod spellings;
mod taken_over;
mod unchanged;

use local_ecr::Rule;
use serde_json::Value;

use crate::{
    engine::{Done, assert_converged, refresh, up},
    support::{REGION, World},
};

/// A rule is made, another takes its place behind the engine's back, a refresh shows the difference, and an `up` mends it.
async fn drifts(world: &World, program: &Value, drifted: Rule, names: &[&str], mends: Done) {
    let (made, _) = up(world, None, program).await;
    world.ecr.put_rule(REGION, drifted.clone());
    let (refreshed, shown) = refresh(world, &made).await.expect("it is there");
    assert_eq!(shown, names);
    for name in names {
        let actual = serde_json::to_value(&drifted).unwrap()[name].clone();
        assert_eq!(refreshed.outputs[name], actual, "{name} in the outputs");
        assert_eq!(refreshed.inputs[name], actual, "{name} in the inputs");
    }
    let (mended, done) = up(world, Some(&refreshed), program).await;
    assert_eq!(done, mends);
    assert_converged(world, &mended, program).await;
}
