//! The operations that are served.

use std::fmt;

/// An operation of ECR, Secrets Manager or STS that is served.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(missing_docs, reason = "the names are AWS's own")]
pub enum Operation {
    CreatePullThroughCacheRule,
    DescribePullThroughCacheRules,
    UpdatePullThroughCacheRule,
    DeletePullThroughCacheRule,
    ValidatePullThroughCacheRule,
    CreateSecret,
    DescribeSecret,
    DeleteSecret,
    GetCallerIdentity,
}

/// A service, as SigV4 names it in a credential scope.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Service {
    Ecr,
    SecretsManager,
    Sts,
}

impl Service {
    /// The signing name.
    pub(crate) fn signing_name(self) -> &'static str {
        match self {
            Self::Ecr => "ecr",
            Self::SecretsManager => "secretsmanager",
            Self::Sts => "sts",
        }
    }

    /// What stands before the dot in `X-Amz-Target`; STS has none.
    fn target_prefix(self) -> Option<&'static str> {
        match self {
            Self::Ecr => Some("AmazonEC2ContainerRegistry_V20150921"),
            Self::SecretsManager => Some("secretsmanager"),
            Self::Sts => None,
        }
    }
}

impl Operation {
    const ALL: [Self; 9] = [
        Self::CreatePullThroughCacheRule,
        Self::DescribePullThroughCacheRules,
        Self::UpdatePullThroughCacheRule,
        Self::DeletePullThroughCacheRule,
        Self::ValidatePullThroughCacheRule,
        Self::CreateSecret,
        Self::DescribeSecret,
        Self::DeleteSecret,
        Self::GetCallerIdentity,
    ];

    /// AWS's name of the operation.
    pub fn name(self) -> &'static str {
        match self {
            Self::CreatePullThroughCacheRule => "CreatePullThroughCacheRule",
            Self::DescribePullThroughCacheRules => "DescribePullThroughCacheRules",
            Self::UpdatePullThroughCacheRule => "UpdatePullThroughCacheRule",
            Self::DeletePullThroughCacheRule => "DeletePullThroughCacheRule",
            Self::ValidatePullThroughCacheRule => "ValidatePullThroughCacheRule",
            Self::CreateSecret => "CreateSecret",
            Self::DescribeSecret => "DescribeSecret",
            Self::DeleteSecret => "DeleteSecret",
            Self::GetCallerIdentity => "GetCallerIdentity",
        }
    }

    /// The service that the operation belongs to.
    pub(crate) fn service(self) -> Service {
        match self {
            Self::CreatePullThroughCacheRule
            | Self::DescribePullThroughCacheRules
            | Self::UpdatePullThroughCacheRule
            | Self::DeletePullThroughCacheRule
            | Self::ValidatePullThroughCacheRule => Service::Ecr,
            Self::CreateSecret | Self::DescribeSecret | Self::DeleteSecret => Service::SecretsManager,
            Self::GetCallerIdentity => Service::Sts,
        }
    }

    /// Whether it can change what a state file keeps.
    pub(crate) fn writes(self) -> bool {
        matches!(
            self,
            Self::CreatePullThroughCacheRule
                | Self::UpdatePullThroughCacheRule
                | Self::DeletePullThroughCacheRule
                | Self::CreateSecret
                | Self::DeleteSecret
        )
    }

    /// The operation that an `X-Amz-Target` header names.
    pub(crate) fn of_target(target: &str) -> Option<Self> {
        let (prefix, name) = target.split_once('.')?;
        Self::ALL
            .into_iter()
            .find(|operation| operation.name() == name && operation.service().target_prefix() == Some(prefix))
    }

    /// The operation that the `Action` of an STS call names.
    pub(crate) fn of_sts_action(action: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.name() == action && operation.service() == Service::Sts)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_names_service_and_operation() {
        let target = "AmazonEC2ContainerRegistry_V20150921.DeletePullThroughCacheRule";
        assert_eq!(Operation::of_target(target), Some(Operation::DeletePullThroughCacheRule));
        assert_eq!(Operation::of_target("secretsmanager.CreateSecret"), Some(Operation::CreateSecret));
    }

    #[test]
    fn an_operation_under_another_services_prefix_is_unknown() {
        for target in ["secretsmanager.DeletePullThroughCacheRule", "sts.GetCallerIdentity", "CreateSecret", ""] {
            assert_eq!(Operation::of_target(target), None, "{target}");
        }
    }
}
