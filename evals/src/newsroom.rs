//! The newsroom under load: 10,000 stories and 200,000 articles stored, and readers asking.
//!
//! The archive is invented, the same every time: each story's first articles go through `nutgraf digest`, the rest
//! only stand in the archive. It is filled through `nutgraf import`, as a user would move a newsroom.

mod archive;
mod invent;
mod load;
mod room;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use crate::places::Places;
use archive::Archive;
use load::Line;
use room::Room;

/// How long each kind of page is asked for.
const ASKING: Duration = Duration::from_secs(10);

/// What the issue of the newsroom asks for: the share of a static file's rate, and milliseconds.
const LEAST_SHARE: f64 = 1.0 / 3.0;
const MOST_P99: f64 = 15.0;
const MOST_SEARCH: f64 = 30.0;

/// Fills an archive (once for each size), opens the site on it and prints what readers see. Whether the figures hold.
pub(crate) fn run(places: &Places, stories: usize, articles: usize) -> Result<bool> {
    ensure!(
        stories > 0 && articles >= stories * archive::TOLD,
        "give at least {} articles a story",
        archive::TOLD
    );
    let program = places.program(true)?;
    let scratch = places.scratch(&format!("newsroom-{stories}-{articles}"))?;
    let archive = Archive { stories, articles, program: &program, scratch: &scratch };
    let begun = Instant::now();
    let data = archive.filled()?;
    println!(
        "archive: {stories} stories, {articles} articles, ready after {:.0} s",
        begun.elapsed().as_secs_f64()
    );
    let files = scratch.join("files");
    std::fs::create_dir_all(&files)?;
    let room = Room::open(&program, &data, &files)?;
    let mut holds = pages(&archive, &room, &files)?;
    holds &= searches(&room)?;
    if let Some((now, most, own)) = room.memory() {
        println!(
            "memory: {now:.0} MiB now, {most:.0} MiB at most; {own:.0} MiB without files seen as memory"
        );
    }
    println!("database: {:.0} MiB", size(&data)? as f64 / (1 << 20) as f64);
    Ok(holds)
}

/// Story pages, all of them in turn and a few again and again, beside a file of the same size.
fn pages(archive: &Archive, room: &Room, files: &Path) -> Result<bool> {
    let all: Vec<String> =
        (0..archive.stories).map(|number| format!("/story/{}", archive::id(number))).collect();
    let few = all[all.len().saturating_sub(50)..].to_vec();
    let page = Line::open(&room.address)?.ask(&all[all.len() / 2])?;
    std::fs::write(files.join("page.html"), vec![b'x'; page])?;
    let file = vec!["/files/page.html".to_owned()];
    load::read(&room.address, &few, Duration::from_secs(2))?;
    let fixed = load::read(&room.address, &file, ASKING)?;
    let warm = load::read(&room.address, &few, ASKING)?;
    let wide = load::read(&room.address, &all, ASKING)?;
    let front = load::read(&room.address, &["/".to_owned()], ASKING / 2)?;
    let mut holds = true;
    for (name, seen) in [
        ("static file", &fixed),
        ("story, 50 warm ones", &warm),
        ("story, any of all", &wide),
        ("front page", &front),
    ] {
        let share = seen.rate / fixed.rate;
        println!(
            "{name:<22} {:>8.0} a second ({share:.2} of the file's), median {:.2} ms, p99 {:.2} ms, {} bytes",
            seen.rate,
            seen.quantile(0.5),
            seen.quantile(0.99),
            seen.size
        );
    }
    for seen in [&warm, &wide] {
        holds &= seen.rate >= fixed.rate * LEAST_SHARE && seen.quantile(0.99) < MOST_P99;
    }
    Ok(holds)
}

/// Searches for common and rare words, over stories and articles.
fn searches(room: &Room) -> Result<bool> {
    let mut holds = true;
    let words = [
        "council",
        "hospital",
        "mayor+spring",
        "petition",
        "%22town+hall%22",
        "crowns+-tram",
        "harbour+wall",
    ];
    let towns: Vec<String> =
        (0..200).map(|number| invent::Event::new(number * 17).town().to_owned()).collect();
    for place in ["stories", "articles"] {
        for (kind, asked) in
            [("common words", words.map(str::to_owned).to_vec()), ("a town's name", towns.clone())]
        {
            let paths: Vec<String> =
                asked.iter().map(|words| format!("/search?in={place}&q={words}")).collect();
            let mut line = Line::open(&room.address)?;
            let mut times = Vec::new();
            for (at, path) in paths.iter().cycle().take(200).enumerate() {
                let begun = Instant::now();
                // A parameter that means nothing, so that no kept page answers.
                line.ask(&format!("{path}&asked={at}"))?;
                times.push(begun.elapsed().as_secs_f64() * 1000.0);
            }
            times.sort_by(f64::total_cmp);
            let (median, p99) = (times[times.len() / 2], times[times.len() * 99 / 100]);
            println!("search {place} for {kind:<14} median {median:.1} ms, p99 {p99:.1} ms");
            holds &= median < MOST_SEARCH;
        }
    }
    Ok(holds)
}

/// The bytes of a folder's files.
fn size(folder: &Path) -> Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder).with_context(|| format!("{} can't be read", folder.display()))? {
        sum += entry?.metadata()?.len();
    }
    Ok(sum)
}

/// Where a filled archive lies.
fn data(scratch: &Path) -> PathBuf {
    scratch.join("data")
}
