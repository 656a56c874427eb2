//! Whether the passages of a receipt stand in the pages that it cites: the one thing that a receipt can't show alone.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anyhow::Result;
use desk::read::apart;
use desk::read::places::{Place, Places};
use desk::receipt::{Origin, Receipt};
use fetch::Document;

use crate::cli::Limits;
use crate::intake::OTHER_KIND;

/// The passages of one source, and the page that holds most of them.
struct Search<'r> {
    origin: &'r Origin,
    passages: BTreeSet<&'r str>,
    best: Option<Best>,
}

/// A page, and where each passage stands in it.
struct Best {
    name: String,
    /// Whether its address is the source's.
    is_own: bool,
    places: Vec<Option<Place>>,
}

impl Best {
    /// A page of the very address goes before any other, then the one that has more.
    fn rank(&self) -> (bool, usize) {
        (self.is_own, self.places.iter().flatten().count())
    }
}

/// Prints for each source where its passages stand, and says how many could not be found.
///
/// # Errors
/// When a SOURCE can't be read.
pub(super) fn look(name: &str, receipt: &Receipt, sources: &[String], limits: &Limits) -> Result<usize> {
    let mut searches = searches(receipt);
    for source in sources {
        let is_folder = std::path::Path::new(source).is_dir();
        let mut stdin = std::io::stdin().lock();
        let mut each = |document: Result<Document, fetch::Refusal>| match document {
            Ok(document) => searches.values_mut().for_each(|search| search.page(&document)),
            // A folder may hold what is no page.
            Err(refusal) if refusal.code == OTHER_KIND && is_folder => {}
            Err(refusal) => eprintln!("nutgraf: {}: {}", refusal.name, refusal.reason),
        };
        fetch::documents(source, &limits.for_fetching(), &mut stdin, &mut each)?;
    }
    let mut out = std::io::stdout().lock();
    let mut missing = 0;
    for (number, search) in &searches {
        missing += search.print(name, *number, &mut out)?;
    }
    Ok(missing)
}

fn searches(receipt: &Receipt) -> BTreeMap<u32, Search<'_>> {
    let origins = receipt.sources.iter();
    let mut searches: BTreeMap<u32, Search<'_>> = origins
        .map(|origin| (origin.number, Search { origin, passages: BTreeSet::new(), best: None }))
        .collect();
    let lines = receipt.paragraphs.iter().flatten().chain([&receipt.headline]);
    for passage in lines.flat_map(|line| &line.passages) {
        if let Some(search) = searches.get_mut(&passage.source) {
            search.passages.insert(&passage.text);
        }
    }
    searches
}

impl Search<'_> {
    fn page(&mut self, document: &Document) {
        let bare = |url: &str| fetch::address::normal(url.split('#').next().unwrap_or(url));
        let own = self.origin.url.as_deref().and_then(bare);
        let is_own = own.is_some() && document.url.as_deref().and_then(bare) == own;
        if self.best.as_ref().is_some_and(|best| best.is_own) && !is_own {
            return;
        }
        let page = Places::read(&document.bytes, document.url.as_deref(), document.content_type.as_deref());
        let places: Vec<Option<Place>> = self.passages.iter().map(|passage| page.find(passage)).collect();
        let best = Best { name: document.name.clone(), is_own, places };
        let fits = is_own || best.rank().1 > 0;
        if fits && self.best.as_ref().is_none_or(|old| best.rank() > old.rank()) {
            self.best = Some(best);
        }
    }

    fn print(&self, name: &str, number: u32, out: &mut impl Write) -> Result<usize> {
        let all = self.passages.len();
        let Some(best) = &self.best else {
            let address = self.origin.url.as_deref().map(|url| format!(" ({})", apart::key(url)));
            writeln!(
                out,
                "{name}: source {number}: no page given holds any of its {all} passages{} [page-missing]",
                address.unwrap_or_default()
            )?;
            return Ok(all);
        };
        let found: Vec<Place> = best.places.iter().copied().flatten().collect();
        let count = if all == 1 { "1 passage".to_owned() } else { format!("{all} passages") };
        writeln!(out, "{name}: source {number}: {} of {count} found in {}", found.len(), best.name)?;
        for (passage, place) in self.passages.iter().zip(&best.places) {
            match place {
                Some(Place { span, exact: true }) => {
                    writeln!(out, "  bytes {}–{}: {passage}", span.start, span.end)?;
                }
                Some(Place { span, exact: false }) => {
                    writeln!(
                        out,
                        "  bytes {}–{}, with more between its words: {passage}",
                        span.start, span.end
                    )?;
                }
                None => writeln!(out, "  not found [passage-missing]: {passage}")?,
            }
        }
        Ok(all - found.len())
    }
}
