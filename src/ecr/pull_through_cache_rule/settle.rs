//! What became of a create whose answer was lost.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::{
    api::{Api, Unanswered},
    failure::{ALREADY_EXISTS, Operation},
    messages::{already_exists, import, interruption_error, reason},
    rule::Rule,
};
use crate::{
    aws::failure::Failure,
    ecr::Ecr,
    pulumi::{error::Error, operation::Context},
};

/// How long to look for the rule, after everything else.
const LIMIT: Duration = Duration::from_secs(5);

/// The first pause between two looks. Each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(500);

/// What the looks have seen.
enum Seen {
    Rule(Rule),
    NoRule,
    Unclear,
}

/// The rule that a create has made although it brought no result: the one that is there now, if it is as it was asked for.
pub(super) async fn made_by(
    context: &Context<Ecr>,
    api: &Api<'_>,
    operation: &Operation<'_>,
    wanted: &Rule,
    unanswered: &Unanswered,
) -> Result<Rule, Error> {
    let import = import(context, operation.prefix, operation.region);
    match look(context, api, operation.prefix).await {
        Seen::Rule(rule) if rule.does_the_same_as(wanted) => Ok(rule),
        Seen::Rule(_) => Err(already_exists(context, operation, unanswered)),
        Seen::NoRule if unanswered.has_code(ALREADY_EXISTS) => Err(already_exists(context, operation, unanswered)),
        Seen::NoRule => {
            let failed = interruption_error(context, operation, unanswered);
            let message = format!(
                "{}\nAn answer of ECR was lost, but no such rule is there now. Should the next `pulumi up` say that it exists, it was \
                 made late, and becomes this resource's by\n  {import}",
                failed.message
            );
            Err(Error { message, ..failed })
        }
        Seen::Unclear => {
            let reason = reason(context, unanswered, Failure::with_advice);
            let afterwards = format!(
                "if the next `pulumi up` says that the rule exists, it did, and the rule becomes this resource's by\n  {import}"
            );
            Err(operation.unclear(&reason, &afterwards))
        }
    }
}

/// Looks for the rule with a prefix, for a while: it may take a moment to be shown. A look that fails says nothing against the one before.
async fn look(context: &Context<Ecr>, api: &Api<'_>, prefix: &str) -> Seen {
    let until = context.deadline().min(Instant::now() + LIMIT);
    let mut seen = Seen::Unclear;
    let mut pause = FIRST_PAUSE;
    loop {
        match timeout_at(until, api.settle(prefix)).await {
            Ok(Ok(Some(rule))) => return Seen::Rule(rule),
            Ok(Ok(None)) => seen = Seen::NoRule,
            Ok(Err(_)) | Err(_) => return seen,
        }
        if Instant::now() + pause >= until || !context.pause(pause).await {
            return seen;
        }
        pause *= 2;
    }
}
