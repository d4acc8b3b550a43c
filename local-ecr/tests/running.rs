//! What only shows on a running server: sockets, threads, faults on the connection, latency, journal, state file.
//!
//! The client is a plain socket, so that nothing retries or hides what is on the wire. What an AWS client makes of the answers is
//! shown in `tests/boto3`.
#![expect(clippy::unwrap_used, reason = "a test's helpers fail by panicking")]

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use local_ecr::{Behaviour, Fault, LocalEcr, Operation, Options, Rule};
use serde_json::{Value, json};

const REGION: &str = "eu-west-1";

/// Sends a signed request and gives back status, head and body, or the error that the socket had.
fn call(url: &str, operation: &str, body: &Value) -> io::Result<(u16, String, Value)> {
    let body = body.to_string();
    let signature = "0".repeat(64);
    let mut stream = TcpStream::connect(url.trim_start_matches("http://"))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(
        stream,
        "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-amz-json-1.1\r\n\
         X-Amz-Target: AmazonEC2ContainerRegistry_V20150921.{operation}\r\nX-Amz-Date: 20261121T000000Z\r\n\
         User-Agent: a-test/1.0\r\nAuthorization: AWS4-HMAC-SHA256 \
         Credential=AKIDTEST/20261121/{REGION}/ecr/aws4_request, SignedHeaders=host, Signature={signature}\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len(),
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or(io::ErrorKind::UnexpectedEof)?;
    let status = head[9..12].parse().unwrap();
    Ok((status, head.to_lowercase(), serde_json::from_str(body).unwrap()))
}

fn create(ecr: &LocalEcr, prefix: &str) -> io::Result<(u16, String, Value)> {
    let body = json!({ "ecrRepositoryPrefix": prefix, "upstreamRegistryUrl": "quay.io" });
    call(&ecr.url(), "CreatePullThroughCacheRule", &body)
}

fn start() -> LocalEcr {
    LocalEcr::start(Options::default()).unwrap()
}

#[test]
fn a_rule_is_created_over_http_and_seen_through_the_handle() {
    let ecr = start();
    let (status, head, body) = create(&ecr, "quay").unwrap();
    assert_eq!(status, 200);
    assert!(head.contains("content-type: application/x-amz-json-1.1"), "{head}");
    assert!(head.contains("x-amzn-requestid: "), "{head}");
    assert_eq!(body["registryId"], "123456789012");
    assert_eq!(ecr.rules(REGION)[0].upstream_registry_url, "quay.io");
    assert!(ecr.rules("us-east-1").is_empty());
}

#[test]
fn an_error_is_named_in_head_and_body() {
    let ecr = start();
    let (status, head, body) = create(&ecr, "-").unwrap();
    assert_eq!(status, 400);
    assert!(head.contains("x-amzn-errortype: invalidparameterexception"), "{head}");
    assert_eq!(body["__type"], "InvalidParameterException");
    assert!(body["message"].as_str().unwrap().contains("'ecrRepositoryPrefix'"));
}

#[test]
fn the_handle_does_what_others_do_behind_a_clients_back() {
    let ecr = start();
    ecr.put_rule(REGION, Rule::new("quay", "quay.io"));
    assert_eq!(create(&ecr, "quay").unwrap().2["__type"], "PullThroughCacheRuleAlreadyExistsException");
    assert!(ecr.remove_rule(REGION, "quay"));
    assert!(!ecr.remove_rule(REGION, "quay"));
    assert_eq!(create(&ecr, "quay").unwrap().0, 200);
}

#[test]
fn the_journal_tells_who_asked_what_and_how_it_ended() {
    let ecr = start();
    create(&ecr, "quay").unwrap();
    create(&ecr, "quay").unwrap();
    let calls = ecr.journal();
    assert_eq!(calls.len(), 2);
    let call = &calls[1];
    assert_eq!(call.operation, "CreatePullThroughCacheRule");
    assert_eq!((&*call.region, &*call.account), (REGION, "123456789012"));
    assert_eq!((&*call.access_key, &*call.user_agent), ("AKIDTEST", "a-test/1.0"));
    assert_eq!(call.body["ecrRepositoryPrefix"], "quay");
    assert_eq!(call.status, Some(400));
    assert_eq!(call.error_code.as_deref(), Some("PullThroughCacheRuleAlreadyExistsException"));
    assert!(call.took.is_some());
    ecr.clear_journal();
    assert!(ecr.journal().is_empty());
}

#[test]
fn an_access_key_can_have_an_account_of_its_own() {
    let accounts = [("AKIDTEST".to_owned(), "999999999999".to_owned())].into();
    let ecr = LocalEcr::start(Options { accounts, ..Options::default() }).unwrap();
    assert_eq!(create(&ecr, "quay").unwrap().2["registryId"], "999999999999");
    assert!(ecr.rules(REGION).is_empty(), "the handle shows the default account");
}

#[test]
fn a_scripted_error_answers_instead_of_the_operation() {
    let ecr = start();
    ecr.push_fault(Fault::on(Operation::CreatePullThroughCacheRule).answer(503, "ServiceUnavailable", "try later"));
    let (status, _, body) = create(&ecr, "quay").unwrap();
    assert_eq!((status, &body["__type"], &body["message"]), (503, &json!("ServiceUnavailable"), &json!("try later")));
    assert!(ecr.rules(REGION).is_empty());
    assert_eq!(create(&ecr, "quay").unwrap().0, 200);
}

#[test]
fn a_dropped_call_is_carried_out_or_not_and_never_answered() {
    let ecr = start();
    let on = Fault::on(Operation::CreatePullThroughCacheRule);
    let faults = [on.clone().drop_before(), on.commit_then_drop()].into();
    ecr.set_behaviour(Behaviour { faults, ..Behaviour::default() });
    assert!(create(&ecr, "before").is_err());
    assert!(ecr.rules(REGION).is_empty());
    assert!(create(&ecr, "after").is_err());
    assert_eq!(ecr.rules(REGION).len(), 1);
    assert!(ecr.journal().iter().all(|call| call.status.is_none() && call.took.is_some()));
    assert!(ecr.behaviour().faults.is_empty());
}

#[test]
fn latency_holds_the_answer_back_and_not_the_operation() {
    let ecr = start();
    ecr.set_latency(Duration::from_millis(300));
    let url = ecr.url();
    let started = Instant::now();
    let client = thread::spawn(move || {
        let body = json!({ "ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": "quay.io" });
        call(&url, "CreatePullThroughCacheRule", &body).unwrap().0
    });
    while ecr.rules(REGION).is_empty() {
        assert!(started.elapsed() < Duration::from_secs(5));
        thread::yield_now();
    }
    assert!(ecr.journal()[0].took.is_none(), "it is in flight");
    assert_eq!(client.join().unwrap(), 200);
    assert!(started.elapsed() >= Duration::from_millis(300));
}

#[test]
fn a_delay_holds_the_operation_back() {
    let ecr = start();
    ecr.push_fault(Fault::on_any().delay(Duration::from_millis(200)));
    let started = Instant::now();
    assert_eq!(create(&ecr, "quay").unwrap().0, 200);
    assert!(started.elapsed() >= Duration::from_millis(200));
}

#[test]
fn a_client_that_gives_up_still_has_its_call_carried_out_and_written_down() {
    let ecr = start();
    ecr.push_fault(Fault::on_any().delay(Duration::from_millis(100)));
    let address: SocketAddr = ecr.url().trim_start_matches("http://").parse().unwrap();
    let body = r#"{"ecrRepositoryPrefix":"quay","upstreamRegistryUrl":"quay.io"}"#;
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AmazonEC2ContainerRegistry_V20150921.CreatePullThroughCacheRule\r\n\
         X-Amz-Date: 20261121T000000Z\r\nAuthorization: AWS4-HMAC-SHA256 \
         Credential=A/20261121/{REGION}/ecr/aws4_request, SignedHeaders=host, Signature={}\r\nContent-Length: {}\r\n\r\n{body}",
        "0".repeat(64),
        body.len(),
    )
    .unwrap();
    while ecr.journal().is_empty() {
        thread::yield_now();
    }
    drop(stream);
    let deadline = Instant::now() + Duration::from_secs(5);
    while ecr.journal()[0].took.is_none() {
        assert!(Instant::now() < deadline);
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(ecr.rules(REGION).len(), 1);
}

#[test]
fn each_call_is_logged_when_it_is_over() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&lines);
    let log: local_ecr::LogSink = Arc::new(move |call| sink.lock().unwrap().push(call.to_string()));
    let ecr = LocalEcr::start(Options { log: Some(log), ..Options::default() }).unwrap();
    create(&ecr, "quay").unwrap();
    let lines = lines.lock().unwrap();
    assert_eq!(lines.len(), 1);
    assert!(lines[0].contains("CreatePullThroughCacheRule"), "{}", lines[0]);
}

#[test]
fn rules_live_on_in_the_state_file() {
    let directory = tempfile::tempdir().unwrap();
    let options = || Options { state: Some(directory.path().join("state.json")), ..Options::default() };
    let before = {
        let ecr = LocalEcr::start(options()).unwrap();
        create(&ecr, "quay").unwrap();
        ecr.put_rule("us-east-1", Rule::new("k8s", "registry.k8s.io"));
        ecr.rules(REGION)
    };
    let ecr = LocalEcr::start(options()).unwrap();
    assert_eq!(ecr.rules(REGION), before);
    assert_eq!(ecr.rules("us-east-1").len(), 1);
    assert!(ecr.remove_rule(REGION, "quay"));
    drop(ecr);
    assert!(LocalEcr::start(options()).unwrap().rules(REGION).is_empty());
}

#[test]
fn what_cannot_be_written_does_not_happen() {
    let directory = tempfile::tempdir().unwrap();
    let place = directory.path().join("place");
    std::fs::create_dir(&place).unwrap();
    let ecr = LocalEcr::start(Options { state: Some(place.join("state.json")), ..Options::default() }).unwrap();
    std::fs::remove_dir_all(&place).unwrap();
    let (status, _, body) = create(&ecr, "quay").unwrap();
    assert_eq!((status, &body["__type"]), (500, &json!("ServerException")));
    assert!(ecr.rules(REGION).is_empty());
}

#[test]
fn many_clients_at_once_are_all_served() {
    let ecr = start();
    let url = ecr.url();
    let clients: Vec<_> = (0..40)
        .map(|number| {
            let url = url.clone();
            thread::spawn(move || {
                let body = json!({ "ecrRepositoryPrefix": format!("rule-{number}"), "upstreamRegistryUrl": "quay.io" });
                call(&url, "CreatePullThroughCacheRule", &body).unwrap().0
            })
        })
        .collect();
    assert!(clients.into_iter().all(|client| client.join().unwrap() == 200));
    assert_eq!(ecr.rules(REGION).len(), 40);
}

#[test]
fn dropping_it_frees_the_port_at_once_even_with_clients_waiting() {
    let ecr = start();
    let address: SocketAddr = ecr.url().trim_start_matches("http://").parse().unwrap();
    let idle = TcpStream::connect(address).unwrap();
    ecr.set_latency(Duration::from_mins(1));
    let url = ecr.url();
    let waiting = thread::spawn(move || call(&url, "DescribePullThroughCacheRules", &json!({})).is_err());
    while ecr.journal().is_empty() {
        thread::yield_now();
    }
    let started = Instant::now();
    drop(ecr);
    assert!(started.elapsed() < Duration::from_secs(5));
    assert!(waiting.join().unwrap());
    drop(idle);
    LocalEcr::start(Options { listen: address, ..Options::default() }).unwrap();
}

#[test]
fn it_serves_loopback_and_whole_accounts_only() {
    for options in [
        Options { listen: "0.0.0.0:0".parse().unwrap(), ..Options::default() },
        Options { account: "123".to_owned(), ..Options::default() },
    ] {
        assert_eq!(LocalEcr::start(options).unwrap_err().kind(), io::ErrorKind::InvalidInput);
    }
}

#[test]
fn a_body_without_end_is_refused() {
    let ecr = start();
    let mut stream = TcpStream::connect(ecr.url().trim_start_matches("http://")).unwrap();
    write!(stream, "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 999999999\r\n\r\n")
        .unwrap();
    let chunk = vec![b' '; 64 * 1024];
    // The server stops reading, and says why before it closes.
    while stream.write_all(&chunk).is_ok() {}
    let mut answer = [0; 12];
    if stream.read_exact(&mut answer).is_ok() {
        assert_eq!(&answer, b"HTTP/1.1 413");
    }
    assert_eq!(create(&ecr, "quay").unwrap().0, 200);
}
