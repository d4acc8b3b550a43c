//! The codes of what ECR refuses, where several are plausible.

/// The code of a refusal. Of those that the API model has, these fit an input that ECR does not take.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Refusal {
    /// `InvalidParameterException`
    InvalidParameter,
    /// `ValidationException`
    Validation,
    /// `UnsupportedUpstreamRegistryException`
    UnsupportedUpstream,
    /// `AccessDeniedException`, which is in no model: any operation of AWS can answer with it.
    AccessDenied,
}

impl Refusal {
    /// AWS's name of the code.
    pub fn code(self) -> &'static str {
        match self {
            Self::InvalidParameter => "InvalidParameterException",
            Self::Validation => "ValidationException",
            Self::UnsupportedUpstream => "UnsupportedUpstreamRegistryException",
            Self::AccessDenied => "AccessDeniedException",
        }
    }
}

/// Which code each refusal has; `None` where it is not even known that ECR refuses. The default is the likeliest.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Refusals {
    /// A field that breaks a constraint of the model. Users saw `InvalidParameterException`; the model has `ValidationException` too.
    pub constraint: Refusal,
    /// The prefix `ROOT` together with an upstream prefix that is not `ROOT`, which the documentation forbids.
    pub root_with_prefix: Refusal,
    /// An upstream that is another account's ECR, without the role that the documentation asks for.
    pub missing_role: Refusal,
    /// A role that ECR cannot assume (yet): see [`Behaviour::role_lag`](crate::Behaviour::role_lag).
    pub unseen_role: Refusal,
    /// An upstream that is the very registry of the rule. The documentation speaks of other Regions and accounts only.
    pub own_registry: Option<Refusal>,
    /// An Update that gives a credential to a rule whose upstream needs none.
    pub needless_credential: Option<Refusal>,
}

impl Default for Refusals {
    fn default() -> Self {
        Self {
            constraint: Refusal::InvalidParameter,
            root_with_prefix: Refusal::InvalidParameter,
            missing_role: Refusal::UnsupportedUpstream,
            unseen_role: Refusal::InvalidParameter,
            own_registry: None,
            needless_credential: None,
        }
    }
}
