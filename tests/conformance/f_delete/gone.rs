//! A rule that there is no more.

use crate::{
    settings::under_each,
    support::{Delete, Journal as _, REGION, quay},
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
