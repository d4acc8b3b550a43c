//! What the tests ask of the local ECR.

use local_ecr::{Call, LocalEcr, Operation, Rule};
use serde_json::Value;

pub(crate) use local_ecr::Operation::{
    CreatePullThroughCacheRule as Create, DeletePullThroughCacheRule as Delete,
    DescribePullThroughCacheRules as Describe, GetCallerIdentity, UpdatePullThroughCacheRule as Update,
};

pub(crate) const ACCOUNT: &str = "123456789012";
pub(crate) const REGION: &str = "us-east-1";

pub(crate) trait Journal {
    /// The calls of an operation, in the order of their arrival.
    fn calls(&self, operation: Operation) -> Vec<Call>;

    /// What these calls asked for.
    fn bodies(&self, operation: Operation) -> Vec<Value> {
        self.calls(operation).into_iter().map(|call| call.body).collect()
    }

    /// How many there were.
    fn count(&self, operation: Operation) -> usize {
        self.calls(operation).len()
    }

    /// How many calls there were that change something.
    fn writes(&self) -> usize {
        self.count(Create) + self.count(Update) + self.count(Delete)
    }
}

impl Journal for LocalEcr {
    fn calls(&self, operation: Operation) -> Vec<Call> {
        self.journal().into_iter().filter(|call| call.operation == operation.name()).collect()
    }
}

/// The prefixes of the rules in the provider's region.
pub(crate) fn prefixes(ecr: &LocalEcr) -> Vec<String> {
    ecr.rules(REGION).into_iter().map(|rule| rule.ecr_repository_prefix).collect()
}

/// Fills the provider's region with rules that no stack knows of.
pub(crate) fn fill(ecr: &LocalEcr, count: usize) {
    for number in 0..count {
        ecr.put_rule(REGION, Rule::new(format!("other-{number:02}"), "quay.io"));
    }
}
