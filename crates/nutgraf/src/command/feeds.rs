//! `nutgraf feeds`: adds, lists, checks, pauses and removes feeds; lists in (OPML, JSON) and out (OPML).

use std::io::{self, Read as _, Write as _};

use anyhow::{Context as _, Result, bail};
use desk::families::{self, Families};
use desk::read::feed;
use fetch::Client;
use jiff::Timestamp;
use store::{Clock, Feed, NewFeed, NewOutlet, State, Store};
use url::Url;

use super::finding::{self, Place};
use super::office::{self, Need};
use crate::cli::FeedWish;
use crate::list;
use crate::opml::{self, Outline};
use crate::settings::Settings;
use crate::{Status, cli};

/// How many refused feeds of a list are named.
const NAMED: usize = 20;

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
            let odd = section.as_ref().filter(|section| !settings.site.sections.contains(section));
            if let Some(odd) = odd {
                bail!("{odd} is no section. site.sections has {}", settings.site.sections.join(", "));
            }
            let folders: Vec<String> = section.iter().cloned().collect();
            let (wanted, settled) = tokio::task::block_in_place(|| found(addresses, &folders, &settings))?;
            let added = add(&settings, &store, &clock, wanted).await?;
            let done = added == Status::Done && settled;
            Ok(if done { Status::Done } else { Status::Unreadable })
        }
        FeedWish::Import { file } => {
            let text = text(file)?;
            let list = if list::is_json(&text) { list::read(&text) } else { opml::read(&text) };
            let list = list.with_context(|| file.clone())?;
            if list.is_empty() {
                bail!("{file}: the list names no feed (no outline with an xmlUrl, no category with feeds)");
            }
            import(&settings, &store, &clock, list).await
        }
        FeedWish::Export => export(&settings, &store).await,
        FeedWish::List => print(&store).await,
        FeedWish::Check { .. } => super::check_feeds::all(&store, &settings).await,
        FeedWish::Pause { address } => set(&store, &clock, address, State::Paused).await,
        FeedWish::Wake { address } => set(&store, &clock, address, State::Active).await,
        FeedWish::Remove { address } => set(&store, &clock, address, State::Removed).await,
    })
}

/// The text of a file or of standard input, in whatever encoding it is.
fn text(file: &str) -> Result<String> {
    let mut bytes = Vec::new();
    if file == "-" {
        io::stdin().lock().take(opml::BYTES + 1).read_to_end(&mut bytes)?;
    } else {
        let opened = std::fs::File::open(file)
            .with_context(|| format!("{file}: the list can't be opened. Check the spelling"))?;
        opened.take(opml::BYTES + 1).read_to_end(&mut bytes)?;
    }
    if bytes.len() as u64 > opml::BYTES {
        bail!("{file}: the list is over the limit of {} MB. Import it in parts", opml::BYTES >> 20);
    }
    Ok(feed::text(&bytes))
}

/// The feeds behind the addresses, some of which may be of pages that name their feed; and whether each address led to
/// one. What did not is said.
fn found(addresses: &[String], folders: &[String], settings: &Settings) -> Result<(Vec<Outline>, bool)> {
    let client = Client::new(&settings.fetch.limits);
    let (mut wanted, mut settled) = (Vec::new(), true);
    let outline = |address: &str, title: &str| Outline {
        address: address.to_owned(),
        title: title.to_owned(),
        folders: folders.to_vec(),
    };
    for text in addresses {
        // What is wrong with an address is said when it is added.
        let place = address(text).map_or(Place::Feed, |url| finding::look(&client, &url));
        match place {
            Place::Feed => wanted.push(outline(text, "")),
            Place::Page(found) => {
                eprintln!("nutgraf: {text}: the page names its feed, {}", found.address);
                wanted.push(outline(&found.address, &found.title));
            }
            Place::Choice(found) => {
                finding::print(&address(text)?, &found)?;
                settled = false;
            }
            Place::Neither(reason) => {
                eprintln!("nutgraf: {text}: {reason}");
                settled = false;
            }
        }
    }
    Ok((wanted, settled))
}

/// Adds feeds, each with its outlet, and says of each whether it is new. Wrong addresses are said and counted; the
/// others are added all the same.
async fn add(settings: &Settings, store: &Store, clock: &Clock, wanted: Vec<Outline>) -> Result<Status> {
    let (mut added, mut wrong) = (0, 0);
    for outline in wanted {
        match take(settings, store, clock, &outline).await? {
            Err(reason) => {
                wrong += 1;
                eprintln!("nutgraf: {reason}");
            }
            Ok((url, new)) => {
                added += usize::from(new);
                eprintln!("nutgraf: {url}: {}", if new { "added" } else { "known already" });
            }
        }
    }
    writeln!(io::stdout(), "{added} feeds added. A running newsroom asks them within a minute.")?;
    Ok(if wrong > 0 { Status::Unreadable } else { Status::Done })
}

/// Adds the feeds of a list, and counts those added, known already and refused; of the refused the first are named.
async fn import(settings: &Settings, store: &Store, clock: &Clock, list: Vec<Outline>) -> Result<Status> {
    let (mut added, mut known, mut refused) = (0, 0, 0);
    for outline in &list {
        match take(settings, store, clock, outline).await? {
            Ok((_, true)) => added += 1,
            Ok((_, false)) => known += 1,
            Err(reason) => {
                refused += 1;
                if refused <= NAMED {
                    eprintln!("nutgraf: refused: {reason}");
                }
            }
        }
    }
    if refused > NAMED {
        eprintln!("nutgraf: refused: {} more", refused - NAMED);
    }
    eprintln!("nutgraf: {} in the list: {added} added, {known} known already, {refused} refused", list.len());
    writeln!(io::stdout(), "{added} feeds added. A running newsroom asks them within a minute.")?;
    Ok(if refused > 0 { Status::Unreadable } else { Status::Done })
}

/// Adds one feed of a list: its address and whether it is new, or what is wrong with it.
async fn take(
    settings: &Settings,
    store: &Store,
    clock: &Clock,
    outline: &Outline,
) -> Result<Result<(Url, bool), anyhow::Error>> {
    let url = match address(&outline.address) {
        Ok(url) => url,
        Err(error) => return Ok(Err(error)),
    };
    let section = outline.section(&settings.site.sections).unwrap_or_default();
    let new = put(store, &settings.write.families, &url, &outline.title, section, clock).await?;
    Ok(Ok((url, new)))
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
        .map(|feed| Outline {
            address: feed.address,
            title: feed.title,
            folders: Some(feed.section).filter(|section| !section.is_empty()).into_iter().collect(),
        })
        .collect();
    opml::write(io::stdout().lock(), &settings.site.name, &outlines)?;
    Ok(Status::Done)
}

/// One line a feed: state, health, when it is due, its address, what was seen last.
async fn print(store: &Store) -> Result<Status> {
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
