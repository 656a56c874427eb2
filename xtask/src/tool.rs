//! What the tests need besides Rust: a browser, its driver, a database server. Installed where that is allowed.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::step;

/// A program that tests use.
#[derive(Debug)]
pub(crate) struct Tool {
    /// What it is to people.
    what: &'static str,
    /// The variable that names it, for the tests too; empty for none.
    variable: &'static str,
    /// The names it may have.
    names: &'static [&'static str],
    /// Folders besides those in `PATH` whose folders may hold it in `bin`.
    homes: &'static [&'static str],
    /// The package that brings it.
    package: &'static str,
}

/// The browser that pages are opened with.
pub(crate) const BROWSER: Tool = Tool {
    what: "browser",
    variable: "CHROMIUM",
    names: &["chromium", "chromium-browser", "google-chrome"],
    homes: &[],
    package: "chromium",
};

/// What drives the browser.
pub(crate) const DRIVER: Tool = Tool {
    what: "chromedriver",
    variable: "CHROMEDRIVER",
    names: &["chromedriver"],
    homes: &[],
    package: "chromium-driver",
};

/// The server that the store's tests start for themselves.
pub(crate) const POSTGRES: Tool = Tool {
    what: "PostgreSQL",
    variable: "",
    names: &["initdb"],
    homes: &["/usr/lib/postgresql", "/usr/local/pgsql"],
    package: "postgresql",
};

impl Tool {
    /// The tool, installed first where that is allowed; else nothing, and what to install is said.
    pub(crate) fn find(&self) -> Option<PathBuf> {
        let found = self.named().or_else(|| self.installed());
        if found.is_some() {
            return found;
        }
        if root()
            && updated()
            && step::exists(apt().args(["install", "--no-install-recommends", self.package]))
        {
            let found = self.installed();
            if found.is_some() {
                return found;
            }
        }
        let Self { what, package, variable, .. } = self;
        let named = if variable.is_empty() { String::new() } else { format!(", or name one in {variable}") };
        println!("no {what}: install {package} (apt-get install {package}){named}");
        None
    }

    /// Tells a program where the tool is.
    pub(crate) fn tell<'c>(&self, command: &'c mut Command, path: &Path) -> &'c mut Command {
        if self.variable.is_empty() { command } else { command.env(self.variable, path) }
    }

    fn named(&self) -> Option<PathBuf> {
        let path = PathBuf::from(std::env::var_os(self.variable)?);
        path.is_file().then_some(path)
    }

    fn installed(&self) -> Option<PathBuf> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
        for home in self.homes {
            folders.push(Path::new(home).join("bin"));
            let versions = std::fs::read_dir(home).into_iter().flatten().flatten();
            folders.extend(versions.map(|version| version.path().join("bin")));
        }
        let files = self.names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
        files.into_iter().find(|file| file.is_file())
    }
}

fn apt() -> Command {
    let mut apt = Command::new("apt-get");
    apt.args(["-y", "-qq"]).env("DEBIAN_FRONTEND", "noninteractive");
    apt
}

/// Has the lists of packages read, once a run.
fn updated() -> bool {
    static ONCE: OnceLock<bool> = OnceLock::new();
    *ONCE.get_or_init(|| step::exists(apt().arg("update")))
}

/// Whether this is the user who may install packages.
fn root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
