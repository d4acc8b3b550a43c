//! Whose credentials these are: one call to STS.

use std::time::Duration;

use aws_config::retry::RetryConfig;
use tokio::sync::watch;

use super::{
    config::Configuration,
    failure::{Failure, Kind, is_about_identity},
};
use crate::pulumi::error::{Code, Error};

/// What is known once STS has been asked: the account, nothing (it was not reached), or why the credentials are of no use.
type Answer = Result<Option<String>, Error>;

/// The account of the credentials.
///
/// It is asked for in a task of its own: a source of credentials may take long (a browser, a second factor), and giving up on it would
/// mean to start it again for the next call.
#[derive(Debug)]
pub(super) struct Account(watch::Receiver<Option<Answer>>);

impl Account {
    /// An account that nobody asks for.
    pub(super) fn not_asked_for() -> Self {
        Self(watch::channel(Some(Ok(None))).1)
    }

    /// Asks for it.
    pub(super) fn ask(sts: aws_sdk_sts::config::Builder, configuration: Configuration) -> Self {
        let (sender, receiver) = watch::channel(None);
        // An unreachable STS is not worth many tries: hardly anything depends on the answer.
        let sts =
            aws_sdk_sts::Client::from_conf(sts.retry_config(RetryConfig::standard().with_max_attempts(2)).build());
        tokio::spawn(async move {
            let answer = ask(&sts, &configuration).await;
            sender.send_replace(Some(answer));
        });
        Self(receiver)
    }

    /// The account, where it is known by now.
    pub(super) fn id(&self) -> Option<String> {
        self.0.borrow().as_ref()?.as_ref().ok()?.clone()
    }

    /// What STS says, once it has said it.
    pub(super) async fn answer(&self) -> Answer {
        match self.0.clone().wait_for(Option::is_some).await {
            Ok(answer) => answer.clone().unwrap_or(Ok(None)),
            // The task has ended without an answer.
            Err(_) => Ok(None),
        }
    }

    /// The same, but nothing if that takes too long.
    pub(super) async fn answer_within(&self, limit: Duration) -> Answer {
        tokio::time::timeout(limit, self.answer()).await.unwrap_or_else(|_| {
            tracing::debug!("STS did not answer in time");
            Ok(None)
        })
    }
}

/// Only what is certain is an error: that there are no credentials, that AWS refuses them, or that they are of an account that the
/// configuration forbids.
async fn ask(sts: &aws_sdk_sts::Client, configuration: &Configuration) -> Answer {
    let answer = match sts.get_caller_identity().send().await {
        Ok(answer) => answer,
        Err(error) => {
            let failure = Failure::of(&error);
            tracing::debug!(%failure, "GetCallerIdentity failed");
            return refused(&failure, configuration).map_or(Ok(None), Err);
        }
    };
    let Some(account) = answer.account else {
        return Ok(None);
    };
    let Configuration { allowed_account_ids: allowed, forbidden_account_ids: forbidden, .. } = configuration;
    if forbidden.contains(&account) || (!allowed.is_empty() && !allowed.contains(&account)) {
        let list = configuration.account_list().unwrap_or_default();
        return Err(Error::new(
            Code::PermissionDenied,
            format!(
                "AWS account ID not allowed: {account} (`{list}` says so; these are the credentials of another account)"
            ),
        ));
    }
    Ok(Some(account))
}

/// The error for a failure that no later call can overcome, or none where one may.
fn refused(failure: &Failure, configuration: &Configuration) -> Option<Error> {
    let advice = failure.advice().unwrap_or_default();
    let message = match (failure.kind, failure.code.as_deref()) {
        (Kind::Credentials, _) => format!(
            "No valid credential sources found.\n{failure}\n{}: {advice}",
            configuration.profile.as_deref().map_or_else(
                || "There is no `aws:accessKey` and no `aws:profile`, so the default sources were tried".to_owned(),
                |profile| format!("The profile `{profile}` was tried (aws:profile)")
            )
        ),
        (Kind::Service, Some(code)) if is_about_identity(code) => {
            format!("Invalid credentials configured.\n{failure}\n{advice}")
        }
        _ => return None,
    };
    Some(Error::new(Code::Unauthenticated, message))
}
