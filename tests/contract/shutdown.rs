//! How the plugin ends, and what becomes of calls in flight.

use std::time::{Duration, Instant};

use local_ecr::{Fault, LocalEcr, Operation, Options};
use serde_json::json;

use crate::support::{
    BINARY, Create, Engine, GetCallerIdentity, Journal as _, Launch, Provider, World, configuration, configure,
    creating, local_ecr, prefixes, quay, until, with,
};

/// Waits until ECR has got a call.
async fn on_wire(ecr: &LocalEcr, operation: Operation, calls: usize) {
    until("the call", || ecr.count(operation) >= calls).await;
}

#[tokio::test]
async fn a_signal_ends_it_at_once_and_well() {
    for signal in ["INT", "TERM"] {
        let plugin = Launch::new().start().await;
        let mut client = plugin.connect().await;
        client.get_plugin_info(()).await.unwrap();
        let begin = Instant::now();
        plugin.signal(signal);
        assert!(plugin.ended().await.status.success(), "SIG{signal}");
        assert!(begin.elapsed() < Duration::from_secs(1), "SIG{signal}");
        drop(client);
    }
}

/// The engine's signal may come as soon as the port is known.
#[test]
fn a_signal_right_after_the_port_is_heard() {
    // Without a process of its own for `kill`, which would take longer than the plugin does.
    const SCRIPT: &str = r#"
        mkfifo "$1/port"
        for attempt in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
            "$0" >"$1/port" &
            read -r port <"$1/port"
            kill -s TERM $!
            wait $! || echo "status $? at attempt $attempt"
        done"#;
    let folder = tempfile::tempdir().unwrap();
    let mut shell = std::process::Command::new("sh");
    let output =
        shell.args(["-c", SCRIPT, BINARY]).arg(folder.path()).env("AWS_EC2_METADATA_DISABLED", "true").output();
    let output = output.unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{output:?}");
}

#[tokio::test]
async fn the_end_of_stdin_ends_it() {
    let engine = Engine::start().await;
    for launch in [Launch::new(), Launch::new().args([engine.address()])] {
        let mut plugin = launch.start().await;
        assert!(plugin.runs_on().await);
        plugin.close_stdin();
        let ended = plugin.ended().await;
        assert!(ended.status.success() && ended.stderr.is_empty(), "{ended:?}");
    }
}

#[tokio::test]
async fn without_a_pipe_for_stdin_it_serves_on() {
    let mut plugin = Launch::new().without_stdin().start().await;
    assert!(plugin.runs_on().await);
    plugin.connect().await.get_plugin_info(()).await.unwrap();
    plugin.stop().await;
}

#[tokio::test]
async fn without_a_pipe_for_stdin_the_end_of_the_engine_ends_it() {
    let engine = Engine::start().await;
    let plugin = Launch::new().without_stdin().args([engine.address()]).start().await;
    let client = plugin.connect().await;
    drop(engine);
    assert!(plugin.ended().await.status.success());
    drop(client);
}

#[tokio::test]
async fn a_signal_lets_a_call_on_the_wire_finish_and_be_answered() {
    for signal in ["INT", "TERM"] {
        let world = World::start().await;
        world.ecr.push_fault(Fault::on(Create).delay(Duration::from_millis(700)));
        let create = creating(&world, quay());
        on_wire(&world.ecr, Create, 1).await;
        world.plugin.signal(signal);
        assert_eq!(create.await.unwrap().expect("the engine gets its answer").id, "quay");
        assert!(world.plugin.ended().await.status.success());
        assert_eq!(prefixes(&world.ecr), ["quay"]);
    }
}

#[tokio::test]
async fn a_second_signal_is_meant() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Create).delay(Duration::from_secs(4)));
    let create = creating(&world, quay());
    on_wire(&world.ecr, Create, 1).await;
    let begin = Instant::now();
    world.plugin.signal("INT");
    tokio::time::sleep(Duration::from_millis(200)).await;
    world.plugin.signal("INT");
    world.plugin.ended().await;
    assert!(begin.elapsed() < Duration::from_secs(2));
    assert!(create.await.unwrap().is_err());
}

#[tokio::test]
async fn a_signal_ends_a_wait() {
    let world = World::with(Options::default(), json!({})).await;
    world.ecr.push_fault(Fault::on(Create).answer(400, "ThrottlingException", "Rate exceeded").always());
    let create = creating(&world, quay());
    on_wire(&world.ecr, Create, 1).await;
    let begin = Instant::now();
    world.plugin.signal("INT");
    assert!(world.plugin.ended().await.status.success());
    assert!(begin.elapsed() < Duration::from_secs(2));
    assert!(create.await.unwrap().is_err());
}

#[tokio::test]
async fn the_death_of_the_engine_lets_a_call_on_the_wire_finish() {
    let ecr = local_ecr(Options::default());
    let mut plugin = Launch::new().start().await;
    let rule = Provider::new(plugin.connect().await);
    configure(rule.client(), configuration(&ecr)).await.unwrap();
    ecr.push_fault(Fault::on(Create).delay(Duration::from_millis(900)));
    let create = tokio::spawn(async move { rule.create(quay()).await });
    on_wire(&ecr, Create, 1).await;
    // The connection breaks and stdin ends, as when the engine is killed.
    create.abort();
    assert!(create.await.unwrap_err().is_cancelled());
    plugin.close_stdin();
    assert!(plugin.ended().await.status.success());
    let call = ecr.calls(Create).remove(0);
    assert_eq!(call.status, Some(200), "the plugin ended before its call: {call:?}");
    assert_eq!(prefixes(&ecr), ["quay"]);
}

#[tokio::test]
async fn a_lost_connection_does_not_stop_an_operation() {
    let world = World::start().await;
    // Whoever dropped the operation with its connection would not try again.
    world.ecr.push_fault(Fault::on(Create).delay(Duration::from_millis(300)).drop_before());
    let other = Provider::new(world.plugin.connect().await);
    let create = tokio::spawn(async move { other.create(quay()).await });
    on_wire(&world.ecr, Create, 1).await;
    create.abort();
    assert!(create.await.unwrap_err().is_cancelled());
    on_wire(&world.ecr, Create, 2).await;
    world.plugin.stop().await;
    assert_eq!(prefixes(&world.ecr), ["quay"]);
}

/// The call that proves the credentials only reads: nobody has to wait for it.
#[tokio::test]
async fn a_signal_does_not_wait_for_the_proof_of_the_credentials() {
    let ecr = local_ecr(Options::default());
    ecr.push_fault(Fault::on(GetCallerIdentity).delay(Duration::from_mins(1)).always());
    let plugin = Launch::new().start().await;
    let client = plugin.connect().await;
    let given = with(configuration(&ecr), json!({ "skipCredentialsValidation": "false" }));
    let configured = tokio::spawn(configure(client, given));
    on_wire(&ecr, GetCallerIdentity, 1).await;
    let begin = Instant::now();
    plugin.signal("INT");
    assert!(plugin.ended().await.status.success());
    assert!(begin.elapsed() < Duration::from_secs(2), "{:?}", begin.elapsed());
    assert!(configured.await.unwrap().is_err());
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_programs_that_it_runs_leave_nothing_behind() {
    const CONFIG: &str = "[default]\ncredential_process = /bin/echo \
        {\"Version\":1,\"AccessKeyId\":\"AKIDPROCESS\",\"SecretAccessKey\":\"s\"}\n";
    let ecr = local_ecr(Options::default());
    let plugin = Launch::new().env("PATH", "/usr/bin:/bin").aws_config(&CONFIG.replace('"', "\\\"")).start().await;
    let rule = Provider::new(plugin.connect().await);
    configure(rule.client(), with(configuration(&ecr), json!({ "accessKey": null, "secretKey": null }))).await.unwrap();
    rule.create(quay()).await.unwrap();
    assert_eq!(ecr.calls(Create)[0].access_key, "AKIDPROCESS");
    let children = format!("/proc/{0}/task/{0}/children", plugin.pid());
    assert_eq!(std::fs::read_to_string(children).unwrap(), "");
}

#[tokio::test]
async fn nothing_of_it_is_left() {
    let plugin = Launch::new().start().await;
    let pid = plugin.pid();
    plugin.stop().await;
    let gone = std::process::Command::new("kill").args(["-s", "0", &pid.to_string()]).output().unwrap();
    assert!(!gone.status.success(), "the process is still there");
}
