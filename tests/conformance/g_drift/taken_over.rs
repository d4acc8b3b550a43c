//! States that pulumi-aws wrote: with the same program there is nothing to do, refreshed or not. The checkpoints tell what each rule is for.

use serde_json::{Value, json};

use crate::{
    engine::{Done, refresh, up},
    settings::under_each,
    support::{Journal as _, REGION, State, configuration, configure, rule, secret, with},
};

const V6: &str = include_str!("../../checkpoints/pulumi-aws-6.77.0.json");
const V7: &str = include_str!("../../checkpoints/pulumi-aws-7.48.0.json");

async fn is_taken_over(checkpoint: &'static str, name: &'static str, region: &'static str) {
    under_each(|world| async move {
        let old = state(checkpoint, name);
        world.ecr.put_rule(region, rule(&old.outputs));
        // Where the state does not say it, the rule's own provider did.
        let home = if old.outputs.get("region").is_some() { REGION } else { region };
        configure(world.client(), with(configuration(&world.ecr), json!({ "region": home }))).await.unwrap();
        let said = with(old.inputs.clone(), json!({ "__defaults": null }));
        let program = if region == home { with(said, json!({ "region": null })) } else { said };

        let (unrefreshed, done) = up(&world, Some(&old), &program).await;
        assert_eq!(done, Done::Nothing);
        for state in [&old, &unrefreshed] {
            let (refreshed, shown) = refresh(&world, state).await.expect("it is there");
            assert_eq!((shown, &refreshed.inputs), (vec![], &state.inputs));
            assert_eq!(refreshed.outputs["region"], region);
            assert_eq!(up(&world, Some(&refreshed), &program).await.1, Done::Nothing);
        }
        assert_eq!(world.ecr.writes(), 0);
    })
    .await;
}

cases! { is_taken_over;
    g07_minimal(V6, "minimal", REGION);
    g07_nulls(V6, "nulls", REGION);
    g07_bare(V6, "bare", REGION);
    g07_slash(V6, "slash", REGION);
    g07_root(V6, "root", REGION);
    g07_hub(V6, "hub", REGION);
    g07_secret(V6, "secret", REGION);
    g07_team(V6, "team", REGION);
    g07_imported(V6, "kept", REGION);
    g07_elsewhere(V6, "elsewhere", "eu-west-1");
    g08_minimal(V7, "minimal", REGION);
    g08_nulls(V7, "nulls", REGION);
    g08_slash(V7, "slash", REGION);
    g08_root(V7, "root", REGION);
    g08_hub(V7, "hub", REGION);
    g08_secret(V7, "secret", REGION);
    g08_team(V7, "team", REGION);
    g08_imported(V7, "kept", REGION);
    g08_elsewhere(V7, "elsewhere", "eu-west-1");
}

/// A resource of a checkpoint, as the engine sends it.
fn state(checkpoint: &str, name: &str) -> State {
    let checkpoint: Value = serde_json::from_str(checkpoint).expect("JSON");
    let resources = checkpoint["deployment"]["resources"].as_array().expect("resources");
    let is_it = |resource: &&Value| resource["urn"].as_str().is_some_and(|urn| urn.ends_with(&format!("Rule::{name}")));
    let found = resources.iter().find(is_it).unwrap_or_else(|| panic!("no {name}"));
    let id = found["id"].as_str().expect("an id").to_owned();
    State { id, inputs: sent(&found["inputs"]), outputs: sent(&found["outputs"]) }
}

/// The properties with their secrets as they go over the wire.
fn sent(properties: &Value) -> Value {
    let fields = properties.as_object().expect("an object").iter();
    let value = |value: &Value| match value["plaintext"].as_str() {
        Some(text) => secret(serde_json::from_str::<Value>(text).expect("JSON in the secret")),
        None => value.clone(),
    };
    fields.map(|(name, given)| (name.clone(), value(given))).collect()
}
