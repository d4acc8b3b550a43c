//! Some rules of many: `--target`, `--exclude`, `--continue-on-error`.

use harness::Result;
use local_ecr::Rule;

use crate::support::{managed, program, rewrite, rule, running, up_with, urn, writes_by_prefix};
use crate::{REGION, local_ecr, yaml_stack};

fn pair(upstream: &str) -> [String; 2] {
    ["one", "two"].map(|name| rule(name, &[("ecrRepositoryPrefix", name), ("upstreamRegistryUrl", upstream)], ""))
}

#[test]
fn only_the_rules_that_are_meant_are_touched() -> Result<()> {
    let ecr = local_ecr();
    let stack = running(&ecr, &program(&pair("quay.io")))?;
    rewrite(&stack, &pair("registry.k8s.io"))?;
    up_with(&stack, &["--target", &urn("one")])?.assert_success().assert_contains("1 replaced");
    assert_eq!(writes_by_prefix(&ecr), ["Delete one", "Create one"]);

    ecr.clear_journal();
    up_with(&stack, &["--exclude", &urn("two")])?.assert_success();
    assert_eq!(writes_by_prefix(&ecr), [""; 0]);
    up_with(&stack, &["--exclude", &urn("one")])?.assert_success().assert_contains("1 replaced");
    assert_eq!(writes_by_prefix(&ecr), ["Delete two", "Create two"]);

    ecr.put_rule(REGION, Rule::new("one", "quay.io"));
    ecr.put_rule(REGION, Rule::new("two", "quay.io"));
    let refresh = ["refresh", "--yes", "--skip-preview", "--target", &urn("one")];
    stack.run(refresh)?.assert_success().assert_contains("1 updated");
    ecr.clear_journal();
    stack.run(["destroy", "--yes", "--skip-preview", "--target", &urn("two")])?.assert_success();
    assert_eq!(writes_by_prefix(&ecr), ["Delete two"]);
    assert_eq!(managed(&stack.export()?), ["one"]);
    Ok(())
}

#[test]
fn one_rule_that_fails_stops_only_what_depends_on_it() -> Result<()> {
    let ecr = local_ecr();
    let [one, two] = pair("quay.io");
    let bad = rule("bad", &[("ecrRepositoryPrefix", "bad"), ("upstreamRegistryUrl", "harbor.example.com")], "");
    let after = rule(
        "after",
        &[("ecrRepositoryPrefix", "after"), ("upstreamRegistryUrl", "quay.io")],
        "{ dependsOn: [ \"${bad}\" ] }",
    );
    let stack = yaml_stack(&program(&[bad, after, one, two]), &ecr)?;
    let failed = up_with(&stack, &["--continue-on-error"])?;
    failed.assert_failure().assert_contains("UnsupportedUpstreamRegistryException");
    let state = stack.export()?;
    let mut made = managed(&state);
    made.sort_unstable();
    assert_eq!(made, ["one", "two"]);
    assert_eq!(ecr.rules(REGION).len(), 2);
    Ok(())
}
