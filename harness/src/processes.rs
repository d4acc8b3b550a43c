//! Finds the processes that a test may have left behind.

use std::fs;
use std::path::Path;

use crate::error::{Context, Error, Result};

/// The ids of the processes that run the executable `binary`, which is told apart by its path without symbolic links.
///
/// A plugin installed by [`crate::Home::install_plugin`] has a path of its own in every home, so tests that run at the same
/// time do not see each other's processes.
pub fn processes_of(binary: &Path) -> Result<Vec<u32>> {
    if !cfg!(target_os = "linux") {
        return Err(Error::new("processes can be counted on Linux only"));
    }
    let entries = fs::read_dir("/proc").context(|| "cannot list processes")?;
    let runs_it = |id: &u32| fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|executable| executable == binary);
    Ok(entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).filter(runs_it).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_very_process_is_found() {
        let own = std::env::current_exe().unwrap().canonicalize().unwrap();
        assert!(processes_of(&own).unwrap().contains(&std::process::id()));
        assert!(processes_of(Path::new("/no/such/binary")).unwrap().is_empty());
    }
}
