//! Values that nobody expects, in requests that are well-formed otherwise: the plugin passes them on or refuses them, and lives on.

use pulumi_aws::pulumi::rpc::CheckRequest;
use serde_json::{Value, json};
use tonic::Code;

use crate::support::{State, World, quay, to_struct, with};

/// Kinds of errors that make the engine doubt the whole stack.
fn is_doubt(code: Code) -> bool {
    matches!(code, Code::Unknown | Code::Internal | Code::DataLoss)
}

#[tokio::test]
async fn old_states_with_anything_in_them_are_survived() {
    let world = World::start().await;
    for strange in [json!(7), Value::Null, json!(["a"]), json!({ "a": [{}] })] {
        let mut old = State::of(quay());
        for name in ["region", "registryId", "credentialArn", "id", "futureProperty"] {
            old.outputs[name] = strange.clone();
            old.inputs[name] = strange.clone();
        }
        world.diff(&old, quay()).await;
        for result in
            [world.refresh(&old).await.map(drop), world.update(&old, quay()).await.map(drop), world.delete(&old).await]
        {
            assert!(result.as_ref().err().is_none_or(|status| !is_doubt(status.code())), "{strange}: {result:?}");
        }
    }
}

#[tokio::test]
async fn special_values_without_their_parts_are_survived() {
    const SIGNATURE: &str = "4dabf18193072939515e22adb298388d";
    let world = World::start().await;
    for special in [
        json!({ SIGNATURE: "1b47061264138c4ac30d75fd1eb44270" }),
        json!({ SIGNATURE: "d0e6a833031e9bbcd3f4e8bde6ca49a4" }),
        json!({ SIGNATURE: "d0e6a833031e9bbcd3f4e8bde6ca49a4", "value": "x", "secret": "no boolean" }),
        json!({ SIGNATURE: "5cf8f73096256a8f31e491e813e4eb8e", "urn": "urn:x" }),
        json!({ SIGNATURE: "of the future" }),
        json!({ SIGNATURE: true }),
    ] {
        let inputs = with(quay(), json!({ "credentialArn": special }));
        assert_eq!(world.check(inputs.clone()).await.inputs, inputs, "what is not understood is not changed");
    }
}

#[tokio::test]
async fn deep_values_are_survived() {
    let world = World::start().await;
    for depth in [30, 200] {
        let deep = (0..depth).fold(json!("x"), |inner, _| json!([inner]));
        let news = Some(to_struct(with(quay(), json!({ "__deep": deep }))));
        let request = CheckRequest { urn: world.urn.clone(), news, ..CheckRequest::default() };
        // The protocol library refuses what is deeper than it likes; the process lives on.
        let refusal = world.client().check(request).await.err();
        assert!(refusal.is_none_or(|status| status.code() == Code::InvalidArgument), "{depth}");
    }
    world.create(quay()).await.unwrap();
}
