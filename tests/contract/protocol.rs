//! What is asked of any plugin, whatever it serves.

use std::{fs, path::PathBuf};

use pulumi_aws::pulumi::rpc::{
    GetSchemaRequest, ListRequest, PluginAttach, ProviderHandshakeRequest, ProviderHandshakeResponse,
};
use serde_json::{Value, json};
use tonic::{Code, client::Grpc, codegen::http::uri::PathAndQuery};

use crate::support::{BINARY, Client, Engine, FUNCTION, Launch, Provider, State, TYPE, World, assert_says, quay, with};

async fn version(mut client: Client) -> String {
    client.get_plugin_info(()).await.unwrap().into_inner().version
}

async fn schema(mut client: Client) -> Value {
    let request = GetSchemaRequest::default();
    serde_json::from_str(&client.get_schema(request).await.unwrap().into_inner().schema).unwrap()
}

fn installed_as(folder: &str) -> (tempfile::TempDir, PathBuf) {
    // Beside the binary, so that it can be linked: a copy is busy for as long as any process started meanwhile holds it open.
    let plugins = tempfile::tempdir_in(std::path::Path::new(BINARY).parent().unwrap()).unwrap();
    let folder = plugins.path().join(folder);
    fs::create_dir(&folder).unwrap();
    let binary = folder.join("pulumi-resource-aws");
    fs::hard_link(BINARY, &binary).unwrap();
    (plugins, binary)
}

#[tokio::test]
async fn the_handshake_takes_secrets_and_wants_everything_else_flat() {
    let plugin = Launch::new().start().await;
    let response = plugin.connect().await.handshake(ProviderHandshakeRequest::default()).await.unwrap().into_inner();
    let expected = ProviderHandshakeResponse {
        accept_secrets: true,
        accept_resources: false,
        accept_outputs: false,
        supports_autonaming_configuration: true,
        accepts_byte_string: false,
    };
    assert_eq!(response, expected);
}

#[tokio::test]
async fn the_version_is_that_of_the_install_folder() {
    for (folder, expected) in [
        ("resource-aws-v6.77.0+ecr1", "6.77.0"),
        ("resource-aws-v7.48.0", "7.48.0"),
        ("elsewhere", env!("CARGO_PKG_VERSION")),
    ] {
        let (_plugins, binary) = installed_as(folder);
        let plugin = Launch::of(&binary).start().await;
        assert_eq!(version(plugin.connect().await).await, expected, "{folder}");
        assert_eq!(schema(plugin.connect().await).await["version"], expected, "{folder}");
    }
}

#[tokio::test]
async fn the_version_is_that_of_the_handshakes_folder() {
    let plugin = Launch::new().start().await;
    let root = Some("/home/me/.pulumi/plugins/resource-aws-v6.77.0+ecr1".to_owned());
    let request = ProviderHandshakeRequest { root_directory: root, ..ProviderHandshakeRequest::default() };
    plugin.connect().await.handshake(request).await.unwrap();
    assert_eq!(version(plugin.connect().await).await, "6.77.0");
    assert_eq!(schema(plugin.connect().await).await["version"], "6.77.0");
}

#[tokio::test]
async fn the_schema_describes_the_resource_and_the_function() {
    let plugin = Launch::new().start().await;
    let schema = schema(plugin.connect().await).await;
    assert_eq!(schema["name"], "aws");
    assert_eq!(schema["version"], version(plugin.connect().await).await);
    assert!(schema["resources"][TYPE]["inputProperties"]["ecrRepositoryPrefix"].is_object());
    assert!(schema["functions"][FUNCTION].is_object());
    for secret in ["accessKey", "secretKey", "token"] {
        assert_eq!(schema["provider"]["inputProperties"][secret]["secret"], true, "{secret}");
    }
}

#[tokio::test]
async fn only_the_known_schema_format_is_given() {
    let plugin = Launch::new().start().await;
    for (format, given) in [(0, true), (1, true), (2, false), (99, false), (-1, false)] {
        let request = GetSchemaRequest { version: format, ..GetSchemaRequest::default() };
        let response = plugin.connect().await.get_schema(request).await;
        assert_eq!(response.is_ok(), given, "{format}");
        if let Err(status) = response {
            assert_eq!(status.code(), Code::InvalidArgument);
            assert_says(status.message(), &[&format.to_string()]);
        }
    }
}

/// A warning that Check gives at any time.
async fn warn(rule: &Provider, host: &str) {
    rule.check(with(quay(), json!({ "upstreamRegistryUrl": host }))).await;
}

#[tokio::test]
async fn the_handshake_says_where_messages_go() {
    let engine = Engine::start().await;
    let plugin = Launch::new().start().await;
    let rule = Provider::new(plugin.connect().await);
    warn(&rule, "a.example.com").await;
    let request = ProviderHandshakeRequest { engine_address: engine.address(), ..ProviderHandshakeRequest::default() };
    rule.client().handshake(request).await.unwrap();
    warn(&rule, "b.example.com").await;
    let warnings = engine.warnings(&rule.urn);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert_says(&warnings[0], &["b.example.com"]);
}

#[tokio::test]
async fn attach_sends_messages_to_the_new_engine() {
    let (first, second) = (Engine::start().await, Engine::start().await);
    let plugin = Launch::new().args([first.address()]).start().await;
    let rule = Provider::new(plugin.connect().await);
    warn(&rule, "a.example.com").await;
    rule.client().attach(PluginAttach { address: second.address() }).await.unwrap();
    // The new engine's user has not read what the old one's has.
    warn(&rule, "a.example.com").await;
    warn(&rule, "b.example.com").await;
    assert_eq!((first.warnings(&rule.urn).len(), second.warnings(&rule.urn).len()), (1, 2));
}

#[tokio::test]
async fn an_engine_that_does_not_answer_holds_nothing_up() {
    let engine = Engine::start().await;
    let plugin = Launch::new().without_stdin().args([engine.address()]).start().await;
    drop(engine);
    let rule = Provider::new(plugin.connect().await);
    let checked = rule.check(with(quay(), json!({ "upstreamRegistryUrl": "a.example.com" }))).await;
    assert!(checked.failures.is_empty());
}

#[tokio::test]
async fn an_engine_that_hangs_holds_warnings_up_for_a_limited_time() {
    let engine = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let plugin = Launch::new().args([engine.local_addr().unwrap().to_string()]).start().await;
    let provider = Provider::new(plugin.connect().await);
    let begin = std::time::Instant::now();
    let checks = (0..3).map(|number| {
        let rule = provider.named(&format!("rule-{number}"));
        tokio::spawn(async move { warn(&rule, "a.example.com").await })
    });
    let checks = checks.collect::<Vec<_>>();
    provider.check(quay()).await;
    assert!(begin.elapsed() < std::time::Duration::from_secs(2), "what has nothing to say does not wait");
    for check in checks {
        check.await.unwrap();
    }
    assert!(begin.elapsed() < std::time::Duration::from_secs(8));
}

#[tokio::test]
async fn methods_that_are_not_served_are_unimplemented() {
    let plugin = Launch::new().start().await;
    let endpoint = tonic::transport::Endpoint::from_shared(format!("http://127.0.0.1:{}", plugin.port())).unwrap();
    let mut grpc = Grpc::new(endpoint.connect().await.unwrap());
    for method in [
        "/",
        "/pulumirpc.ResourceProvider/",
        "/pulumirpc.ResourceProvider/Call",
        "/pulumirpc.ResourceProvider/Construct",
        "/pulumirpc.ResourceProvider/Parameterize",
        "/pulumirpc.ResourceProvider/GetMapping",
        "/pulumirpc.ResourceProvider/OfTheFuture",
        "/grpc.health.v1.Health/Check",
    ] {
        grpc.ready().await.unwrap();
        let codec = tonic_prost::ProstCodec::<(), ()>::default();
        let status = grpc.unary(tonic::Request::new(()), PathAndQuery::from_static(method), codec).await.unwrap_err();
        assert_eq!(status.code(), Code::Unimplemented, "{method}");
    }
}

/// The engine looks whether a plugin is ready with a call of a method without a name.
#[tokio::test]
async fn a_call_without_a_method_leaves_the_connection_alone() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
    const GO_AWAY: u8 = 7;
    // POST, http, a path, an authority, a content type: HPACK without compression.
    let headers = |stream: u8, path: &str| {
        let mut block = vec![0x83, 0x86, 0x04, u8::try_from(path.len()).unwrap()];
        block.extend(path.bytes());
        block.extend(b"\x01\x01x\x0f\x10\x10application/grpc");
        let mut frame = vec![0, 0, u8::try_from(block.len()).unwrap(), 1, 5, 0, 0, 0, stream];
        frame.extend(block);
        frame
    };
    let plugin = Launch::new().start().await;
    let mut socket = tokio::net::TcpStream::connect(("127.0.0.1", plugin.port())).await.unwrap();
    socket.write_all(PREFACE).await.unwrap();
    for (stream, path) in [(1, ""), (3, "/x/y")] {
        socket.write_all(&headers(stream, path)).await.unwrap();
        loop {
            let mut head = [0; 9];
            socket.read_exact(&mut head).await.unwrap();
            let length = u64::from(u32::from_be_bytes([0, head[0], head[1], head[2]]));
            let mut payload = Vec::new();
            (&mut socket).take(length).read_to_end(&mut payload).await.unwrap();
            assert_ne!(head[3], GO_AWAY, "the whole connection ends: {payload:?}");
            if head[8] == stream {
                break;
            }
        }
    }
}

#[tokio::test]
async fn a_message_far_beyond_the_usual_limit_is_taken_and_given_back() {
    const MEBIBYTE: usize = 1 << 20;
    let plugin = Launch::new().start().await;
    let rule = Provider::new(plugin.connect().await);
    let large = with(quay(), json!({ "__large": "x".repeat(20 * MEBIBYTE) }));
    let checked = rule.check(large.clone()).await;
    assert!(checked.failures.is_empty());
    assert!(checked.inputs == large, "another answer");
}

#[tokio::test]
async fn hundreds_of_calls_run_side_by_side() {
    let plugin = Launch::new().start().await;
    let provider = Provider::new(plugin.connect().await);
    let checks = (0..400).map(|number| {
        let rule = provider.named(&format!("rule-{number}"));
        let inputs = with(quay(), json!({ "ecrRepositoryPrefix": format!("prefix-{number}") }));
        tokio::spawn(async move { (rule.check(inputs.clone()).await, inputs) })
    });
    for check in checks.collect::<Vec<_>>() {
        let (checked, inputs) = check.await.unwrap();
        assert_eq!((checked.inputs, checked.failures.len()), (inputs, 0));
    }
}

#[tokio::test]
async fn what_needs_a_configuration_says_so() {
    let plugin = Launch::new().start().await;
    let rule = Provider::new(plugin.connect().await);
    let old = State::of(quay());
    let list = ListRequest { token: TYPE.to_owned(), ..ListRequest::default() };
    let update = with(quay(), json!({ "customRoleArn": crate::support::ROLE }));
    for (method, status) in [
        ("Create", rule.create(quay()).await.unwrap_err()),
        ("Create in a preview", rule.preview(quay()).await.unwrap_err()),
        ("Read", rule.refresh(&old).await.unwrap_err()),
        ("Update", rule.update(&old, update).await.unwrap_err()),
        ("Delete", rule.delete(&old).await.unwrap_err()),
        ("Invoke", rule.invoke(json!({ "ecrRepositoryPrefix": "quay" })).await.unwrap_err()),
        ("List", rule.list(list).await.unwrap_err()),
    ] {
        assert_eq!(status.code(), Code::FailedPrecondition, "{method}: {status}");
        assert_says(status.message(), &["not been configured"]);
    }
    assert!(rule.check(quay()).await.failures.is_empty());
}

#[tokio::test]
async fn other_types_and_functions_are_refused_with_the_way_out() {
    let world = World::start().await;
    let mut bucket = world.named("bucket");
    bucket.urn = "urn:pulumi:dev::app::aws:s3/bucket:Bucket::bucket".to_owned();
    let list = ListRequest { token: "aws:s3/bucket:Bucket".to_owned(), ..ListRequest::default() };
    for (method, token, status) in [
        ("Create", "aws:s3/bucket:Bucket", bucket.create(json!({})).await.unwrap_err()),
        ("Read", "aws:s3/bucket:Bucket", bucket.import("x").await.unwrap_err()),
        ("Delete", "aws:s3/bucket:Bucket", bucket.delete(&State::of(quay())).await.unwrap_err()),
        ("List", "aws:s3/bucket:Bucket", world.list(list).await.unwrap_err()),
        (
            "Invoke",
            "aws:s3/getBucket:getBucket",
            world.invoke_token("aws:s3/getBucket:getBucket", json!({})).await.unwrap_err(),
        ),
    ] {
        assert_eq!(status.code(), Code::InvalidArgument, "{method}");
        assert_says(status.message(), &[token, TYPE, FUNCTION, "pulumi-aws", "version: \"0.1.0\""]);
    }
}

#[tokio::test]
async fn the_type_beside_the_urn_counts() {
    let world = World::start().await;
    let request = pulumi_aws::pulumi::rpc::CheckRequest {
        urn: "urn:pulumi:dev::app::my:index:Component$aws:s3/bucket:Bucket::x".to_owned(),
        r#type: TYPE.to_owned(),
        news: Some(crate::support::to_struct(quay())),
        ..Default::default()
    };
    let response = world.client().check(request).await.unwrap().into_inner();
    assert_eq!(response.failures, []);
}

/// What is embedded is made small and put together again.
#[tokio::test]
async fn the_schema_is_the_one_in_the_repository() {
    let plugin = Launch::new().start().await;
    let mut expected: Value = serde_json::from_str(include_str!("../../schema/schema.json")).unwrap();
    expected["version"] = env!("CARGO_PKG_VERSION").into();
    assert_eq!(schema(plugin.connect().await).await, expected);
}
