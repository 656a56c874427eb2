//! The files of a folder in one fixed order.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::refusal::{Cause, Refusal};

/// A file that may be read, or a place that can't.
pub(crate) type Entry = (PathBuf, Option<Cause>);

/// All files under a folder, sorted by the bytes of their paths. Hidden ones are left out, and the folders of
/// parts that browsers keep beside a saved page; a folder that
/// links lead to more than once is read once, so a loop of links ends.
pub(crate) fn files(root: &str, most: usize) -> Result<Vec<Entry>, Error> {
    let unlisted =
        |error: &std::io::Error| Error::Unlisted(crate::refusal::plain(root), error.kind().to_string());
    fs::read_dir(root).map_err(|error| unlisted(&error))?;
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    // Links wait until all real folders are read, so that a folder is called by its own path.
    let (mut folders, mut links) = (vec![PathBuf::from(root)], Vec::new());
    while let Some(folder) = folders.pop().or_else(|| links.pop()) {
        let Ok(place) = folder.canonicalize() else {
            found.push((folder, Some(Cause::Unreadable { cause: "it can't be found".to_owned() })));
            continue;
        };
        if !seen.insert(place) {
            continue;
        }
        let mut inside = match list(&folder) {
            Ok(inside) => inside,
            Err(error) => {
                found.push((folder, Some(Cause::Unreadable { cause: error.kind().to_string() })));
                continue;
            }
        };
        inside.sort();
        for path in &inside {
            let path = path.clone();
            match fs::metadata(&path) {
                Ok(meta) if meta.is_dir() && is_part(&path, &inside) => {}
                Ok(meta) if meta.is_dir() && path.is_symlink() => links.push(path),
                Ok(meta) if meta.is_dir() => folders.push(path),
                Ok(meta) if meta.is_file() => found.push((path, None)),
                Ok(_) => found.push((path, Some(Cause::NotAFile {}))),
                Err(error) => found.push((path, Some(Cause::Unreadable { cause: error.kind().to_string() }))),
            }
        }
        if found.len() > most {
            return Err(Error::TooManyFiles(crate::refusal::plain(root), most));
        }
    }
    if found.is_empty() {
        return Err(Error::EmptyFolder(crate::refusal::plain(root)));
    }
    found.sort_by(|(a, _), (b, _)| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
    Ok(found)
}

/// Whether a folder holds the pictures, scripts and frames of a page that a browser saved beside it. `beside` is what
/// stands in the same folder, sorted.
fn is_part(path: &Path, beside: &[PathBuf]) -> bool {
    /// What browsers put behind the page's name, each in its own language.
    const ENDINGS: [&str; 14] = [
        "_files",
        ".files",
        "-files",
        "_Dateien",
        "-Dateien",
        "_fichiers",
        "_archivos",
        "_arquivos",
        "_file",
        "_bestanden",
        "_pliki",
        "_filer",
        "_soubory",
        "_tiedostot",
    ];
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let stems = ENDINGS.iter().filter_map(|ending| name.strip_suffix(ending)).filter(|stem| !stem.is_empty());
    stems.into_iter().any(|stem| {
        ["html", "htm", "xhtml", "shtml"].iter().any(|ending| {
            let page = path.with_file_name(format!("{stem}.{ending}"));
            beside.binary_search(&page).is_ok()
        })
    })
}

/// The refusal of a place that can't be read.
pub(crate) fn refusal(path: &Path, cause: &Cause) -> Refusal {
    Refusal::new(&path.to_string_lossy(), cause)
}

fn list(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let shown = entries.iter().filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."));
    Ok(shown.map(fs::DirEntry::path).collect())
}
