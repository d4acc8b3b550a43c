use proptest::prelude::*;

use super::*;

fn parsed(arguments: &[&str]) -> Result<Command, UsageError> {
    parse(arguments.iter().map(OsString::from))
}

fn serve(engine: Option<&str>, verbosity: u8) -> Command {
    Command::Serve { engine: engine.map(str::to_owned), verbosity }
}

proptest! {
    #[test]
    fn no_command_line_makes_it_panic(arguments in prop::collection::vec("-{0,2}[a-z=:0-9é ]{0,6}", 0..5)) {
        drop(parse(arguments.into_iter().map(OsString::from)));
    }

    #[test]
    fn the_address_is_taken_as_it_is(host in "[a-z0-9.]{1,12}", port in any::<u16>()) {
        let address = format!("{host}:{port}");
        prop_assert_eq!(parsed(&[&address]), Ok(serve(Some(&address), 0)));
    }
}

#[test]
fn the_engine_gives_flags_and_its_address() {
    let engine = Some("127.0.0.1:4321");
    for (arguments, verbosity) in [
        (vec!["127.0.0.1:4321"], 0),
        (vec!["--logtostderr", "127.0.0.1:4321"], 0),
        (vec!["-logtostderr", "-v=9", "127.0.0.1:4321"], 9),
        (vec!["--logtostderr", "-v=9", "127.0.0.1:4321"], 9),
        (vec!["--tracing", "http://127.0.0.1:9411/api/v1/spans", "127.0.0.1:4321"], 0),
        (vec!["--tracing=file:./up.trace", "127.0.0.1:4321"], 0),
        (vec!["--logtostderr", "-v=3", "--tracing", "file:./up.trace", "127.0.0.1:4321"], 3),
        // What an engine of the future may give.
        (vec!["--quiet", "--color=never", "-q", "127.0.0.1:4321"], 0),
    ] {
        assert_eq!(parsed(&arguments), Ok(serve(engine, verbosity)), "{arguments:?}");
    }
    assert_eq!(parsed(&["[::1]:4321"]), Ok(serve(Some("[::1]:4321"), 0)));
}

#[test]
fn started_by_hand_it_serves_without_an_engine() {
    assert_eq!(parsed(&[]), Ok(serve(None, 0)));
    for (arguments, verbosity) in [(["-v"], 1), (["-v=5"], 5), (["-v5"], 5), (["-v=x"], 1), (["-v=999"], 1)] {
        assert_eq!(parsed(&arguments), Ok(serve(None, verbosity)), "{arguments:?}");
    }
}

#[test]
fn a_person_may_ask_for_help_or_the_version() {
    for arguments in [["-h"], ["--help"]] {
        assert_eq!(parsed(&arguments), Ok(Command::Help));
    }
    for arguments in [["-V"], ["--version"]] {
        assert_eq!(parsed(&arguments), Ok(Command::Version));
    }
    assert!(HELP.lines().all(|line| line.chars().count() <= 120));
}

#[test]
fn what_is_no_address_is_refused_with_an_explanation() {
    for argument in ["serve", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "http://x/y"] {
        let error = parsed(&[argument]).unwrap_err().to_string();
        assert!(error.contains(&format!("`{argument}`")) && error.contains("--help"), "{error}");
    }
}
