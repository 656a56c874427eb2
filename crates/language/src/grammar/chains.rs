//! Who is who in a text: which names, pronouns and descriptions speak of one person, body or place; and who is who
//! across the articles of a story.
//!
//! The surest ways to join come first, each over the whole document (after Lee et al. 2013, “Deterministic coreference
//! resolution based on entity-centric, precision-ranked rules”): names written alike, abbreviations, surnames; what the
//! tree puts together; descriptions that repeat a noun; pronouns last, by weights that were learnt.

mod called;
mod links;
mod mentions;
mod merge;
mod pool;
mod pronouns;
#[cfg(test)]
mod tests;
mod traits;
mod tree;
mod weights;

use std::collections::BTreeMap;

use super::{Kind, Sentence};
use links::Links;
use mentions::Found;

pub use merge::{Referent, merge};
pub use pronouns::{CLUES, NONE};
pub use traits::Gender;

/// How a mention speaks of somebody or something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// By name: “Ada Quill”, “Mayor Quill”.
    Name,
    /// By a pronoun of the third person.
    Pronoun,
    /// By a noun: “the mayor”.
    Description,
    /// As several that are joined: “Ada Quill and Bram Orne”.
    Group,
}

impl Form {
    /// The name used in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Pronoun => "pronoun",
            Self::Description => "description",
            Self::Group => "group",
        }
    }
}

/// A place where a text speaks of somebody or something; words are counted from 0 in their sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The place of the sentence in the document.
    pub sentence: usize,
    /// The first word.
    pub first: usize,
    /// The last word.
    pub last: usize,
    /// The word on which the others hang.
    pub head: usize,
    /// How it speaks.
    pub form: Form,
}

/// The mentions of one person, body, place or thing in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The mentions in order; never none.
    pub mentions: Vec<Mention>,
    /// The fullest name as it is written, without titles; none if only described.
    pub name: Option<String>,
    /// All names as they are written, without titles, each once, in order.
    pub names: Vec<String>,
    /// The titles and roles that stand before its names, in small letters, each once, in order.
    pub titles: Vec<String>,
    /// What kind of thing it is, if known.
    pub kind: Option<Kind>,
    /// Whether a man or a woman, if known.
    pub gender: Option<Gender>,
}

/// The chains of a document in the order of their first mentions: of all that is named, and of persons and bodies
/// that are only described. A chain may have one mention; a pronoun of which nobody is known is in none.
#[must_use]
pub fn chains(text: &str, sentences: &[Sentence<'_>]) -> Vec<Chain> {
    let (found, trees) = mentions::found(text, sentences);
    let mut links = Links::new(&found);
    joined(&mut links, sentences, &trees);
    pronouns::join(&mut links, sentences);
    let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..found.len() {
        sets.entry(links.pool.find(at)).or_default().push(at);
    }
    sets.iter().filter_map(|(set, members)| chain(&found, members, &links.known[*set])).collect()
}

fn joined(links: &mut Links<'_>, sentences: &[Sentence<'_>], trees: &[tree::Tree]) {
    links.names();
    links.trees(sentences, trees);
    links.descriptions();
}

/// A pronoun and who may be meant by it, for learning.
pub struct Case {
    /// The row of weights: he, she, it, they, “the company”, “the man”.
    pub row: usize,
    /// Where the pronoun stands.
    pub pronoun: Mention,
    /// Who may be meant, and for each the places of its clues in the row.
    pub choices: Vec<(Mention, Vec<u8>)>,
}

/// The cases from which the weights of pronouns are learnt. `alike` says whether two mentions speak of one; each pronoun
/// is joined as it says, so that later ones see what is right.
#[must_use]
pub fn cases(
    text: &str,
    sentences: &[Sentence<'_>],
    alike: impl Fn(&Mention, &Mention) -> bool,
) -> Vec<Case> {
    let (found, trees) = mentions::found(text, sentences);
    let mut links = Links::new(&found);
    joined(&mut links, sentences, &trees);
    let mut cases = Vec::new();
    for (at, here) in found.iter().enumerate() {
        let Some(pronoun) = links.asks(at) else { continue };
        let choices = pronouns::choices(&mut links, sentences, at);
        let is_right = |choice: &&pronouns::Choice| alike(&found[choice.mention].mention, &here.mention);
        if let Some(right) = choices.iter().find(is_right) {
            links.unite(right.mention, at);
        }
        let choices = choices.into_iter().map(|choice| (found[choice.mention].mention, choice.clues));
        cases.push(Case { row: pronoun as usize, pronoun: here.mention, choices: choices.collect() });
    }
    cases
}

fn chain(found: &[Found], members: &[usize], known: &links::Known) -> Option<Chain> {
    let mut chain = Chain {
        mentions: members.iter().map(|at| found[*at].mention).collect(),
        name: None,
        names: Vec::new(),
        titles: Vec::new(),
        kind: known.kind(),
        gender: known.gender,
    };
    for called in members.iter().filter_map(|at| found[*at].called.as_ref()) {
        if !chain.names.contains(&called.shown) && chain.names.len() < MOST {
            chain.names.push(called.shown.clone());
        }
        for title in &called.titles {
            if !chain.titles.contains(title) && chain.titles.len() < MOST {
                chain.titles.push(title.clone());
            }
        }
    }
    let words = |name: &&String| (name.split(' ').count(), name.len());
    chain.name = chain.names.iter().rev().max_by_key(words).cloned();
    let is_somebody = matches!(chain.kind, Some(Kind::Person | Kind::Organization));
    let is_told = members.iter().any(|at| found[*at].mention.form != Form::Pronoun);
    (chain.kind.is_some() && chain.name.is_some() || is_somebody && is_told).then_some(chain)
}

/// Names and titles that are kept of one chain.
const MOST: usize = 16;
