//! The RPCs that only read: functions and listings.

use std::collections::BTreeSet;

use super::{
    Service,
    configuration::{encode_failures, given},
    lifecycle::known,
};
use crate::pulumi::{
    check,
    error::{Code, Error},
    package::Package,
    plain::SecretNames,
    redaction::Redaction,
    rpc::{
        InvokeRequest, InvokeResponse, ListRequest, ListResponse,
        list_response::{self, Continuation},
    },
    urn::Urn,
    value::{PropertyMap, Value},
    wire,
};

impl<P: Package> Service<P> {
    pub(super) async fn invoke(&self, request: InvokeRequest) -> Result<InvokeResponse, Error> {
        let functions = self.shared.package.functions();
        let function = functions.iter().find(|function| function.token() == request.tok);
        let function = function.ok_or_else(|| self.not_served(&request.tok))?;
        let arguments = given("args", request.args)?;
        let findings = check::check(function.arguments(), &arguments);
        if !findings.failures.is_empty() {
            return Ok(InvokeResponse { r#return: None, failures: encode_failures(findings.failures) });
        }
        let context = self.context(Urn::new(""), 0.0)?.keeping_back(Redaction::of(&arguments));
        let results = function.call(&context, &known(function.arguments(), &arguments)?).await;
        let results = results.map_err(|error| context.redacted(error))?;
        let results = results.iter().map(|(name, value)| (name.to_owned(), Value::from(value)));
        let mut results: PropertyMap = results.collect();
        // Which result tells of a secret argument cannot be said, so all do, as the engine does for other providers.
        if !SecretNames::of(&arguments).is_empty() {
            results = results.into_iter().map(|(name, value)| (name, value.into_secret())).collect();
        }
        Ok(InvokeResponse { r#return: Some(wire::encode(results)), failures: Vec::new() })
    }

    /// One page where the caller names a size, everything (up to its limit) where it does not.
    pub(super) async fn list(&self, request: ListRequest) -> Result<Vec<ListResponse>, Error> {
        let resource = self.resource_of_type(&request.token)?;
        let context = self.context(Urn::new(""), 0.0)?;
        let limit = usize::try_from(request.limit).ok().filter(|&limit| limit > 0);
        let size = u32::try_from(request.page_size).ok().filter(|&size| size > 0);
        let mut token = Some(request.continuation_token).filter(|token| !token.is_empty());
        let mut ids: Vec<String> = Vec::new();
        let mut seen: BTreeSet<_> = token.iter().cloned().collect();
        loop {
            let page = resource.list(&context, token, size).await?;
            ids.extend(page.ids);
            token = page.next;
            if token.as_ref().is_some_and(|next| !seen.insert(next.clone())) {
                return Err(Error::new(Code::Unavailable, "listing: the pages of the service lead in a circle"));
            }
            let enough = limit.is_some_and(|limit| ids.len() >= limit);
            if token.is_none() || enough || size.is_some() {
                break;
            }
        }
        if let Some(limit) = limit.filter(|&limit| ids.len() >= limit) {
            ids.truncate(limit);
            token = None;
        }
        let results = ids.into_iter().map(|id| {
            let result = list_response::Result { name: id.clone(), id };
            list_response::Response::Result(result)
        });
        let end = token.map(|token| list_response::Response::Continuation(Continuation { continuation_token: token }));
        Ok(results.chain(end).map(|response| ListResponse { response: Some(response) }).collect())
    }
}
