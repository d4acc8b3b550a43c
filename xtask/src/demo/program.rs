//! The example program, and its changes.

use harness::{Error, Result};

/// A YAML program with one rule, as in `examples/yaml`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Program(String);

impl Program {
    /// The project's own example.
    pub(super) fn example() -> Self {
        Self(include_str!("../../../examples/yaml/Pulumi.yaml").to_owned())
    }

    /// A program of the same form under another project name.
    pub(super) fn named(self, project: &str) -> Result<Self> {
        self.with("name", project)
    }

    /// The program with this value in the one line that sets `property`.
    pub(super) fn with(self, property: &str, value: &str) -> Result<Self> {
        self.edit(property, |indent| format!("{:indent$}{property}: {value}\n", ""))
    }

    /// The program without the one line that sets `property`.
    pub(super) fn without(self, property: &str) -> Result<Self> {
        self.edit(property, |_| String::new())
    }

    fn edit(self, property: &str, anew: impl Fn(usize) -> String) -> Result<Self> {
        let sets = |line: &str| line.trim_start().strip_prefix(property).is_some_and(|rest| rest.starts_with(':'));
        if self.0.lines().filter(|line| sets(line)).count() != 1 {
            return Err(Error::new(format!("the example program does not set {property} in one line")));
        }
        let change = |line: &str| {
            let indent = line.len() - line.trim_start().len();
            if sets(line) { anew(indent) } else { format!("{line}\n") }
        };
        Ok(Self(self.0.lines().map(change).collect()))
    }

    /// The program with the resources that another one, such as `pulumi import` writes it, declares.
    pub(super) fn with_resources_of(self, other: &str) -> Result<Self> {
        let is_heading = |line: &&str| *line == "resources:";
        let start = other.lines().position(|line| is_heading(&line));
        let start = start.ok_or_else(|| Error::new(format!("no resources in what pulumi import wrote:\n{other}")))?;
        let inside = |line: &&str| line.is_empty() || line.starts_with(' ');
        let resources: Vec<_> =
            other.lines().skip(start + 1).take_while(inside).filter(|line| !line.is_empty()).collect();
        let added = format!("resources:\n{}\n", resources.join("\n"));
        Ok(Self(self.0.replacen("resources:\n", &added, 1)))
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_is_changed_and_keeps_its_place() {
        let program = Program::example().with("credentialArn", "arn:b").unwrap();
        assert!(program.text().contains("\n      credentialArn: arn:b\n"), "{}", program.text());
        assert_eq!(program.text().lines().count(), Program::example().text().lines().count());
        assert!(Program::example().with("noSuchProperty", "x").is_err());
    }

    #[test]
    fn imported_code_joins_the_program() {
        let imported = "resources:\n  outside:\n    type: aws:ecr:PullThroughCacheRule\n\nextra: 1\n";
        let program = Program::example().with_resources_of(imported).unwrap();
        let joined = "resources:\n  outside:\n    type: aws:ecr:PullThroughCacheRule\n  example:\n";
        assert!(program.text().contains(joined), "{}", program.text());
        assert!(!program.text().contains("extra"));
    }
}
