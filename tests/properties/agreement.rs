//! Check and the local ECR on the same texts: good ones, nearly good ones, and others.

use proptest::{prelude::*, sample::select};
use serde_json::{Value, json};
use tonic::Code;

use crate::{
    drift::rules,
    runner::hold,
    support::{CREDENTIAL, ROLE, World, with},
};

/// A text with a few characters put into it, or taken out.
fn near(good: impl Strategy<Value = String>, characters: &'static str) -> impl Strategy<Value = String> {
    (good, any::<prop::sample::Index>(), characters, 0..3_usize).prop_map(|(good, at, put, removed)| {
        let mut characters = good.chars().collect::<Vec<_>>();
        let at = at.index(characters.len() + 1);
        let end = (at + removed).min(characters.len());
        characters.splice(at..end, put.chars());
        characters.into_iter().collect()
    })
}

fn prefix() -> impl Strategy<Value = String> {
    let short = "[a0._/-]{1,3}";
    let whole = "[a-z0-9]{1,4}((\\.|_|__|-{1,3}|/)[a-z0-9]{1,4}){0,4}/?|ROOT";
    let long = "[a-z0-9/]{28,32}";
    prop_oneof![1 => short, 3 => whole, 2 => long, 4 => near(whole, "[a0._/RA é-]{0,2}")]
}

/// What Check says of one property, and what ECR does with it when Check is not asked.
async fn asked(world: &World, inputs: Value, name: &str) -> (bool, Result<(), tonic::Status>) {
    let accepted = !world.check(inputs.clone()).await.failures.contains_key(name);
    // An ARN of a secret that is nowhere is worth no wait here.
    let timeout = if name == "credentialArn" { 0.9 } else { 0.0 };
    let created = world.within(timeout).create(inputs).await.map(drop);
    for (region, rule) in rules(&world.ecr) {
        world.ecr.remove_rule(region, &rule.ecr_repository_prefix);
    }
    (accepted, created)
}

fn base() -> Value {
    json!({ "ecrRepositoryPrefix": "base", "upstreamRegistryUrl": "quay.io" })
}

#[test]
fn a_prefix_passes_check_exactly_if_ecr_takes_it() {
    let name = select(&["ecrRepositoryPrefix", "upstreamRepositoryPrefix"][..]);
    hold(250, (name, prefix()), &async |world, (name, text)| {
        let (accepted, created) = asked(world, with(base(), json!({ name: text })), name).await;
        match created {
            Ok(()) => assert!(accepted, "ECR takes it"),
            Err(status) => {
                assert!(!accepted, "{status}");
                assert_eq!(status.code(), Code::InvalidArgument, "{status}");
            }
        }
    });
}

#[test]
fn an_arn_that_passes_check_is_none_that_ecr_calls_malformed() {
    let credential = near(Just(CREDENTIAL.to_owned()), "[a0:/_+=.@ é*-]{0,2}").prop_map(|arn| ("credentialArn", arn));
    let role = near(Just(ROLE.to_owned()), "[a0:/_+=.@ é*-]{0,2}").prop_map(|arn| ("customRoleArn", arn));
    hold(150, prop_oneof![credential, role], &async |world, (name, arn)| {
        let (accepted, created) = asked(world, with(base(), json!({ name: arn })), name).await;
        let malformed = created.as_ref().is_err_and(|status| status.code() == Code::InvalidArgument);
        assert!(!(accepted && malformed), "{created:?}");
        // The other way round there is nothing to hold: the model's pattern lets colons stand anywhere in an ARN of a secret, and there
        // is none for a role. Which texts Check refuses beyond that, the unit tests of the ARNs say.
    });
}

/// An upstream that asks for nothing.
fn upstream() -> impl Strategy<Value = String> {
    let public = select(&["quay.io", "public.ecr.aws", "registry.k8s.io"][..]).prop_map(str::to_owned);
    // Not changed itself: Check knows what can be a region, and the local ECR does not.
    let private = Just("123456789012.dkr.ecr.eu-west-1.amazonaws.com".to_owned());
    prop_oneof![3 => near(public, "[a0./: A-]{0,1}"), 1 => private]
}

#[test]
fn an_upstream_that_fails_check_is_none_that_ecr_takes() {
    let written =
        ("(https?://)?", upstream(), "(/|/x)?").prop_map(|(scheme, host, path)| format!("{scheme}{host}{path}"));
    hold(100, written, &async |world, url| {
        let name = "upstreamRegistryUrl";
        let (accepted, created) = asked(world, with(base(), json!({ name: url })), name).await;
        assert!(accepted || created.is_err(), "ECR takes it");
    });
}

#[test]
fn a_region_that_passes_check_is_one_to_work_in() {
    let region =
        near(select(&["us-east-1", "eu-central-2", "ap-southeast-7"][..]).prop_map(str::to_owned), "[a0-]{0,2}");
    hold(80, region, &async |world, region| {
        let inputs = with(base(), json!({ "region": region }));
        let passes = world.check(inputs.clone()).await.failures.is_empty();
        if passes {
            let state = world.create(inputs).await.unwrap_or_else(|status| panic!("{status}"));
            world.delete(&state).await.unwrap_or_else(|status| panic!("{status}"));
        }
    });
}
