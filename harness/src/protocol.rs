//! The provider protocol, as the released Pulumi SDK has it.

use std::fs;

use crate::cache::{Cache, Key};
use crate::error::{Context, Result};
use crate::toolchain::{go, repository};

/// A binary `google.protobuf.FileDescriptorSet` of the protocol's files that concern a provider, with all that they import,
/// as compiled into the Go SDK of the release in `tools/pulumi/cli`.
pub fn released_protocol() -> Result<Vec<u8>> {
    let module = repository().join("tools/pulumi/cli");
    let key = Key::new().file(&module.join("go.sum"))?.file(&module.join("protodump/main.go"))?;
    let entry = Cache::open()?.entry("protocol", &key, |partial| {
        let file = partial.join("descriptors");
        go(&module, &["run", "./protodump", &file.display().to_string()]).map(drop)
    })?;
    fs::read(entry.join("descriptors")).context(|| "cannot read the released protocol")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_and_what_it_imports_are_in_it() {
        let descriptors = released_protocol().unwrap();
        let holds = |name: &str| descriptors.windows(name.len()).any(|window| window == name.as_bytes());
        assert!(holds("pulumi/provider.proto") && holds("google/protobuf/struct.proto") && holds("ResourceProvider"));
    }
}
