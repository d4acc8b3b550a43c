//! What makes a replacement of a change, and in which order it goes: `replaceOnChanges`, `deleteBeforeReplace`, `replaceWith`,
//! `--replace`, `--target-replace`, `state taint`, and what depends on what is replaced.

use harness::Result;

use crate::support::{
    K8S, OTHER_SECRET, QUAY, SECRET, hub, managed, only_rule, program, rewrite, rule, running, up_with, urn,
    writes_by_prefix,
};
use crate::{REGION, local_ecr};

const DELETE_FIRST: &str = "{ deleteBeforeReplace: true }";
const CREATE_FIRST: &str = "{ deleteBeforeReplace: false }";

#[test]
fn an_update_made_a_replacement_deletes_first() -> Result<()> {
    let ecr = local_ecr();
    let hub = |secret| hub(secret, "{ replaceOnChanges: [ credentialArn ] }");
    let stack = running(&ecr, &program(&[hub(SECRET)]))?;
    let created_at = only_rule(&ecr, REGION).created_at;
    rewrite(&stack, &[hub(OTHER_SECRET)])?;
    stack.up()?.assert_success().assert_contains("1 replaced");
    assert_eq!(writes_by_prefix(&ecr), ["Delete hub", "Create hub"]);
    let there = only_rule(&ecr, REGION);
    assert_eq!(there.credential_arn.as_deref(), Some(OTHER_SECRET));
    assert_ne!(there.created_at, created_at);
    Ok(())
}

/// The option goes over what the provider says, and no message reaches the provider that tells of it.
#[test]
fn creating_first_under_the_same_prefix_fails_and_loses_nothing() -> Result<()> {
    let ecr = local_ecr();
    let stack = running(&ecr, &program(&[rule("rule", QUAY, CREATE_FIRST)]))?;
    let before = only_rule(&ecr, REGION);
    rewrite(&stack, &[rule("rule", K8S, CREATE_FIRST)])?;
    let failed = stack.up()?;
    failed.assert_failure().assert_contains("AlreadyExists").assert_contains("`deleteBeforeReplace: true`");
    assert_eq!(only_rule(&ecr, REGION), before);
    let state = stack.export()?;
    assert_eq!(managed(&state), ["rule"]);
    assert_eq!(state.resource("rule")?["outputs"]["upstreamRegistryUrl"], "quay.io");
    assert_eq!(state.pending_operations().len(), 0);

    for options in ["", DELETE_FIRST] {
        ecr.clear_journal();
        let upstream = if options.is_empty() { K8S } else { QUAY };
        rewrite(&stack, &[rule("rule", upstream, options)])?;
        stack.up()?.assert_success().assert_contains("1 replaced");
        assert_eq!(writes_by_prefix(&ecr), ["Delete cache", "Create cache"], "{options}");
    }
    Ok(())
}

#[test]
fn another_prefix_goes_in_the_order_that_the_program_says() -> Result<()> {
    let ecr = local_ecr();
    let under = |prefix, options| rule("rule", &[("ecrRepositoryPrefix", prefix), QUAY[1]], options);
    let stack = running(&ecr, &program(&[under("one", "")]))?;
    for (prefix, options, order) in
        [("two", DELETE_FIRST, ["Delete one", "Create two"]), ("three", CREATE_FIRST, ["Create three", "Delete two"])]
    {
        ecr.clear_journal();
        rewrite(&stack, &[under(prefix, options)])?;
        stack.up()?.assert_success().assert_contains("1 replaced");
        assert_eq!(writes_by_prefix(&ecr), order);
        assert_eq!(only_rule(&ecr, REGION).ecr_repository_prefix, prefix);
    }
    Ok(())
}

/// The engine asks for no Diff then, so the order is the program's to say.
#[test]
fn a_replacement_that_is_asked_for_goes_delete_first_where_the_program_says_so() -> Result<()> {
    let ecr = local_ecr();
    let stack = running(&ecr, &program(&[rule("rule", QUAY, "")]))?;

    let preview = stack.run(["preview", "--diff", "--replace", &urn("rule")])?;
    preview.assert_success().assert_contains("`deleteBeforeReplace: true` is what it needs");
    let failed = up_with(&stack, &["--replace", &urn("rule")])?;
    failed.assert_failure().assert_contains("AlreadyExists").assert_contains("`deleteBeforeReplace: true`");
    assert_eq!(managed(&stack.export()?), ["rule"]);

    rewrite(&stack, &[rule("rule", QUAY, DELETE_FIRST)])?;
    stack.run(["state", "taint", &urn("rule"), "--yes"])?.assert_success();
    for arguments in [&[][..], &["--replace", &urn("rule")]] {
        ecr.clear_journal();
        up_with(&stack, arguments)?.assert_success().assert_contains("1 replaced");
        assert_eq!(writes_by_prefix(&ecr), ["Delete cache", "Create cache"]);
    }
    stack.run(["preview", "--expect-no-changes"])?.assert_success();
    Ok(())
}

#[test]
fn a_targeted_replacement_leaves_the_others_as_they_are() -> Result<()> {
    let ecr = local_ecr();
    let other = |upstream| rule("other", &[("ecrRepositoryPrefix", "other"), ("upstreamRegistryUrl", upstream)], "");
    let stack = running(&ecr, &program(&[rule("rule", QUAY, DELETE_FIRST), other("quay.io")]))?;
    rewrite(&stack, &[rule("rule", QUAY, DELETE_FIRST), other("registry.k8s.io")])?;
    up_with(&stack, &["--target-replace", &urn("rule")])?.assert_success().assert_contains("1 replaced");
    assert_eq!(writes_by_prefix(&ecr), ["Delete cache", "Create cache"]);
    Ok(())
}

#[test]
fn what_depends_on_a_replaced_rule_is_replaced_only_where_it_has_to_be() -> Result<()> {
    let ecr = local_ecr();
    let after = rule("after", &[("ecrRepositoryPrefix", "after"), QUAY[1]], "{ dependsOn: [ \"${rule}\" ] }");
    let with = rule("with", &[("ecrRepositoryPrefix", "with-${rule.id}"), QUAY[1]], "");
    let stack = running(&ecr, &program(&[rule("rule", QUAY, ""), after.clone(), with.clone()]))?;
    rewrite(&stack, &[rule("rule", K8S, ""), after, with])?;
    stack.up()?.assert_success().assert_contains("2 replaced");
    // The engine asks what an id that is not known would change, and takes the dependent away before its ground goes.
    let order = ["Delete with-cache", "Delete cache", "Create cache", "Create with-cache"];
    assert_eq!(writes_by_prefix(&ecr), order);
    assert_eq!(ecr.rules(REGION).len(), 3);
    Ok(())
}

/// The engine replaces the one for the other's sake without asking for its Diff, and in the order of the other, unless the program says
/// more.
#[test]
fn a_rule_replaced_with_another_goes_delete_first_where_the_program_says_so() -> Result<()> {
    let ecr = local_ecr();
    let moved = |prefix| rule("rule", &[("ecrRepositoryPrefix", prefix), K8S[1]], "");
    let with = |more| {
        let options = format!("{{ replaceWith: [ \"${{rule}}\" ]{more} }}");
        rule("with", &[("ecrRepositoryPrefix", "with"), QUAY[1]], &options)
    };
    let stack = running(&ecr, &program(&[rule("rule", QUAY, ""), with("")]))?;
    rewrite(&stack, &[rule("rule", K8S, ""), with("")])?;
    stack.up()?.assert_success().assert_contains("2 replaced");
    assert_eq!(writes_by_prefix(&ecr), ["Delete with", "Delete cache", "Create cache", "Create with"]);

    rewrite(&stack, &[moved("one"), with("")])?;
    stack.up()?.assert_failure().assert_contains("AlreadyExists").assert_contains("`deleteBeforeReplace: true`");
    assert_eq!(ecr.rules(REGION).len(), 3, "the rule, the one in its place, and the one that could not be replaced");

    rewrite(&stack, &[moved("two"), with(", deleteBeforeReplace: true")])?;
    stack.up()?.assert_success().assert_contains("2 replaced");
    let prefixes: Vec<_> = ecr.rules(REGION).into_iter().map(|rule| rule.ecr_repository_prefix).collect();
    assert_eq!(prefixes, ["two", "with"]);
    Ok(())
}
