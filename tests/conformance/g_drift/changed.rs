//! An ARN that somebody has changed, or taken away.

use local_ecr::Rule;
use serde_json::{Value, json};

use super::drifts;
use crate::{
    engine::{Done, assert_converged, refresh, up},
    settings::under_each,
    support::{CREDENTIAL, Journal as _, OTHER_CREDENTIAL, OTHER_ROLE, REGION, ROLE, Update, hub, with},
};

/// The rule that the program wants, with other ARNs, which an Update sets right.
async fn is_updated_back(credential: Option<&'static str>, role: Option<&'static str>, names: &'static [&'static str]) {
    under_each(|world| async move {
        let program = with(hub(), json!({ "customRoleArn": ROLE }));
        let drifted = Rule {
            credential_arn: credential.map(str::to_owned),
            custom_role_arn: role.map(str::to_owned),
            ..Rule::new("hub", "registry-1.docker.io")
        };
        drifts(&world, &program, drifted, names, Done::Updated).await;
        let sent = world.ecr.bodies(Update);
        assert_eq!(sent.len(), 1);
        for name in names {
            assert_eq!(sent[0][name], program[name], "{name}");
        }
        let wrong = |value: &Value| value == OTHER_CREDENTIAL || value == OTHER_ROLE;
        assert!(!sent[0].as_object().unwrap().values().any(wrong), "{sent:?}");
    })
    .await;
}

cases! { is_updated_back;
    g02_another_credential(Some(OTHER_CREDENTIAL), Some(ROLE), &["credentialArn"]);
    g02_another_role(Some(CREDENTIAL), Some(OTHER_ROLE), &["customRoleArn"]);
    g02_another_of_both(Some(OTHER_CREDENTIAL), Some(OTHER_ROLE), &["credentialArn", "customRoleArn"]);
}

/// What a rule has no more is in neither inputs nor outputs, and an Update gives it back.
async fn is_given_back(drifted: Rule, name: &'static str) {
    under_each(|world| {
        let rule = drifted.clone();
        async move {
            let program = with(hub(), json!({ "upstreamRegistryUrl": "quay.io", "customRoleArn": ROLE }));
            let (made, _) = up(&world, None, &program).await;
            world.ecr.put_rule(REGION, rule);
            let (refreshed, shown) = refresh(&world, &made).await.unwrap();
            assert_eq!(shown, [name]);
            assert_eq!((refreshed.inputs.get(name), &refreshed.outputs[name]), (None, &Value::Null));
            let (mended, done) = up(&world, Some(&refreshed), &program).await;
            assert_eq!(done, Done::Updated);
            assert_converged(&world, &mended, &program).await;
        }
    })
    .await;
}

cases! { is_given_back;
    g10_a_credential_that_was_taken_away(
        Rule { custom_role_arn: Some(ROLE.to_owned()), ..Rule::new("hub", "quay.io") }, "credentialArn"
    );
    g10_a_role_that_was_taken_away(
        Rule { credential_arn: Some(CREDENTIAL.to_owned()), ..Rule::new("hub", "quay.io") }, "customRoleArn"
    );
}
