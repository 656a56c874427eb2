//! `cargo xtask speech`: learns what is attributed to somebody from the attributions of GUM's discourse trees, one layer
//! over hashed clues, by AdaGrad.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use language::Span;
use language::grammar::{self, Model};
use language::quotations::{self, Attribution, Place};

use super::random::Random;

/// How long and how fast it learns, which share of clues it doesn't see at a time, what it forgets, and how much more a
/// part counts that is attributed.
const EPOCHS: usize = 12;
const RATE: f32 = 0.05;
const DROP: f32 = 0.3;
const DECAY: f32 = 3e-3;
const ATTRIBUTED: f32 = 1.5;
/// What a part counts of which the discourse says too little, or that belongs to the words of somebody but not by this
/// cue.
const UNSURE: f32 = 0.3;

/// The clues of a part, whether it is attributed, and how much that counts.
struct Case {
    clues: Vec<u32>,
    attributed: bool,
    weight: f32,
}

/// Learns from the files of a folder but for the news, and writes the weights.
pub(crate) fn run(folder: &str, out: &str) -> Result<(), String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{folder}: {error}"))?;
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "conllu"));
    files.retain(|file| !file.to_string_lossy().contains("_news_"));
    files.sort();
    let mut cases = Vec::new();
    for file in &files {
        cases.extend(cases_of(file)?);
    }
    let attributed = cases.iter().filter(|case| case.attributed).count();
    println!("{} documents, {} parts, {attributed} of them attributed", files.len(), cases.len());
    let bytes: Vec<u8> = learn(&cases).iter().flat_map(|weight| weight.to_le_bytes()).collect();
    std::fs::write(out, bytes).map_err(|error| format!("{out}: {error}"))
}

/// A document: its text, the words of its sentences, and the unit of discourse in which each word stands.
#[derive(Default)]
struct Document {
    text: String,
    sentences: Vec<Vec<Span>>,
    units: Vec<Vec<u32>>,
    /// How each unit hangs on another.
    relations: BTreeMap<u32, (String, u32)>,
}

fn document(file: &Path) -> Result<Document, String> {
    let lines = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let mut document = Document::default();
    let (mut words, mut units, mut unit) = (Vec::new(), Vec::new(), 0);
    for line in lines.lines().chain([""]) {
        if line.is_empty() {
            if !words.is_empty() {
                document.sentences.push(std::mem::take(&mut words));
                document.units.push(std::mem::take(&mut units));
            }
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, .., misc] = columns[..] else { continue };
        if line.starts_with('#') || !id.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        if let Some((relation, from, to)) = discourse(misc) {
            unit = from;
            document.relations.insert(from, (relation, to));
        }
        let start = document.text.len();
        document.text.push_str(form);
        words.push(Span::new(start, document.text.len()));
        units.push(unit);
        if !misc.contains("SpaceAfter=No") {
            document.text.push(' ');
        }
    }
    Ok(document)
}

/// The unit that begins with a word: how it hangs, its number, and that on which it hangs.
fn discourse(misc: &str) -> Option<(String, u32, u32)> {
    let said = misc.split('|').find_map(|part| part.strip_prefix("Discourse="))?;
    let mut parts = said.split(':');
    let (relation, arc) = (parts.next()?, parts.next()?);
    let (from, to) = arc.split_once("->").unwrap_or((arc, "0"));
    Some((relation.to_owned(), from.parse().ok()?, to.parse().ok()?))
}

fn cases_of(file: &Path) -> Result<Vec<Case>, String> {
    let document = document(file)?;
    let trees = grammar::read_words(Model::english(), &document.text, &document.sentences);
    let parts = quotations::attributions(&document.text, &trees);
    Ok(parts.into_iter().filter_map(|part| case(&document, part)).collect())
}

/// What the discourse says of a part: whether most of it hangs under what the cue's unit attributes.
fn case(document: &Document, part: Attribution) -> Option<Case> {
    let sentence = document.sentences.iter().position(|words| {
        words.first().is_some_and(|word| word.start <= part.cue.start)
            && words.last().is_some_and(|word| word.end >= part.cue.end)
    })?;
    let words = || document.sentences[sentence].iter().zip(&document.units[sentence]);
    let unit = words().find(|(word, _)| word.overlaps(part.cue)).map(|(_, unit)| *unit)?;
    let of_part: Vec<u32> = words()
        .filter(|(word, _)| part.pieces.iter().any(|piece| piece.contains(**word)))
        .filter(|(word, _)| word.of(&document.text).contains(char::is_alphanumeric))
        .map(|(_, unit)| *unit)
        .collect();
    if of_part.is_empty() {
        return None;
    }
    let is_most = |count: usize| count * 2 >= of_part.len();
    let own = attributed(document, unit);
    let all: BTreeSet<u32> =
        words().flat_map(|(_, unit)| attributed(document, *unit)).filter(|other| *other != unit).collect();
    let attributed = is_most(of_part.iter().filter(|other| own.contains(other)).count());
    let within = is_most(of_part.iter().filter(|other| all.contains(other)).count());
    let size = (of_part.len() as f32).min(25.0).sqrt() / 2.0;
    let uncut = is_most(of_part.iter().filter(|other| **other == unit).count());
    let (attributed, share) = match (attributed, part.place) {
        (true, _) => (true, ATTRIBUTED),
        // What completes a verb of wanting is not cut off as a unit of its own, though it tells what somebody wants.
        (false, Place::Complement) => (uncut, if uncut { 1.0 } else { UNSURE }),
        (false, Place::Beside) if uncut => (false, UNSURE),
        (false, _) => (false, if within { UNSURE } else { 1.0 }),
    };
    Some(Case { clues: part.clues, attributed, weight: size * share })
}

/// The units that a unit attributes to somebody: that on which it hangs so, and what hangs there without it.
fn attributed(document: &Document, unit: u32) -> BTreeSet<u32> {
    let Some((_, target)) =
        document.relations.get(&unit).filter(|(relation, _)| relation.starts_with("attribution"))
    else {
        return BTreeSet::new();
    };
    // A unit that another parts hangs on its own beginning or end.
    let whole = document.relations.get(target).filter(|(relation, _)| relation.starts_with("same-unit"));
    let target = whole.map_or(target, |(_, whole)| whole);
    let hangs = |from: u32| {
        let mut at = from;
        for _ in 0..document.relations.len() {
            match at {
                _ if at == unit => return false,
                _ if at == *target => return true,
                _ => {}
            }
            let Some((_, next)) = document.relations.get(&at) else { return false };
            at = *next;
        }
        false
    };
    document.relations.keys().copied().filter(|from| hangs(*from)).collect()
}

/// The weights, one a clue.
fn learn(cases: &[Case]) -> Vec<i16> {
    let mask = (1usize << quotations::BITS) - 1;
    let mut weights = vec![0.0f32; 1 << quotations::BITS];
    let mut squares = vec![1e-3f32; 1 << quotations::BITS];
    let mut random = Random::new(1);
    let mut order: Vec<usize> = (0..cases.len()).collect();
    for _ in 0..EPOCHS {
        random.shuffle(&mut order);
        for at in &order {
            let case = &cases[*at];
            let seen = case.clues.iter().filter(|_| random.unit() > DROP);
            let places: Vec<usize> = seen.map(|clue| *clue as usize & mask).collect();
            let score: f32 = places.iter().map(|place| weights[*place]).sum();
            let wanted = if case.attributed { 1.0 } else { 0.0 };
            let slope = (1.0 / (1.0 + (-score).exp()) - wanted) * case.weight;
            for place in places {
                let slope = slope + DECAY * weights[place];
                squares[place] += slope * slope;
                weights[place] -= RATE * slope / squares[place].sqrt();
            }
        }
    }
    let whole = |weight: &f32| (weight * (1.0 - DROP) * 256.0).round().clamp(-32767.0, 32767.0) as i16;
    weights.iter().map(whole).collect()
}
