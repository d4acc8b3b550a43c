//! Rules whose credentials are secrets of the same program: unknown in previews, new when `up` names them, hidden or not.

use std::collections::BTreeSet;

use harness::{Result, Stack};
use local_ecr::{Behaviour, LocalEcr, Options, Secrets};
use serde_json::Value;

use crate::support::TYPE;
use crate::{REGION, writes};

mod programs;

/// The secrets of the program, and the rules that name them one way or another.
const USERS: [(&str, &[&str]); 2] =
    [("open", &["plain", "made-secret", "computed"]), ("hidden", &["secret", "made-plain"])];

/// How many calls that name a new secret fail.
const LAG: u32 = 2;

#[test]
fn a_secret_that_is_yet_to_be_made_is_unknown_then_waited_for_in_typescript() -> Result<()> {
    let ecr = ecr_without_secrets();
    goes_through_all(&ecr, &programs::typescript(&ecr)?)
}

/// Its SDK also sends unknown values that are secret.
#[test]
fn a_secret_that_is_yet_to_be_made_is_unknown_then_waited_for_in_python() -> Result<()> {
    let ecr = ecr_without_secrets();
    goes_through_all(&ecr, &programs::python(&ecr)?)
}

fn goes_through_all(ecr: &LocalEcr, stack: &Stack) -> Result<()> {
    created(ecr, stack)?;
    secret_where_the_program_says_so(stack)?;
    made_anew(ecr, stack)?;

    ecr.clear_journal();
    stack.destroy()?.assert_success();
    assert!(ecr.rules(REGION).is_empty());
    assert_secrets_went_last(ecr, "DeletePullThroughCacheRule");
    Ok(())
}

fn created(ecr: &LocalEcr, stack: &Stack) -> Result<()> {
    let preview = stack.preview()?;
    preview.assert_success().assert_contains("8 to create").assert_lacks("warning");
    preview.assert_contains("credentialArn      : [unknown]").assert_contains("ecrRepositoryPrefix: [unknown]");
    assert_eq!(writes(ecr), [""; 0]);

    stack.up()?.assert_success().assert_contains("8 created");
    assert_eq!(ecr.rules(REGION).len(), 5);
    assert_eq!(unseen(ecr), USERS.len() * LAG as usize, "{:?}", ecr.journal());
    stack.run(["preview", "--diff", "--expect-no-changes"])?.assert_success();
    Ok(())
}

/// Both secrets go by another name now, so there are others, and the rules are told.
fn made_anew(ecr: &LocalEcr, stack: &Stack) -> Result<()> {
    stack.configure(&[("secret", "two")], &[])?;
    let preview = stack.preview()?;
    preview.assert_success().assert_contains("=> [unknown]").assert_contains("4 to update");
    // The prefix that is computed from one of them may be another one too, as far as a preview can know.
    preview.assert_contains("+-3 to replace");

    ecr.clear_journal();
    stack.up()?.assert_success().assert_contains("4 updated").assert_contains("+-2 replaced");
    assert_eq!(unseen(ecr), USERS.len() * LAG as usize, "{:?}", ecr.journal());
    assert_secrets_went_last(ecr, "UpdatePullThroughCacheRule");
    let named = ecr.rules(REGION).into_iter().filter_map(|rule| rule.credential_arn);
    assert!(
        named.clone().count() == 4 && named.clone().all(|arn| arn.contains("-two-")),
        "{:?}",
        named.collect::<Vec<_>>()
    );
    stack.run(["preview", "--diff", "--expect-no-changes"])?.assert_success();
    Ok(())
}

/// A secret output, and what is made of one, is encrypted in inputs and outputs; what the program opens is not.
fn secret_where_the_program_says_so(stack: &Stack) -> Result<()> {
    let state: Value = serde_json::from_str(&stack.run(["stack", "export"])?.checked()?.stdout).expect("JSON");
    for (name, is_secret) in [("plain", false), ("secret", true), ("made-secret", true), ("made-plain", false)] {
        let resources = state["deployment"]["resources"].as_array().expect("there are resources");
        let urn = format!("::{TYPE}::{name}");
        let rule = resources.iter().find(|rule| rule["urn"].as_str().is_some_and(|it| it.ends_with(&urn)));
        let rule = rule.unwrap_or_else(|| panic!("no {urn}"));
        for part in ["inputs", "outputs"] {
            let is_encrypted = rule[part]["credentialArn"]["ciphertext"].is_string();
            assert_eq!(is_encrypted, is_secret, "{part} of {rule:#}");
            assert!(is_secret || rule[part]["credentialArn"].is_string(), "{part} of {rule:#}");
        }
    }
    Ok(())
}

/// How many calls found a secret too new.
fn unseen(ecr: &LocalEcr) -> usize {
    let codes = ecr.journal().into_iter().filter_map(|call| call.error_code);
    codes.filter(|code| code == "SecretNotFoundException").count()
}

/// Each secret was deleted after the last call of this kind that was about one of its rules.
fn assert_secrets_went_last(ecr: &LocalEcr, operation: &str) {
    let calls = ecr.journal();
    for (secret, rules) in USERS {
        let deleted = calls.iter().position(|call| {
            let id = call.body["SecretId"].as_str().unwrap_or_default();
            call.operation == "DeleteSecret" && id.contains(&format!("/{secret}-"))
        });
        let is_theirs = |prefix: &Value| rules.iter().any(|rule| prefix == rule);
        let last =
            calls.iter().rposition(|call| call.operation == operation && is_theirs(&call.body["ecrRepositoryPrefix"]));
        assert!(last.is_some() && deleted.is_some() && last < deleted, "{secret}: {calls:#?}");
    }
}

fn ecr_without_secrets() -> LocalEcr {
    let behaviour = Behaviour { secret_lag: LAG, ..Behaviour::default() };
    let secrets = Secrets::Listed(BTreeSet::new());
    LocalEcr::start(Options { behaviour, secrets, ..Options::default() }).expect("a local ECR")
}
