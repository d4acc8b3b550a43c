//! Compiles `proto/` to Rust without a system protoc, and makes the schema small.

use std::{env, error::Error, fs, path::PathBuf};

/// Stands in the schema where the plugin puts the version that it is installed as.
const VERSION_PLACEHOLDER: &str = "@VERSION@";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=proto");
    println!("cargo::rerun-if-changed=schema/schema.json");
    compile_protocol()?;
    compact_schema()
}

fn compile_protocol() -> Result<(), Box<dyn Error>> {
    let files = [
        "proto/pulumirpc/provider.proto",
        "proto/pulumirpc/engine.proto",
        "proto/pulumirpc/errors.proto",
        "proto/google/rpc/status.proto",
    ];
    tonic_prost_build::configure()
        // Who connects, and how, is the caller's business: the generated code needs no transport.
        .build_transport(false)
        // A method that is not served answers `Unimplemented` by itself.
        .generate_default_stubs(true)
        .compile_fds(protox::compile(files, ["proto"])?)?;
    Ok(())
}

fn compact_schema() -> Result<(), Box<dyn Error>> {
    let mut schema: serde_json::Value = serde_json::from_str(&fs::read_to_string("schema/schema.json")?)?;
    let version = schema.get_mut("version").ok_or("schema/schema.json has no `version`")?;
    *version = VERSION_PLACEHOLDER.into();
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("schema.json"), schema.to_string())?;
    Ok(())
}
