//! What happens, in order, and what to look at.

use std::fs;

use harness::{Context, Result};

use super::program::Program;
use super::stage::Stage;
use crate::terminal::{heading, note};

/// The token that `pulumi import` takes.
const TYPE: &str = "aws:ecr/pullThroughCacheRule:PullThroughCacheRule";

/// A rule's whole life. With `keep`, it does not end.
pub(super) fn tell(stage: &Stage, keep: bool) -> Result<()> {
    let program = birth(stage)?;
    let program = changes(stage, program)?;
    drift(stage, &program)?;
    adoption(stage, program)?;
    if !keep {
        act("Destroy", &["Look at: both rules go, and the stack is empty."]);
        stage.pulumi(["destroy", "--yes", "--skip-preview"])?;
    }
    Ok(())
}

fn birth(stage: &Stage) -> Result<Program> {
    let [prefix, _] = stage.place.prefixes();
    let [secret, _] = stage.place.secrets();
    let program = Program::example().with("ecrRepositoryPrefix", prefix)?.with("credentialArn", &secret)?;
    act("Preview of a new rule", &["Look at: one rule to create; ECR is not written to."]);
    println!("\n{}", program.text().trim_end());
    write(stage, &program)?;
    stage.pulumi(["preview", "--diff"])?;

    act("Up", &["Look at: the rule is created, and the registry that ECR put it into is an output."]);
    stage.pulumi(["up", "--yes", "--skip-preview"])?;
    Ok(program)
}

fn changes(stage: &Stage, program: Program) -> Result<Program> {
    let [_, secret] = stage.place.secrets();
    act(
        "Another credentialArn: updated in place",
        &["Look at: ~ update of one property; the rule is not replaced.", &format!("Changed: credentialArn: {secret}")],
    );
    let program = program.with("credentialArn", &secret)?;
    write(stage, &program)?;
    stage.pulumi(["up", "--yes", "--skip-preview", "--diff"])?;

    act(
        "Another upstream: replaced, the old rule deleted first",
        &[
            "Look at the last line, what ECR was asked: delete before create, since it has one rule per prefix.",
            "Changed: upstreamRegistryUrl: registry-1.docker.io",
        ],
    );
    let program = program.with("upstreamRegistryUrl", "registry-1.docker.io")?;
    write(stage, &program)?;
    stage.pulumi(["up", "--yes", "--skip-preview", "--diff"])?;
    Ok(program)
}

fn drift(stage: &Stage, program: &Program) -> Result<()> {
    let [prefix, _] = stage.place.prefixes();
    let [secret, _] = stage.place.secrets();
    act(
        "Drift: a colleague changes the rule outside of this stack",
        &["Look at: refresh finds the colleague's credentialArn; up puts ours back."],
    );
    let theirs = program.clone().named("colleague")?;
    stage.colleague_adopts(&theirs, prefix)?;
    stage.colleague(&theirs.with("credentialArn", &secret)?)?;
    stage.colleague_forgets()?;
    stage.pulumi(["refresh", "--yes", "--skip-preview", "--diff"])?;
    stage.pulumi(["up", "--yes", "--skip-preview", "--diff"])
}

fn adoption(stage: &Stage, program: Program) -> Result<()> {
    let [_, outside] = stage.place.prefixes();
    act(
        "Import of a rule that the colleague made",
        &["Look at: the code that Pulumi writes for it; with it in the program, nothing is left to change."],
    );
    let theirs = Program::example().named("colleague")?.without("credentialArn")?;
    stage.colleague(&theirs.with("ecrRepositoryPrefix", outside)?.with("upstreamRegistryUrl", "quay.io")?)?;
    stage.colleague_forgets()?;

    let code = "imported.yaml";
    stage.pulumi(["import", TYPE, "outside", outside, "--yes", "--skip-preview", "--protect=false", "--out", code])?;
    let code = fs::read_to_string(stage.ours.folder().join(code)).context(|| "pulumi import wrote no code")?;
    println!("\n{}", code.trim_end());
    write(stage, &program.with_resources_of(&code)?)?;
    stage.pulumi(["preview", "--diff", "--expect-no-changes"])
}

fn write(stage: &Stage, program: &Program) -> Result<()> {
    stage.ours.write("Pulumi.yaml", program.text())
}

fn act(title: &str, notes: &[&str]) {
    heading(title);
    for line in notes {
        note(line);
    }
}
