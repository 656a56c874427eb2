//! Of whom a pronoun speaks: who was named before, weighed by place, role and what is known of each.

use super::Form;
use super::links::Links;
use super::mentions::{Found, Pronoun};
use super::traits::{Gender, Number};
use super::weights::WEIGHTS;
use crate::grammar::{Class, Kind, Relation, Sentence};

/// Sentences back, mentions back and sets that are looked at.
const SENTENCES: usize = 3;
const MENTIONS: usize = 60;
const SETS: usize = 12;
/// How many weights a row has.
pub const CLUES: usize = 64;
/// The clue that speaks for none of those before.
pub const NONE: u8 = 63;

/// Who may be meant: a mention, and what speaks for it as places in a row of [`WEIGHTS`].
pub(super) struct Choice {
    pub(super) mention: usize,
    pub(super) clues: Vec<u8>,
}

/// Joins the pronouns in order, each to the one for whom most speaks.
pub(super) fn join(links: &mut Links<'_>, sentences: &[Sentence<'_>]) {
    for at in 0..links.found.len() {
        let Some(pronoun) = links.asks(at) else { continue };
        let row = &WEIGHTS[pronoun as usize];
        let weigh = |clues: &[u8]| clues.iter().map(|clue| i64::from(row[usize::from(*clue)])).sum::<i64>();
        let choices = choices(links, sentences, at);
        let mut best = (weigh(&[NONE]), None);
        for choice in &choices {
            let weight = weigh(&choice.clues);
            if weight > best.0 {
                best = (weight, Some(choice.mention));
            }
        }
        if let Some(mention) = best.1 {
            links.unite(mention, at);
        }
    }
}

/// Who may be meant by a pronoun, the nearest first, and nobody last.
pub(super) fn choices(links: &mut Links<'_>, sentences: &[Sentence<'_>], at: usize) -> Vec<Choice> {
    let found = links.found;
    let pronoun = &found[at];
    let Some(speaks) = links.asks(at) else { return Vec::new() };
    let own = links.known[at].gender;
    let mut seen = Vec::new();
    let mut choices: Vec<Choice> = Vec::new();
    for before in (at.saturating_sub(MENTIONS)..at).rev() {
        let other = &found[before];
        if other.mention.sentence + SENTENCES < pronoun.mention.sentence || seen.len() >= SETS {
            break;
        }
        let set = links.pool.find(before);
        if seen.contains(&set) || !may_be(links, set, speaks, own) || is_barred(sentences, other, pronoun) {
            continue;
        }
        seen.push(set);
        let mut clues = of_place(sentences, other, pronoun);
        of_set(links, set, speaks, &mut clues);
        clues.push(40 + (seen.len() - 1).min(5) as u8);
        choices.push(Choice { mention: before, clues });
    }
    choices
}

/// Whether kind, gender and number allow it.
fn may_be(links: &Links<'_>, set: usize, speaks: Pronoun, own: Option<Gender>) -> bool {
    let known = &links.known[set];
    let kind = known.kind();
    let gender = speaks.gender();
    match speaks {
        Pronoun::He | Pronoun::She => {
            (kind.is_none_or(|kind| matches!(kind, Kind::Person | Kind::Animal)) || !known.names.is_empty())
                && known.number != Some(Number::Several)
                && (known.gender.is_none() || known.gender == gender)
        }
        Pronoun::It => {
            kind != Some(Kind::Person) && known.gender.is_none() && known.number != Some(Number::Several)
        }
        Pronoun::They => known.gender.is_none() || known.number != Some(Number::One),
        Pronoun::Body => {
            matches!(kind, Some(Kind::Organization | Kind::Place))
                && !known.names.is_empty()
                && known.gender.is_none()
        }
        Pronoun::Person => {
            kind == Some(Kind::Person)
                && !known.names.is_empty()
                && known.number != Some(Number::Several)
                && (own.is_none() || known.gender.is_none() || known.gender == own)
        }
    }
}

/// Whether the tree forbids it: what a verb says of one, it says of another, unless the pronoun ends in “self”.
fn is_barred(sentences: &[Sentence<'_>], other: &Found, pronoun: &Found) -> bool {
    if other.mention.sentence != pronoun.mention.sentence {
        return false;
    }
    let Some(words) = sentences.get(pronoun.mention.sentence).map(|sentence| &sentence.words) else {
        return true;
    };
    let (one, two) = (&words[other.mention.head], &words[pronoun.mention.head]);
    let is_inside = (other.mention.first..=other.mention.last).contains(&pronoun.mention.head);
    let is_reflexive = two.lemma.ends_with("self") || two.lemma.ends_with("selves");
    if is_inside && two.head == Some(other.mention.head) {
        return true;
    }
    is_inside && other.mention.form == Form::Group
        || !is_reflexive && two.relation != Relation::NmodPoss && one.head.is_some() && one.head == two.head
}

/// The verb over a word, and how many steps it is up.
fn clause(sentence: &Sentence<'_>, mut at: usize) -> usize {
    for _ in 0..12 {
        if matches!(sentence.words[at].class, Class::Verb | Class::Aux) {
            break;
        }
        let Some(head) = sentence.words[at].head.filter(|head| *head < sentence.words.len()) else { break };
        at = head;
    }
    at
}

/// What the places of both say.
fn of_place(sentences: &[Sentence<'_>], other: &Found, pronoun: &Found) -> Vec<u8> {
    let back = pronoun.mention.sentence - other.mention.sentence;
    let mut clues = vec![back.min(3) as u8];
    let role = role(other.role);
    let same = role == self::role(pronoun.role);
    clues.push(4 + role);
    if same {
        clues.push(13);
    }
    if same && role == 0 && back < 2 {
        clues.push(14);
    }
    clues.push(match other.mention.form {
        Form::Name => 15,
        Form::Pronoun if other.pronoun == pronoun.pronoun => 16,
        Form::Pronoun => 17,
        Form::Description if other.definite => 18,
        Form::Description => 19,
        Form::Group => 20,
    });
    if other.quoted != pronoun.quoted {
        clues.push(if pronoun.quoted { 21 } else { 22 });
    }
    if back == 0 {
        let sentence = &sentences[pronoun.mention.sentence];
        let (over, under) = (clause(sentence, other.mention.head), clause(sentence, pronoun.mention.head));
        let possessive = pronoun.role == Relation::NmodPoss;
        if over == under {
            clues.push(if possessive { 23 } else { 24 });
            if role == 0 {
                clues.push(25);
            }
        } else if sentence.words[under].head == Some(over) && role == 0 {
            clues.push(26);
        }
        if pronoun.mention.head - other.mention.first.min(pronoun.mention.head) < 6 {
            clues.push(27);
        }
    } else if back == 1 && other.mention.head < 4 {
        clues.push(28);
    }
    if !pronoun.modifiers.is_empty() {
        clues.push(52);
    }
    if pronoun.role == Relation::NmodPoss {
        clues.push(46 + back.min(2) as u8);
    }
    clues
}

/// What is known of the set.
fn of_set(links: &Links<'_>, set: usize, speaks: Pronoun, clues: &mut Vec<u8>) {
    let known = &links.known[set];
    clues.push(match known.size {
        1 => 29,
        2 => 30,
        3..=5 => 31,
        _ => 32,
    });
    clues.push(match known.kind() {
        Some(Kind::Person) => 33,
        Some(Kind::Organization) => 34,
        Some(Kind::Place) => 35,
        Some(_) => 36,
        None => 37,
    });
    if known.gender.is_some() && known.gender == speaks.gender() {
        clues.push(38);
    }
    if !known.names.is_empty() {
        clues.push(39);
    }
    clues.push(match known.number {
        Some(Number::One) => 49,
        Some(Number::Several) => 50,
        None => 51,
    });
}

/// The relation as a clue.
fn role(relation: Relation) -> u8 {
    match relation {
        Relation::Nsubj | Relation::NsubjPass | Relation::NsubjOuter | Relation::Csubj => 0,
        Relation::Obj | Relation::Iobj => 1,
        Relation::Obl | Relation::OblAgent => 2,
        Relation::NmodPoss => 3,
        Relation::Nmod => 4,
        Relation::Appos => 5,
        Relation::Root => 6,
        Relation::Compound | Relation::NmodDesc | Relation::Flat => 7,
        _ => 8,
    }
}
