//! Here is a story: how is it told, so that every sentence stands on a passage?
//!
//! The writer lifts sentences that stand alone, mends what would mislead outside their article (a relative
//! day, a pronoun, a dateline), sees which sentences of different outlets state the same fact, and chooses the
//! set that tells most of what the families agree on within the words it has, no outlet beyond its verbatim
//! budget. Nothing is phrased anew: every change is an [`draft::Edit`] that can be replayed.

pub mod draft;

mod candidate;
mod choose;
mod fitness;
mod headline;
mod lexicon;
mod order;
mod polish;
mod support;
mod tense;
pub(crate) mod time;
mod toll;

use std::collections::BTreeSet;

use language::Span;

use crate::article::Article;
use crate::group::Story;

use draft::{Draft, Sentence};

/// What the writer may be told.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// About how many words the digest may have, headline left out.
    pub words: usize,
    /// The largest share of the words that may come from one outlet, never below one over the number of
    /// outlets.
    pub share: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { words: 380, share: 0.3 }
    }
}

/// Sentences that the check refused: article and the span of the base passage. They are not written again.
pub type Refused = BTreeSet<(usize, Span)>;

/// Writes a story out. Nothing where no sentence of it can stand.
#[must_use]
pub fn write(story: &Story, articles: &[Article], settings: Settings, refused: &Refused) -> Option<Draft> {
    let sources = sources(story, articles);
    let pool = candidate::Pool::gather(&sources, articles, refused);
    let chosen = choose::choose(&pool, settings);
    if chosen.is_empty() {
        return None;
    }
    let paragraphs = order::paragraphs(&pool, &chosen);
    let printed = |&at: &usize| support::corroborated(&pool, at, articles);
    let mut paragraphs: Vec<Vec<Sentence>> =
        paragraphs.iter().map(|paragraph| paragraph.iter().map(printed).collect()).collect();
    time::year_once(&mut paragraphs, articles);
    let headline = headline::headline(&pool, &paragraphs, articles, refused)?;
    Some(Draft { story: story.id.clone(), headline, paragraphs })
}

/// One article that the writer may take sentences from.
#[derive(Clone, Debug)]
struct Source {
    article: usize,
    family: String,
}

/// The members that may speak: no copies, no background, no kind that never speaks for itself, none that is
/// reserved against reuse by machines, and a language that the writer knows.
fn sources(story: &Story, articles: &[Article]) -> Vec<Source> {
    let may_speak =
        |article: &Article| article.kind.speaks_for_itself() && is_known(&article.lang) && !article.reserved;
    let members = story.members.iter().filter(|m| m.copy_of.is_none() && !m.background);
    let speaking = members.filter(|member| may_speak(&articles[member.article]));
    speaking.map(|m| Source { article: m.article, family: m.family.clone() }).collect()
}

/// Whether the writer can tell a sentence of that language that stands alone from one that doesn't.
#[must_use]
pub fn is_known(lang: &str) -> bool {
    lang.is_empty() || lang == "en" || lang.starts_with("en-") || lang.starts_with("en_")
}
