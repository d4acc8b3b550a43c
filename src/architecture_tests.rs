//! Holds the sources to the layers that `lib.rs` and `ARCHITECTURE.md` tell of.

use std::{
    fs,
    path::{Path, PathBuf},
};

const LONGEST_FILE: usize = 400;

struct Source {
    /// Below `src`, with `/` between folders.
    path: String,
    text: String,
}

impl Source {
    /// The lines of code, without comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate();
        lines.map(|(index, line)| (index + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    fn is_test(&self) -> bool {
        self.path.split(['/', '.']).any(|part| matches!(part, "tests" | "architecture_tests" | "generators"))
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let sources = files(&root).into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    let sources = sources.map(|path| {
        let below = path.strip_prefix(&root).unwrap().components();
        let path_below = below.map(|part| part.as_os_str().to_str().unwrap()).collect::<Vec<_>>().join("/");
        Source { path: path_below, text: fs::read_to_string(path).unwrap() }
    });
    let sources: Vec<_> = sources.collect();
    assert!(sources.len() > 30, "the sources have moved, and nothing is looked at");
    sources
}

/// Whether code names an item: the text, where no longer name goes on before it.
fn names(line: &str, item: &str) -> bool {
    line.match_indices(item).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '"')
    })
}

/// The uses of items in a layer that the layer must not know.
fn uses(layer: &str, items: &[&str], except: &[&str]) -> Vec<String> {
    let mut uses = Vec::new();
    for source in sources().iter().filter(|source| source.path.starts_with(layer)) {
        for (number, line) in source.code() {
            let line = except.iter().fold(line.to_owned(), |line, exception| line.replace(exception, ""));
            if items.iter().any(|item| names(&line, item)) {
                uses.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    uses
}

/// What `use crate::{a, b}` names at its first level, over several lines.
fn layers_imported(source: &Source) -> Vec<String> {
    let mut layers = Vec::new();
    let code = source.code().map(|(_, line)| line).collect::<Vec<_>>().join("\n");
    for (at, _) in code.match_indices("use crate::{") {
        let mut depth = 0;
        let mut name = String::new();
        for character in code[at + "use crate::".len()..].chars() {
            match character {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' => {}
                c if depth == 1 && (c.is_alphanumeric() || c == '_') => {
                    name.push(c);
                    continue;
                }
                _ => {}
            }
            if !name.is_empty() {
                layers.push(std::mem::take(&mut name));
            }
            if depth == 0 {
                break;
            }
        }
    }
    layers
}

#[test]
fn the_pulumi_layer_knows_nothing_of_aws() {
    let forbidden = ["aws_", "crate::aws", "crate::ecr", "crate::package"];
    assert_eq!(uses("pulumi/", &forbidden, &[]), [""; 0]);
}

#[test]
fn the_aws_layer_knows_nothing_of_ecr() {
    assert_eq!(uses("aws/", &["crate::ecr", "crate::package", "aws_sdk_ecr"], &[]), [""; 0]);
}

#[test]
fn the_resources_name_no_message_of_the_protocol() {
    let forbidden = ["rpc::", "prost", "prost_types", "tonic", "wire::"];
    assert_eq!(uses("ecr/", &forbidden, &["tonic::async_trait"]), [""; 0]);
}

#[test]
fn grouped_imports_keep_to_the_layers_as_well() {
    for source in sources() {
        let forbidden: &[&str] = match source.path.split('/').next() {
            Some("pulumi") => &["aws", "ecr", "package"],
            Some("aws") => &["ecr", "package"],
            Some("ecr") => &["package"],
            _ => &[],
        };
        for layer in layers_imported(&source) {
            assert!(!forbidden.contains(&layer.as_str()), "{} imports `{layer}`", source.path);
        }
    }
}

#[test]
fn no_file_is_too_long_to_be_read() {
    for source in sources() {
        let lines = source.text.lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines", source.path);
    }
}

#[test]
fn standard_output_belongs_to_the_engine() {
    for source in sources().iter().filter(|source| !matches!(source.path.as_str(), "main.rs" | "pulumi/process.rs")) {
        for (number, line) in source.code() {
            let prints = ["println!", "print!", "eprintln!", "eprint!", "dbg!"].iter().any(|item| names(line, item));
            assert!(!prints, "{}:{number}: {line}", source.path);
        }
    }
}

#[test]
fn only_tests_use_random_values() {
    for source in
        sources().iter().filter(|source| !source.is_test() && !source.text.contains("#[cfg(test)]\nmod tests {"))
    {
        for (number, line) in source.code() {
            let random = names(line, "proptest") || names(line, "regex_lite");
            assert!(!random, "{}:{number}: {line}", source.path);
        }
    }
}
