//! The desk's loop: write, have it judged, write again without what was refused, until the rest passes.

use std::collections::BTreeSet;

use language::Span;

use crate::article::{Article, Passage, sha256};
use crate::group::Story;
use crate::verify::digest::Digest;
use crate::verify::{Refusal, verify};
use crate::write::draft::Draft;
use crate::write::{self, Refused, Settings, write};

/// How often a story is written before the desk gives it up.
const ROUNDS: usize = 40;

/// What came of a story.
#[derive(Clone, Debug)]
pub struct Edited {
    /// The digest, where one passed.
    pub digest: Option<Digest>,
    /// Every sentence or further passage that was refused on the way, with its reason.
    pub refused: Vec<Refusal>,
    /// Why there is no digest; empty where there is one.
    pub reason: String,
}

/// A passage that an editor dropped: no sentence is made of it again, nor of the same words elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// The id of its article.
    pub article: String,
    /// Its bytes in the article's text as it was then.
    pub span: Span,
    /// SHA-256 of its words.
    pub hash: String,
}

impl Dropped {
    /// Whether a sentence may not stand on that passage: it has these words, or it overlaps them where the article
    /// still has them in their place.
    fn forbids(&self, passage: Passage, articles: &[Article]) -> bool {
        if sha256(passage.text(articles).as_bytes()) == self.hash {
            return true;
        }
        let article = &articles[passage.article];
        let overlaps = passage.span.start < self.span.end && self.span.start < passage.span.end;
        let words = || article.text.get(self.span.start..self.span.end);
        article.id == self.article
            && overlaps
            && words().is_some_and(|words| sha256(words.as_bytes()) == self.hash)
    }
}

/// Writes a story and has it judged, round by round.
#[must_use]
pub fn edit(story: &Story, articles: &[Article], settings: Settings) -> Edited {
    edit_without(story, articles, settings, &[])
}

/// The same without the passages that an editor dropped.
#[must_use]
pub fn edit_without(story: &Story, articles: &[Article], settings: Settings, dropped: &[Dropped]) -> Edited {
    let mut refused = Refused::new();
    let mut pruned: BTreeSet<(Passage, Passage)> = BTreeSet::new();
    let mut refusals: Vec<Refusal> = Vec::new();
    for _ in 0..ROUNDS + dropped.len() {
        let Some(mut draft) = write(story, articles, settings, &refused) else {
            let reason = reason(story, articles);
            return Edited { digest: None, refused: refusals, reason };
        };
        let forbidden = forbidden(&draft, articles, dropped);
        if !forbidden.is_empty() {
            refused.extend(forbidden);
            continue;
        }
        for sentence in draft.paragraphs.iter_mut().flatten() {
            if let Some(&base) = sentence.passages.first() {
                sentence.passages.retain(|&passage| !pruned.contains(&(base, passage)));
            }
        }
        match verify(&draft, story, articles) {
            Ok(digest) => return Edited { digest: Some(digest), refused: refusals, reason: String::new() },
            Err(found) => {
                for refusal in &found {
                    match refusal.passage {
                        Some(passage) => _ = pruned.insert((refusal.base, passage)),
                        None => _ = refused.insert((refusal.base.article, refusal.base.span)),
                    }
                }
                refusals.extend(found);
            }
        }
    }
    Edited {
        digest: None,
        refused: refusals,
        reason: format!("no draft passed the check in {ROUNDS} rounds"),
    }
}

/// The base passages of a draft that an editor dropped.
fn forbidden(draft: &Draft, articles: &[Article], dropped: &[Dropped]) -> Refused {
    let sentences = draft.sentences().chain([&draft.headline]);
    let bases = sentences.filter_map(|sentence| sentence.passages.first().copied());
    let forbidden = bases.filter(|&base| dropped.iter().any(|dropped| dropped.forbids(base, articles)));
    forbidden.map(|base| (base.article, base.span)).collect()
}

/// Why nothing of a story could be written.
fn reason(story: &Story, articles: &[Article]) -> String {
    let members = || story.members.iter().map(|member| &articles[member.article]);
    if let Some(article) = members().find(|article| !write::is_known(&article.lang)) {
        return format!(
            "its language ({}) has no grammar here yet; only English digests are written",
            article.lang
        );
    }
    if members().all(|article| !article.kind.speaks_for_itself()) {
        return "all its articles are opinion, press releases, sponsored or satire, which never speak for themselves".into();
    }
    if members().all(|article| article.reserved || !article.kind.speaks_for_itself()) {
        return "its publishers reserve their texts against reuse by machines".into();
    }
    "no sentence of it can stand alone with its passage".into()
}
