//! Compiles `proto/` to Rust without a system protoc, and makes the schema small.

use std::{env, error::Error, fs, path::PathBuf};

/// Stand in the embedded schema for what the plugin puts there: the version that it is installed as, and the configuration keys, which a
/// schema lists twice. `src/package.rs` knows them too.
const VERSION: &str = "@VERSION@";
const CONFIGURATION: &str = "@CONFIGURATION@";

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
        .codec_path("crate::pulumi::codec::MessageCodec")
        .compile_fds(protox::compile(files, ["proto"])?)?;
    Ok(())
}

fn compact_schema() -> Result<(), Box<dyn Error>> {
    let mut schema: serde_json::Value = serde_json::from_str(&fs::read_to_string("schema/schema.json")?)?;
    let mut take = |path: &str, placeholder: &str| -> Result<serde_json::Value, Box<dyn Error>> {
        let value = schema.pointer_mut(path).ok_or(format!("schema/schema.json has no {path}"))?;
        Ok(std::mem::replace(value, placeholder.into()))
    };
    take("/version", VERSION)?;
    let configuration = take("/config/variables", CONFIGURATION)?;
    if take("/provider/inputProperties", CONFIGURATION)? != configuration {
        return Err("schema/schema.json: config.variables and provider.inputProperties have to be the same".into());
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("configuration.json"), configuration.to_string())?;
    fs::write(out.join("schema.json"), schema.to_string())?;
    Ok(())
}
