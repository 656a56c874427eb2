//! The headline: one of the articles' own, in title case, cited to it.

use language::{Span, words};

use crate::article::{Article, Passage, Role};

use super::candidate::{Pool, is_below};
use super::draft::{Edit, EditKind, Sentence};
use super::fitness::unquoted;
use super::{Refused, polish};

/// The headline that tells most of what the digest tells, in title case; of the lead's own first sentence where
/// no headline is fit.
pub(super) fn headline(
    pool: &Pool,
    paragraphs: &[Vec<Sentence>],
    articles: &[Article],
    refused: &Refused,
) -> Option<Sentence> {
    let told: Vec<String> = paragraphs.iter().flatten().flat_map(|s| stems(&s.text)).collect();
    let lead: Vec<String> = paragraphs.first()?.iter().flat_map(|s| stems(&s.text)).collect();
    let scored = pool.sources.iter().filter_map(|source| {
        let article = &articles[source.article];
        let block = article.blocks.first().filter(|block| block.role == Role::Headline)?;
        let title = block.span.of(&article.text);
        if !is_fit(title) || is_below(title, pool.toll) || refused.contains(&(source.article, block.span)) {
            return None;
        }
        let own = stems(title);
        let held = own.iter().filter(|stem| told.contains(stem)).count() as f64;
        let first = own.iter().filter(|stem| lead.contains(stem)).count() as f64;
        let others = pool.sources.iter().filter(|other| other.article != source.article);
        let agreed: usize = others.map(|o| common(&own, &stems(&articles[o.article].title))).sum();
        let length = own.len().max(5) as f64;
        let opens =
            paragraphs.first().and_then(|lead| lead.first()).and_then(|sentence| sentence.passages.first());
        let leads = if opens.is_some_and(|base| base.article == source.article) { 0.2 } else { 0.0 };
        let score = (held + 1.5 * first) / length
            + 4.0 * agreed as f64 / (length * pool.sources.len() as f64)
            + leads;
        Some(((score * 1e6).round() / 1e6, source.article, block.span))
    });
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let (index, span) = best.map(|(_, article, span)| (article, span)).or_else(|| {
        let base = paragraphs.first()?.first()?.passages.first()?;
        Some((base.article, base.span))
    })?;
    let passage = Passage { article: index, span };
    let text = passage.text(articles);
    let mut edits = site_suffix(text, &articles[index]);
    let end = edits.first().map_or(text.len(), |edit| edit.span.start);
    let mut cased = case(&text[..end]);
    cased.append(&mut edits);
    polish::quotation_marks(text, 0, &mut cased);
    cased.sort_by_key(|edit| edit.span.start);
    Sentence::edited(articles, passage, cased)
}

/// Whether a headline tells news: no question, no teaser, no list, nobody's own voice.
fn is_fit(title: &str) -> bool {
    let count = words::words(title).len();
    let bare = unquoted(title);
    let lower = bare.to_lowercase();
    let teasers = [
        "why ",
        "how ",
        "what ",
        "watch",
        "live",
        "here's",
        "here’s",
        "this is",
        "video",
        "photos",
        "these ",
        "who ",
        "explained",
        "q&a",
        "opinion",
    ];
    let own = [" you ", " your ", " we ", " our ", " i ", " my "];
    (4..=18).contains(&count)
        && !title.contains(['?', '|', '…'])
        && !title.contains("...")
        && !teasers.iter().any(|teaser| lower.starts_with(teaser))
        && !own.iter().any(|word| format!(" {lower} ").contains(word))
        && !lower.starts_with(|c: char| c.is_ascii_digit() && lower.contains("things"))
}

/// Drops ": Outlet" or " - Outlet" at the end of a headline.
fn site_suffix(title: &str, article: &Article) -> Vec<Edit> {
    let outlet = article.outlet.to_lowercase();
    let cut = [" - ", " | ", " – ", " — "].iter().filter_map(|dash| title.rfind(dash)).max();
    let Some(cut) = cut.filter(|&cut| !outlet.is_empty() && title[cut..].to_lowercase().contains(&outlet))
    else {
        return Vec::new();
    };
    vec![Edit { kind: EditKind::Drop, span: Span::new(cut, title.len()), text: String::new() }]
}

/// The edits that put a headline into title case and its quotation marks into curly ones.
fn case(title: &str) -> Vec<Edit> {
    let cased = language::title::title_case(title);
    let mut edits = Vec::new();
    let mut new = cased.chars();
    for (at, old) in title.char_indices() {
        let Some(now) = new.next() else { return Vec::new() };
        if now != old {
            let kind = if old.is_alphabetic() { EditKind::Case } else { EditKind::Punctuation };
            edits.push(Edit { kind, span: Span::new(at, at + old.len_utf8()), text: now.to_string() });
        }
    }
    edits
}

fn stems(text: &str) -> Vec<String> {
    words::content(text, "en").into_iter().map(|(_, stem)| stem).collect()
}

fn common(a: &[String], b: &[String]) -> usize {
    a.iter().filter(|stem| b.contains(stem)).count()
}
