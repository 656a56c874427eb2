//! A page's bytes → what an article needs: facts, kind and the parts of its text.
//!
//! The source is cut down and bounded first, then parsed once; facts come from the most trusted place that
//! has them, the text from the part of the page that reads like running prose.

mod agency;
mod authors;
mod body;
mod byline;
mod bywords;
mod caption;
mod choice;
mod clean;
mod embedded;
mod encoding;
mod furniture;
mod image;
mod issued;
mod jsonld;
mod kind;
mod links;
mod marks;
mod metadata;
mod moment;
mod notes;
mod opening;
mod people;
mod plain;
mod postmark;
mod rights;
mod role;
mod scrap;
mod source;
mod suffix;
mod tags;
mod title;
mod tree;
mod wording;

#[cfg(test)]
mod tests;

use language::hygiene;

use crate::article::{Image, Kind, Opening, Role};
use crate::stamp::Stamp;

/// The most bytes of a page that are looked at.
const LIMIT: usize = 16 << 20;

/// What was read from one page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The headline without the site's name; empty where there is none.
    pub title: String,
    /// People and organisations of the byline, in order.
    pub authors: Vec<String>,
    /// The outlet's name as the page gives it.
    pub outlet: Option<String>,
    /// When it was published, in the page's own offset.
    pub published: Option<Stamp>,
    /// When it was last changed.
    pub modified: Option<Stamp>,
    /// BCP 47 language, lower case; empty where the page names none.
    pub lang: String,
    /// What kind of article it is.
    pub kind: Kind,
    /// The sign that tells its kind: `section "Opinion"`; none for a report that shows no sign.
    pub sign: Option<String>,
    /// The section it stands in, as the page calls it.
    pub section: Option<String>,
    /// The address that the page calls its own.
    pub canonical: Option<String>,
    /// The main image, then the figures of the text.
    pub images: Vec<Image>,
    /// Whether the page says that only subscribers may read it whole.
    pub paywalled: bool,
    /// Whether the page reserves its text against reuse by machines.
    pub reserved: bool,
    /// What the page says about reuse, each as `robots: noai` or `licence: https://…`.
    pub reuse: Vec<String>,
    /// The news agency whose copy this is.
    pub agency: Option<String>,
    /// The parts of the body in order; the headline is not among them.
    pub blocks: Vec<(Role, String)>,
    /// Where the page shows that another item begins, by index into the blocks.
    pub openings: Vec<Opening>,
    /// The addresses that the body links to, each once, in the order of the text.
    pub links: Vec<String>,
}

impl Page {
    /// The running text for records: paragraphs, list items and quotations, parted by empty lines. Headings,
    /// captions and notes are left out: they are no sentences of the report.
    #[must_use]
    pub fn text(&self) -> String {
        let running = |role: &Role| matches!(role, Role::Paragraph | Role::Item | Role::Quotation);
        let parts: Vec<&str> =
            self.blocks.iter().filter(|(role, _)| running(role)).map(|(_, text)| text.as_str()).collect();
        parts.join("\n\n")
    }
}

/// The page's source without scripts and styles, cut down to a size and depth that a parser takes in bounded time.
pub(crate) fn bounded(text: &str) -> String {
    source::thin(text).html
}

/// A page's source, in whatever encoding it is: what its header says goes before what it says of itself, and the
/// country of its address tips a close guess.
#[must_use]
pub fn decode(bytes: &[u8], url: Option<&str>, content_type: Option<&str>) -> String {
    encoding::decode(&bytes[..bytes.len().min(LIMIT)], content_type, url).0
}

/// Reads a page. Never fails: what could not be read is absent, and the notes say why.
#[must_use]
pub fn read(bytes: &[u8], url: Option<&str>) -> (Page, Vec<String>) {
    read_sent(bytes, url, None)
}

/// Reads a page that came with a `Content-Type`, whose encoding goes before what the page says of itself.
#[must_use]
pub fn read_sent(bytes: &[u8], url: Option<&str>, content_type: Option<&str>) -> (Page, Vec<String>) {
    read_as(bytes, url, content_type, Form::Page)
}

/// Reads the HTML of a letter, whose linked headlines with text below are its own and no pointers to other pages.
#[must_use]
pub fn read_letter(bytes: &[u8]) -> (Page, Vec<String>) {
    read_as(bytes, None, None, Form::Letter)
}

/// What the HTML was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Page,
    Letter,
}

fn read_as(bytes: &[u8], url: Option<&str>, content_type: Option<&str>, form: Form) -> (Page, Vec<String>) {
    let mut notes = Vec::new();
    if bytes.len() > LIMIT {
        notes.push(format!("only the first {LIMIT} bytes of the page were read"));
    }
    let (text, note) = encoding::decode(&bytes[..bytes.len().min(LIMIT)], content_type, url);
    notes.extend(note);
    let source::Source { html, linked, scripts, cut } = source::thin(&text);
    if cut {
        notes.push("the page has too many tags; the rest was not read".to_owned());
    }
    let linked = jsonld::read(&linked, url, &mut notes).unwrap_or_default();
    let tree = tree::Tree::parse(html);
    let mut facts = metadata::gather(&tree, &linked, url);
    let mut text = body::read(&tree, &facts.title, linked.body.as_deref(), form);
    if body::words(&text.blocks) < 60 {
        let inner = embedded::read(&scripts, &facts.title);
        if body::words(&inner.blocks) > 2 * body::words(&text.blocks) {
            text = inner;
        }
    }
    facts.title = hygiene::visible(&facts.title).text;
    notes.extend(tidy(&mut text));
    take_byline(&mut text, &mut facts, url);
    let body::Text { mut blocks, openings, several, links } = text;
    notes::mark(&mut blocks);
    if blocks.is_empty() {
        notes.push("no running text found".to_owned());
    }
    let address = url.or(facts.canonical.as_deref());
    let links = links::resolved(links, address);
    let hinted = ["body", "article"].iter().filter_map(|name| tree.first(name));
    let marks: String = hinted.map(|node| tree.nodes[node].hint.as_str()).collect();
    let signs = kind::Signs {
        types: &linked.types,
        title: &facts.title,
        labels: &facts.labels,
        sections: &facts.sections,
        genres: &facts.genres,
        keywords: &facts.keywords,
        marks: &marks,
        description: facts.description.as_deref(),
        opinion: facts.opinion,
        url: address,
    };
    let (kind, sign) = kind::tell(&signs, &blocks);
    let paragraphs =
        blocks.iter().filter(|(role, _)| *role == Role::Paragraph).map(|(_, text)| text.as_str());
    let agency = agency::find(&facts.authors, facts.outlet.as_deref(), paragraphs);
    let page = Page {
        title: facts.title,
        authors: facts.authors,
        outlet: facts.outlet,
        published: facts.published,
        modified: facts.modified,
        lang: facts.lang,
        kind,
        sign,
        section: facts.sections.into_iter().next(),
        canonical: facts.canonical,
        images: facts.images,
        paywalled: facts.paywalled,
        reserved: facts.reuse.reserved,
        reuse: facts.reuse.said,
        agency,
        blocks,
        openings: if several || kind == Kind::LiveBlog { openings } else { Vec::new() },
        links,
    };
    (page, notes)
}

/// Makes the text clean, and says what was taken out of it and what is odd in it.
fn tidy(text: &mut body::Text) -> Option<String> {
    let mut tally = hygiene::Tally::default();
    for (_, line) in &mut text.blocks {
        let cleaned = hygiene::visible(line);
        tally.merge(&cleaned.tally);
        *line = cleaned.text;
    }
    let empty: Vec<usize> = (0..text.blocks.len()).filter(|&at| text.blocks[at].1.is_empty()).collect();
    text.remove(&empty);
    tally.note()
}

/// Takes a byline that stands as a line of the text out of it, and its names where the page names nobody else.
fn take_byline(text: &mut body::Text, facts: &mut metadata::Facts, url: Option<&str>) {
    let blocks = &text.blocks;
    let outlet = facts.outlet.as_deref();
    let nobody =
        facts.authors.iter().all(|name| byline::is_house(name, outlet, url) || facts.weak.contains(name));
    let end = blocks.len();
    let near = |index: usize| index < 4 || index + 2 >= end;
    let opened = (0..end)
        .filter(|&index| near(index))
        .find_map(|index| byline::line(&blocks[index].1).map(|names| (index, names)));
    // Names alone on a line count only above the first paragraph, and where the page names nobody else. A heading
    // may look the same: in German, where it has capitals throughout, and where others of its like follow.
    let first = blocks.iter().position(|(_, text)| text.split_whitespace().count() >= 25).unwrap_or(0);
    let bare = || {
        let shouts = |text: &str| !text.chars().any(char::is_lowercase);
        let like = |index: usize| {
            let headings = blocks[first..].iter().filter(|(role, _)| *role == Role::Heading);
            let others: Vec<&str> = headings.map(|(_, text)| text.as_str()).collect();
            let named = others.iter().filter(|other| byline::bare(other).is_some()).count();
            named * 2 > others.len() || shouts(&blocks[index].1) && others.iter().any(|other| shouts(other))
        };
        let lines = (0..first.min(4)).filter(|_| nobody && !facts.lang.starts_with("de"));
        let lines = lines.filter(|&index| !like(index));
        lines.rev().find_map(|index| byline::bare(&blocks[index].1).map(|names| (index, names)))
    };
    if let Some((index, names)) = opened.or_else(bare) {
        if nobody {
            facts.authors = names;
        }
        text.remove(&[index]);
    }
    // A short last paragraph that begins with an author's name is about the author.
    let about = |text: &str| {
        text.split_whitespace().count() < 45
            && facts.authors.iter().any(|name| name.contains(' ') && text.starts_with(name.as_str()))
    };
    let ending = text.blocks.iter().rev().take_while(|(_, line)| about(line)).count();
    let end = text.blocks.len();
    let gone: Vec<usize> = (end - ending.min(end.saturating_sub(3))..end).collect();
    text.remove(&gone);
}
