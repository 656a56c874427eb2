//! `nutgraf feeds check`: asks feeds now and says how each is, without keeping anything.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

use anyhow::Result;
use desk::families;
use fetch::Client;
use fetch::feed::{Outcome, State};
use fetch::schedule::Rhythm;
use jiff::Timestamp;
use store::{Health, Store};

use super::feeds::address;
use crate::settings::{self, Settings};
use crate::{Status, cli};

/// Checks the feeds at these addresses; no newsroom is needed for that.
pub(super) fn addresses(addresses: &[String], options: &cli::Options) -> Result<Status> {
    let settings = settings::in_force(options)?.settings;
    let urls: Result<Vec<String>> =
        addresses.iter().map(|text| address(text).map(|url| url.to_string())).collect();
    print(&urls?, &settings)
}

/// Checks all feeds of the newsroom that are in use.
pub(super) async fn all(store: &Store, settings: &Settings) -> Result<Status> {
    let feeds = store.feeds().await?.into_iter().filter(|feed| feed.state == store::State::Active);
    let addresses: Vec<String> = feeds.map(|feed| feed.address).collect();
    tokio::task::block_in_place(|| print(&addresses, settings))
}

/// One line a feed, in their order: health, how many articles, address, note.
fn print(addresses: &[String], settings: &Settings) -> Result<Status> {
    let outcomes = asked(addresses, settings);
    let mut out = io::stdout().lock();
    let mut well = 0;
    for address in addresses {
        let Some(outcome) = outcomes.get(address) else { continue };
        well += usize::from(outcome.health == Health::Well);
        writeln!(out, "{}\t{}\t{address}\t{}", outcome.health.name(), outcome.offers.len(), outcome.note)?;
    }
    eprintln!("nutgraf: {well} of {} feeds are well: health, articles, address, note", addresses.len());
    Ok(if well == addresses.len() { Status::Done } else { Status::Faults })
}

/// Asks for all, several sites at the same time, each site for one thing after another.
fn asked(addresses: &[String], settings: &Settings) -> BTreeMap<String, Outcome> {
    let mut sites: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for address in addresses {
        let host = families::host(address).unwrap_or_default();
        sites.entry(families::registrable(&host).unwrap_or(host)).or_default().push(address);
    }
    let client = Client::new(&settings.fetch.limits);
    let (sites, outcomes) = (Mutex::new(sites.into_values()), Mutex::new(BTreeMap::new()));
    std::thread::scope(|scope| {
        for _ in 0..settings.fetch.fetchers {
            scope.spawn(|| {
                while let Some(site) = next(&sites) {
                    for (at, address) in site.into_iter().enumerate() {
                        std::thread::sleep(if at == 0 { Duration::ZERO } else { settings.fetch.gap });
                        let outcome = ask(&client, address);
                        outcomes
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .insert(address.clone(), outcome);
                    }
                }
            });
        }
    });
    outcomes.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn next<T>(from: &Mutex<impl Iterator<Item = T>>) -> Option<T> {
    from.lock().unwrap_or_else(PoisonError::into_inner).next()
}

fn ask(client: &Client, address: &str) -> Outcome {
    let state = State { address: address.to_owned(), ..State::default() };
    fetch::feed::ask(client, &state, &Rhythm::default(), Timestamp::now().as_millisecond())
}
