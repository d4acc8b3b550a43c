//! The calls to ECR.

use aws_sdk_ecr::{
    Client,
    config::Builder,
    error::{ProvideErrorMetadata, SdkError},
    operation::{
        create_pull_through_cache_rule::CreatePullThroughCacheRuleError,
        delete_pull_through_cache_rule::DeletePullThroughCacheRuleError,
        describe_pull_through_cache_rules::DescribePullThroughCacheRulesError,
        update_pull_through_cache_rule::UpdatePullThroughCacheRuleError,
    },
};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::{
    failure::NOT_FOUND,
    pages::{RulePage, Walk},
    prefix,
    rule::Rule,
};
use crate::{
    aws::{
        call::{Attempts, Effect, Interruption},
        failure::Failure,
    },
    ecr::Ecr,
    pulumi::operation::Context,
};

/// Why a call brought no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unanswered {
    /// It failed.
    Failed {
        /// How.
        failure: Failure,
        /// Whether ECR may have carried it out all the same (by an attempt whose answer was lost).
        maybe_carried_out: bool,
    },
    /// It was given up.
    Interrupted {
        /// Why.
        interruption: Interruption,
        /// Whether ECR may carry it out all the same.
        maybe_carried_out: bool,
        /// How the last attempt before had failed.
        last: Option<Failure>,
    },
}

impl Unanswered {
    /// Whether ECR may have carried the call out all the same.
    pub(super) fn maybe_carried_out(&self) -> bool {
        match self {
            Self::Failed { maybe_carried_out, .. } | Self::Interrupted { maybe_carried_out, .. } => *maybe_carried_out,
        }
    }

    /// Whether ECR answered with a certain code.
    pub(super) fn has_code(&self, code: &str) -> bool {
        matches!(self, Self::Failed { failure, .. } if failure.has_code(code))
    }

    /// Whether ECR says that there is no such rule.
    pub(super) fn is_not_found(&self) -> bool {
        self.has_code(NOT_FOUND)
    }
}

/// ECR in one region, for one operation.
#[derive(Debug)]
pub(super) struct Api<'a> {
    context: &'a Context<Ecr>,
    client: Client,
}

impl<'a> Api<'a> {
    pub(super) async fn new(context: &'a Context<Ecr>, region: &str) -> Self {
        Self { context, client: context.session.client(region).await }
    }

    /// Makes a rule. What is not set is not sent; neither are the account and the upstream's name, which ECR knows itself.
    /// `attempts` may have watched earlier calls for the same rule, and remembers what may have come of them.
    pub(super) async fn create(&self, wanted: &Rule, attempts: &Attempts) -> Result<Rule, Unanswered> {
        let call = self
            .client
            .create_pull_through_cache_rule()
            .ecr_repository_prefix(&wanted.ecr_repository_prefix)
            .upstream_registry_url(&wanted.upstream_registry_url)
            .set_credential_arn(wanted.credential_arn.clone())
            .set_custom_role_arn(wanted.custom_role_arn.clone())
            .set_upstream_repository_prefix(wanted.upstream_repository_prefix.clone())
            .customize()
            .interceptor(attempts.clone())
            .config_override(retries::<CreatePullThroughCacheRuleError>(attempts));
        let answer = self.answer(Effect::Write, attempts, call.send()).await?;
        Ok(Rule::created(wanted.clone(), answer))
    }

    /// The rule with a prefix, if there is one. With an account, ECR refuses to look in any other. `known` is the rule as the state
    /// has it.
    pub(super) async fn describe(
        &self,
        prefix: &str,
        registry_id: Option<&str>,
        known: Option<&Rule>,
    ) -> Result<Option<Rule>, Unanswered> {
        self.find(Effect::Read, prefix, registry_id, known).await
    }

    /// The same, to find out what became of a write.
    pub(super) async fn settle(&self, prefix: &str) -> Result<Option<Rule>, Unanswered> {
        self.find(Effect::Settle, prefix, None, None).await
    }

    async fn find(
        &self,
        effect: Effect,
        prefix: &str,
        registry_id: Option<&str>,
        known: Option<&Rule>,
    ) -> Result<Option<Rule>, Unanswered> {
        let found = self.describe_as_spelled(effect, prefix, registry_id).await?;
        let (None, Some(slashless)) = (&found, slashless(prefix)) else {
            return Ok(found);
        };
        let found = self.describe_as_spelled(effect, slashless, registry_id).await?;
        // What a refresh is there to show, another secret or role, makes it no other rule.
        Ok(found.filter(|rule| known.is_none_or(|known| rule.caches_the_same_as(known))))
    }

    /// The other spelling of a prefix that ECR does not find, where it finds the rule that the state knows by that.
    async fn respelled<'p>(
        &self,
        prefix: &'p str,
        registry_id: Option<&str>,
        known: &Rule,
    ) -> Result<Option<&'p str>, Unanswered> {
        let Some(slashless) = slashless(prefix) else {
            return Ok(None);
        };
        let found = self.describe_as_spelled(Effect::Read, slashless, registry_id).await?;
        Ok(found.filter(|rule| rule.does_the_same_as(known)).map(|_| slashless))
    }

    /// The pages are followed: ECR may give none of the result on the first.
    async fn describe_as_spelled(
        &self,
        effect: Effect,
        prefix: &str,
        registry_id: Option<&str>,
    ) -> Result<Option<Rule>, Unanswered> {
        let (mut walk, mut token) = (Walk::default(), None);
        loop {
            let page = match self.page_for(effect, Some((prefix, registry_id)), token, None).await {
                Ok(page) => page,
                Err(unanswered) if unanswered.is_not_found() => return Ok(None),
                Err(unanswered) => return Err(unanswered),
            };
            let same = |rule: &Rule| prefix::canonical(&rule.ecr_repository_prefix) == prefix::canonical(prefix);
            if let Some(rule) = page.rules.into_iter().find(same) {
                return Ok(Some(rule));
            }
            token = walk.next(page.next)?;
            if token.is_none() {
                return Ok(None);
            }
        }
    }

    /// A page of all rules.
    pub(super) async fn page(&self, token: Option<String>, size: Option<i32>) -> Result<RulePage, Unanswered> {
        self.page_for(Effect::Read, None, token, size).await
    }

    /// A page of all rules, or of the one with a prefix (in an account, where that is known).
    async fn page_for(
        &self,
        effect: Effect,
        one: Option<(&str, Option<&str>)>,
        token: Option<String>,
        size: Option<i32>,
    ) -> Result<RulePage, Unanswered> {
        let attempts = Attempts::default();
        let call = self
            .client
            .describe_pull_through_cache_rules()
            .set_ecr_repository_prefixes(one.map(|(prefix, _)| vec![prefix.to_owned()]))
            .set_registry_id(one.and_then(|(_, registry_id)| registry_id).map(str::to_owned))
            .set_next_token(token)
            .set_max_results(size)
            .customize()
            .interceptor(attempts.clone())
            .config_override(retries::<DescribePullThroughCacheRulesError>(&attempts));
        let answer = self.answer(effect, &attempts, call.send()).await?;
        let rules = answer.pull_through_cache_rules.unwrap_or_default().into_iter().map(Rule::from);
        let next = answer.next_token.filter(|next| !next.is_empty());
        Ok(RulePage { rules: rules.collect(), next })
    }

    /// Sets a rule's secret and role. At least one has to be given: ECR refuses a request without any (pulumi-aws#5714).
    /// `known` is the rule as the state has it.
    pub(super) async fn update(&self, wanted: &Rule, known: &Rule) -> Result<(), Unanswered> {
        let prefix = &wanted.ecr_repository_prefix;
        match self.update_as_spelled(prefix, wanted).await {
            Err(unanswered) if unanswered.is_not_found() => {
                match self.respelled(prefix, wanted.registry_id.as_deref(), known).await? {
                    Some(slashless) => self.update_as_spelled(slashless, wanted).await,
                    None => Err(unanswered),
                }
            }
            answer => answer,
        }
    }

    async fn update_as_spelled(&self, prefix: &str, wanted: &Rule) -> Result<(), Unanswered> {
        let attempts = Attempts::default();
        let call = self
            .client
            .update_pull_through_cache_rule()
            .ecr_repository_prefix(prefix)
            .set_registry_id(wanted.registry_id.clone())
            .set_credential_arn(wanted.credential_arn.clone())
            .set_custom_role_arn(wanted.custom_role_arn.clone())
            .customize()
            .interceptor(attempts.clone())
            .config_override(retries::<UpdatePullThroughCacheRuleError>(&attempts));
        self.answer(Effect::Write, &attempts, call.send()).await?;
        Ok(())
    }

    /// Removes a rule. With an account, ECR refuses to look in any other. `known` is the rule as the state has it.
    pub(super) async fn delete(&self, prefix: &str, registry_id: Option<&str>, known: &Rule) -> Result<(), Unanswered> {
        match self.delete_as_spelled(prefix, registry_id).await {
            Err(unanswered) if unanswered.is_not_found() => match self.respelled(prefix, registry_id, known).await? {
                Some(slashless) => self.delete_as_spelled(slashless, registry_id).await,
                None => Err(unanswered),
            },
            answer => answer,
        }
    }

    async fn delete_as_spelled(&self, prefix: &str, registry_id: Option<&str>) -> Result<(), Unanswered> {
        let attempts = Attempts::default();
        let call = self
            .client
            .delete_pull_through_cache_rule()
            .ecr_repository_prefix(prefix)
            .set_registry_id(registry_id.map(str::to_owned))
            .customize()
            .interceptor(attempts.clone())
            .config_override(retries::<DeletePullThroughCacheRuleError>(&attempts));
        self.answer(Effect::Write, &attempts, call.send()).await?;
        Ok(())
    }

    async fn answer<T, E>(
        &self,
        effect: Effect,
        attempts: &Attempts,
        call: impl Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    ) -> Result<T, Unanswered>
    where
        E: std::error::Error + ProvideErrorMetadata + 'static,
    {
        let finished = attempts.finish(self.context, effect, call).await;
        let maybe_carried_out = effect == Effect::Write && attempts.maybe_carried_out();
        match finished {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(Unanswered::Failed { failure: Failure::of(&error), maybe_carried_out }),
            Err(interruption) => {
                Err(Unanswered::Interrupted { interruption, maybe_carried_out, last: attempts.last_failure() })
            }
        }
    }
}

/// The prefix without its slash at the end, where it has one. To ECR both match the same repositories, but it is documented neither
/// that it finds a rule by either nor that they cannot be two rules. So what is found by it has to be what the state knows.
fn slashless(prefix: &str) -> Option<&str> {
    prefix::canonical(prefix).filter(|slashless| *slashless != prefix)
}

fn retries<E>(attempts: &Attempts) -> Builder
where
    E: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static,
{
    aws_sdk_ecr::Config::builder().retry_classifier(attempts.retry_classifier::<E>())
}
