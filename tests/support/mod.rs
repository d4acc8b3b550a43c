//! What the tests over the socket have in common: a plugin process, a fake engine, a local ECR, and the protocol in JSON.

#![allow(dead_code, unused_imports, reason = "each suite uses its own part of it")]

mod ecr;
mod engine;
mod meaning;
mod process;
mod provider;
mod rule;
mod scripted;
mod values;
mod world;

pub(crate) use ecr::*;
pub(crate) use engine::Engine;
pub(crate) use meaning::{Meaning, Place};
pub(crate) use process::*;
pub(crate) use provider::*;
pub(crate) use rule::{CREDENTIAL, INPUTS, OTHER_CREDENTIAL, OTHER_ROLE, ROLE, hub, quay, rule, with};
pub(crate) use scripted::{Answer, Scripted};
pub(crate) use values::*;
pub(crate) use world::*;

/// Fails unless a text has all of some parts.
#[track_caller]
pub(crate) fn assert_says(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in {text:?}");
    }
}

/// Runs a test on several cases side by side, where each spends its time waiting.
pub(crate) async fn for_each<C, T>(cases: impl IntoIterator<Item = C>, test: impl Fn(C) -> T)
where
    T: Future<Output = ()> + Send + 'static,
{
    let running = cases.into_iter().map(|case| tokio::spawn(test(case))).collect::<Vec<_>>();
    for test in running {
        test.await.expect("the case passes");
    }
}
