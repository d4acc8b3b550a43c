//! Whatever ECR answers, the user reads what it was about and what can be done, in a text of bounded length and without a secret.

use local_ecr::{Behaviour, Fault};
use proptest::{prelude::*, sample::select};
use serde_json::json;
use tonic::{Code, Status};

use crate::{
    runner::hold,
    support::{State, World, assert_says, configuration, configure, hub, secret, with},
};

/// An error that ECR answers with.
#[derive(Clone, Debug)]
struct Refusal {
    code: String,
    text: String,
}

/// Errors that are in the model, that any service of AWS has, and that there are not; of any length.
fn refusal() -> impl Strategy<Value = Refusal> {
    let known = select(
        &[
            "AccessDeniedException",
            "ExpiredTokenException",
            "InvalidParameterException",
            "LimitExceededException",
            "PullThroughCacheRuleAlreadyExistsException",
            "PullThroughCacheRuleNotFoundException",
            "UnableToDecryptSecretValueException",
            "UnsupportedUpstreamRegistryException",
            "ValidationException",
        ][..],
    );
    let code = prop_oneof![4 => known.prop_map(str::to_owned), 1 => "[A-Z][a-z]{3,30}Exception"];
    let text = prop_oneof![".{0,40}", (".{1,4}", 1..5_000_usize).prop_map(|(part, times)| part.repeat(times))];
    (code, text).prop_map(|(code, text)| Refusal { code, text })
}

/// What each call comes to while ECR refuses everything.
async fn refused(world: &World, call: &str, state: &State) -> Result<(), Status> {
    let news = with(state.inputs.clone(), json!({ "customRoleArn": "arn:aws:iam::123456789012:role/new" }));
    match call {
        "Create" => world.create(state.inputs.clone()).await.map(drop),
        "Read" => world.refresh(state).await.map(drop),
        "Update" => world.update(state, news).await.map(drop),
        "Delete" => world.delete(state).await,
        _ => world.invoke(json!({ "ecrRepositoryPrefix": state.inputs["ecrRepositoryPrefix"] })).await.map(drop),
    }
}

#[test]
fn any_error_of_ecr_is_told_in_full_and_in_bounds() {
    let call = select(&["Create", "Read", "Update", "Delete", "Invoke"][..]);
    let hidden = select(&["upstreamRegistryUrl", "credentialArn"][..]);
    hold(250, (call, hidden, refusal()), &async |world, (call, hidden, Refusal { code, text })| {
        let once = with(configuration(&world.ecr), json!({ "maxRetries": "1" }));
        configure(world.client(), once).await.expect("the configuration is good");
        let inputs = with(hub(), json!({ "ecrRepositoryPrefix": "some-team" }));
        let value = inputs[hidden].as_str().expect("a text").to_owned();
        let state = State::of(with(inputs, json!({ hidden: secret(value.as_str()) })));

        let text = format!("about {value} {text} about {value}");
        world.ecr.set_behaviour(Behaviour {
            faults: [Fault::on_any().answer(400, &code, &text)].into(),
            ..Behaviour::default()
        });
        let result = refused(world, call, &state).await;
        // That there is no such rule is an answer, and for some calls all is well with it.
        if code == "PullThroughCacheRuleNotFoundException" && matches!(call, "Read" | "Delete" | "Invoke") {
            assert_eq!(result.err().map(|status| status.code()), (call == "Invoke").then_some(Code::NotFound));
            return;
        }
        let status = result.expect_err("ECR has refused");
        assert!(!matches!(status.code(), Code::Unknown | Code::Internal | Code::DataLoss), "what happened is known");
        let message = status.message();
        assert!(message.len() < 4096, "{} bytes", message.len());
        assert_says(message, &[&code, "some-team", "PullThroughCacheRule"]);
        // The function was told no secret, so it can keep none.
        assert!(call == "Invoke" || !message.contains(&value), "{message}");
        if code == "AccessDeniedException" {
            assert_says(message, &["The caller needs ecr:"]);
        }
    });
}
