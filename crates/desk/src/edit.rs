//! The desk's loop: write, have it judged, write again without what was refused, until the rest passes.

use std::collections::BTreeSet;

use crate::article::{Article, Passage};
use crate::group::Story;
use crate::verify::digest::Digest;
use crate::verify::{Refusal, verify};
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

/// Writes a story and has it judged, round by round.
#[must_use]
pub fn edit(story: &Story, articles: &[Article], settings: Settings) -> Edited {
    let mut refused = Refused::new();
    let mut pruned: BTreeSet<(Passage, Passage)> = BTreeSet::new();
    let mut refusals: Vec<Refusal> = Vec::new();
    for _ in 0..ROUNDS {
        let Some(mut draft) = write(story, articles, settings, &refused) else {
            let reason = reason(story, articles);
            return Edited { digest: None, refused: refusals, reason };
        };
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
