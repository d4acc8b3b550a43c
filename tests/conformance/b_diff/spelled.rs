//! What a program says and ECR spells in another way.

use serde_json::{Value, json};

use super::{diff, kinds};
use crate::{
    settings::under_each,
    support::{quay, with},
};

/// However ECR spells the rule, as created, as refreshed and as imported it is the program's.
async fn is_the_same(program: Value) {
    let program = &with(quay(), program);
    under_each(|world| async move {
        let created = world.create(program.clone()).await.unwrap();
        let refreshed = world.refresh(&created).await.unwrap().unwrap();
        let imported = world.import(&created.id).await.unwrap().unwrap();
        for (how, old) in [("created", created), ("refreshed", refreshed), ("imported", imported)] {
            assert_eq!(kinds(&diff(&world, &old, program.clone()).await), [].into(), "{how}: {old:?}");
        }
    })
    .await;
}

cases! { is_the_same;
    b24_no_upstream_prefix(json!({}));
    b24_an_empty_upstream_prefix(json!({ "upstreamRepositoryPrefix": "" }));
    b24_root(json!({ "upstreamRepositoryPrefix": "ROOT" }));
    b24_a_prefix_with_a_slash(json!({ "ecrRepositoryPrefix": "quay/" }));
    b24_an_upstream_prefix_with_a_slash(json!({ "upstreamRepositoryPrefix": "team/" }));
    b24_root_for_root(json!({ "ecrRepositoryPrefix": "ROOT", "upstreamRepositoryPrefix": "ROOT" }));
}
