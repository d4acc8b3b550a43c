use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn a_message_is_kept_whole_or_cut_with_a_note(part in ".{0,8}é", times in 0..600_usize) {
        let message = part.repeat(times);
        let status = Status::from(Error::new(Code::NotFound, message.clone()));
        let message = printable(&message);
        prop_assert_eq!(status.code(), Code::NotFound);
        prop_assert!(status.message().len() < 4096);
        match status.message().split_once(" … (shortened) … ") {
            Some((beginning, end)) if message.len() > MAX_MESSAGE => {
                prop_assert!(message.starts_with(beginning) && message.ends_with(end));
                prop_assert!(beginning.len() > 2400 && end.len() > 1400);
            }
            _ => prop_assert_eq!(status.message(), message),
        }
    }
}

#[test]
fn a_long_message_is_cut_between_characters() {
    for message in ["é".repeat(MAX_MESSAGE), format!("x{}", "é".repeat(MAX_MESSAGE))] {
        let status = Status::from(Error::invalid(message));
        assert!(status.message().len() < 4096 && status.message().contains("é … (shortened) … é"));
    }
}

#[test]
fn what_failed_and_what_to_do_is_left_of_a_long_message() {
    let message = format!("creating x: {}\ndo this", "y".repeat(10_000));
    let status = Status::from(Error::invalid(message));
    assert!(status.message().starts_with("creating x: yyy") && status.message().ends_with("yyy\ndo this"));
}

#[test]
fn each_kind_of_failure_has_its_code() {
    for (error, code, message) in [
        (Error::invalid("no"), Code::InvalidArgument, "no"),
        (Error::cancelled("creating x"), Code::Aborted, "creating x: cancelled"),
        (
            Error::timed_out("creating x", Duration::from_millis(1500)),
            Code::DeadlineExceeded,
            "creating x: not done within 1.5 s; the resource option `customTimeouts` gives an operation more time",
        ),
        (
            Error::missing_key("region", "where the rules live"),
            Code::InvalidArgument,
            "missing configuration key `region`: where the rules live",
        ),
    ] {
        assert_eq!((error.code, error.to_string().as_str()), (code, message));
        let status = Status::from(error);
        assert_eq!((status.code(), status.message()), (code, message));
        // The engine would take the state of the resource for uncertain.
        assert!(!matches!(status.code(), Code::Unknown | Code::Internal | Code::DataLoss));
    }
}

#[test]
fn only_missing_keys_have_a_detail() {
    assert!(Status::from(Error::invalid("no")).details().is_empty());
}

#[test]
fn missing_keys_travel_as_a_typed_detail() {
    let status = Status::from(Error::missing_key("region", "where the rules live"));
    let details = google_rpc::Status::decode(status.details()).unwrap();
    assert_eq!(details.code, Code::InvalidArgument as i32);
    assert_eq!(details.message, status.message());
    assert_eq!(details.details[0].type_url, "type.googleapis.com/pulumirpc.ConfigureErrorMissingKeys");
    let keys = ConfigureErrorMissingKeys::decode(details.details[0].value.as_slice()).unwrap();
    assert_eq!((keys.missing_keys[0].name.as_str(), keys.missing_keys.len()), ("region", 1));
    assert_eq!(keys.missing_keys[0].description, "where the rules live");
}
