//! The RPCs about a resource: Check, Diff, Create, Read, Update, Delete.

use std::collections::BTreeMap;

use super::{
    Service,
    configuration::{decoded, encode_failures, given},
};
use crate::pulumi::{
    check::{self, CheckFailure},
    diff::{self, ChangeKind, Diff, Old, PropertyChange},
    error::Error,
    package::Package,
    plain::{PlainProperties, SecretNames},
    preview,
    property::{Property, Role},
    redaction::Redaction,
    resource::Found,
    rpc::{
        CheckRequest, CheckResponse, CreateRequest, CreateResponse, DeleteRequest, DiffRequest, DiffResponse,
        PropertyDiff, ReadRequest, ReadResponse, UpdateRequest, UpdateResponse, diff_response::DiffChanges,
        property_diff::Kind,
    },
    state,
    text::{first_other, named},
    urn::Urn,
    value::{PropertyMap, Value},
    wire,
};

impl<P: Package> Service<P> {
    pub(super) async fn check(&self, request: CheckRequest) -> Result<CheckResponse, Error> {
        let urn = Urn::new(request.urn);
        let resource = self.resource(&urn, &request.r#type)?;
        let inputs = given("news", request.news)?;
        let mut findings = check::check(resource.properties(), &inputs);
        resource.check(&inputs, self.session().as_deref(), &mut findings);
        let redaction = Redaction::of(&inputs);
        for warning in findings.warnings {
            self.engine().warn(&urn, redaction.apply(warning)).await;
        }
        let failures = findings.failures.into_iter();
        let failures = failures.map(|failure| CheckFailure { reason: redaction.apply(failure.reason), ..failure });
        Ok(CheckResponse { inputs: Some(wire::encode(inputs)), failures: encode_failures(failures) })
    }

    pub(super) fn diff(&self, request: DiffRequest) -> Result<DiffResponse, Error> {
        let urn = Urn::new(request.urn);
        let resource = self.resource(&urn, &request.r#type)?;
        let id = given_id(request.id)?;
        let outputs = given("olds", request.olds)?;
        let news = given("news", request.news)?;
        // Engines that do not send old inputs: the outputs have the same names.
        let inputs = request.old_inputs.map_or_else(|| outputs.clone(), wire::decode);
        let old = Old { inputs: &inputs, outputs: &outputs };
        let diff = diff::diff(resource.properties(), old, &news, &self.inherited());
        let mut deleted_first = self.deleted_first();
        if diff.delete_before_replace {
            deleted_first.insert(urn, id);
        } else {
            deleted_first.remove(&urn);
        }
        drop(deleted_first);
        Ok(encode_diff(resource.properties(), &diff))
    }

    pub(super) async fn create(&self, request: CreateRequest) -> Result<CreateResponse, Error> {
        let urn = Urn::new(request.urn);
        let resource = self.resource(&urn, &request.r#type)?;
        let inputs = given("properties", request.properties)?;
        let mut context = self.context(urn, request.timeout)?.keeping_back(Redaction::of(&inputs));
        if request.preview {
            context.replaces = self.deleted_before(&context.urn);
            resource.look_ahead(&context, &inputs).await;
            let inherited = self.inherited();
            let mut outputs = preview::created(resource.properties(), &inputs, |name| inherited.get(name).cloned());
            outputs.insert("id".to_owned(), Value::UNKNOWN);
            // Without an id, the engine takes it as not known yet.
            return Ok(CreateResponse { properties: Some(wire::encode(outputs)), ..CreateResponse::default() });
        }
        let Found { id, outputs } = resource
            .create(&context, &known(resource.properties(), &inputs)?)
            .await
            .map_err(|error| context.redacted(error))?;
        let outputs = state::outputs(resource.properties(), &id, &outputs, &inputs);
        let outputs = SecretNames::of(&inputs).mark(outputs);
        Ok(CreateResponse { id, properties: Some(wire::encode(outputs)), ..CreateResponse::default() })
    }

    /// Reads for a refresh (old inputs and outputs are sent), an import (neither is) or a `get` (both are what the program says).
    pub(super) async fn read(&self, request: ReadRequest) -> Result<ReadResponse, Error> {
        let urn = Urn::new(request.urn);
        let resource = self.resource(&urn, &request.r#type)?;
        let old_outputs = decoded(request.properties);
        let old_inputs = request.inputs.map(wire::decode);
        let old = merged(old_inputs.clone().unwrap_or_default(), &old_outputs);
        let redaction = old_inputs.iter().fold(Redaction::of(&old_outputs), Redaction::and);
        let context = self.context(urn, request.timeout)?.keeping_back(redaction);
        let found = resource.read(&context, &request.id, &PlainProperties::of(&old)).await;
        let Some(Found { id, outputs: actual }) = found.map_err(|error| context.redacted(error))? else {
            // Without an id the resource is gone. The properties must be unset then, not empty: an import tells the two apart.
            return Ok(ReadResponse::default());
        };
        let secrets = SecretNames::of(&old);
        let secrets = old_inputs.iter().fold(secrets, SecretNames::and);
        let outputs = state::outputs(resource.properties(), &id, &actual, &old);
        let inherited = self.inherited();
        let inputs =
            state::inputs(resource.properties(), old_inputs.as_ref(), &actual, |name| inherited.get(name).cloned());
        Ok(ReadResponse {
            id,
            properties: Some(wire::encode(secrets.mark(outputs))),
            inputs: Some(wire::encode(secrets.mark(inputs))),
            ..ReadResponse::default()
        })
    }

    pub(super) async fn update(&self, request: UpdateRequest) -> Result<UpdateResponse, Error> {
        let urn = Urn::new(request.urn);
        let resource = self.resource(&urn, &request.r#type)?;
        let id = given_id(request.id)?;
        let inputs = given("news", request.news)?;
        let old_outputs = given("olds", request.olds)?;
        let redaction = Redaction::of(&inputs).and(&old_outputs);
        let context = self.context(urn, request.timeout)?.keeping_back(redaction);
        if request.preview {
            let inherited = self.inherited();
            let mut outputs =
                preview::updated(resource.properties(), &inputs, &old_outputs, |name| inherited.get(name).cloned());
            outputs.insert("id".to_owned(), Value::String(id));
            return Ok(UpdateResponse { properties: Some(wire::encode(outputs)), ..UpdateResponse::default() });
        }
        let old = merged(decoded(request.old_inputs), &old_outputs);
        let updated =
            resource.update(&context, &id, &PlainProperties::of(&old), &known(resource.properties(), &inputs)?).await;
        let actual = updated.map_err(|error| context.redacted(error))?;
        let outputs = state::outputs(resource.properties(), &id, &actual, &inputs);
        let outputs = SecretNames::of(&inputs).mark(outputs);
        Ok(UpdateResponse { properties: Some(wire::encode(outputs)), ..UpdateResponse::default() })
    }

    pub(super) async fn delete(&self, request: DeleteRequest) -> Result<(), Error> {
        let urn = Urn::new(request.urn);
        let resource = self.resource(&urn, &request.r#type)?;
        let id = given_id(request.id)?;
        let old = merged(decoded(request.old_inputs), &given("properties", request.properties)?);
        let context = self.context(urn, request.timeout)?.keeping_back(Redaction::of(&old));
        let deleted = resource.delete(&context, &id, &PlainProperties::of(&old)).await;
        deleted.map_err(|error| context.redacted(error))
    }

    /// The id in the state of a resource that is deleted before it is created anew.
    fn deleted_before(&self, urn: &Urn) -> Option<String> {
        self.deleted_first().get(urn).cloned()
    }

    /// What inherited properties are under the provider's configuration.
    pub(super) fn inherited(&self) -> BTreeMap<&'static str, String> {
        self.session().map(|session| self.shared.package.inherited(&session)).unwrap_or_default()
    }
}

/// What a state holds of a resource: its outputs, and the inputs that no output repeats.
fn merged(mut inputs: PropertyMap, outputs: &PropertyMap) -> PropertyMap {
    let set = outputs.iter().filter(|(_, value)| value.as_str().is_some_and(|text| !text.is_empty()));
    inputs.extend(set.map(|(name, value)| (name.clone(), value.clone())));
    inputs
}

/// The id of a resource in a state. What a user gives for an import is the resource's to judge.
fn given_id(id: String) -> Result<String, Error> {
    if id.is_empty() {
        return Err(Error::invalid("the request has no `id`"));
    }
    match first_other(&id, |character| !character.is_control()) {
        Some((position, character)) => {
            Err(Error::invalid(format!("`{id}` is not an id: it has {} at position {position}", named(character))))
        }
        None => Ok(id),
    }
}

/// Inputs as an operation needs them. Only previews may have unknown ones, and Check lets no other than strings pass.
pub(super) fn known(properties: &[Property], inputs: &PropertyMap) -> Result<PlainProperties, Error> {
    if let Some((name, _)) = inputs.iter().find(|(_, value)| value.contains_unknown()) {
        return Err(Error::invalid(format!("the value of `{name}` is not known, though this is no preview")));
    }
    for property in properties {
        match inputs.get(property.name).map(Value::peeled) {
            None | Some(Value::String(_) | Value::Null) => {}
            Some(other) => {
                return Err(Error::invalid(format!("`{}` must be a string, but is {}", property.name, other.kind())));
            }
        }
    }
    Ok(PlainProperties::of(inputs))
}

fn encode_diff(properties: &[Property], diff: &Diff) -> DiffResponse {
    let changes = if diff.changes.is_empty() { DiffChanges::DiffNone } else { DiffChanges::DiffSome };
    let replaces: Vec<String> = diff.replaces().map(str::to_owned).collect();
    let computed = properties.iter().filter(|property| property.role == Role::Computed);
    let details = diff.changes.iter().map(|change| (change.name.to_owned(), encode_change(*change)));
    DiffResponse {
        // What the service computes is fixed for as long as the resource lives.
        stables: if replaces.is_empty() {
            computed.map(|property| property.name.to_owned()).collect()
        } else {
            Vec::new()
        },
        replaces,
        delete_before_replace: diff.delete_before_replace,
        changes: changes.into(),
        diffs: diff.changes.iter().map(|change| change.name.to_owned()).collect(),
        detailed_diff: details.collect(),
        has_detailed_diff: true,
    }
}

fn encode_change(change: PropertyChange) -> PropertyDiff {
    let kind = match (change.kind, change.replaces) {
        (ChangeKind::Add, false) => Kind::Add,
        (ChangeKind::Add, true) => Kind::AddReplace,
        (ChangeKind::Delete, false) => Kind::Delete,
        (ChangeKind::Delete, true) => Kind::DeleteReplace,
        (ChangeKind::Update, false) => Kind::Update,
        (ChangeKind::Update, true) => Kind::UpdateReplace,
    };
    PropertyDiff { kind: kind.into(), input_diff: change.in_inputs }
}
