//! Many rules at once.

use std::time::Duration;

use local_ecr::{Fault, Rule};
use serde_json::json;
use tonic::Code;

use crate::{
    settings::under_each,
    support::{Describe, Journal as _, REGION, State, World, quay, until, with},
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

/// No answer comes before all have been asked for.
#[tokio::test]
async fn d29_no_read_waits_for_another() {
    let world = World::start().await;
    world.ecr.push_fault(Fault::on(Describe).delay(Duration::from_mins(1)).always());
    let reads = (0..20).map(|number| {
        let old = State::of(with(quay(), json!({ "ecrRepositoryPrefix": format!("quay-{number}") })));
        let rule = world.named(&old.id);
        tokio::spawn(async move { rule.refresh(&old).await })
    });
    let reads = reads.collect::<Vec<_>>();
    until("the last call", || world.ecr.count(Describe) == 20).await;
    world.cancel().await;
    for read in reads {
        assert_eq!(read.await.unwrap().unwrap_err().code(), Code::Aborted);
    }
}
