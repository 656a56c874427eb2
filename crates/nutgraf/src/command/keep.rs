//! `nutgraf backup`, `restore`, `export` and `import`: everything as JSON Lines, and back.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use store::{Counts, Store, StoryFilter};

use super::office::{self, Need};
use crate::{Status, cli, private};

pub(crate) fn backup(arguments: &cli::Keep) -> Result<Status> {
    let file = &arguments.file;
    let counts =
        office::within(&arguments.options, Need::Stands, async |_, store, _| write(&store, file).await)?;
    say(&format!("{}: written", file.display()), &counts);
    Ok(Status::Done)
}

/// Writes a backup beside its place and then puts it there, so that the place never holds half of one.
async fn write(store: &Store, file: &Path) -> Result<Counts> {
    if file.is_dir() {
        bail!("{}: this is a folder. Name a file in it, such as nutgraf.jsonl.gz", file.display());
    }
    let beside = beside(file);
    let done = async {
        let out = private::fresh_file(&beside).with_context(|| {
            format!("{}: can't be written. Name a file in a folder that you may write to", file.display())
        })?;
        let mut out = GzEncoder::new(BufWriter::new(out), Compression::default());
        let counts = store.export(&mut out, false).await?;
        let out = out.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
        out.sync_all()?;
        std::fs::rename(&beside, file)
            .with_context(|| format!("{}: can't be put in its place", file.display()))?;
        anyhow::Ok(counts)
    };
    let counts = done.await;
    if counts.is_err() {
        // What is left of it is of no use, and that it can't be removed changes nothing.
        let _ = std::fs::remove_file(&beside);
    }
    counts
}

/// The file that a backup is written into before it is whole.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    file.with_file_name(name)
}

pub(crate) fn restore(arguments: &cli::Restore) -> Result<Status> {
    let name = arguments.file.display();
    let file = File::open(&arguments.file)
        .with_context(|| format!("{name}: the backup can't be opened. Check the spelling"))?;
    let lines = lines(BufReader::new(file)).with_context(|| format!("{name}: can't be read"))?;
    let counts = office::within(&arguments.options, Need::Makes, async |_, store, _| {
        replaceable(&store, arguments.replace).await?;
        store.import(lines).await.with_context(|| format!("{name}: can't be restored"))
    })?;
    say(&format!("{name}: restored"), &counts);
    Ok(Status::Done)
}

pub(crate) fn export(arguments: &cli::Export) -> Result<Status> {
    let counts = office::within(&arguments.options, Need::Stands, async |_, store, _| {
        let mut out = BufWriter::new(io::stdout());
        let counts = store.export(&mut out, arguments.public).await?;
        out.flush()?;
        Ok(counts)
    })?;
    say("exported", &counts);
    Ok(Status::Done)
}

pub(crate) fn import(arguments: &cli::Import) -> Result<Status> {
    let lines = lines(BufReader::new(io::stdin())).context("standard input can't be read")?;
    let counts = office::within(&arguments.options, Need::Makes, async |_, store, _| {
        replaceable(&store, arguments.replace).await?;
        store.import(lines).await.context("standard input can't be imported")
    })?;
    say("imported", &counts);
    Ok(Status::Done)
}

/// Lines as they are, or unpacked where the first bytes are those of gzip.
fn lines(mut input: impl BufRead + Send + 'static) -> io::Result<Box<dyn BufRead + Send>> {
    let packed = input.fill_buf()?.starts_with(&[0x1f, 0x8b]);
    Ok(if packed { Box::new(BufReader::new(MultiGzDecoder::new(input))) } else { Box::new(input) })
}

/// Refuses to write over what a newsroom holds unless that was asked for.
async fn replaceable(store: &Store, replace: bool) -> Result<()> {
    let outlets = store.outlets().await?.len();
    let stories = store.count_stories(&StoryFilter::default()).await?;
    if !replace && (outlets > 0 || stories > 0) {
        bail!(
            "the database holds {outlets} outlets and {stories} stories, which would be lost. Stop the newsroom and \
             say --replace, or name an empty database with --data or --database"
        );
    }
    Ok(())
}

/// Says what was written or read, on standard error: standard output may be the data itself.
fn say(what: &str, counts: &Counts) {
    let rows: u64 = counts.values().sum();
    let named = |name: &str| counts.get(name).copied().unwrap_or(0);
    eprintln!(
        "nutgraf: {what}: {rows} rows, among them {} articles, {} stories, {} digests and {} comments",
        named("articles"),
        named("stories"),
        named("digests"),
        named("comments")
    );
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn packed_and_plain_lines_are_told_apart() {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(b"{\"a\":1}\n").expect("memory takes all");
        let packed = packed.finish().expect("memory takes all");
        for bytes in [packed, b"{\"a\":1}\n".to_vec()] {
            let mut text = String::new();
            lines(io::Cursor::new(bytes)).expect("readable").read_to_string(&mut text).expect("text");
            assert_eq!(text, "{\"a\":1}\n");
        }
    }

    #[test]
    fn half_a_backup_never_has_the_name_of_a_whole_one() {
        let part = beside(Path::new("/a/b.jsonl.gz"));
        assert_eq!(part.parent(), Some(Path::new("/a")));
        assert!(part.to_string_lossy().ends_with(".part"));
    }
}
