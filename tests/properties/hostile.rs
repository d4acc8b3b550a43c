//! No input whatever makes the plugin panic, hang or end: not in any call, not in any field.

use proptest::{collection::vec, prelude::*, sample::select};
use prost::Message;
use prost_types::Struct;
use pulumi_aws::pulumi::rpc::{
    CheckRequest, ConfigureRequest, CreateRequest, DeleteRequest, DiffRequest, GetSchemaRequest, InvokeRequest,
    ListRequest, PluginAttach, ProviderHandshakeRequest, ReadRequest, UpdateRequest,
};
use serde_json::json;

use crate::{
    runner::hold,
    support::{FUNCTION, TYPE, World, configuration, configure, to_struct, urn},
    wire::{any_struct, any_text, send},
};

/// Every method of the service.
const METHODS: [&str; 16] = [
    "Handshake",
    "GetSchema",
    "CheckConfig",
    "DiffConfig",
    "Configure",
    "Invoke",
    "Check",
    "Diff",
    "Create",
    "Read",
    "Update",
    "Delete",
    "List",
    "Cancel",
    "GetPluginInfo",
    "Attach",
];

/// The parts that the requests about a resource are made of.
#[derive(Clone, Debug)]
struct Parts {
    id: String,
    urn: String,
    token: String,
    structs: [Option<Struct>; 3],
    timeout: f64,
    preview: bool,
    numbers: [i64; 2],
}

fn parts() -> impl Strategy<Value = Parts> {
    let urn = prop_oneof![4 => Just(urn("rule")), 1 => any_text(), 1 => any_text().prop_map(|name| urn(&name))];
    let token = prop_oneof![3 => Just(String::new()), 2 => Just(TYPE.to_owned()), 2 => Just(FUNCTION.to_owned()), 1 => any_text()];
    let given = || prop::option::weighted(0.8, any_struct());
    // Most have no limit, or one that is none.
    let timeout = prop_oneof![4 => Just(0.0), 1 => any::<u64>().prop_map(f64::from_bits), 1 => -1.0..10.0];
    (any_text(), urn, token, [given(), given(), given()], timeout, any::<bool>(), any::<[i64; 2]>()).prop_map(
        |(id, urn, token, structs, timeout, preview, numbers)| Parts {
            id,
            urn,
            token,
            structs,
            timeout,
            preview,
            numbers,
        },
    )
}

impl Parts {
    /// The request of a method about a resource, a function, or the provider itself.
    fn request(self, method: &str) -> Vec<u8> {
        let Self { id, urn, token, structs: [first, second, third], timeout, preview, numbers: [one, two] } = self;
        let ignore_changes = vec![id.clone()];
        match method {
            "Check" | "CheckConfig" => {
                CheckRequest { urn, olds: first, news: second, r#type: token, name: id, ..CheckRequest::default() }
                    .encode_to_vec()
            }
            "Diff" | "DiffConfig" => DiffRequest {
                id,
                urn,
                olds: first,
                news: second,
                old_inputs: third,
                r#type: token,
                ignore_changes,
                ..DiffRequest::default()
            }
            .encode_to_vec(),
            "Create" => {
                CreateRequest { urn, properties: first, timeout, preview, r#type: token, ..CreateRequest::default() }
                    .encode_to_vec()
            }
            "Read" => ReadRequest {
                id,
                urn,
                properties: first,
                inputs: second,
                timeout,
                r#type: token,
                ..ReadRequest::default()
            }
            .encode_to_vec(),
            "Update" => UpdateRequest {
                id,
                urn,
                olds: first,
                news: second,
                old_inputs: third,
                timeout,
                preview,
                ignore_changes,
                r#type: token,
                ..UpdateRequest::default()
            }
            .encode_to_vec(),
            "Delete" => DeleteRequest {
                id,
                urn,
                properties: first,
                old_inputs: second,
                timeout,
                r#type: token,
                ..DeleteRequest::default()
            }
            .encode_to_vec(),
            "Invoke" => InvokeRequest { tok: token, args: first, preview }.encode_to_vec(),
            "List" => {
                let token = if token.is_empty() { TYPE.to_owned() } else { token };
                ListRequest { token, query: first, limit: one, page_size: two, continuation_token: id }.encode_to_vec()
            }
            "GetSchema" => {
                let version = i32::try_from(one % 4).unwrap_or_default();
                GetSchemaRequest { version, subpackage_name: id, subpackage_version: urn }.encode_to_vec()
            }
            "Handshake" => ProviderHandshakeRequest { root_directory: Some(id), ..ProviderHandshakeRequest::default() }
                .encode_to_vec(),
            "Attach" => PluginAttach { address: id }.encode_to_vec(),
            _ => Vec::new(),
        }
    }
}

/// Sends a message, and sees that it is answered and that the plugin works as before.
async fn survives(world: &World, method: &str, message: Vec<u8>) {
    if let Err(status) = send(world, method, message).await {
        assert!(!status.message().contains("defect in the provider"), "{method}: {status}");
        assert!(status.message().len() < 4096, "{method}: {} bytes", status.message().len());
    }
    let info = world.client().get_plugin_info(()).await.expect("the plugin lives on").into_inner();
    assert_ne!(info.version, "");
}

/// As an engine leaves the plugin before it asks for anything.
async fn ready(world: &World) {
    configure(world.client(), configuration(&world.ecr)).await.expect("the configuration is good");
    let address = world.engine.address();
    world.client().attach(PluginAttach { address }).await.expect("Attach answers");
}

#[test]
fn any_request_is_answered() {
    hold(200, (select(&METHODS[..]), parts()), &async |world, (method, parts)| {
        ready(world).await;
        survives(world, method, parts.request(method)).await;
    });
}

#[test]
fn any_bytes_are_answered() {
    hold(100, (select(&METHODS[..]), vec(any::<u8>(), 0..64)), &async |world, (method, bytes)| {
        ready(world).await;
        survives(world, method, bytes).await;
    });
}

#[test]
fn a_request_that_was_damaged_on_the_way_is_answered() {
    let damage = vec((any::<prop::sample::Index>(), any::<u8>()), 1..4);
    hold(150, (select(&METHODS[..]), parts(), damage), &async |world, (method, parts, damage)| {
        ready(world).await;
        let mut message = parts.request(method);
        for (at, byte) in damage.into_iter().filter(|_| !message.is_empty()).collect::<Vec<_>>() {
            let at = at.index(message.len());
            message[at] = byte;
        }
        survives(world, method, message).await;
    });
}

/// Configuration keys of every form, but for those that would have the plugin look for a host that these tests do not have.
const KEYS: [&str; 16] = [
    "region",
    "accessKey",
    "secretKey",
    "token",
    "profile",
    "maxRetries",
    "retryMode",
    "allowedAccountIds",
    "forbiddenAccountIds",
    "skipCredentialsValidation",
    "skipRegionValidation",
    "defaultTags",
    "useFipsEndpoint",
    "insecure",
    "sharedConfigFiles",
    "noKey",
];

#[test]
fn any_configuration_is_answered() {
    let setting = (select(&KEYS[..]), any_struct());
    hold(60, vec(setting, 0..4), &async |world, settings| {
        let mut configuration = to_struct(configuration(&world.ecr));
        for (key, values) in settings {
            configuration.fields.extend(values.fields.into_values().next().map(|value| (key.to_owned(), value)));
        }
        let args = Some(configuration.clone());
        let check = CheckRequest { news: args.clone(), ..CheckRequest::default() };
        survives(world, "CheckConfig", check.encode_to_vec()).await;
        let diff = DiffRequest { olds: args.clone(), news: Some(to_struct(json!({}))), ..DiffRequest::default() };
        survives(world, "DiffConfig", diff.encode_to_vec()).await;
        survives(world, "Configure", ConfigureRequest { args, ..ConfigureRequest::default() }.encode_to_vec()).await;
    });
}
