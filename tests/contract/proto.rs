//! `proto/` against the descriptors that the released Pulumi SDK has compiled in.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
    time::Duration,
};

use harness::{Cache, Key};
use prost::Message as _;
use prost_types::{DescriptorProto, EnumDescriptorProto, FileDescriptorSet};

/// What of theirs is not in ours, though the message that it belongs to is.
const LEFT_OUT: [&str; 0] = [];

/// What of ours is newer than the release that is compared with.
const NEWER: [&str; 2] = [
    "pulumirpc.ProviderHandshakeRequest.accepts_byte_string",
    "pulumirpc.ProviderHandshakeResponse.accepts_byte_string",
];

/// Long enough for the SDK to be compiled once.
const BUILD_LIMIT: Duration = Duration::from_mins(20);

/// Everything in descriptors that counts on the wire, by its full name.
#[derive(Debug, Default)]
struct Facts {
    /// Fields, enum values and methods.
    parts: BTreeMap<String, String>,
    /// The messages and enums that they belong to. Services are not among them: what they leave out is unimplemented.
    owners: BTreeSet<String>,
}

impl Facts {
    fn of(set: &FileDescriptorSet) -> Self {
        let mut facts = Self::default();
        for file in &set.file {
            let package = file.package();
            file.message_type.iter().for_each(|message| facts.message(package, message));
            file.enum_type.iter().for_each(|values| facts.values(package, values));
            for service in &file.service {
                for method in &service.method {
                    let streams = (method.client_streaming(), method.server_streaming());
                    let fact = format!("{} -> {} {streams:?}", method.input_type(), method.output_type());
                    facts.parts.insert(format!("{package}.{}.{}", service.name(), method.name()), fact);
                }
            }
        }
        facts
    }

    fn message(&mut self, scope: &str, message: &DescriptorProto) {
        let name = format!("{scope}.{}", message.name());
        for field in &message.field {
            let oneof = field.oneof_index.and_then(|index| message.oneof_decl.get(usize::try_from(index).ok()?));
            let fact = format!(
                "{} {:?} {:?} {} optional: {} oneof: {:?} packed: {:?}",
                field.number(),
                field.label(),
                field.r#type(),
                field.type_name(),
                field.proto3_optional(),
                oneof.map(prost_types::OneofDescriptorProto::name),
                field.options.as_ref().and_then(|options| options.packed),
            );
            self.parts.insert(format!("{name}.{}", field.name()), fact);
        }
        message.nested_type.iter().for_each(|nested| self.message(&name, nested));
        message.enum_type.iter().for_each(|values| self.values(&name, values));
        self.owners.insert(name);
    }

    fn values(&mut self, scope: &str, values: &EnumDescriptorProto) {
        let name = format!("{scope}.{}", values.name());
        for value in &values.value {
            self.parts.insert(format!("{name}.{}", value.name()), value.number().to_string());
        }
        self.owners.insert(name);
    }
}

fn owner(part: &str) -> &str {
    part.rsplit_once('.').map_or("", |(owner, _)| owner)
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn ours() -> Facts {
    let folder = repository().join("proto");
    let files = ["provider", "plugin", "engine", "errors"].map(|name| folder.join(format!("pulumirpc/{name}.proto")));
    let mut set = protox::compile(files, [folder]).expect("our files compile");
    // The well-known types are the protobuf library's.
    set.file.retain(|file| file.package() == "pulumirpc");
    Facts::of(&set)
}

fn theirs() -> Facts {
    let module = repository().join("tools/pulumi/cli");
    let key =
        ["go.mod", "go.sum", "protodump/main.go"].iter().try_fold(Key::new(), |key, file| key.file(&module.join(file)));
    let entry = Cache::open().expect("a cache").entry("protocol", &key.expect("the sources"), |partial| {
        let mut go = Command::new("go");
        go.args(["run", "./protodump"]).arg(partial.join("descriptors")).current_dir(&module);
        go.env("GOFLAGS", "-mod=readonly").env("GOWORK", "off").env("CGO_ENABLED", "0");
        harness::run(go, BUILD_LIMIT)?.assert_success();
        Ok(())
    });
    let descriptors = fs::read(entry.expect("the SDK's descriptors").join("descriptors")).expect("the descriptors");
    Facts::of(&FileDescriptorSet::decode(descriptors.as_slice()).expect("descriptors"))
}

#[test]
fn what_we_declare_is_what_the_released_sdk_has() {
    let (ours, theirs) = (ours(), theirs());
    assert!(ours.parts.len() > 150, "only {} facts were compared", ours.parts.len());
    let known = ours.parts.iter().filter(|(name, _)| !NEWER.contains(&name.as_str()));
    let wrong = known.filter(|(name, fact)| theirs.parts.get(*name) != Some(fact));
    let wrong = wrong.map(|(name, fact)| format!("{name}: {fact}, not {:?}", theirs.parts.get(name)));
    assert_eq!(wrong.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn what_the_released_sdk_has_in_our_messages_is_declared() {
    let (ours, theirs) = (ours(), theirs());
    let missing =
        theirs.parts.keys().filter(|part| ours.owners.contains(owner(part)) && !ours.parts.contains_key(*part));
    assert_eq!(missing.map(String::as_str).collect::<Vec<_>>(), LEFT_OUT);
}
