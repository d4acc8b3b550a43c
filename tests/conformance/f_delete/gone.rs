//! A rule that there is no more.

use local_ecr::Fault;

use crate::{
    settings::under_each,
    support::{Delete, Journal as _, REGION, State, prefixes, quay},
};

#[tokio::test]
async fn f02_what_is_gone_is_deleted() {
    under_each(|world| async move {
        let made = world.create(quay()).await.unwrap();
        world.ecr.remove_rule(REGION, "quay");
        world.delete(&made).await.unwrap();
        assert_eq!(world.ecr.count(Delete), 1);
    })
    .await;
}

#[tokio::test]
async fn f02_what_never_was_is_deleted() {
    under_each(|world| async move { world.delete(&State::of(quay())).await.unwrap() }).await;
}

#[tokio::test]
async fn f04_a_delete_whose_answer_was_lost_has_deleted() {
    under_each(|world| async move {
        let made = world.create(quay()).await.unwrap();
        world.ecr.push_fault(Fault::on(Delete).commit_then_drop());
        world.delete(&made).await.unwrap();
        assert_eq!((world.ecr.count(Delete), prefixes(&world.ecr).len()), (2, 0));
    })
    .await;
}
