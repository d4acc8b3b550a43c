//! Failures that pass by themselves: what is waited for, and how long.

use std::time::Duration;

use tokio::time::Instant;

use super::{
    api::Unanswered,
    failure::{ALREADY_EXISTS, secret_may_appear},
    rule::Rule,
};
use crate::{
    aws::{
        arn::Arn,
        call::{Attempts, Interruption},
        failure::Failure,
    },
    ecr::Ecr,
    pulumi::operation::Context,
};

/// How long a secret may take to become visible to ECR. A new one was seen to take some ten seconds.
const SECRET_WAIT: Duration = Duration::from_mins(1);

/// The first pause between two calls. Each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(1);

/// The longest pause between two calls.
const MAX_PAUSE: Duration = Duration::from_secs(5);

/// That a failure passes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hope {
    /// What for, as the user is told.
    waiting: &'static str,
    until: Instant,
}

/// Calls, and calls again for as long as there is hope that a failure passes.
pub(super) async fn while_there_is_hope<T, F>(
    context: &Context<Ecr>,
    hope: impl Fn(&Failure) -> Option<Hope>,
    call: impl Fn() -> F,
) -> Result<T, Unanswered>
where
    F: Future<Output = Result<T, Unanswered>>,
{
    let mut pause = FIRST_PAUSE;
    loop {
        let answer = call().await;
        let Err(Unanswered::Failed { failure, maybe_carried_out }) = &answer else {
            return answer;
        };
        // Where there is no time for another try, ECR's own error says more than that time is over.
        let next = Instant::now() + pause;
        let Some(hope) = hope(failure).filter(|hope| next < hope.until && next < context.deadline()) else {
            return answer;
        };
        context.progress(hope.waiting).await;
        if !context.pause(pause).await {
            let (maybe_carried_out, last) = (*maybe_carried_out, Some(failure.clone()));
            return Err(Unanswered::Interrupted { interruption: Interruption::Cancelled, maybe_carried_out, last });
        }
        pause = (pause * 2).min(MAX_PAUSE);
    }
}

/// That the secret which a rule names is only not visible to ECR yet.
pub(super) fn secret_appears<'a>(
    context: &'a Context<Ecr>,
    wanted: &'a Rule,
    region: &'a str,
) -> impl Fn(&Failure) -> Option<Hope> + 'a {
    let until = Instant::now() + SECRET_WAIT;
    move |failure| {
        let hopeful = secret_may_appear(failure) && secret_is_in_reach(context, wanted, region);
        hopeful.then_some(Hope { waiting: "waiting for ECR to see the secret of `credentialArn`", until })
    }
}

/// That a rule which exists is one that this process has just deleted. What an earlier attempt may have made is not waited out.
pub(super) fn deleted_rule_goes<'a>(
    context: &'a Context<Ecr>,
    wanted: &'a Rule,
    region: &'a str,
    attempts: &'a Attempts,
) -> impl Fn(&Failure) -> Option<Hope> + 'a {
    move |failure| {
        if !failure.has_code(ALREADY_EXISTS) || attempts.maybe_carried_out() {
            return None;
        }
        let until = context.session.deletions.linger_until(region, &wanted.ecr_repository_prefix)?;
        Some(Hope { waiting: "waiting for ECR to let go of the rule that was deleted", until })
    }
}

/// Whether ECR can ever see the rule's secret: it looks in the rule's own account and region only.
fn secret_is_in_reach(context: &Context<Ecr>, wanted: &Rule, region: &str) -> bool {
    let Some(Ok(secret)) = wanted.credential_arn.as_deref().map(Arn::parse) else { return false };
    let account = context.session.session().account();
    secret.region == region && account.is_none_or(|account| account == secret.account)
}
