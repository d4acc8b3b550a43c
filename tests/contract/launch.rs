//! How the plugin starts, and what a person sees who starts it by hand.

use std::{
    net::{Ipv6Addr, SocketAddr, TcpStream},
    time::Duration,
};

use crate::support::{Engine, Launch, Provider, SECRET_KEY, World, assert_says, configuration, configure, hub, quay};

/// Calls the plugin, so that it has something to log about.
async fn use_it(plugin: &crate::support::Plugin) {
    let provider = Provider::new(plugin.connect().await);
    assert_eq!(provider.client().get_plugin_info(()).await.unwrap().into_inner().version, env!("CARGO_PKG_VERSION"));
}

#[tokio::test]
async fn the_first_line_is_the_port_and_stdout_has_nothing_else() {
    let plugin = Launch::new().start().await;
    assert_eq!(plugin.first_line, format!("{}\n", plugin.port()));
    assert_ne!(plugin.port(), 0);
    use_it(&plugin).await;
    assert_eq!(plugin.stop().await.stdout, "");
}

#[tokio::test]
async fn any_arguments_of_an_engine_are_taken() {
    let engine = Engine::start().await;
    let address = engine.address();
    let cases: &[&[&str]] = &[
        &[],
        &[&address],
        &["--logtostderr", "-v=9", "--tracing", "http://127.0.0.1:4317", &address],
        &["--tracing", "file:./trace", &address],
        &["-logtostderr", "-v=3", &address],
        &["--flag-of-the-future", "--another=value", "-x", &address],
        &["--flag-of-the-future"],
    ];
    for arguments in cases {
        let plugin = Launch::new().args(*arguments).start().await;
        use_it(&plugin).await;
        assert_eq!(plugin.stop().await.stdout, "", "{arguments:?}");
    }
}

#[tokio::test]
async fn stderr_is_silent_unless_asked() {
    let world = World::start().await;
    world.create(quay()).await.unwrap();
    world.create(quay()).await.unwrap_err();
    assert_eq!(world.plugin.stop().await.stderr, "");
}

#[tokio::test]
async fn a_log_for_developers_goes_to_stderr() {
    for launch in [
        Launch::new().args(["-v=9"]),
        Launch::new().env("PULUMI_RESOURCE_AWS_LOG", "debug"),
        Launch::new().env("PULUMI_RESOURCE_AWS_LOG", "pulumi_aws=debug"),
    ] {
        let plugin = launch.start().await;
        use_it(&plugin).await;
        let ended = plugin.stop().await;
        assert_says(&ended.stderr, &["GetPluginInfo"]);
        assert_eq!(ended.stdout, "");
    }
}

#[tokio::test]
async fn the_log_holds_no_keys_and_no_secret_values() {
    const TOKEN: &str = "IQoJb3JpZ2luX2VjEXAMPLETOKEN";
    let ecr = crate::support::local_ecr(local_ecr::Options::default());
    let plugin = Launch::new().args(["-v=9"]).start().await;
    let provider = Provider::new(plugin.connect().await);
    let changes = serde_json::json!({ "token": TOKEN, "skipCredentialsValidation": "false" });
    configure(provider.client(), crate::support::with(configuration(&ecr), changes)).await.unwrap();
    let secret_name = "ecr-pullthroughcache/hub-AbCdEf";
    let inputs = crate::support::with(
        hub(),
        serde_json::json!({ "credentialArn": crate::support::secret(crate::support::CREDENTIAL) }),
    );
    provider.create(inputs.clone()).await.unwrap();
    provider.create(inputs).await.unwrap_err();
    let log = plugin.stop().await.stderr;
    assert_says(&log, &["Configure"]);
    for hidden in [SECRET_KEY, TOKEN, secret_name] {
        assert!(!log.contains(hidden), "{hidden} is in the log");
    }
}

#[tokio::test]
async fn help_and_version_are_for_people() {
    for (argument, expected) in [
        ("--version", concat!(env!("CARGO_PKG_VERSION"), "\n")),
        ("-V", env!("CARGO_PKG_VERSION")),
        ("--help", "Usage: pulumi-resource-aws"),
        ("-h", "PULUMI_DEBUG_PROVIDERS"),
    ] {
        let output = Launch::new().args([argument]).run().await;
        assert!(output.status.success(), "{argument}");
        assert_says(&String::from_utf8(output.stdout).unwrap(), &[expected]);
        assert!(output.stderr.is_empty(), "{argument}");
    }
}

#[tokio::test]
async fn nonsense_is_refused_with_a_hint() {
    for argument in ["nonsense", "up", "127.0.0.1:", "127.0.0.1:port", "127.0.0.1:99999"] {
        let output = Launch::new().args([argument]).run().await;
        assert_eq!(output.status.code(), Some(2), "{argument}");
        assert!(output.stdout.is_empty(), "no port where nothing is served");
        assert_says(&String::from_utf8(output.stderr).unwrap(), &[argument, "Pulumi", "--help"]);
    }
}

#[tokio::test]
async fn only_this_machine_can_connect() {
    let plugin = Launch::new().start().await;
    let port = plugin.port();
    let reached = |address: SocketAddr| TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok();
    assert!(reached(SocketAddr::from(([127, 0, 0, 1], port))));
    assert!(!reached(SocketAddr::from(([127, 0, 0, 2], port))), "it listens on more than one address");
    assert!(!reached(SocketAddr::from((Ipv6Addr::LOCALHOST, port))), "it listens on IPv6");
}

#[tokio::test]
async fn two_plugins_run_side_by_side() {
    let (one, other) = (Launch::new().start().await, Launch::new().start().await);
    assert_ne!(one.port(), other.port());
    one.stop().await;
    use_it(&other).await;
}
