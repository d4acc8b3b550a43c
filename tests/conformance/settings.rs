//! What ECR may turn out to do where nobody outside AWS knows: the plugin has to be right whichever it is.

use local_ecr::{Behaviour, Options, RootEcho, SlashEcho};
use serde_json::json;

use crate::support::World;

/// Every combination of what answers may say for what was asked, and of how many rules a page may hold.
pub(crate) fn all() -> Vec<Behaviour> {
    let mut settings = Vec::new();
    for root_echo in [RootEcho::Absent, RootEcho::Root] {
        for slash_echo in [SlashEcho::Keep, SlashEcho::Strip] {
            for page_size in [None, Some(1)] {
                settings.push(Behaviour { root_echo, slash_echo, page_size, ..Behaviour::default() });
            }
        }
    }
    settings
}

/// Shows a case under each setting, with a configured plugin on an ECR of that kind.
pub(crate) async fn under_each<T: Future<Output = ()>>(show: impl Fn(World) -> T) {
    for behaviour in all() {
        // Shown if the case fails.
        #[allow(clippy::print_stdout)]
        {
            println!("setting: {behaviour:?}");
        }
        show(World::with(Options { behaviour, ..Options::default() }, json!({})).await).await;
    }
}
