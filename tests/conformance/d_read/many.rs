//! Many rules at once.

use local_ecr::Rule;
use serde_json::json;

use crate::{
    settings::under_each,
    support::{Describe, Journal as _, REGION, State, quay, with},
};

#[tokio::test]
async fn d29_many_rules_are_refreshed_side_by_side() {
    under_each(|world| async move {
        let olds = (0..20).map(|number| {
            let prefix = format!("quay-{number}");
            world.ecr.put_rule(REGION, Rule::new(&prefix, "quay.io"));
            State::of(with(quay(), json!({ "ecrRepositoryPrefix": prefix })))
        });
        let reads = olds.collect::<Vec<_>>().into_iter().map(|old| {
            let rule = world.named(&old.id);
            tokio::spawn(async move { (rule.refresh(&old).await.unwrap().unwrap(), old) })
        });
        for read in reads.collect::<Vec<_>>() {
            let (found, old) = read.await.unwrap();
            assert_eq!((found.id, found.inputs), (old.id, old.inputs));
        }
        assert!(world.ecr.count(Describe) <= 20);
    })
    .await;
}
