//! Here is a draft: does every sentence of it stand on its passages?
//!
//! This stage only judges. It replays each sentence's edits on its base passage, asks of each edit whether it
//! is what it says it is, and looks for every name, number, date and quotation, every negation and hedge, in
//! the passages. A draft that passes becomes a [`Digest`], and there is no other way to one.

pub mod digest;
pub mod judge;

mod edits;
mod strict;

use std::collections::BTreeSet;

use crate::article::{Article, Passage};
use crate::group::Story;
use crate::write::draft::{Draft, Sentence};

use digest::Digest;
use judge::Finding;

/// A sentence, or one of its passages, that did not pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The sentence as it was drafted.
    pub sentence: String,
    /// Its base passage.
    pub base: Passage,
    /// The further passage that does not say the same; none where the sentence itself fails.
    pub passage: Option<Passage>,
    /// Why.
    pub finding: Finding,
}

/// Judges a draft. Every refusal is listed; only a draft without one becomes a digest.
///
/// # Errors
/// The refusals, in reading order, the headline's last.
pub fn verify(draft: &Draft, story: &Story, articles: &[Article]) -> Result<Digest, Vec<Refusal>> {
    let all = draft.sentences().chain([&draft.headline]);
    let refusals: Vec<Refusal> = all.flat_map(|sentence| refusals(sentence, articles)).collect();
    if !refusals.is_empty() || draft.paragraphs.iter().all(Vec::is_empty) {
        return Err(refusals);
    }
    Ok(Digest::freeze(draft, articles, &|article| family(story, article)))
}

fn refusals(sentence: &Sentence, articles: &[Article]) -> Vec<Refusal> {
    let Some(&base) = sentence.passages.first() else {
        let finding = Finding::whole(judge::Code::Uncited, "the sentence names no passage");
        let base = Passage { article: 0, span: language::Span::new(0, 0) };
        return vec![Refusal { sentence: sentence.text.clone(), base, passage: None, finding }];
    };
    let refuse = |passage, finding| Refusal { sentence: sentence.text.clone(), base, passage, finding };
    if let Some(finding) = strict::sentence(sentence, articles) {
        return vec![refuse(None, finding)];
    }
    let further: BTreeSet<Passage> = sentence.passages[1..].iter().copied().collect();
    let judged = further.into_iter().filter_map(|passage| {
        strict::further(&sentence.text, passage, articles).map(|finding| refuse(Some(passage), finding))
    });
    judged.collect()
}

fn family(story: &Story, article: usize) -> String {
    let member = story.members.iter().find(|member| member.article == article);
    member.map(|member| member.family.clone()).unwrap_or_default()
}
