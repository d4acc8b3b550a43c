//! The version that the plugin says it has: the one that it is installed as.

use std::path::{Path, PathBuf};

/// The version of the folder that the plugin lies in (`resource-aws-v6.77.0+ecr1` is 6.77.0), or `built`.
///
/// SDKs ask for the plugin by their own version, and the engine warns when it gets a lower one. Build metadata tells apart two
/// plugins that stand in for the same version, and is not a part of it.
pub fn installed(package: &str, root_directory: Option<&str>, built: &'static str) -> String {
    let folder = root_directory.map(PathBuf::from).or_else(own_folder);
    let version = folder.as_deref().and_then(|folder| of_folder(package, folder));
    version.unwrap_or(built).to_owned()
}

/// The folder of this process's binary. The path that it was started by comes first: it may lead through a link.
fn own_folder() -> Option<PathBuf> {
    let started_as = std::env::args_os().next().map(PathBuf::from).filter(|path| path.components().count() > 1);
    let binary = started_as.or_else(|| std::env::current_exe().ok())?;
    Some(binary.parent()?.to_owned())
}

fn of_folder<'a>(package: &str, folder: &'a Path) -> Option<&'a str> {
    let name = folder.file_name()?.to_str()?;
    let version = name.strip_prefix("resource-")?.strip_prefix(package)?.strip_prefix("-v")?;
    let version = version.split_once('+').map_or(version, |(version, _)| version);
    let (core, _) = version.split_once('-').unwrap_or((version, ""));
    let numbers = core.split('.').collect::<Vec<_>>();
    let semantic = numbers.len() == 3 && numbers.iter().all(|number| number.parse::<u64>().is_ok());
    semantic.then_some(version)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn build_metadata_is_no_part_of_the_version(
            core in "(0|[1-9][0-9]{0,3})(\\.(0|[1-9][0-9]{0,3})){2}",
            pre in "(-[a-z]{1,5}(\\.[0-9]{1,2})?)?",
            build in "(\\+[a-z0-9.-]{1,8})?",
        ) {
            let folder = format!("/p/resource-aws-v{core}{pre}{build}");
            prop_assert_eq!(installed("aws", Some(&folder), "built"), format!("{core}{pre}"));
        }
    }

    #[test]
    fn the_folder_names_the_version() {
        for (folder, expected) in [
            ("/home/me/.pulumi/plugins/resource-aws-v6.77.0+ecr1", "6.77.0"),
            ("/p/resource-aws-v7.48.0", "7.48.0"),
            ("/p/resource-aws-v0.1.0-rc.1+build", "0.1.0-rc.1"),
            ("/p/resource-aws-native-v1.0.0", "built"),
            ("/p/resource-aws-v6.77", "built"),
            ("/p/resource-aws-vx.y.z", "built"),
            ("/p/resource-aws-v1.2.3.4", "built"),
            ("/p/resource-aws-v1.-2.3", "built"),
            ("/p/resource-aws-1.2.3", "built"),
            ("/p/resource-awsx-v1.2.3", "built"),
            ("/p/language-aws-v1.2.3", "built"),
            ("/p/resource-aws-v1.2.3/", "1.2.3"),
            ("/p/resource-aws-v1.2.3/bin", "built"),
            ("/home/me/project/target/release", "built"),
            ("", "built"),
        ] {
            assert_eq!(installed("aws", Some(folder), "built"), expected, "{folder}");
        }
    }
}
