//! `nutgraf feeds`: adds, lists, checks, pauses and removes feeds; OPML in and out.

use std::io::{self, Read as _, Write as _};

use anyhow::{Context as _, Result, bail};
use desk::families::{self, Families};
use jiff::Timestamp;
use store::{Clock, Feed, NewFeed, NewOutlet, State, Store};
use url::Url;

use super::office::{self, Need};
use crate::cli::FeedWish;
use crate::opml::{self, Outline};
use crate::settings::Settings;
use crate::{Status, cli};

pub(crate) fn run(arguments: &cli::Feeds) -> Result<Status> {
    let need = match &arguments.wish {
        FeedWish::Add { .. } | FeedWish::Import { .. } => Need::Makes,
        FeedWish::Check { addresses } if !addresses.is_empty() => {
            return super::check_feeds::addresses(addresses, &arguments.options);
        }
        _ => Need::Stands,
    };
    office::within(&arguments.options, need, async |settings, store, clock| match &arguments.wish {
        FeedWish::Add { addresses, section } => {
            let wanted = addresses.iter().map(|address| Outline {
                address: address.clone(),
                folder: section.clone().unwrap_or_default(),
                ..Outline::default()
            });
            let section = section.as_ref().filter(|section| !settings.site.sections.contains(section));
            if let Some(odd) = section {
                bail!("{odd} is no section. site.sections has {}", settings.site.sections.join(", "));
            }
            add(&settings, &store, &clock, wanted.collect()).await
        }
        FeedWish::Import { file } => {
            let list = opml::read(&text(file)?).with_context(|| file.clone())?;
            if list.is_empty() {
                bail!("{file}: the list names no feed (no outline with an xmlUrl)");
            }
            add(&settings, &store, &clock, list).await
        }
        FeedWish::Export => export(&settings, &store).await,
        FeedWish::List => list(&store).await,
        FeedWish::Check { .. } => super::check_feeds::all(&store, &settings).await,
        FeedWish::Pause { address } => set(&store, &clock, address, State::Paused).await,
        FeedWish::Wake { address } => set(&store, &clock, address, State::Active).await,
        FeedWish::Remove { address } => set(&store, &clock, address, State::Removed).await,
    })
}

/// The text of a file or of standard input.
fn text(file: &str) -> Result<String> {
    let mut bytes = Vec::new();
    if file == "-" {
        io::stdin().lock().take(opml::BYTES).read_to_end(&mut bytes)?;
    } else {
        let file = std::fs::File::open(file)
            .with_context(|| format!("{file}: the list can't be opened. Check the spelling"))?;
        file.take(opml::BYTES).read_to_end(&mut bytes)?;
    }
    Ok(String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned())
}

/// Adds feeds, each with its outlet. Wrong addresses are said and counted; the others are added all the same.
async fn add(settings: &Settings, store: &Store, clock: &Clock, wanted: Vec<Outline>) -> Result<Status> {
    let (mut added, mut wrong) = (0, 0);
    for outline in wanted {
        match address(&outline.address) {
            Err(error) => {
                wrong += 1;
                eprintln!("nutgraf: {error}");
            }
            Ok(url) => {
                let section =
                    settings.site.sections.iter().find(|name| name.eq_ignore_ascii_case(&outline.folder));
                let section = section.map_or("", String::as_str);
                let new = put(store, &settings.write.families, &url, &outline.title, section, clock).await?;
                added += usize::from(new);
                let said = if new { "added" } else { "known already" };
                eprintln!("nutgraf: {url}: {said}");
            }
        }
    }
    writeln!(io::stdout(), "{added} feeds added. A running newsroom asks them within a minute.")?;
    Ok(if wrong > 0 { Status::Unreadable } else { Status::Done })
}

/// Adds one feed and the outlet that its address belongs to; whether it is new.
pub(super) async fn put(
    store: &Store,
    families: &Families,
    url: &Url,
    title: &str,
    section: &str,
    clock: &Clock,
) -> Result<bool> {
    let host = url.host_str().unwrap_or_default().to_lowercase();
    let domain = families::registrable(&host).unwrap_or_else(|| host.clone());
    let name = families.name(&host).map(str::to_owned).unwrap_or_else(|| domain.clone());
    let now = clock.now();
    let outlet = store.put_outlet(&NewOutlet { domain, name, ..NewOutlet::default() }, now).await?;
    let feed =
        NewFeed { address: url.to_string(), outlet, title: title.to_owned(), section: section.to_owned() };
    let (_, new) = store.add_feed(&feed, now).await?;
    if new {
        store.log("nutgraf", "add", &format!("feed {url}"), "from the command line", now).await?;
    }
    Ok(new)
}

/// An address that a feed can have.
pub(super) fn address(text: &str) -> Result<Url> {
    let told = "Give the whole address of a feed, such as https://news.example/feed.xml";
    let mut url = Url::parse(text.trim()).with_context(|| format!("{text}: this is no address. {told}"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        bail!("{text}: only http and https can be fetched. {told}");
    }
    if !url.username().is_empty() || url.password().is_some() {
        bail!(
            "{}: a user name in an address would end up in pages and logs. Give the address without",
            url.host_str().unwrap_or_default()
        );
    }
    url.set_fragment(None);
    Ok(url)
}

async fn export(settings: &Settings, store: &Store) -> Result<Status> {
    let feeds = store.feeds().await?.into_iter().filter(|feed| feed.state != State::Removed);
    let outlines: Vec<Outline> = feeds
        .map(|feed| Outline { address: feed.address, title: feed.title, folder: feed.section })
        .collect();
    opml::write(io::stdout().lock(), &settings.site.name, &outlines)?;
    Ok(Status::Done)
}

/// One line a feed: state, health, when it is due, its address, what was seen last.
async fn list(store: &Store) -> Result<Status> {
    let feeds = store.feeds().await?;
    let mut out = io::stdout().lock();
    for feed in &feeds {
        let due = Timestamp::from_millisecond(feed.next).map_or_else(|_| "never".to_owned(), short);
        let due = if feed.state == State::Active { due } else { "-".to_owned() };
        let line =
            [state(feed), feed.health.name(), &due, &feed.address, &feed.section, &feed.note].join("\t");
        writeln!(out, "{line}")?;
    }
    eprintln!("nutgraf: {} feeds: state, health, due, address, section, note", feeds.len());
    Ok(Status::Done)
}

fn state(feed: &Feed) -> &'static str {
    match feed.state {
        State::Active => "active",
        State::Paused => "paused",
        State::Removed => "removed",
    }
}

fn short(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%MZ").to_string()
}

async fn set(store: &Store, clock: &Clock, address: &str, to: State) -> Result<Status> {
    let feeds = store.feeds().await?;
    let wanted = self::address(address).map(|url| url.to_string()).unwrap_or_else(|_| address.to_owned());
    let feed = feeds
        .iter()
        .find(|feed| feed.address == wanted || feed.address == address || feed.moved_from == wanted);
    let Some(feed) = feed else {
        bail!("{address}: the newsroom has no such feed. nutgraf feeds list prints all addresses");
    };
    store.set_feed_state(feed.id, to, clock.now()).await?;
    let (action, said) = match to {
        State::Active => ("wake", "is asked again, at once"),
        State::Paused => ("pause", "rests until it is woken"),
        State::Removed => ("remove", "is taken out; its articles stay"),
    };
    store
        .log("nutgraf", action, &format!("feed {}", feed.address), "from the command line", clock.now())
        .await?;
    writeln!(io::stdout(), "{}: {said}", feed.address)?;
    Ok(Status::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_no_feed_can_have_are_refused_with_the_next_step() {
        for (text, word) in [
            ("news.example/feed", "no address"),
            ("ftp://news.example/feed", "only http and https"),
            ("file:///etc/passwd", "only http and https"),
            ("https://u:secret@news.example/", "user name"),
        ] {
            let error = format!("{:#}", address(text).expect_err(text));
            assert!(error.contains(word) && !error.contains("secret"), "{error}");
        }
        assert_eq!(
            address(" HTTPS://News.Example/Feed#top ").expect("fine").as_str(),
            "https://news.example/Feed"
        );
    }
}
