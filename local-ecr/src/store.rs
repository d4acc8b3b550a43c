//! The state file: rules and secrets (never their values) across restarts.
//!
//! The file is JSON that a person can read and mend. It is written whole, beside itself, and renamed into place, so that whoever
//! reads it finds the old state or the new one and never half of one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::Rule;
use crate::registry::{Registries, Registry};
use crate::secrets::Secret;
use crate::world::World;

/// The layout of the file. One that this version cannot read gets another number.
const VERSION: u32 = 1;

/// The state file of a local ECR.
#[derive(Debug)]
pub(crate) struct Store {
    path: PathBuf,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Contents {
    local_ecr_state: u32,
    /// Account, then Region.
    registries: BTreeMap<String, BTreeMap<String, Vec<Rule>>>,
    #[serde(default)]
    secrets: Vec<Secret>,
    #[serde(default)]
    removed_secrets: BTreeSet<String>,
}

impl Store {
    /// Loads the file into `world`, or makes it if there is none. A file that cannot be understood is an error and stays as it is.
    pub(crate) fn open(path: PathBuf, world: &mut World) -> io::Result<Self> {
        let store = Self { path };
        match fs::read(&store.path) {
            Ok(bytes) => load(&bytes, world).map_err(|reason| {
                let text = format!(
                    "the state file {} is damaged: {reason}. It was left as it is; mend it, or remove it to start afresh",
                    store.path.display(),
                );
                io::Error::new(io::ErrorKind::InvalidData, text)
            })?,
            // Made now, so that a place where it cannot be made is found out before the first rule is.
            Err(error) if error.kind() == io::ErrorKind::NotFound => store.save(world)?,
            Err(error) => return Err(about(&store.path, "read", &error)),
        }
        Ok(store)
    }

    /// Writes the state, and returns when it is safe on the disk.
    pub(crate) fn save(&self, world: &World) -> io::Result<()> {
        let mut text = serde_json::to_string_pretty(&contents(world))?;
        text.push('\n');
        self.replace(text.as_bytes()).map_err(|error| about(&self.path, "write", &error))
    }

    fn replace(&self, bytes: &[u8]) -> io::Result<()> {
        let name = self.path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
        let directory = self.path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let temporary = directory.join(format!(".{name}.{}.tmp", std::process::id()));
        let written = File::create(&temporary)
            .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
            .and_then(|()| fs::rename(&temporary, &self.path));
        if written.is_err() {
            // The first error is the one to tell.
            let _ = fs::remove_file(&temporary);
        }
        written?;
        // The rename itself is in the directory. Not every platform lets one sync a directory.
        if cfg!(unix) { File::open(directory)?.sync_all() } else { Ok(()) }
    }
}

fn about(path: &Path, verb: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot {verb} the state file {}: {error}", path.display()))
}

fn contents(world: &World) -> Contents {
    let mut registries: BTreeMap<String, BTreeMap<String, Vec<Rule>>> = BTreeMap::new();
    for (account, region, registry) in world.registries.iter().filter(|(_, _, registry)| registry.len() > 0) {
        let rules = registry.rules().cloned().collect();
        registries.entry(account.to_owned()).or_default().insert(region.to_owned(), rules);
    }
    let (secrets, removed) = world.secrets.contents();
    Contents {
        local_ecr_state: VERSION,
        registries,
        secrets: secrets.cloned().collect(),
        removed_secrets: removed.clone(),
    }
}

fn load(bytes: &[u8], world: &mut World) -> Result<(), String> {
    let contents: Contents = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    if contents.local_ecr_state != VERSION {
        return Err(format!("it has version {}, and this program reads {VERSION}", contents.local_ecr_state));
    }
    let mut registries = Registries::default();
    for (account, regions) in contents.registries {
        for (region, rules) in regions {
            let registry: &mut Registry = registries.of(&account, &region);
            for rule in rules {
                if let Some(twin) = registry.put(world.behaviour.slash_rules, rule) {
                    let prefix = twin.ecr_repository_prefix;
                    return Err(format!("registry {account} in {region} has two rules for the prefix {prefix:?}"));
                }
            }
        }
    }
    world.registries = registries;
    world.secrets.extend(contents.secrets, contents.removed_secrets);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, SlashRules};

    fn world() -> World {
        let mut world = World::new(&Options::default());
        world.registries.of("123456789012", "us-east-1").put(SlashRules::One, Rule::new("quay", "quay.io"));
        world.secrets.put(Secret::with_credentials("arn:aws:secretsmanager:us-east-1:123456789012:secret:x-AbCdEf"));
        world.secrets.remove("arn:aws:secretsmanager:us-east-1:123456789012:secret:y-AbCdEf");
        world
    }

    fn empty() -> World {
        World::new(&Options::default())
    }

    #[test]
    fn what_was_saved_is_loaded() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("state.json");
        let saved = world();
        Store::open(path.clone(), &mut empty()).unwrap().save(&saved).unwrap();

        let mut loaded = empty();
        Store::open(path, &mut loaded).unwrap();
        let json = |world: &World| serde_json::to_value(contents(world)).unwrap();
        assert_eq!(json(&loaded), json(&saved));
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "no temporary file stays behind");
    }

    #[test]
    fn a_damaged_file_is_named_with_the_place_and_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("state.json");
        for (damaged, reason) in [
            ("{\n  \"localEcrState\": 1,\n  \"registries\": {", "line 3"),
            ("", "line 1"),
            (r#"{"localEcrState": 2, "registries": {}}"#, "version 2"),
            (r#"{"localEcrState": 1, "registries": {}, "more": 1}"#, "`more`"),
        ] {
            fs::write(&path, damaged).unwrap();
            let error = Store::open(path.clone(), &mut empty()).unwrap_err().to_string();
            assert!(error.contains("state.json is damaged"), "{error}");
            assert!(error.contains(reason), "{error}");
            assert_eq!(fs::read_to_string(&path).unwrap(), damaged);
        }
    }

    #[test]
    fn two_rules_for_one_prefix_are_damage() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("state.json");
        let mut json = serde_json::to_value(contents(&world())).unwrap();
        let rules = json["registries"]["123456789012"]["us-east-1"].as_array_mut().unwrap();
        rules.push(rules[0].clone());
        fs::write(&path, json.to_string()).unwrap();
        let error = Store::open(path, &mut empty()).unwrap_err().to_string();
        assert!(error.contains("two rules for the prefix \"quay\""), "{error}");
    }

    #[test]
    fn a_place_where_no_file_can_be_is_found_out_at_once() {
        let directory = tempfile::tempdir().unwrap();
        let error = Store::open(directory.path().join("none/state.json"), &mut empty()).unwrap_err().to_string();
        assert!(error.contains("cannot write the state file"), "{error}");
        let error = Store::open(directory.path().to_owned(), &mut empty()).unwrap_err().to_string();
        assert!(error.contains("cannot read the state file"), "{error}");
    }
}
