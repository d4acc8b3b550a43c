//! Where the story happens: on a local ECR, or on an AWS account.

use std::io::{self, Write};

use harness::{Context, Error, Home, Pulumi, Result, Stack};
use local_ecr::{LocalEcr, Options};

/// The account of the example program.
const LOCAL_SECRETS: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache";

/// Where the story happens.
pub(super) enum Place {
    Local(LocalEcr),
    Aws(Account),
}

/// An AWS account, as the secrets in it tell: a rule's secret must be in the rule's own account and region.
pub(super) struct Account {
    id: String,
    region: String,
    secrets: [String; 2],
}

impl Place {
    pub(super) fn local() -> Result<Self> {
        LocalEcr::start(Options::default()).map(Self::Local).context(|| "cannot start the local ECR")
    }

    pub(super) fn aws(secrets: &[String]) -> Result<Self> {
        let [first, second] = secrets else {
            return Err(Error::new(NEEDS_SECRETS));
        };
        let (region, id) = region_and_account(first)?;
        if region_and_account(second)? != (region, id) {
            return Err(Error::new("the two secrets must be in the same account and region"));
        }
        let secrets = [first.clone(), second.clone()];
        Ok(Self::Aws(Account { id: id.to_owned(), region: region.to_owned(), secrets }))
    }

    /// Tells what is to be made where, and whether the person agrees.
    pub(super) fn ask(&self) -> Result<bool> {
        let Self::Aws(Account { id, region, .. }) = self else {
            return Ok(true);
        };
        let [prefix, outside] = self.prefixes();
        println!("This makes, changes and deletes two pull-through cache rules in AWS account {id}, region {region}:");
        println!("  {prefix:<24} of public.ecr.aws, then of registry-1.docker.io");
        println!("  {outside:<24} of quay.io");
        println!("Nothing is pulled through them, and nothing else in the account is touched.");
        print!("Go on? Type yes: ");
        io::stdout().flush().context(|| "cannot ask")?;
        let mut answer = String::new();
        io::stdin().read_line(&mut answer).context(|| "cannot read the answer")?;
        Ok(answer.trim() == "yes")
    }

    pub(super) fn describe(&self) -> String {
        match self {
            Self::Local(ecr) => format!("a local ECR at {}", ecr.url()),
            Self::Aws(Account { id, region, .. }) => format!("AWS account {id}, region {region}"),
        }
    }

    /// The rule of the program, and the one that is made outside of it.
    pub(super) fn prefixes(&self) -> [&'static str; 2] {
        match self {
            Self::Local(_) => ["ecr-public", "quay"],
            // Names that no rule of the account's own is likely to have.
            Self::Aws(_) => ["pulumi-demo/ecr-public", "pulumi-demo/quay"],
        }
    }

    /// The secret with which the rule begins, and the one to which it changes.
    pub(super) fn secrets(&self) -> [String; 2] {
        match self {
            Self::Local(_) => ["ecrpublic", "another"].map(|name| format!("{LOCAL_SECRETS}/{name}")),
            Self::Aws(account) => account.secrets.clone(),
        }
    }

    pub(super) fn home(&self, pulumi: &Pulumi) -> Result<Home> {
        match self {
            Self::Local(_) => Home::new(pulumi),
            Self::Aws(_) => Home::with_ambient_aws(pulumi),
        }
    }

    pub(super) fn configure(&self, stack: &Stack) -> Result<()> {
        match self {
            Self::Local(ecr) => stack.configure_local(&ecr.url()),
            Self::Aws(Account { id, region, .. }) => {
                // The plugin itself refuses if the ambient credentials are another account's.
                let only = format!("[\"{id}\"]");
                stack.configure(&[("aws:region", region), ("aws:allowedAccountIds", &only)], &[])
            }
        }
    }

    /// What ECR was asked since the last time, where that can be seen.
    pub(super) fn calls(&self) -> Option<Vec<String>> {
        let Self::Local(ecr) = self else { return None };
        let calls = ecr.journal().iter().map(|call| call.operation.clone()).collect();
        ecr.clear_journal();
        Some(calls)
    }
}

const NEEDS_SECRETS: &str = "\
--aws needs two secrets that exist in your account, as the rule changes from one to the other:
  --credential-arn ARN --credential-arn ARN
Any content will do. One is made so, with another name for the second:
  aws secretsmanager create-secret --name ecr-pullthroughcache/demo-a \\
    --secret-string '{\"username\":\"nobody\",\"accessToken\":\"none\"}'";

/// The region and the account in a secret's ARN, `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME`.
fn region_and_account(arn: &str) -> Result<(&str, &str)> {
    match arn.split(':').collect::<Vec<_>>()[..] {
        ["arn", _, "secretsmanager", region, account, "secret", _] => Ok((region, account)),
        _ => Err(Error::new(format!("not the ARN of a secret: {arn}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arn(region: &str, name: &str) -> String {
        format!("arn:aws:secretsmanager:{region}:123456789012:secret:ecr-pullthroughcache/{name}")
    }

    #[test]
    fn the_secrets_tell_the_account_and_the_region() {
        let place = Place::aws(&[arn("eu-west-1", "a"), arn("eu-west-1", "b")]).unwrap();
        assert_eq!(place.describe(), "AWS account 123456789012, region eu-west-1");
    }

    #[test]
    fn secrets_that_cannot_serve_are_refused() {
        let refused = |secrets: &[String]| Place::aws(secrets).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(refused(&[]).contains("--credential-arn"));
        assert!(refused(&[arn("eu-west-1", "a"), arn("us-east-1", "b")]).contains("same account and region"));
        assert!(refused(&["a".to_owned(), "b".to_owned()]).contains("not the ARN of a secret"));
    }
}
