//! What ECR may turn out to do where nobody outside AWS knows: the plugin has to be right whichever it is.
//!
//! | set | what differs | for the cases in which |
//! | --- | --- | --- |
//! | [`all`] | how answers spell what was asked for, and how many rules a page holds | a rule is read, or its answer kept |
//! | [`slashes`] | whether `x` and `x/` are one rule, and how answers spell them | a prefix has a slash at its end |
//! | [`lags`] | the code while a new role is not seen yet | a create or an update names one |
//! | [`codes`] | the code of what ECR refuses | an error is shown, or a call might be tried again |
//! | [`doubts`] | whether ECR refuses an empty ARN, its own registry as upstream, a credential that nobody needs | these are sent |
//!
//! [`under_each`] shows a case under each of `all`, [`under`] under each of a set.

use local_ecr::{Behaviour, EmptyArn, Options, Refusal, Refusals, RootEcho, SlashEcho, SlashRules};
use serde_json::json;

use crate::support::World;

/// What answers may say for what was asked. Pages of one rule come with two of the four: they have nothing to do with the rest.
pub(crate) fn all() -> Vec<Behaviour> {
    [
        (RootEcho::Absent, SlashEcho::Keep, None),
        (RootEcho::Absent, SlashEcho::Strip, Some(1)),
        (RootEcho::Root, SlashEcho::Keep, Some(1)),
        (RootEcho::Root, SlashEcho::Strip, None),
    ]
    .map(|(root_echo, slash_echo, page_size)| Behaviour { root_echo, slash_echo, page_size, ..Behaviour::default() })
    .to_vec()
}

/// What a slash at the end of a prefix may mean. Where it makes another rule, answers keep it.
pub(crate) fn slashes() -> Vec<Behaviour> {
    [(SlashRules::One, SlashEcho::Keep), (SlashRules::One, SlashEcho::Strip), (SlashRules::Two, SlashEcho::Keep)]
        .map(|(slash_rules, slash_echo)| Behaviour { slash_rules, slash_echo, ..Behaviour::default() })
        .to_vec()
}

/// A new role that is seen at the second call, with each code that ECR may have until then. That a secret is seen late is known, and so is
/// its code.
pub(crate) fn lags() -> Vec<Behaviour> {
    codes().into_iter().map(|behaviour| Behaviour { role_lag: 1, ..behaviour }).collect()
}

/// Each code for everything that ECR refuses. For a field that breaks a constraint only the first two can be.
pub(crate) fn codes() -> Vec<Behaviour> {
    [Refusal::InvalidParameter, Refusal::Validation, Refusal::UnsupportedUpstream, Refusal::AccessDenied]
        .map(|refusal| {
            let constraint = if refusal == Refusal::Validation { refusal } else { Refusal::InvalidParameter };
            let refusals = Refusals {
                constraint,
                root_with_prefix: refusal,
                missing_role: refusal,
                unseen_role: refusal,
                own_registry: Some(refusal),
                needless_credential: Some(refusal),
            };
            Behaviour { refusals, ..Behaviour::default() }
        })
        .to_vec()
}

/// What ECR may take or refuse.
pub(crate) fn doubts() -> Vec<Behaviour> {
    let refusal = Some(Refusal::InvalidParameter);
    let refusals = Refusals { own_registry: refusal, needless_credential: refusal, ..Refusals::default() };
    vec![
        Behaviour::default(),
        Behaviour { refusals, ..Behaviour::default() },
        Behaviour { empty_arn: EmptyArn::Clears, ..Behaviour::default() },
    ]
}

/// Shows a case under each of `all`, with a configured plugin on an ECR of that kind.
pub(crate) async fn under_each<T: Future<Output = ()>>(show: impl Fn(World) -> T) {
    under(all(), show).await;
}

/// The same for a set of settings.
pub(crate) async fn under<T: Future<Output = ()>>(settings: Vec<Behaviour>, show: impl Fn(World) -> T) {
    for behaviour in settings {
        // Shown if the case fails.
        #[allow(clippy::print_stdout)]
        {
            println!("setting: {behaviour:?}");
        }
        show(World::with(Options { behaviour, ..Options::default() }, json!({})).await).await;
    }
}
