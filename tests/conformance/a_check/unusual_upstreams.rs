//! Hosts that this version does not know: ECR has the last word, and a warning tells what may be wrong.

use serde_json::{Value, json};

use crate::support::{World, assert_says, quay, with};

/// The rule passes, with one warning that says something.
async fn is_warned_of(host: &str, says: &[&str]) {
    let world = World::start().await;
    let inputs = with(quay(), json!({ "upstreamRegistryUrl": host }));
    assert_eq!(world.check(inputs).await.failures, [].into());
    let [warning] = &world.warnings()[..] else { panic!("not one warning: {:?}", world.warnings()) };
    assert_says(warning, &[host, "ECR may refuse it", "public.ecr.aws, registry.k8s.io"]);
    assert_says(warning, says);
}

/// The rule passes, and the host that is meant is told.
async fn is_led_to(host: &str, meant: &str) {
    is_warned_of(host, &[&format!("; did you mean `{meant}`?")]).await;
}

/// The rule passes, and no host is known that could be meant.
async fn is_led_nowhere(host: &str) {
    let world = World::start().await;
    world.check(with(quay(), json!({ "upstreamRegistryUrl": host }))).await;
    assert!(!world.warnings()[0].contains("did you mean"), "{:?}", world.warnings());
}

cases! { is_warned_of;
    a30_a_registry_of_ones_own_is_warned_of("harbor.example.com", &[]);
    a30_another_registry_of_the_internet_is_warned_of("gcr.io", &[]);
    a30_another_alphabet_is_warned_of("münchen.example", &[]);
    a51_azure_in_china("my.azurecr.cn", &["<name>.azurecr.io"]);
    a51_azure_for_governments("my.azurecr.us", &["<name>.azurecr.io"]);
}

cases! { is_led_to;
    a52_kubernetes_as_it_was("k8s.gcr.io", "registry.k8s.io");
    a52_the_gallery("gallery.ecr.aws", "public.ecr.aws");
    a52_gitlab_itself("gitlab.com", "registry.gitlab.com");
    a52_a_mistyped_host("registry.k8.io", "registry.k8s.io");
    a52_a_port_that_goes_without_saying("quay.io:443", "quay.io");
    a53_dual_stack("123456789012.dkr-ecr.eu-west-1.on.aws", "123456789012.dkr.ecr.eu-west-1.amazonaws.com");
    a53_fips("123456789012.dkr.ecr-fips.us-east-1.amazonaws.com", "123456789012.dkr.ecr.us-east-1.amazonaws.com");
    a53_both("123456789012.dkr-ecr-fips.us-east-1.on.aws", "123456789012.dkr.ecr.us-east-1.amazonaws.com");
}

cases! { is_led_nowhere;
    a52_a_host_that_is_near_to_another("gcr.io");
    a52_a_registry_of_the_same_kind("registry.gitlab.example.com");
}

#[tokio::test]
async fn a41_the_same_warning_comes_once() {
    let world = World::start().await;
    let inputs = with(quay(), json!({ "upstreamRegistryUrl": "harbor.example.com" }));
    for _ in 0..3 {
        world.check(inputs.clone()).await;
    }
    assert_eq!(world.warnings().len(), 1);
}

#[tokio::test]
async fn a41_each_rule_has_its_warning() {
    let world = World::start().await;
    let inputs: Value = with(quay(), json!({ "upstreamRegistryUrl": "harbor.example.com" }));
    for name in ["one", "two"] {
        let rule = world.named(name);
        rule.check(inputs.clone()).await;
        assert_eq!(world.engine.warnings(&rule.urn).len(), 1, "{name}");
    }
}
