//! All rules of a region, page by page.

use std::{collections::BTreeSet, time::Duration};

use super::{
    api::{Api, Unanswered},
    prefix,
    rule::Rule,
};
use crate::{
    aws::failure::{Failure, Kind},
    ecr::Ecr,
    pulumi::operation::Context,
};

/// Nobody waits longer than this for a look that can be done without.
const LIMIT: Duration = Duration::from_secs(3);

/// A page of rules.
#[derive(Debug)]
pub(super) struct RulePage {
    pub(super) rules: Vec<Rule>,
    pub(super) next: Option<String>,
}

/// A way through pages.
#[derive(Debug, Default)]
pub(super) struct Walk(BTreeSet<String>);

impl Walk {
    /// Where it goes on, unless it has been there.
    pub(super) fn next(&mut self, token: Option<String>) -> Result<Option<String>, Unanswered> {
        match token {
            Some(token) if !self.0.insert(token.clone()) => Err(in_a_circle()),
            token => Ok(token),
        }
    }
}

/// What is not on pages that lead back to one of them may be on one that they do not lead to.
fn in_a_circle() -> Unanswered {
    let failure = Failure {
        kind: Kind::Response,
        code: None,
        message: "the pages of the answer lead in a circle".to_owned(),
        request_id: None,
        status: None,
    };
    Unanswered::Failed { failure, maybe_carried_out: false }
}

/// The prefixes of all rules of a region. Whatever goes wrong here is no concern of who asks: what they are about will tell.
pub(super) async fn existing_prefixes(context: Context<Ecr>, region: String) -> Option<BTreeSet<String>> {
    // In a task of its own, since the wait for it is what is limited: credentials that are slow to come are for the next call too.
    let look = tokio::spawn(async move {
        let api = Api::new(&context, &region).await;
        let mut prefixes = BTreeSet::new();
        let (mut walk, mut token) = (Walk::default(), None);
        loop {
            let page = api.page(token, None).await.ok()?;
            prefixes.extend(
                page.rules.iter().filter_map(|rule| prefix::canonical(&rule.ecr_repository_prefix)).map(str::to_owned),
            );
            token = walk.next(page.next).ok()?;
            if token.is_none() {
                return Some(prefixes);
            }
        }
    });
    tokio::time::timeout(LIMIT, look).await.ok()?.ok()?
}
