//! The browser that the browser test opens pages with.

use std::path::PathBuf;
use std::process::Command;

use crate::step;

const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// The browser, installed first where that is allowed; else nothing, and what to install is said.
pub(crate) fn find() -> Option<PathBuf> {
    let found = named().or_else(installed);
    if found.is_none() && root() {
        let quiet = ["-y", "-qq", "install", "--no-install-recommends", "chromium"];
        let apt = || Command::new("apt-get");
        if step::exists(apt().args(["-qq", "update"])) && step::exists(apt().args(quiet)) {
            return installed();
        }
    }
    if found.is_none() {
        println!("no browser: install chromium (apt-get install chromium), or name one in CHROMIUM");
    }
    found
}

fn named() -> Option<PathBuf> {
    std::env::var_os("CHROMIUM").map(PathBuf::from).filter(|path| path.is_file())
}

fn installed() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
}

/// Whether this is the user who may install packages.
fn root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
