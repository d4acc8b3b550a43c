//! The protocol's calls, for one resource.

use std::collections::BTreeMap;

use pulumi_aws::pulumi::rpc::{
    CheckRequest, CheckResponse, CreateRequest, DeleteRequest, DiffRequest, DiffResponse, InvokeRequest,
    InvokeResponse, ListRequest, ReadRequest, ReadResponse, UpdateRequest, list_response::Response,
};
use serde_json::{Value, json};
use tonic::Status;

use super::{Client, from_struct, to_struct};

pub(crate) const TYPE: &str = "aws:ecr/pullThroughCacheRule:PullThroughCacheRule";
pub(crate) const FUNCTION: &str = "aws:ecr/getPullThroughCacheRule:getPullThroughCacheRule";

/// The URN of a rule by its name.
pub(crate) fn urn(name: &str) -> String {
    format!("urn:pulumi:dev::app::{TYPE}::{name}")
}

/// A plugin that is asked about one resource. Clones ask the same plugin.
#[derive(Clone, Debug)]
pub(crate) struct Provider {
    client: Client,
    pub(crate) urn: String,
    timeout: f64,
}

/// A resource as a state has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State {
    pub(crate) id: String,
    pub(crate) inputs: Value,
    pub(crate) outputs: Value,
}

impl State {
    pub(crate) fn new(inputs: Value, outputs: Value) -> Self {
        let id = inputs["ecrRepositoryPrefix"].as_str().expect("a prefix").to_owned();
        Self { id, inputs, outputs }
    }

    /// A rule as this provider keeps it.
    pub(crate) fn of(inputs: Value) -> Self {
        let outputs = super::rule::outputs(&inputs);
        Self::new(inputs, outputs)
    }
}

/// What Check says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Checked {
    pub(crate) inputs: Value,
    /// Reasons by property.
    pub(crate) failures: BTreeMap<String, String>,
}

impl From<CheckResponse> for Checked {
    fn from(response: CheckResponse) -> Self {
        let count = response.failures.len();
        let failures = response.failures.into_iter().map(|failure| (failure.property, failure.reason));
        let failures = failures.collect::<BTreeMap<_, _>>();
        assert_eq!(failures.len(), count, "one failure per property: {failures:?}");
        Self { inputs: response.inputs.map_or(Value::Null, from_struct), failures }
    }
}

impl Provider {
    pub(crate) fn new(client: Client) -> Self {
        Self { client, urn: urn("rule"), timeout: 0.0 }
    }

    /// The same for another resource.
    pub(crate) fn named(&self, name: &str) -> Self {
        Self { urn: urn(name), ..self.clone() }
    }

    /// The same with `customTimeouts`, in seconds.
    pub(crate) fn within(&self, timeout: f64) -> Self {
        Self { timeout, ..self.clone() }
    }

    pub(crate) fn client(&self) -> Client {
        self.client.clone()
    }

    pub(crate) async fn check(&self, news: Value) -> Checked {
        self.check_against(json!({}), news).await
    }

    pub(crate) async fn check_against(&self, olds: Value, news: Value) -> Checked {
        let (olds, news) = (Some(to_struct(olds)), Some(to_struct(news)));
        let request = CheckRequest { urn: self.urn.clone(), olds, news, ..CheckRequest::default() };
        self.client().check(request).await.expect("Check answers").into_inner().into()
    }

    pub(crate) async fn diff(&self, old: &State, news: Value) -> DiffResponse {
        let request = DiffRequest {
            id: old.id.clone(),
            urn: self.urn.clone(),
            olds: Some(to_struct(old.outputs.clone())),
            old_inputs: Some(to_struct(old.inputs.clone())),
            news: Some(to_struct(news)),
            ..DiffRequest::default()
        };
        self.client().diff(request).await.expect("Diff answers").into_inner()
    }

    pub(crate) async fn create(&self, inputs: Value) -> Result<State, Status> {
        let request = self.create_request(inputs.clone(), false);
        let response = self.client().create(request).await?.into_inner();
        let outputs = from_struct(response.properties.expect("properties"));
        Ok(State { id: response.id, inputs, outputs })
    }

    /// The outputs that a preview shows.
    pub(crate) async fn preview(&self, inputs: Value) -> Result<Value, Status> {
        let request = self.create_request(inputs, true);
        let response = self.client().create(request).await?.into_inner();
        assert_eq!(response.id, "", "a preview knows no id");
        Ok(from_struct(response.properties.expect("properties")))
    }

    fn create_request(&self, inputs: Value, preview: bool) -> CreateRequest {
        let (urn, timeout) = (self.urn.clone(), self.timeout);
        CreateRequest { urn, properties: Some(to_struct(inputs)), timeout, preview, ..CreateRequest::default() }
    }

    /// Reads for a refresh.
    pub(crate) async fn refresh(&self, old: &State) -> Result<Option<State>, Status> {
        let response = self.read(&old.id, Some(old.outputs.clone()), Some(old.inputs.clone())).await?;
        Ok(found(response))
    }

    /// Reads for an import.
    pub(crate) async fn import(&self, id: &str) -> Result<Option<State>, Status> {
        Ok(found(self.read(id, None, None).await?))
    }

    /// Reads for a `get` with some state.
    pub(crate) async fn get(&self, id: &str, state: Value) -> Result<Option<State>, Status> {
        Ok(found(self.read(id, Some(state.clone()), Some(state)).await?))
    }

    pub(crate) async fn read(
        &self,
        id: &str,
        properties: Option<Value>,
        inputs: Option<Value>,
    ) -> Result<ReadResponse, Status> {
        let request = ReadRequest {
            id: id.to_owned(),
            urn: self.urn.clone(),
            properties: properties.map(to_struct),
            inputs: inputs.map(to_struct),
            timeout: self.timeout,
            ..ReadRequest::default()
        };
        Ok(self.client().read(request).await?.into_inner())
    }

    /// The new outputs.
    pub(crate) async fn update(&self, old: &State, news: Value) -> Result<Value, Status> {
        self.update_or_preview(old, news, false).await
    }

    pub(crate) async fn preview_update(&self, old: &State, news: Value) -> Result<Value, Status> {
        self.update_or_preview(old, news, true).await
    }

    async fn update_or_preview(&self, old: &State, news: Value, preview: bool) -> Result<Value, Status> {
        let request = UpdateRequest {
            id: old.id.clone(),
            urn: self.urn.clone(),
            olds: Some(to_struct(old.outputs.clone())),
            old_inputs: Some(to_struct(old.inputs.clone())),
            news: Some(to_struct(news)),
            timeout: self.timeout,
            preview,
            ..UpdateRequest::default()
        };
        let response = self.client().update(request).await?.into_inner();
        Ok(from_struct(response.properties.expect("properties")))
    }

    pub(crate) async fn delete(&self, old: &State) -> Result<(), Status> {
        let request = DeleteRequest {
            id: old.id.clone(),
            urn: self.urn.clone(),
            properties: Some(to_struct(old.outputs.clone())),
            old_inputs: Some(to_struct(old.inputs.clone())),
            timeout: self.timeout,
            ..DeleteRequest::default()
        };
        self.client().delete(request).await.map(drop)
    }

    /// The get-function's results.
    pub(crate) async fn invoke(&self, arguments: Value) -> Result<Value, Status> {
        let response = self.invoke_token(FUNCTION, arguments).await?;
        assert_eq!(response.failures, []);
        Ok(from_struct(response.r#return.expect("a result")))
    }

    pub(crate) async fn invoke_token(&self, token: &str, arguments: Value) -> Result<InvokeResponse, Status> {
        let args = Some(to_struct(arguments));
        let request = InvokeRequest { tok: token.to_owned(), args, ..InvokeRequest::default() };
        Ok(self.client().invoke(request).await?.into_inner())
    }

    /// The ids of a listing, and where the next page begins.
    pub(crate) async fn list(&self, request: ListRequest) -> Result<(Vec<String>, Option<String>), Status> {
        let mut stream = self.client().list(request).await?.into_inner();
        let (mut ids, mut next) = (Vec::new(), None);
        while let Some(message) = stream.message().await? {
            assert_eq!(next, None, "a continuation is the last message");
            match message.response {
                Some(Response::Result(result)) => ids.push(result.id),
                Some(Response::Continuation(continuation)) => next = Some(continuation.continuation_token),
                other => panic!("unexpected: {other:?}"),
            }
        }
        Ok((ids, next))
    }

    pub(crate) async fn cancel(&self) {
        self.client().cancel(()).await.expect("Cancel answers");
    }
}

fn found(response: ReadResponse) -> Option<State> {
    if response.id.is_empty() {
        assert_eq!(response.properties, None, "what is gone has no properties");
        return None;
    }
    let inputs = from_struct(response.inputs.expect("inputs"));
    Some(State { id: response.id, inputs, outputs: from_struct(response.properties.expect("properties")) })
}
