//! A Pulumi project: a program, the plugin installed for it, and the files around it.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::{Context, Error, Result};
use crate::home::Home;
use crate::node::NodePackages;
use crate::python::Venv;
use crate::stack::Stack;
use crate::toolchain::Pulumi;

/// A project to be; [`Project::stack`] makes it.
#[derive(Debug, Clone)]
#[must_use = "a project is made by its `stack` method"]
pub struct Project {
    home: Arc<Home>,
    name: String,
    plugin: Option<(PathBuf, String)>,
    files: Vec<(PathBuf, String)>,
    links: Vec<(PathBuf, PathBuf)>,
    variables: Vec<(OsString, OsString)>,
}

impl Project {
    /// A project named `example` in a temporary home of its own.
    pub fn new(pulumi: &Pulumi) -> Result<Self> {
        Ok(Self::in_home(&Arc::new(Home::new(pulumi)?)))
    }

    /// A project named `example` in a home that others may share.
    pub fn in_home(home: &Arc<Home>) -> Self {
        Self {
            home: Arc::clone(home),
            name: "example".to_owned(),
            plugin: None,
            files: Vec::new(),
            links: Vec::new(),
            variables: Vec::new(),
        }
    }

    /// Gives it another name, by which projects in one home differ.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Installs the plugin for programs that ask for this version of the aws plugin, or for none in particular.
    pub fn plugin(mut self, binary: impl Into<PathBuf>, version: impl Into<String>) -> Self {
        self.plugin = Some((binary.into(), version.into()));
        self
    }

    /// A YAML program. The project's name and runtime are added unless the program states a runtime.
    pub fn yaml(self, program: &str) -> Self {
        let text = if program.lines().any(|line| line.starts_with("runtime:")) {
            program.to_owned()
        } else {
            format!("name: {}\nruntime: yaml\n{program}", self.name)
        };
        self.file("Pulumi.yaml", text)
    }

    /// A TypeScript program that uses these packages.
    pub fn typescript(self, packages: &NodePackages, program: &str) -> Self {
        let header = format!("name: {}\nruntime: nodejs\n", self.name);
        let compiler =
            r#"{ "compilerOptions": { "strict": true, "target": "es2022", "module": "commonjs", "types": ["node"] } }"#;
        self.file("Pulumi.yaml", header)
            .file("package.json", r#"{ "private": true, "main": "index.ts" }"#)
            .file("tsconfig.json", compiler)
            .file("index.ts", program)
            .link("node_modules", packages.node_modules())
    }

    /// A Python program that uses the packages of this virtual environment.
    pub fn python(self, venv: &Venv, program: &str) -> Self {
        let options = format!("  name: python\n  options:\n    virtualenv: {}\n", venv.folder().display());
        let header = format!("name: {}\nruntime:\n{options}", self.name);
        // Today's hosts go by the option. The one in `tools/pulumi` is older than the way in which it is told, and goes by
        // the variable.
        let python = venv.python();
        self.file("Pulumi.yaml", header).file("__main__.py", program).env("PULUMI_PYTHON_CMD", python)
    }

    /// One more file, at a path inside the project.
    pub fn file(mut self, path: impl Into<PathBuf>, content: impl Into<String>) -> Self {
        self.files.push((path.into(), content.into()));
        self
    }

    /// A symbolic link at a path inside the project.
    pub fn link(mut self, path: impl Into<PathBuf>, target: impl Into<PathBuf>) -> Self {
        self.links.push((path.into(), target.into()));
        self
    }

    /// A variable for every command that is run on it.
    pub fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.variables.push((name.as_ref().to_owned(), value.as_ref().to_owned()));
        self
    }

    /// Makes the project and, in it, a stack of this name.
    pub fn stack(self, name: &str) -> Result<Stack> {
        let folder = self.home.folder().join("projects").join(&self.name);
        fs::create_dir(&folder).context(|| format!("cannot make {} (is the name taken?)", folder.display()))?;
        for (path, content) in &self.files {
            write(&folder, path, content)?;
        }
        for (path, target) in &self.links {
            symlink(target, folder.join(path)).context(|| format!("cannot link {}", path.display()))?;
        }
        let plugin = match &self.plugin {
            Some((binary, version)) => Some(self.home.install_plugin(binary, version)?),
            None => None,
        };
        Stack::init(self.home, folder, name, plugin, self.variables)
    }
}

/// Writes a file inside `folder`, with the folders on the way.
pub(crate) fn write(folder: &Path, path: &Path, content: &str) -> Result<()> {
    if path.is_absolute() {
        return Err(Error::new(format!("{} is not a path inside the project", path.display())));
    }
    let path = folder.join(path);
    let parent = path.parent().unwrap_or(folder);
    fs::create_dir_all(parent).context(|| format!("cannot make {}", parent.display()))?;
    fs::write(&path, content).context(|| format!("cannot write {}", path.display()))
}
