//! Requests that no engine sends: the plugin answers, and lives on.

use pulumi_aws::pulumi::rpc::{CheckRequest, DeleteRequest, InvokeRequest, ListRequest, ReadRequest, UpdateRequest};
use serde_json::{Value, json};
use tonic::{Code, client::Grpc, codegen::http::uri::PathAndQuery};

use crate::support::{FUNCTION, Journal as _, State, World, quay, to_struct, with};

/// Kinds of errors that make the engine doubt the whole stack.
fn is_doubt(code: Code) -> bool {
    matches!(code, Code::Unknown | Code::Internal | Code::DataLoss)
}

#[tokio::test]
async fn requests_without_anything_in_them_are_answered() {
    let world = World::start().await;
    let mut client = world.client();
    for (method, code) in [
        ("Check", client.check(CheckRequest::default()).await.err().map(|status| status.code())),
        ("Read", client.read(ReadRequest::default()).await.err().map(|status| status.code())),
        ("Update", client.update(UpdateRequest::default()).await.err().map(|status| status.code())),
        ("Delete", client.delete(DeleteRequest::default()).await.err().map(|status| status.code())),
        ("Invoke", client.invoke(InvokeRequest::default()).await.err().map(|status| status.code())),
        ("List", client.list(ListRequest::default()).await.err().map(|status| status.code())),
    ] {
        assert_eq!(code, Some(Code::InvalidArgument), "{method}");
    }
    assert_eq!(world.ecr.journal().len(), 0);
}

#[tokio::test]
async fn requests_without_properties_are_answered() {
    let world = World::start().await;
    let request = CheckRequest { urn: world.urn.clone(), ..CheckRequest::default() };
    assert_eq!(world.client().check(request).await.unwrap().into_inner().failures.len(), 2);
    let request = InvokeRequest { tok: FUNCTION.to_owned(), ..InvokeRequest::default() };
    assert_eq!(world.client().invoke(request).await.unwrap().into_inner().failures.len(), 1);
}

#[tokio::test]
async fn values_of_wrong_types_are_refused_before_anything_is_sent() {
    let world = World::start().await;
    for wrong in [json!(7), json!(true), json!(["a"]), json!({ "a": "b" })] {
        for property in ["ecrRepositoryPrefix", "upstreamRegistryUrl"] {
            let status = world.create(with(quay(), json!({ property: wrong.clone() }))).await.unwrap_err();
            assert_eq!(status.code(), Code::InvalidArgument, "{property}: {wrong}");
        }
    }
    assert_eq!(world.ecr.writes(), 0);
}

#[tokio::test]
async fn old_states_with_anything_in_them_are_survived() {
    let world = World::start().await;
    for strange in [json!(7), Value::Null, json!(["a"]), json!({ "a": [{}] })] {
        let mut old = State::of(quay());
        for name in ["region", "registryId", "credentialArn", "id", "futureProperty"] {
            old.outputs[name] = strange.clone();
            old.inputs[name] = strange.clone();
        }
        world.diff(&old, quay()).await;
        for result in
            [world.refresh(&old).await.map(drop), world.update(&old, quay()).await.map(drop), world.delete(&old).await]
        {
            assert!(result.as_ref().err().is_none_or(|status| !is_doubt(status.code())), "{strange}: {result:?}");
        }
    }
}

#[tokio::test]
async fn special_values_without_their_parts_are_survived() {
    const SIGNATURE: &str = "4dabf18193072939515e22adb298388d";
    let world = World::start().await;
    for special in [
        json!({ SIGNATURE: "1b47061264138c4ac30d75fd1eb44270" }),
        json!({ SIGNATURE: "d0e6a833031e9bbcd3f4e8bde6ca49a4" }),
        json!({ SIGNATURE: "d0e6a833031e9bbcd3f4e8bde6ca49a4", "value": "x", "secret": "no boolean" }),
        json!({ SIGNATURE: "5cf8f73096256a8f31e491e813e4eb8e", "urn": "urn:x" }),
        json!({ SIGNATURE: "of the future" }),
        json!({ SIGNATURE: true }),
    ] {
        let inputs = with(quay(), json!({ "credentialArn": special }));
        assert_eq!(world.check(inputs.clone()).await.inputs, inputs, "what is not understood is not changed");
    }
}

#[tokio::test]
async fn bytes_that_are_no_message_end_only_their_own_call() {
    let world = World::start().await;
    let endpoint =
        tonic::transport::Endpoint::from_shared(format!("http://127.0.0.1:{}", world.plugin.port())).unwrap();
    let mut grpc = Grpc::new(endpoint.connect().await.unwrap());
    for method in ["Check", "Create", "Configure"] {
        grpc.ready().await.unwrap();
        // A string where a message has a struct.
        let wrong = pulumi_aws::pulumi::rpc::View {
            name: "\u{ff}".to_owned(),
            parent_type: "x".to_owned(),
            ..Default::default()
        };
        let codec = tonic_prost::ProstCodec::<pulumi_aws::pulumi::rpc::View, ()>::default();
        let path = PathAndQuery::from_maybe_shared(format!("/pulumirpc.ResourceProvider/{method}")).unwrap();
        grpc.unary(tonic::Request::new(wrong), path, codec).await.unwrap_err();
    }
    world.create(quay()).await.unwrap();
}

#[tokio::test]
async fn deep_values_are_survived() {
    let world = World::start().await;
    for depth in [30, 200] {
        let deep = (0..depth).fold(json!("x"), |inner, _| json!([inner]));
        let news = Some(to_struct(with(quay(), json!({ "__deep": deep }))));
        let request = CheckRequest { urn: world.urn.clone(), news, ..CheckRequest::default() };
        // The protocol library refuses what is deeper than it likes; the process lives on.
        drop(world.client().check(request).await);
    }
    world.create(quay()).await.unwrap();
}
