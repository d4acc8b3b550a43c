//! The developer's cache: what takes minutes to make (the Pulumi CLI, npm packages) is made once per machine.
//!
//! An entry is a folder. It is made under another name and renamed when it is complete, so that an entry that exists is
//! always whole, whatever interrupted the process that made it; a lock keeps two processes from making it twice.

use std::env;
use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use crate::error::{Context, Error, Result};
use crate::progress;

/// A folder that keeps finished entries between runs.
#[derive(Debug, Clone)]
pub struct Cache {
    root: PathBuf,
}

impl Cache {
    /// Opens the user's cache: `$PULUMI_RESOURCE_AWS_CACHE`, or `pulumi-resource-aws-dev` in `$XDG_CACHE_HOME` or
    /// `~/.cache`.
    pub fn open() -> Result<Self> {
        let named = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let root = named("PULUMI_RESOURCE_AWS_CACHE")
            .or_else(|| named("XDG_CACHE_HOME").map(|dir| dir.join("pulumi-resource-aws-dev")))
            .or_else(|| env::home_dir().map(|home| home.join(".cache/pulumi-resource-aws-dev")))
            .ok_or_else(|| Error::new("no home folder to cache in: set PULUMI_RESOURCE_AWS_CACHE"))?;
        Self::at(root)
    }

    /// Opens the cache in the folder `root`, made if absent.
    pub fn at(root: impl Into<PathBuf>) -> Result<Self> {
        let root = root.into();
        fs::create_dir_all(&root).context(|| format!("cannot make the cache folder {}", root.display()))?;
        let root = root.canonicalize().context(|| format!("cannot find {}", root.display()))?;
        Ok(Self { root })
    }

    /// The folder that holds the entries.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The entry `name` made from what `key` stands for; `make` fills it if it is not there yet.
    ///
    /// Entries of older keys stay: another checkout may be using them.
    pub fn entry(&self, name: &str, key: &Key, make: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
        let entry = self.root.join(format!("{name}-{key}"));
        if entry.is_dir() {
            return Ok(entry);
        }
        let _lock = self.lock(name)?;
        if entry.is_dir() {
            return Ok(entry);
        }
        let partial = self.root.join(format!("{name}-{key}.partial"));
        // Left by a process that was killed: we hold the lock, so nobody is using it.
        if partial.exists() {
            fs::remove_dir_all(&partial).context(|| format!("cannot clear {}", partial.display()))?;
        }
        fs::create_dir(&partial).context(|| format!("cannot make {}", partial.display()))?;
        make(&partial)?;
        fs::rename(&partial, &entry).context(|| format!("cannot publish {}", entry.display()))?;
        Ok(entry)
    }

    /// Held until the file is dropped, or its process ends in whatever way.
    fn lock(&self, name: &str) -> Result<File> {
        let path = self.root.join(format!("{name}.lock"));
        let file = File::create(&path).context(|| format!("cannot open {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => {
                progress::say(&format!("waiting for another process that makes {name}"));
            }
            Err(TryLockError::Error(_)) => {}
        }
        file.lock().context(|| format!("cannot lock {}", path.display()))?;
        Ok(file)
    }
}

/// Stands for everything an entry is made from: when any of it changes, the entry is made anew.
///
/// It tells the versions of this project's own files apart and guards against nothing else, hence the plain FNV-1a.
#[derive(Debug, Clone)]
pub struct Key(u64);

impl Default for Key {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325).text(env::consts::OS).text(env::consts::ARCH)
    }
}

impl Key {
    /// The key of things made for this operating system and architecture.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text, such as a version.
    #[must_use]
    pub fn text(self, text: impl AsRef<OsStr>) -> Self {
        self.bytes(text.as_ref().as_encoded_bytes())
    }

    /// Adds a file's content.
    pub fn file(self, path: &Path) -> Result<Self> {
        let content = fs::read(path).context(|| format!("cannot read {}", path.display()))?;
        Ok(self.bytes(&content))
    }

    fn bytes(self, bytes: &[u8]) -> Self {
        // The length goes in as well, so that "ab" + "c" and "a" + "bc" differ.
        let length = (bytes.len() as u64).to_le_bytes();
        let hash = bytes
            .iter()
            .chain(&length)
            .fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
        Self(hash)
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    #[test]
    fn an_entry_is_made_once_however_many_ask_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path()).unwrap();
        let made = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let entry = cache.entry("tool", &Key::new(), |partial| {
                        made.fetch_add(1, Ordering::SeqCst);
                        fs::write(partial.join("file"), "whole").context(|| "write")
                    });
                    assert_eq!(fs::read_to_string(entry.unwrap().join("file")).unwrap(), "whole");
                });
            }
        });
        assert_eq!(made.load(Ordering::SeqCst), 1);
    }

    #[test]
    fn a_failed_attempt_leaves_no_entry_and_does_not_hinder_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path()).unwrap();
        let failed = cache.entry("tool", &Key::new(), |partial| {
            fs::write(partial.join("half"), "").context(|| "write")?;
            Err(Error::new("no network"))
        });
        assert_eq!(failed.unwrap_err().to_string(), "no network");
        let entry = cache.entry("tool", &Key::new(), |_| Ok(())).unwrap();
        assert_eq!(fs::read_dir(entry).unwrap().count(), 0);
    }

    #[test]
    fn a_changed_content_is_another_key() {
        let key = |parts: &[&str]| parts.iter().fold(Key::new(), Key::text).to_string();
        assert_eq!(key(&["a", "b"]), key(&["a", "b"]));
        assert_ne!(key(&["a", "b"]), key(&["a", "c"]));
        assert_ne!(key(&["ab", "c"]), key(&["a", "bc"]));
    }
}
