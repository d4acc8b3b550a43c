//! Check.

use proptest::prelude::*;
use prost::Message as _;
use prost_types::{Struct, Value, value::Kind};
use pulumi_aws::pulumi::rpc::CheckRequest;
use serde_json::json;
use tonic::Code;

use crate::{inputs::any_inputs, runner::hold, wire::any_struct};

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

/// Also bytes, files, references, and special objects that are none: what an engine sends is not always what it says it is.
#[test]
fn every_kind_of_value_comes_back_as_it_came() {
    hold(150, any_struct(), &async |world, news| {
        let urn = world.urn.clone();
        let request = CheckRequest { urn, news: Some(news.clone()), ..CheckRequest::default() };
        match world.client().check(request).await {
            Ok(response) => {
                // As bytes: not every number equals itself.
                let inputs = response.into_inner().inputs.expect("inputs");
                assert_eq!(inputs.encode_to_vec(), with_one_null(news).encode_to_vec());
            }
            // Deeper than the protocol's library follows.
            Err(status) => assert_eq!(status.code(), Code::InvalidArgument, "{status}"),
        }
    });
}

/// Every null there is on the wire, written in the one way.
fn with_one_null(mut fields: Struct) -> Struct {
    fn write(value: &mut Value) {
        match &mut value.kind {
            Some(Kind::ListValue(list)) => list.values.iter_mut().for_each(write),
            Some(Kind::StructValue(fields)) => fields.fields.values_mut().for_each(write),
            kind @ (None | Some(Kind::NullValue(_))) => *kind = Some(Kind::NullValue(0)),
            Some(_) => {}
        }
    }
    fields.fields.values_mut().for_each(write);
    fields
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
