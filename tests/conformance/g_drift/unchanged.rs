//! A refresh of what nobody has touched leaves the state as it is, to the letter.

use serde_json::{Value, json};

use crate::{
    engine::{refresh, up},
    settings::{slashes, under, under_each},
    support::{CREDENTIAL, REGION, ROLE, hub, quay, secret, with},
};

async fn leaves_the_state(program: Value) {
    under_each(|world| {
        let program = program.clone();
        async move {
            let (made, _) = up(&world, None, &program).await;
            assert_eq!(refresh(&world, &made).await, Some((made, vec![])));
        }
    })
    .await;
}

cases! { leaves_the_state;
    g12_the_least(quay());
    g12_all_there_is(with(hub(), json!({ "customRoleArn": ROLE, "upstreamRepositoryPrefix": "library", "region": REGION })));
    g12_a_secret(with(hub(), json!({ "credentialArn": secret(CREDENTIAL) })));
    g12_empty_texts(with(quay(), json!({ "credentialArn": "", "customRoleArn": "", "upstreamRepositoryPrefix": "" })));
    g12_keys_of_the_engine(with(quay(), json!({ "__defaults": [] })));
    g12_root_for_both(with(quay(), json!({ "ecrRepositoryPrefix": "ROOT", "upstreamRepositoryPrefix": "ROOT" })));
}

#[tokio::test]
async fn g12_slashes_at_the_end() {
    under(slashes(), |world| async move {
        let program = with(quay(), json!({ "ecrRepositoryPrefix": "quay/", "upstreamRepositoryPrefix": "team/" }));
        let (made, _) = up(&world, None, &program).await;
        assert_eq!(refresh(&world, &made).await, Some((made, vec![])));
    })
    .await;
}
