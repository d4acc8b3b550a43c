//! Check.

use proptest::prelude::*;
use serde_json::json;

use crate::{inputs::any_inputs, runner::hold};

#[test]
fn checking_what_check_gave_changes_nothing() {
    hold(250, (any_inputs(), any_inputs()), &async |world, (olds, news)| {
        let once = world.check_against(olds, news.clone()).await;
        assert_eq!(once.inputs, news, "Check passes on what the program gave, wrappers and all");
        for olds in [json!({}), once.inputs.clone()] {
            assert_eq!(world.check_against(olds, once.inputs.clone()).await, once);
        }
    });
}

#[test]
fn what_a_secret_holds_is_in_no_reason() {
    let given = (any_inputs(), "[A-Z]{12}", any::<bool>());
    hold(100, given, &async |world, (mut inputs, hidden, bad_arn)| {
        let hidden = if bad_arn { format!("arn:aws:{hidden}") } else { hidden };
        for name in ["ecrRepositoryPrefix", "upstreamRegistryUrl", "credentialArn", "customRoleArn", "region"] {
            inputs[name] = crate::support::secret(hidden.as_str());
        }
        let checked = world.check(inputs).await;
        let said = checked.failures.values().cloned().chain(world.warnings()).collect::<Vec<_>>();
        assert!(said.len() >= 3, "{said:?}");
        assert!(said.iter().all(|text| !text.contains(&hidden)), "{said:?}");
    });
}
