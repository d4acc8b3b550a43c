//! The rule as a resource.

use tonic::async_trait;

use super::{
    api::{Api, Unanswered},
    failure::{ALREADY_EXISTS, MAX_RULES, NO_ROLE_ADVICE, Operation, ROLE_ADVICE, taken},
    id,
    look_ahead::{self, Obstacles},
    messages::{already_exists, import, interruption_error, place, reason},
    pages::existing_prefixes,
    properties::{ECR_REPOSITORY_PREFIX, PROPERTIES, REGION, REGISTRY_ID},
    region_of,
    rule::Rule,
    rules::{self, Place},
    settle,
    upstream::{self, Upstream},
    waits,
};
use crate::{
    aws::{call::Attempts, failure::Failure, session::Session},
    ecr::Ecr,
    pulumi::{
        check::Findings,
        error::{Code, Error},
        operation::Context,
        plain::PlainProperties,
        property::Property,
        resource::{Found, Page, Resource},
        value::{PropertyMap, Value},
    },
};

/// The resource.
#[derive(Debug)]
pub struct PullThroughCacheRule;

pub(super) const TOKEN: &str = "aws:ecr/pullThroughCacheRule:PullThroughCacheRule";

#[async_trait]
impl Resource<Ecr> for PullThroughCacheRule {
    fn token(&self) -> &'static str {
        TOKEN
    }

    fn properties(&self) -> &'static [Property] {
        PROPERTIES
    }

    fn check(&self, inputs: &PropertyMap, session: Option<&Ecr>, findings: &mut Findings) {
        let session = session.map(Ecr::session);
        let account = session.and_then(Session::account);
        let place = Place { region: session.map(Session::region), account: account.as_deref() };
        rules::check(inputs, place, findings);
    }

    async fn look_ahead(&self, context: &Context<Ecr>, inputs: &PropertyMap) {
        let Some(given) = inputs.get(ECR_REPOSITORY_PREFIX).and_then(Value::as_str) else {
            return;
        };
        let region = match inputs.get(REGION).map(Value::peeled) {
            Some(Value::String(region)) if !region.is_empty() => region.clone(),
            Some(Value::Unknown(_)) => return,
            _ => context.session.session().region().to_owned(),
        };
        let Obstacles { exists, same_in_program, too_many } = look_ahead::plan(context, &region, given).await;
        if let Some(other) = same_in_program {
            let message = format!(
                "`{given}` is also the prefix of {}: ECR keeps one rule per prefix and region, so only one of them can be created",
                other.as_str()
            );
            context.warn(message).await;
        }
        if exists {
            let taken = taken(given, &place(context, &region), &import(context, given, &region));
            context.warn(format!("creating this rule fails: {taken}")).await;
        }
        if let Some(total) = too_many {
            let message = format!(
                "{} would have {total} pull-through cache rules with this one, but a registry holds {MAX_RULES} in a region, \
                 and AWS does not raise that",
                place(context, &region)
            );
            context.warn(message).await;
        }
    }

    async fn create(&self, context: &Context<Ecr>, inputs: &PlainProperties) -> Result<Found, Error> {
        let wanted = Rule::wanted(inputs)?;
        let region = region_of(context, inputs);
        let prefix = &wanted.ecr_repository_prefix;
        let account = context.session.session().account();
        let operation = Operation {
            about_role: about_role(context, &wanted),
            ..Operation::new("creating", "CreatePullThroughCacheRule", prefix, &region, account)
        };
        may_write(context, &operation, &PlainProperties::default()).await?;
        let api = Api::new(context, &region).await;
        let attempts = Attempts::default();
        let secret_appears = waits::secret_appears(context, &wanted, &region);
        let deleted_rule_goes = waits::deleted_rule_goes(context, &wanted, &region, &attempts);
        let hope = |failure: &Failure| secret_appears(failure).or_else(|| deleted_rule_goes(failure));
        let made = waits::while_there_is_hope(context, hope, || api.create(&wanted, &attempts)).await;
        let rule = match made {
            Ok(rule) => rule,
            Err(unanswered) if unanswered.maybe_carried_out() => {
                settle::made_by(context, &api, &operation, &wanted, &unanswered).await?
            }
            Err(unanswered) if unanswered.has_code(ALREADY_EXISTS) => {
                return Err(already_exists(context, &operation, &unanswered));
            }
            Err(unanswered) => return Err(interruption_error(context, &operation, &unanswered)),
        };
        context.session.deletions.forget(&region, prefix);
        Ok(Found { id: prefix.clone(), outputs: with_account(rule, context).outputs(&region) })
    }

    async fn read(&self, context: &Context<Ecr>, id: &str, state: &PlainProperties) -> Result<Option<Found>, Error> {
        let (prefix, region) = id::parse(id, context.session.session().region())?;
        let (prefix, region) = (prefix.to_owned(), region.map_or_else(|| region_of(context, state), str::to_owned));
        let operation =
            Operation::new("reading", "DescribePullThroughCacheRules", &prefix, &region, account(context, state));
        same_account(context, &operation, state)?;
        let known = Rule::wanted(state).ok();
        let rule = Api::new(context, &region).await.describe(&prefix, state.get(REGISTRY_ID), known.as_ref()).await;
        let rule = rule.map_err(|unanswered| interruption_error(context, &operation, &unanswered))?;
        if rule.is_none() && state.is_empty() {
            // An import, of which the engine only says that the id does not exist.
            let existing = existing_prefixes(context.clone(), region.clone()).await;
            context.warn(id::missing(id, &place(context, &region), existing.as_ref())).await;
        }
        Ok(rule.map(|rule| Found { id: prefix.clone(), outputs: with_account(rule, context).outputs(&region) }))
    }

    async fn update(
        &self,
        context: &Context<Ecr>,
        id: &str,
        state: &PlainProperties,
        inputs: &PlainProperties,
    ) -> Result<PlainProperties, Error> {
        let region = region_of(context, state);
        let mut wanted = Rule::wanted(inputs)?;
        let old = Rule::wanted(state).unwrap_or_default();
        wanted.registry_id = state.get(REGISTRY_ID).map(str::to_owned);
        // A state from before may know more of the upstream prefix (`ROOT`) than the program says.
        wanted.upstream_repository_prefix =
            wanted.upstream_repository_prefix.or_else(|| old.upstream_repository_prefix.clone());
        let outputs = with_account(wanted.clone(), context).outputs(&region);
        let changed = (wanted.credential_arn.is_some() && wanted.credential_arn != old.credential_arn)
            || (wanted.custom_role_arn.is_some() && wanted.custom_role_arn != old.custom_role_arn);
        if !changed {
            return Ok(outputs);
        }
        // The id is the rule's name in ECR; the program may spell the prefix in another way since.
        id.clone_into(&mut wanted.ecr_repository_prefix);
        let operation = Operation {
            about_role: about_role(context, &wanted),
            ..Operation::new("updating", "UpdatePullThroughCacheRule", id, &region, account(context, state))
        };
        may_write(context, &operation, state).await?;
        let api = Api::new(context, &region).await;
        let secret_appears = waits::secret_appears(context, &wanted, &region);
        match waits::while_there_is_hope(context, secret_appears, || api.update(&wanted, &old)).await {
            Ok(()) => Ok(outputs),
            Err(unanswered @ Unanswered::Interrupted { maybe_carried_out: true, .. }) => {
                let reason = reason(context, &unanswered, Failure::with_advice);
                Err(operation.unclear(&reason, "the next `pulumi up` sends it again, which does no harm"))
            }
            Err(unanswered) => Err(interruption_error(context, &operation, &unanswered)),
        }
    }

    async fn delete(&self, context: &Context<Ecr>, id: &str, state: &PlainProperties) -> Result<(), Error> {
        let region = region_of(context, state);
        let operation = Operation::new("deleting", "DeletePullThroughCacheRule", id, &region, account(context, state));
        may_write(context, &operation, state).await?;
        let known = Rule::wanted(state).unwrap_or_default();
        let deleted = match Api::new(context, &region).await.delete(id, state.get(REGISTRY_ID), &known).await {
            Err(unanswered) if unanswered.is_not_found() => Ok(()),
            deleted => deleted,
        };
        match deleted {
            Ok(()) => {
                context.session.deletions.note(&region, id);
                Ok(())
            }
            Err(unanswered @ Unanswered::Interrupted { maybe_carried_out: true, .. }) => {
                let reason = reason(context, &unanswered, Failure::with_advice);
                Err(operation
                    .unclear(&reason, "the next `pulumi up` or `pulumi destroy` sends it again, which does no harm"))
            }
            Err(unanswered) => Err(interruption_error(context, &operation, &unanswered)),
        }
    }

    async fn list(&self, context: &Context<Ecr>, token: Option<String>, size: Option<u32>) -> Result<Page, Error> {
        let region = context.session.session().region();
        let operation =
            Operation::new("listing", "DescribePullThroughCacheRules", "", region, context.session.session().account());
        // The API takes 1 to 1000.
        let size = size.map(|size| i32::try_from(size.min(1000)).unwrap_or(1000));
        let page = Api::new(context, region).await.page(token, size).await;
        let page = page.map_err(|unanswered| interruption_error(context, &operation, &unanswered))?;
        Ok(Page { ids: page.rules.into_iter().map(|rule| rule.ecr_repository_prefix).collect(), next: page.next })
    }
}

/// Fails unless the credentials are ones that may write here, and of the account that the state knows the rule in.
async fn may_write(context: &Context<Ecr>, operation: &Operation<'_>, state: &PlainProperties) -> Result<(), Error> {
    tokio::select! {
        checked = context.session.session().check_writable(context.deadline()) => checked?,
        () = context.cancelled() => return Err(Error::cancelled(operation.title())),
    }
    same_account(context, operation, state)
}

/// Fails where the credentials are of another account than the rule: a rule with the same prefix there is a stranger's, and that there
/// is none says nothing about this one.
fn same_account(context: &Context<Ecr>, operation: &Operation<'_>, state: &PlainProperties) -> Result<(), Error> {
    match (state.get(REGISTRY_ID), context.session.session().account()) {
        (Some(known), Some(own)) if known != own => Err(Error::new(
            Code::FailedPrecondition,
            format!(
                "{}: the rule is in account {known}, but these credentials are of account {own}; use credentials of account {known}",
                operation.title()
            ),
        )),
        _ => Ok(()),
    }
}

/// The account of a rule: the one that the state knows it in, or else the one of the credentials.
fn account(context: &Context<Ecr>, state: &PlainProperties) -> Option<String> {
    state.get(REGISTRY_ID).map(str::to_owned).or_else(|| context.session.session().account())
}

/// What an error may be about that ECR gives for a rule with a role, or without one that it needs.
fn about_role(context: &Context<Ecr>, wanted: &Rule) -> Option<&'static str> {
    let own = context.session.session().account();
    match (upstream::classify(&wanted.upstream_registry_url), &wanted.custom_role_arn) {
        (_, Some(_)) => Some(ROLE_ADVICE),
        (Upstream::Ecr { account, .. }, None) if own.is_none_or(|own| own != account) => Some(NO_ROLE_ADVICE),
        _ => None,
    }
}

/// The account of a rule: what ECR says, or else whose the credentials are.
fn with_account(mut rule: Rule, context: &Context<Ecr>) -> Rule {
    rule.registry_id = rule.registry_id.or_else(|| context.session.session().account());
    rule
}
