//! Two people with a stack each in one account: the one whose program we follow, and a colleague.

use std::path::Path;
use std::sync::Arc;

use harness::{Error, Project, Pulumi, Result, Stack};

use super::interrupt::Interrupt;
use super::place::Place;
use super::program::Program;
use crate::terminal::{heading, note};

/// Programs do not say which release of the aws plugin they want; this is the one that they would get.
const VERSION: &str = "6.77.0";

/// Everything that the story needs.
pub(super) struct Stage {
    pub(super) place: Place,
    pub(super) ours: Stack,
    colleague: Stack,
    interrupt: Interrupt,
}

impl Stage {
    pub(super) fn set(place: Place, pulumi: &Pulumi, plugin: &Path, interrupt: Interrupt) -> Result<Self> {
        let home = Arc::new(place.home(pulumi)?);
        let ours = Project::in_home(&home).named("demo").plugin(plugin, VERSION);
        let ours = ours.yaml(Program::example().text()).stack("dev")?;
        let colleague = Project::in_home(&home).named("colleague").yaml("").stack("dev")?;
        for stack in [&ours, &colleague] {
            place.configure(stack)?;
        }
        Ok(Self { place, ours, colleague, interrupt })
    }

    /// Runs `pulumi` on the person's own terminal, then tells what it asked of ECR.
    pub(super) fn pulumi<const N: usize>(&self, arguments: [&str; N]) -> Result<()> {
        self.interrupt.check()?;
        println!("\n$ pulumi {}", arguments.join(" "));
        self.place.calls();
        let status = self.ours.show(arguments)?;
        self.interrupt.check()?;
        if !status.success() {
            return Err(Error::new(format!("pulumi {} failed ({status})", arguments.join(" "))));
        }
        if let Some(calls) = self.place.calls() {
            let calls = if calls.is_empty() { "nothing".to_owned() } else { calls.join(", ") };
            note(&format!("The local ECR was asked: {calls}"));
        }
        Ok(())
    }

    /// What a colleague does with a stack of their own, unseen by ours.
    pub(super) fn colleague(&self, program: &Program) -> Result<()> {
        self.interrupt.check()?;
        self.colleague.write("Pulumi.yaml", program.text())?;
        self.colleague.up()?.checked()?;
        Ok(())
    }

    /// The colleague's stack takes over a rule that exists.
    pub(super) fn colleague_adopts(&self, program: &Program, prefix: &str) -> Result<()> {
        self.interrupt.check()?;
        self.colleague.write("Pulumi.yaml", program.text())?;
        let rule = ["import", "aws:ecr/pullThroughCacheRule:PullThroughCacheRule", "example", prefix];
        self.colleague.run(rule.into_iter().chain(["--yes", "--protect=false", "--generate-code=false"]))?.checked()?;
        Ok(())
    }

    /// The colleague's stack forgets what it has; ECR keeps it.
    pub(super) fn colleague_forgets(&self) -> Result<()> {
        self.colleague.run(["state", "delete", "--all", "--yes"])?.checked()?;
        Ok(())
    }

    /// Leaves everything in place until Ctrl-C.
    pub(super) fn keep(&self, pulumi: &Pulumi) {
        heading("Yours to play with; Ctrl-C here ends it and removes everything");
        println!("In another terminal:\n");
        println!("  cd {}", quoted(&self.ours.folder().display().to_string()));
        for (name, value) in self.ours.home().variables() {
            println!("  export {name}={}", quoted(&value));
        }
        if let Some(folder) = pulumi.program().parent() {
            println!("  export PATH={}:\"$PATH\"", quoted(&folder.display().to_string()));
        }
        println!("\nThen change Pulumi.yaml and run pulumi up.");
        self.interrupt.wait();
    }

    /// Destroys what either stack still has, if it is real; what is local goes with the temporary folder.
    pub(super) fn clear(&self) -> Result<()> {
        if matches!(self.place, Place::Local(_)) {
            return Ok(());
        }
        let ours = self.ours.destroy().and_then(harness::Outcome::checked);
        let colleagues = self.colleague.destroy().and_then(harness::Outcome::checked);
        ours.and(colleagues).map(drop)
    }
}

/// A word that a shell takes as it is.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_a_quoted_word_back() {
        let mut shell = std::process::Command::new("sh");
        shell.arg("-c").arg(format!("printf %s {}", quoted("it's $HOME")));
        assert_eq!(shell.output().unwrap().stdout, b"it's $HOME");
    }
}
