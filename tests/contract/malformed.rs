//! Requests that no engine sends: the plugin says what is wrong with each, calls nobody for it, and lives on.

use prost_types::{Struct, Value as WireValue, value::Kind};
use pulumi_aws::pulumi::rpc::{
    CheckRequest, CreateRequest, DeleteRequest, DiffRequest, InvokeRequest, ListRequest, PluginAttach, ReadRequest,
    UpdateRequest,
};
use serde_json::json;
use tonic::{Code, Status, client::Grpc, codegen::http::uri::PathAndQuery};

use crate::support::{FUNCTION, Journal as _, State, TYPE, World, assert_says, quay, to_struct, with};

/// Refusals of requests, by what was wrong with each.
async fn assert_refused(world: &World, refusals: Vec<(&str, Option<Status>, &str)>) {
    for (what, refusal, says) in refusals {
        let status = refusal.unwrap_or_else(|| panic!("{what} passes"));
        assert_eq!(status.code(), Code::InvalidArgument, "{what}: {status}");
        assert_says(status.message(), &[says]);
    }
    assert_eq!(world.ecr.journal().len(), 0);
    assert!(world.check(quay()).await.failures.is_empty(), "it lives on");
}

#[tokio::test]
async fn requests_without_anything_in_them() {
    let world = World::start().await;
    let mut client = world.client();
    let refusals = vec![
        ("CheckConfig", client.check_config(CheckRequest::default()).await.err(), "no `news`"),
        ("DiffConfig", client.diff_config(DiffRequest::default()).await.err(), "no `olds`"),
        ("Check", client.check(CheckRequest::default()).await.err(), "names no resource"),
        ("Diff", client.diff(DiffRequest::default()).await.err(), "names no resource"),
        ("Create", client.create(CreateRequest::default()).await.err(), "names no resource"),
        ("Read", client.read(ReadRequest::default()).await.err(), "names no resource"),
        ("Update", client.update(UpdateRequest::default()).await.err(), "names no resource"),
        ("Delete", client.delete(DeleteRequest::default()).await.err(), "names no resource"),
        ("Invoke", client.invoke(InvokeRequest::default()).await.err(), "is not served"),
        ("List", client.list(ListRequest::default()).await.err(), "is not served"),
        ("Attach", client.attach(PluginAttach::default()).await.err(), "not the address of an engine"),
    ];
    assert_refused(&world, refusals).await;
}

#[tokio::test]
async fn requests_without_a_struct() {
    let world = World::start().await;
    let mut client = world.client();
    let (urn, id, some) = (world.urn.clone(), "quay".to_owned(), Some(to_struct(quay())));
    let check = CheckRequest { urn: urn.clone(), ..CheckRequest::default() };
    let create = CreateRequest { urn: urn.clone(), ..CreateRequest::default() };
    let diff = DiffRequest { urn: urn.clone(), id: id.clone(), ..DiffRequest::default() };
    let update = UpdateRequest { urn: urn.clone(), id: id.clone(), ..UpdateRequest::default() };
    let delete = DeleteRequest { urn, id, ..DeleteRequest::default() };
    let invoke = InvokeRequest { tok: FUNCTION.to_owned(), ..InvokeRequest::default() };
    let refusals = vec![
        ("Check", client.check(check).await.err(), "no `news`"),
        ("Create", client.create(create.clone()).await.err(), "no `properties`"),
        ("its preview", client.create(CreateRequest { preview: true, ..create }).await.err(), "no `properties`"),
        ("Diff", client.diff(DiffRequest { news: some.clone(), ..diff.clone() }).await.err(), "no `olds`"),
        ("Diff of nothing", client.diff(DiffRequest { olds: some.clone(), ..diff }).await.err(), "no `news`"),
        ("Update", client.update(UpdateRequest { news: some.clone(), ..update.clone() }).await.err(), "no `olds`"),
        ("Update to nothing", client.update(UpdateRequest { olds: some, ..update }).await.err(), "no `news`"),
        ("Delete", client.delete(delete).await.err(), "no `properties`"),
        ("Invoke", client.invoke(invoke).await.err(), "no `args`"),
    ];
    assert_refused(&world, refusals).await;
}

#[tokio::test]
async fn ids_that_are_none() {
    let world = World::start().await;
    for (id, says, read_says) in [
        ("", "no `id`", "is empty"),
        ("quay\n", "it has a line break (U+000A) at position 5", "a line break (U+000A)"),
        ("\u{1b}[31mquay", "it has the character U+001B at position 1", "the character U+001B"),
        ("quay\0", "it has the character U+0000 at position 5", "the character U+0000"),
    ] {
        let old = State { id: id.to_owned(), ..State::of(quay()) };
        let diff = DiffRequest {
            urn: world.urn.clone(),
            id: id.to_owned(),
            olds: Some(to_struct(quay())),
            news: Some(to_struct(quay())),
            ..DiffRequest::default()
        };
        let refusals = vec![
            ("Diff", world.client().diff(diff).await.err(), says),
            ("Read", world.refresh(&old).await.err(), read_says),
            ("an import", world.import(id).await.err(), read_says),
            ("Update", world.update(&old, quay()).await.err(), says),
            ("its preview", world.preview_update(&old, quay()).await.err(), says),
            ("Delete", world.delete(&old).await.err(), says),
        ];
        for (what, refusal, _) in &refusals {
            let text = refusal.as_ref().map_or("", Status::message);
            assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{what} acts on a terminal: {text:?}");
        }
        assert_refused(&world, refusals).await;
    }
}

#[tokio::test]
async fn urns_and_tokens_of_nothing() {
    let world = World::start().await;
    for (urn, says) in [
        ("", "names no resource"),
        ("garbage", "names no resource: `garbage` is not a URN"),
        ("urn:pulumi:dev::app::::x", "names no resource"),
        ("urn:pulumi:dev::app::aws:s3/bucket:Bucket::x", "`aws:s3/bucket:Bucket` is not served"),
    ] {
        let mut rule = world.named("rule");
        urn.clone_into(&mut rule.urn);
        let check = CheckRequest { urn: urn.to_owned(), news: Some(to_struct(quay())), ..CheckRequest::default() };
        let old = State::of(quay());
        let refusals = vec![
            ("Check", rule.client().check(check).await.err(), says),
            ("Create", rule.create(quay()).await.err(), says),
            ("Read", rule.refresh(&old).await.err(), says),
            ("Update", rule.update(&old, quay()).await.err(), says),
            ("Delete", rule.delete(&old).await.err(), says),
        ];
        assert_refused(&world, refusals).await;
    }
    let refusals = vec![
        ("a function", world.invoke_token("aws:ecr/x:x", json!({})).await.err(), "`aws:ecr/x:x` is not served"),
        ("a resource's token", world.invoke_token(TYPE, json!({})).await.err(), "is not served"),
    ];
    assert_refused(&world, refusals).await;
}

#[tokio::test]
async fn addresses_of_no_engine() {
    let world = World::start().await;
    for address in ["", "garbage", "127.0.0.1", "127.0.0.1:99999", ":80", "a b:80", "http://127.0.0.1:80/"] {
        let attached = world.client().attach(PluginAttach { address: address.to_owned() }).await;
        assert_refused(&world, vec![(address, attached.err(), "not the address of an engine (`host:port`)")]).await;
    }
}

/// An engine has them checked before.
#[tokio::test]
async fn values_of_wrong_types_are_refused_before_anything_is_sent() {
    let world = World::start().await;
    let made = State::of(quay());
    for (wrong, kind) in [(json!(7), "a number"), (json!(true), "a boolean"), (json!(["a"]), "a list")] {
        for property in ["ecrRepositoryPrefix", "upstreamRegistryUrl", "credentialArn", "region"] {
            let inputs = with(quay(), json!({ property: wrong }));
            let says = format!("`{property}` must be a string, but is {kind}");
            let refusals = vec![
                ("Create", world.create(inputs.clone()).await.err(), says.as_str()),
                ("Update", world.update(&made, inputs).await.err(), says.as_str()),
            ];
            assert_refused(&world, refusals).await;
        }
    }
}

#[tokio::test]
async fn numbers_that_are_none() {
    let world = World::start().await;
    for number in [f64::NAN, f64::INFINITY, -0.0] {
        let mut news: Struct = to_struct(quay());
        news.fields.insert("ecrRepositoryPrefix".to_owned(), WireValue { kind: Some(Kind::NumberValue(number)) });
        let check = CheckRequest { urn: world.urn.clone(), news: Some(news.clone()), ..CheckRequest::default() };
        let failures = world.client().check(check).await.unwrap().into_inner().failures;
        assert!(matches!(&failures[..], [failure] if failure.reason.contains("must be a string, but is a number")));
        let create = CreateRequest { urn: world.urn.clone(), properties: Some(news), ..CreateRequest::default() };
        let refusals = vec![("Create", world.client().create(create).await.err(), "but is a number")];
        assert_refused(&world, refusals).await;
    }
}

#[tokio::test]
async fn bytes_that_are_no_message() {
    let world = World::start().await;
    let endpoint =
        tonic::transport::Endpoint::from_shared(format!("http://127.0.0.1:{}", world.plugin.port())).unwrap();
    let mut grpc = Grpc::new(endpoint.connect().await.unwrap());
    let mut refusals = Vec::new();
    for method in [
        "CheckConfig",
        "DiffConfig",
        "Configure",
        "Check",
        "Diff",
        "Create",
        "Read",
        "Update",
        "Delete",
        "Invoke",
        "List",
    ] {
        grpc.ready().await.unwrap();
        // Strings where a message has structs and numbers.
        let wrong = pulumi_aws::pulumi::rpc::View {
            r#type: "\u{ff}".to_owned(),
            name: "\u{ff}".to_owned(),
            parent_type: "x".to_owned(),
            parent_name: "x".to_owned(),
            ..Default::default()
        };
        let codec = tonic_prost::ProstCodec::<pulumi_aws::pulumi::rpc::View, ()>::default();
        let path = PathAndQuery::from_maybe_shared(format!("/pulumirpc.ResourceProvider/{method}")).unwrap();
        let refusal = grpc.unary(tonic::Request::new(wrong), path, codec).await.err();
        refusals.push((method, refusal, "not one of this method"));
    }
    assert_refused(&world, refusals).await;
    world.create(quay()).await.unwrap();
    assert_eq!(world.ecr.writes(), 1);
}
