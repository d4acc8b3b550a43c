use crate::pulumi::value::{PropertyMap, Value};

use super::*;

mod changes;
mod schema;

const SECRET: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/docker-hub-AbCdEf";
const OTHER_SECRET: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/other-AbCdEf";
const ROLE: &str = "arn:aws:iam::123456789012:role/ecr-pull-through";
const OTHER_ROLE: &str = "arn:aws:iam::123456789012:role/other";

fn given(settings: &[(&str, Value)]) -> PropertyMap {
    settings.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

/// A rule with a few settings of its own.
fn rule(settings: &[(&str, &str)]) -> PropertyMap {
    let mut inputs = given(&[
        (ECR_REPOSITORY_PREFIX, Value::from("team")),
        (UPSTREAM_REGISTRY_URL, Value::from("registry-1.docker.io")),
    ]);
    inputs.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))));
    inputs
}
