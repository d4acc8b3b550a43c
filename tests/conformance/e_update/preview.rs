//! Previews of an update.

use serde_json::{Value, json};

use crate::{
    settings::under_each,
    support::{OTHER_CREDENTIAL, State, UNKNOWN, hub, secret, with},
};

/// The old outputs are shown with the new input, and nothing is asked for.
async fn shows_the_new_input(credential: Value) {
    under_each(|world| {
        let changes = json!({ "credentialArn": credential.clone() });
        async move {
            let old = State::of(hub());
            let shown = world.preview_update(&old, with(hub(), changes.clone())).await.unwrap();
            assert_eq!(shown, with(old.outputs, changes));
            assert_eq!(world.ecr.journal().len(), 0);
        }
    })
    .await;
}

cases! { shows_the_new_input;
    e06_another_secret(json!(OTHER_CREDENTIAL));
    e06_an_unknown_secret(json!(UNKNOWN));
    e06_a_secret_that_is_kept_back(secret(OTHER_CREDENTIAL));
    e06_an_unknown_secret_that_is_kept_back(secret(UNKNOWN));
}
