//! Tries a property on random cases, all with one plugin.

use std::{env, fmt::Debug, time::Duration};

use local_ecr::Options;
use proptest::{
    strategy::Strategy,
    test_runner::{Config, TestError, TestRunner},
};
use serde_json::json;
use tokio::{runtime::Builder, time::timeout};

use crate::support::World;

/// More than any case takes, even on a busy machine: what takes longer hangs.
const PATIENCE: Duration = Duration::from_mins(1);

/// Shows that a property holds for random cases. It is shown on `cases` of them, or on as many as `PROPTEST_CASES` says.
pub(crate) fn hold<S>(cases: u32, given: S, property: &impl AsyncFn(&World, S::Value))
where
    S: Strategy,
    S::Value: Debug,
{
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let world = runtime.block_on(World::with(Options::default(), json!({})));
    let mut runner = TestRunner::new(config(cases));
    let result = runner.run(&given, |case| {
        runtime.block_on(async { timeout(PATIENCE, property(&world, case)).await }).expect("the plugin hangs");
        Ok(())
    });
    match result {
        Ok(()) => {}
        Err(TestError::Fail(reason, case)) => panic!("{reason}\n\nthe smallest case found:\n{case:#?}"),
        Err(TestError::Abort(reason)) => panic!("{reason}"),
    }
    let World { plugin, .. } = world;
    let ended = runtime.block_on(plugin.stop());
    assert_eq!(ended.stderr, "", "the plugin has nothing to say on stderr, least of all a panic");
}

fn config(cases: u32) -> Config {
    let config = Config { failure_persistence: None, max_shrink_iters: 4096, ..Config::default() };
    if env::var_os("PROPTEST_CASES").is_some() { config } else { Config { cases, ..config } }
}
