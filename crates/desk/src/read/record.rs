//! Records of articles as JSON: the forms of the gold data, of other programs' exports, and our own.

use jiff::civil::Date;
use language::calendar;
use serde_json::Value;

use super::page::Page;
use crate::article::{Article, Block, Image, Kind, Opening, Role, sha256};
use crate::families::{Families, host, registrable};
use crate::stamp::Stamp;

/// Reads one record as an article. `{id, url, domain, date, title, description, text}`,
/// `{id, title, date, url, paragraphs}`, `{id, publisher, title, text}` and `{id, sentences}` are understood,
/// and what `nutgraf read` prints. Nothing where the record has no text.
#[must_use]
pub fn article(record: &Value, families: &Families) -> Option<Article> {
    let field =
        |name: &str| record.get(name).and_then(Value::as_str).map(str::trim).filter(|s| !s.is_empty());
    let title = clean(field("title").unwrap_or_default());
    let parts = parts(record);
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !same(part, &title)).collect();
    let (text, blocks) = Article::compose(&title, parts.into_iter().map(|part| (Role::Paragraph, part)));
    if text.is_empty() {
        return None;
    }
    let url = field("url").map(str::to_owned);
    let site = url.as_deref().and_then(host).or_else(|| field("domain").map(str::to_lowercase));
    let domain = site.as_deref().map(|site| registrable(site).unwrap_or_else(|| site.to_owned()));
    let outlet = field("outlet").or_else(|| field("publisher")).map(str::to_owned);
    let outlet = outlet.or_else(|| site.as_deref().and_then(|site| families.name(site)).map(str::to_owned));
    let id = field("id").map(str::to_owned);
    let id = id.or_else(|| record.get("id").filter(|id| id.is_number()).map(Value::to_string));
    let lang = field("lang").map(str::to_lowercase);
    let moment = |name| field(name).and_then(Stamp::parse);
    Some(Article {
        id: id.unwrap_or_else(|| made_id(url.as_deref(), &text)),
        outlet: outlet.or_else(|| domain.clone()).unwrap_or_default(),
        domain,
        title,
        authors: strings(record, "authors"),
        agency: field("agency").map(str::to_owned).or_else(|| agency(&text, &blocks, families)),
        published: day_of(url.as_deref(), moment("published").or_else(|| moment("date"))),
        modified: moment("modified"),
        lang: lang.unwrap_or_else(|| language::tongue::tongue(&text).unwrap_or_default().to_owned()),
        kind: field("kind").map_or_else(Kind::default, Kind::from_name),
        sign: field("sign").map(str::to_owned),
        section: field("section").map(str::to_owned),
        paywalled: record.get("paywalled").and_then(Value::as_bool).unwrap_or(false),
        reserved: record.get("reserved").and_then(Value::as_bool).unwrap_or(false),
        reuse: strings(record, "reuse"),
        images: images(record),
        fetched: field("fetched").map(str::to_owned),
        url,
        text,
        blocks,
        openings: Vec::new(),
        links: strings(record, "links"),
    })
}

/// When a record was published. Its date is often the day of crawling: a day in the address that is earlier goes
/// before it.
fn day_of(url: Option<&str>, stamp: Option<Stamp>) -> Option<Stamp> {
    let printed = url.and_then(day_in_address).map(Stamp::of_day);
    match (printed, stamp) {
        (Some(printed), Some(stamp)) if printed.day < stamp.day => Some(printed),
        (Some(printed), None) => Some(printed),
        _ => stamp,
    }
}

/// The day that an address carries: `/2026/03/11/`, `/2026/mar/11/`, `2026-03-11`.
fn day_in_address(url: &str) -> Option<Date> {
    let parts: Vec<&str> = url.split(['/', '-', '_']).collect();
    parts.windows(3).find_map(|three| {
        let [year, month, day] = three else { return None };
        let named = calendar::month(month).filter(|_| month.len() == 3);
        let month = named.or_else(|| month.parse().ok().filter(|_| month.len() <= 2))?;
        let year = year.parse::<i16>().ok().filter(|year| (1990..2100).contains(year))?;
        let day = day.parse::<i8>().ok().filter(|_| day.len() <= 2)?;
        Date::new(year, month, day).ok()
    })
}

/// The article that a read page is, found at `url`. Nothing where the page has no body.
#[must_use]
pub fn from_page(page: Page, url: Option<&str>, id: Option<&str>, families: &Families) -> Option<Article> {
    let title = clean(&page.title);
    let blocks = page.blocks.iter().map(|(role, part)| (*role, part.as_str()));
    let blocks: Vec<(Role, String)> = blocks.map(|(role, part)| (role, clean(part))).collect();
    if !blocks.iter().any(|(role, _)| matches!(role, Role::Paragraph | Role::Item | Role::Quotation)) {
        return None;
    }
    // A part that is empty is left out, so that those behind it move up.
    let openings = page.openings.iter().map(|opening| Opening {
        block: blocks.iter().take(opening.block).filter(|(_, part)| !part.trim().is_empty()).count(),
        at: opening.at,
    });
    let openings = openings.collect();
    let (text, blocks) = Article::compose(&title, blocks.iter().map(|(role, part)| (*role, part.as_str())));
    let url = page.canonical.or_else(|| url.map(str::to_owned));
    let site = url.as_deref().and_then(host);
    let known = site.as_deref().and_then(|site| families.name(site)).map(str::to_owned);
    let bare = || site.as_deref().map(|s| s.trim_start_matches("www.").to_owned());
    Some(Article {
        id: id.map_or_else(|| made_id(url.as_deref(), &text), str::to_owned),
        outlet: page.outlet.or(known).or_else(bare).unwrap_or_default(),
        domain: site.as_deref().map(|site| registrable(site).unwrap_or_else(|| site.to_owned())),
        url,
        title,
        authors: page.authors,
        agency: page.agency.or_else(|| agency(&text, &blocks, families)),
        published: page.published,
        modified: page.modified,
        lang: if page.lang.is_empty() {
            language::tongue::tongue(&text).unwrap_or_default().to_owned()
        } else {
            page.lang
        },
        kind: page.kind,
        sign: page.sign,
        section: page.section,
        paywalled: page.paywalled,
        reserved: page.reserved,
        reuse: page.reuse,
        images: page.images,
        fetched: None,
        text,
        blocks,
        openings,
        links: page.links,
    })
}

/// An id for an article that came without one: from its address, else from its text.
#[must_use]
pub fn made_id(url: Option<&str>, text: &str) -> String {
    let seed = url.map_or(text, super::apart::key);
    sha256(seed.as_bytes())[..16].to_owned()
}

fn parts(record: &Value) -> Vec<String> {
    let list = |name: &str| {
        let items = record.get(name)?.as_array()?;
        Some(items.iter().filter_map(Value::as_str).map(clean).collect::<Vec<_>>())
    };
    if let Some(paragraphs) = list("paragraphs") {
        return paragraphs;
    }
    if let Some(sentences) = list("sentences") {
        return vec![sentences.join(" ")];
    }
    let text = record.get("text").and_then(Value::as_str).unwrap_or_default();
    let text = if text.trim().is_empty() {
        record.get("description").and_then(Value::as_str).unwrap_or_default()
    } else {
        text
    };
    text.split('\n').map(clean).filter(|part| !part.is_empty()).collect()
}

fn strings(record: &Value, name: &str) -> Vec<String> {
    let items = record.get(name).and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_str).map(clean).filter(|text| !text.is_empty()).collect()
}

fn images(record: &Value) -> Vec<Image> {
    let items = record.get("images").and_then(Value::as_array).into_iter().flatten();
    let text = |item: &Value, name: &str| item.get(name).and_then(Value::as_str).map(clean);
    items
        .filter_map(|item| {
            let (caption, credit) = (text(item, "caption"), text(item, "credit"));
            Some(Image { url: text(item, "url").filter(|url| !url.is_empty())?, caption, credit })
        })
        .collect()
}

/// The agency that an article's own text names as its writer.
fn agency(text: &str, blocks: &[Block], families: &Families) -> Option<String> {
    dateline(text, families).or_else(|| {
        let credit = super::credit::credit(text, blocks, families)?;
        credit.wrote.then_some(credit.agency)
    })
}

/// The agency of a dateline in the first paragraphs: `PORT SELWICK (Meridian Wire) —`.
fn dateline(text: &str, families: &Families) -> Option<String> {
    text.split("\n\n").take(3).find_map(|part| {
        let head = &part[..part.char_indices().nth(90).map_or(part.len(), |(at, _)| at)];
        let (place, rest) = head.split_once('(')?;
        let (name, after) = rest.split_once(')')?;
        let dashed = after.trim_start().starts_with(['-', '–', '—']);
        let place = place.split(',').next().unwrap_or(place);
        let capitals = place.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        let known = families.is_agency(name);
        let named = name.chars().next().is_some_and(char::is_uppercase) && name.split(' ').count() <= 4;
        (dashed && named && (capitals && !place.trim().is_empty() || known)).then(|| name.trim().to_owned())
    })
}

/// What of a text is kept: the one door through which every article's text comes.
fn clean(text: &str) -> String {
    language::hygiene::visible(text).text
}

fn same(part: &str, title: &str) -> bool {
    fn letters(s: &str) -> impl Iterator<Item = char> {
        s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    letters(part).eq(letters(title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_the_address_goes_before_the_day_of_crawling() {
        let check = |url: &str, date: &str, wanted: &str| {
            let record = serde_json::json!({"id": "a", "url": url, "date": date, "title": "T", "text": "One sentence stands here."});
            let article = article(&record, &Families::default()).expect("it has text");
            assert_eq!(article.published.map(|stamp| stamp.to_string()).unwrap_or_default(), wanted, "{url}");
        };
        check("https://a.example/2017/10/02/storm", "2017-11-27T10:00:00", "2017-10-02");
        check("https://a.example/world/2017/oct/02/storm", "2017-11-27", "2017-10-02");
        check("https://a.example/storm-2017-10-02", "2017-10-02T08:00:00", "2017-10-02T08:00:00");
        check("https://a.example/2018/01/01/storm", "2017-10-02", "2017-10-02");
        check("https://a.example/1/2/3/99/storm", "2017-10-02", "2017-10-02");
        check("https://a.example/2017/10/02/storm", "", "2017-10-02");
    }

    #[test]
    fn records_of_every_form_become_articles() {
        let check = |record: serde_json::Value, text: &str| {
            let article = article(&record, &Families::default());
            assert_eq!(article.map(|article| article.text).unwrap_or_default(), text);
        };
        check(
            serde_json::json!({"id": "a", "title": "A title", "text": "One.\nTwo."}),
            "A title\n\nOne.\n\nTwo.",
        );
        check(serde_json::json!({"id": "a", "title": "A title", "text": "A TITLE\nOne."}), "A title\n\nOne.");
        check(
            serde_json::json!({"id": "a", "title": "A", "paragraphs": ["One.", "", "Two."]}),
            "A\n\nOne.\n\nTwo.",
        );
        check(serde_json::json!({"id": "a", "sentences": ["One.", "Two."]}), "One. Two.");
        check(
            serde_json::json!({"id": 7, "title": "", "text": "", "description": "Only\u{200b} this."}),
            "Only this.",
        );
        check(
            serde_json::json!({"id": 7, "text": "The cafe\u{301}\u{a0}wasnâ€™t\u{ad} o\u{202e}pen."}),
            "The cafe\u{301} wasn’t open.",
        );
        check(serde_json::json!({"id": "a"}), "");
        check(serde_json::json!({"text": 5, "title": []}), "");
    }

    #[test]
    fn a_dateline_names_the_agency() {
        let check = |text: &str, wanted: Option<&str>| {
            assert_eq!(dateline(text, &Families::default()).as_deref(), wanted, "{text}")
        };
        check("PORT ELM, March 11 (Meridian Wire) — A ferry ran aground.", Some("Meridian Wire"));
        check("NORLING (Reuters) - Bakers went on strike.", Some("Reuters"));
        check("The mayor (Ada Quill) — who was away — said no.", None);
        check("A ferry ran aground (twice).", None);
    }
}
