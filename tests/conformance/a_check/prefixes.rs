//! The prefixes of rules, ECR's and the upstream's alike.

use serde_json::json;

use crate::support::{Launch, Provider, quay, with};

/// The value is good for both prefixes.
async fn passes(prefix: &str) {
    let plugin = Launch::new().start().await;
    let rule = Provider::new(plugin.connect().await);
    for property in ["ecrRepositoryPrefix", "upstreamRepositoryPrefix"] {
        let checked = rule.check(with(quay(), json!({ property: prefix }))).await;
        assert_eq!(checked.failures, [].into(), "{property}");
    }
}

cases! { passes;
    a05_thirty_characters("tf-test/aaaaaaaaaaaaaaaaaaaaaa");
    a06_root("ROOT");
    a08_root_in_lower_case("root");
    a09_a_slash_at_the_end("ecr-public/");
}
