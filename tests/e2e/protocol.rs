//! What the real engine sends is what `proto/` says.

use std::collections::BTreeSet;

use harness::{Project, Result};
use protox::prost_reflect::{DescriptorPool, MessageDescriptor};
use serde_json::Value;

use crate::{PLUGIN, VERSION, local_ecr, pulumi, rule_program};

const SERVICE: &str = "pulumirpc.ResourceProvider";

#[test]
fn every_call_of_a_rules_life_uses_declared_methods_and_fields() -> Result<()> {
    let ecr = local_ecr();
    let program = rule_program(&[("ecrRepositoryPrefix", "quay"), ("upstreamRegistryUrl", "quay.io")]);
    let log = tempfile::NamedTempFile::new().expect("a temporary file");
    let project = Project::new(pulumi()?)?.plugin(PLUGIN, VERSION).yaml(&program);
    let stack = project.env("PULUMI_DEBUG_GRPC", log.path()).stack("dev")?;
    stack.configure_local(&ecr.url())?;
    stack.preview()?.assert_success();
    stack.up()?.assert_success();
    stack.write("Pulumi.yaml", &program.replace("quay.io", "public.ecr.aws"))?;
    stack.up()?.assert_success();
    stack.refresh()?.assert_success();
    stack.destroy()?.assert_success();

    let descriptors = protox::compile(["proto/pulumirpc/provider.proto"], ["proto"]).expect("the protocol compiles");
    let pool = DescriptorPool::from_file_descriptor_set(descriptors).expect("the protocol is complete");
    let service = pool.get_service_by_name(SERVICE).expect("the service is declared");
    let mut seen = BTreeSet::new();
    let text = std::fs::read_to_string(log.path()).expect("the engine logs");
    for line in text.lines() {
        let call: Value = serde_json::from_str(line).expect("a log line is JSON");
        let Some(method) = call["method"].as_str().and_then(|name| name.strip_prefix("/pulumirpc.ResourceProvider/"))
        else {
            continue;
        };
        let declared = service.methods().find(|declared| declared.name() == method);
        let declared = declared.unwrap_or_else(|| panic!("the engine calls {method}, which is not declared"));
        declared_fields(method, &call["request"], &declared.input());
        declared_fields(method, &call["response"], &declared.output());
        seen.insert(method.to_owned());
    }
    let expected = [
        "Cancel",
        "Check",
        "CheckConfig",
        "Configure",
        "Create",
        "Delete",
        "Diff",
        "GetPluginInfo",
        "GetSchema",
        "Handshake",
        "Read",
    ];
    for method in expected {
        assert!(seen.contains(method), "the engine did not call {method}: {seen:?}");
    }
    Ok(())
}

/// Holds the fields of a message in its JSON form against its declaration. Structs are free-form and not looked into.
fn declared_fields(method: &str, json: &Value, message: &MessageDescriptor) {
    let Value::Object(fields) = json else { return };
    if message.full_name().starts_with("google.protobuf.") {
        return;
    }
    for (name, value) in fields {
        let field = message.get_field_by_json_name(name).or_else(|| message.get_field_by_name(name));
        let field = field
            .unwrap_or_else(|| panic!("{method} has the field {name} in {}, which is not declared", message.name()));
        if let Some(inner) = field.kind().as_message().filter(|_| !field.is_map()) {
            match value {
                Value::Array(items) => items.iter().for_each(|item| declared_fields(method, item, inner)),
                value => declared_fields(method, value, inner),
            }
        }
    }
}
