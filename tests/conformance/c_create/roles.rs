//! A role that ECR does not see yet.

use local_ecr::Fault;
use serde_json::json;
use tonic::Code;

use crate::{
    settings::under_each,
    support::{Create, Journal as _, ROLE, assert_says, quay, with},
};

/// Which error it gives is not known, so that none is waited for; the next `pulumi up` makes the rule.
#[tokio::test]
async fn c27_a_new_role_that_is_refused_is_an_error() {
    under_each(|world| async move {
        world.ecr.push_fault(Fault::on(Create).answer(400, "InvalidParameterException", "Cannot assume the role."));
        let inputs = with(quay(), json!({ "customRoleArn": ROLE }));
        let status = world.create(inputs.clone()).await.unwrap_err();
        assert_eq!(status.code(), Code::InvalidArgument);
        assert_says(status.message(), &["Cannot assume the role.", "customRoleArn", "pulumi up"]);
        assert_eq!(world.ecr.count(Create), 1);
        world.create(inputs).await.unwrap();
    })
    .await;
}
