//! The words of real texts and what follows each, counted anew in every run: nothing of the texts is kept.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::dice::Dice;
use crate::receipts::rows;

/// The words that are too common to tell one subject from another.
const COMMON: usize = 150;
/// Longer ones are addresses and accidents.
const LONGEST: usize = 24;
/// The files with English texts, from the folder of gold data. Sentences and rules of `language` are left out: they are in the
/// treebank, or in many languages.
const FILES: [&str; 5] = [
    "stories/articles.jsonl",
    "stories/keyfacts.jsonl",
    "stories/lookalikes.jsonl",
    "language/quotes.jsonl",
    "language/dates.jsonl",
];

/// What a word may become in an invented text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing else: it holds sentences together.
    Common,
    /// Another word of the subject.
    Content,
    /// Another name.
    Name,
    /// Another figure.
    Figure,
}

/// Words by number, as printed, with their punctuation; number 0 is the end of a sentence.
pub(crate) struct Words {
    forms: Vec<(String, Kind)>,
    /// The texts, word by word.
    text: Vec<u32>,
    /// Where each word stands in the texts, all one after another.
    places: Vec<u32>,
    /// Where a word's places begin among them; those of the next one end them.
    begins: Vec<usize>,
}

impl Words {
    /// Reads the gold data's texts.
    pub(crate) fn read(data: &Path) -> Result<Self> {
        let mut texts = Vec::new();
        for file in FILES {
            for row in rows(&data.join(file))? {
                texts.extend(row["sentences"].as_array().into_iter().flatten().filter_map(text));
                texts.extend([&row["title"], &row["text"]].into_iter().filter_map(text));
            }
        }
        let folder = data.join("grammar/gum");
        let listed = std::fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
        let mut files = listed.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
        files.sort();
        for file in files {
            let trees = std::fs::read_to_string(file)?;
            texts.extend(trees.lines().filter_map(|line| line.strip_prefix("# text = ")).map(str::to_owned));
        }
        Ok(Self::count(texts))
    }

    /// Counts the words of texts.
    pub(crate) fn count(texts: impl IntoIterator<Item = String>) -> Self {
        let mut numbers = BTreeMap::from([(String::new(), 0)]);
        let mut text = vec![0];
        for line in texts.into_iter().flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()) {
            for word in glued(&line) {
                let ends = ends(&word);
                let new = u32::try_from(numbers.len()).unwrap_or_default();
                text.push(*numbers.entry(word).or_insert(new));
                if ends {
                    text.push(0);
                }
            }
            if text.last() != Some(&0) {
                text.push(0);
            }
        }
        let mut forms = vec![String::new(); numbers.len()];
        numbers.into_iter().for_each(|(form, number)| forms[number as usize] = form);
        let mut counts = vec![0; forms.len() + 1];
        text.iter().for_each(|word| counts[*word as usize + 1] += 1);
        let begins: Vec<usize> = counts.into_iter().scan(0, |sum, count| Some(add(sum, count))).collect();
        let (mut free, mut places) = (begins.clone(), vec![0; text.len()]);
        for (place, word) in text.iter().enumerate() {
            places[free[*word as usize]] = u32::try_from(place).unwrap_or_default();
            free[*word as usize] += 1;
        }
        let kinds = kinds(&forms, &begins);
        Self { forms: forms.into_iter().zip(kinds).collect(), text, places, begins }
    }

    /// A word that stands behind that one somewhere, as often as it does.
    pub(crate) fn after(&self, word: u32, dice: &mut Dice) -> u32 {
        let places = &self.places[self.begins[word as usize]..self.begins[word as usize + 1]];
        self.text.get(dice.pick(places) as usize + 1).copied().unwrap_or_default()
    }

    /// A word with a content, each as often as in the texts; none where chance finds none.
    pub(crate) fn content(&self, dice: &mut Dice) -> Option<&str> {
        let words = (0..1000).map(|_| &self.forms[dice.pick(&self.text) as usize]);
        words.into_iter().find(|(_, kind)| *kind == Kind::Content).map(|(form, _)| core(form))
    }

    /// How a word is printed, and what it may become.
    pub(crate) fn form(&self, word: u32) -> (&str, Kind) {
        let (form, kind) = &self.forms[word as usize];
        (form, *kind)
    }

    /// The words of all texts in their order.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        self.text.iter().filter(|word| **word != 0).map(|word| self.form(*word).0)
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// The sum so far, to which that many are added for the next time.
fn add(sum: &mut usize, count: usize) -> usize {
    *sum += count;
    *sum
}

/// A printed word without the punctuation around it.
pub(crate) fn core(form: &str) -> &str {
    form.trim_matches(|c: char| !c.is_alphanumeric())
}

/// The words of a line. Some texts have spaces before punctuation and endings: they belong to the word before.
fn glued(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for part in line.split_whitespace() {
        let joins = part.starts_with(['.', ',', ';', ':', '!', '?', '\'', '’']) || part == "n't";
        match words.last_mut() {
            Some(last) if joins && core(part).len() < 3 => last.push_str(part.trim_end_matches('"')),
            _ if core(part).is_empty() || part.len() > LONGEST || part.contains(['/', '@', '#']) => {}
            _ => words.push(part.to_owned()),
        }
    }
    words
}

/// Whether a sentence ends behind a word. Short ones with a capital are titles: Mr., Sen.
fn ends(word: &str) -> bool {
    let short = core(word).len() < 4 && word.starts_with(char::is_uppercase);
    !short && word.trim_end_matches(['"', '”', '\'', '’', ')']).ends_with(['.', '!', '?'])
}

/// What each word may become. Whether a capital is a name's or a sentence's is told by how the word is mostly written.
fn kinds(forms: &[String], begins: &[usize]) -> Vec<Kind> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (number, form) in forms.iter().enumerate() {
        let (all, capital) = counts.entry(core(form).to_lowercase()).or_default();
        let count = begins[number + 1] - begins[number];
        *all += count;
        *capital += if core(form).starts_with(char::is_uppercase) { count } else { 0 };
    }
    let mut ranks: Vec<usize> = counts.values().map(|(all, _)| *all).collect();
    ranks.sort_unstable_by_key(|count| std::cmp::Reverse(*count));
    let common = ranks.get(COMMON.min(ranks.len() / 20)).copied().unwrap_or_default();
    let kind = |form: &String| {
        let core = core(form);
        let (all, capital) = counts.get(&core.to_lowercase()).copied().unwrap_or_default();
        match () {
            () if core.contains(|c: char| c.is_ascii_digit()) => Kind::Figure,
            () if all > common || core.len() < 4 => Kind::Common,
            () if core.starts_with(char::is_uppercase) && capital * 2 > all => Kind::Name,
            () if core.chars().all(|c| c.is_ascii_lowercase()) => Kind::Content,
            () => Kind::Common,
        }
    };
    forms.iter().map(kind).collect()
}
