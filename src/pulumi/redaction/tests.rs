use proptest::{collection::vec, prelude::*};

use super::*;
use crate::pulumi::{generators::wrapped, value::Output};

fn secrets(secrets: &[&str]) -> Redaction {
    let named = secrets.iter().enumerate();
    Redaction::of(&named.map(|(index, text)| (index.to_string(), Value::from(*text).into_secret())).collect())
}

proptest! {
    #[test]
    fn no_secret_is_left_whole_or_in_part_by_another(hidden in vec("[A-C]{1,4}", 1..4), between in "[x-z ]{0,4}") {
        let text = hidden.join(&format!("-{between}-"));
        let hidden: Vec<_> = hidden.iter().map(String::as_str).collect();
        let shown = secrets(&hidden).apply(text);
        prop_assert!(!shown.contains(['A', 'B', 'C']), "{}", shown);
    }

    #[test]
    fn what_holds_no_secret_stays(text in "[a-z ]{0,12}") {
        prop_assert_eq!(secrets(&["HUNTER"]).apply(text.clone()), text);
    }

    #[test]
    fn a_value_is_kept_back_exactly_if_it_is_secret(
        value in Just(Value::from("HUNTER")).prop_flat_map(wrapped), nested in any::<bool>()
    ) {
        let value = if nested { Value::Array(vec![Value::Object([("a".to_owned(), value)].into())]) } else { value };
        let secret = value.contains_secret();
        let redaction = Redaction::of(&[("a".to_owned(), value)].into());
        let shown = redaction.apply("is HUNTER here".to_owned());
        prop_assert_eq!(shown, if secret { "is [secret] here" } else { "is HUNTER here" });
    }
}

#[test]
fn everything_inside_a_secret_is_one() {
    let inside = Value::Object([("a".to_owned(), Value::Array(vec![Value::from("HUNTER")]))].into());
    let output =
        Value::Output(Box::new(Output { value: Some(inside.clone()), secret: Some(true), dependencies: None }));
    for value in [inside.into_secret(), output] {
        let redaction = Redaction::default().and(&[("x".to_owned(), value)].into());
        assert_eq!(redaction.apply("HUNTER".to_owned()), "[secret]");
    }
}

#[test]
fn an_empty_secret_hides_nothing() {
    assert_eq!(secrets(&[""]).apply("text".to_owned()), "text");
}

#[test]
fn debug_output_counts_secrets_and_shows_none() {
    assert_eq!(format!("{:?}", secrets(&["HUNTER", "TWO"])), "Redaction(2)");
}
