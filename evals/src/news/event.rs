//! One invented event: its names, its figures, what it is about, and what an outlet writes of it.

use super::words::{Kind, Words, core};
use crate::dice::Dice;

/// The words of a subject, and of one event of it.
const SUBJECT: usize = 300;
const EVENT: usize = 36;
/// The names that a subject's events share: parties, clubs, ministers.
const KNOWN: usize = 16;
/// An article's words, at least and at most, before its last sentence ends.
const WORDS: (usize, usize) = (256, 556);
/// The longest sentence.
const SENTENCE: usize = 45;
/// Of a hundred words of a kind, how many become the event's own.
const NAMES: usize = 75;
const FIGURES: usize = 45;
const CONTENT: usize = 20;

const HEADS: [&str; 40] = [
    "Al", "Bar", "Bel", "Bren", "Cal", "Cor", "Dal", "Dor", "El", "Es", "Fal", "Fen", "Gal", "Gren", "Hal",
    "Hor", "Is", "Jor", "Kal", "Kes", "Lan", "Lor", "Mar", "Mel", "Nor", "Ol", "Pel", "Quen", "Ral", "Ros",
    "Sal", "Sel", "Tal", "Tor", "Ul", "Var", "Vel", "Wen", "Yor", "Zel",
];
const MIDDLES: [&str; 24] = [
    "a", "ab", "ad", "an", "ar", "e", "ed", "em", "en", "er", "i", "id", "il", "in", "is", "o", "ol", "on",
    "or", "ov", "u", "ul", "um", "ur",
];
const ENDS: [&str; 32] = [
    "bach", "berg", "by", "dale", "den", "dez", "don", "eau", "ford", "gard", "ham", "holm", "ic", "kin",
    "kova", "ley", "low", "man", "mere", "mouth", "nau", "nell", "port", "rick", "sen", "son", "stad",
    "ston", "ter", "ton", "well", "wick",
];

/// What several events are about.
pub(super) struct Subject {
    words: Vec<String>,
    names: Vec<String>,
}

impl Subject {
    /// A subject of words as frequent as they are in the texts.
    pub(super) fn new(words: &Words, dice: &mut Dice) -> Self {
        let found = (0..SUBJECT).filter_map(|_| words.content(dice).map(str::to_owned));
        Self { words: found.collect(), names: (0..KNOWN).map(|_| name(dice)).collect() }
    }
}

/// One event.
pub(super) struct Event {
    number: u64,
    size: usize,
    words: Vec<String>,
    names: Vec<String>,
    figures: Vec<String>,
}

impl Event {
    /// Event number so and so, of which there will be that many articles: two thirds of its words and two of its names are its subject's.
    pub(super) fn new(words: &Words, subject: &Subject, number: u64, size: usize) -> Self {
        let mut dice = Dice::new(seed(number));
        let mut own = Vec::new();
        for at in 0..EVENT {
            if at % 3 == 0 || subject.words.is_empty() {
                own.extend(words.content(&mut dice).map(str::to_owned));
            } else {
                own.push(subject.words[dice.below(subject.words.len())].clone());
            }
        }
        let mut names: Vec<String> = (0..6).map(|_| name(&mut dice)).collect();
        for place in [2, 5] {
            names.insert(place, subject.names[dice.below(subject.names.len())].clone());
        }
        let figures = (0..6).map(|_| figure(&mut dice)).collect();
        Self { number, size, words: own, names, figures }
    }

    /// Its number.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// How many articles it has.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// Where its chance begins.
    pub(super) fn seed(&self) -> u64 {
        seed(self.number)
    }

    /// The headline and the paragraphs of its article number so and so.
    pub(super) fn article(&self, words: &Words, number: usize) -> (String, Vec<String>) {
        let mut dice = Dice::new(self.seed() + 15_485_863 * (number as u64 + 1));
        let title = self.title(words, &mut dice);
        let witness = name(&mut dice);
        let wanted = WORDS.0 + dice.below(WORDS.1 - WORDS.0);
        let (mut paragraphs, mut written) = (Vec::new(), 0);
        while written < wanted {
            let mut paragraph: Vec<String> = Vec::new();
            for _ in 0..2 + dice.below(3) {
                if written + paragraph.len() < wanted {
                    paragraph.extend(self.sentence(words, &witness, &mut dice));
                }
            }
            written += paragraph.len();
            paragraphs.push(paragraph.join(" "));
        }
        (title, paragraphs)
    }

    /// A headline: two names, what is done, and sometimes a figure.
    pub(super) fn title(&self, words: &Words, dice: &mut Dice) -> String {
        let linked = ["as", "after", "over", "in", "amid", "for"];
        let mut title = vec![
            self.name(dice),
            self.word(dice),
            self.word(dice),
            dice.pick(&linked),
            self.name(dice),
            self.word(dice),
        ];
        title.extend(words.content(dice));
        if dice.percent(30) {
            title.insert(2, self.figure(dice));
        }
        title.join(" ")
    }

    /// A sentence as the texts have them, with the event's words in place of some.
    fn sentence(&self, words: &Words, witness: &str, dice: &mut Dice) -> Vec<String> {
        let mut sentence: Vec<String> = Vec::new();
        let (mut word, mut named) = (words.after(0, dice), false);
        while word != 0 && sentence.len() < SENTENCE {
            let (form, kind) = words.form(word);
            let was_named = std::mem::replace(&mut named, kind == Kind::Name);
            match kind {
                // A name of several words becomes one.
                Kind::Name if was_named => {}
                Kind::Name if dice.percent(NAMES) => {
                    let put = if dice.percent(6) { witness } else { self.name(dice) };
                    sentence.push(inside(form, put));
                }
                Kind::Figure if dice.percent(FIGURES) => sentence.push(inside(form, self.figure(dice))),
                Kind::Figure if dice.percent(60) => sentence.push(inside(form, &figure(dice))),
                Kind::Content if dice.percent(CONTENT) => sentence.push(inside(form, self.word(dice))),
                _ => sentence.push(form.to_owned()),
            }
            word = words.after(word, dice);
        }
        if let Some(last) = sentence.last_mut().filter(|last| !last.ends_with(['.', '!', '?', '"', '”'])) {
            let bare = last.trim_end_matches([',', ';', ':']).len();
            last.truncate(bare);
            last.push('.');
        }
        sentence
    }

    fn word(&self, dice: &mut Dice) -> &str {
        often(&self.words, dice)
    }

    fn name(&self, dice: &mut Dice) -> &str {
        often(&self.names, dice)
    }

    fn figure(&self, dice: &mut Dice) -> &str {
        often(&self.figures, dice)
    }
}

fn seed(number: u64) -> u64 {
    (number + 1).wrapping_mul(2_654_435_761)
}

/// One of several, the first ones more often.
fn often<'o>(of: &'o [String], dice: &mut Dice) -> &'o str {
    let at = dice.below(of.len().max(1)).min(dice.below(of.len().max(1)));
    of.get(at).map_or("", String::as_str)
}

/// A made-up name of two to four syllables.
fn name(dice: &mut Dice) -> String {
    let mut name = dice.pick(&HEADS).to_owned();
    for _ in 0..dice.pick(&[0, 1, 1, 1, 2]) {
        name += dice.pick(&MIDDLES);
    }
    name + dice.pick(&ENDS)
}

/// A figure; small ones are more frequent, as in texts.
fn figure(dice: &mut Dice) -> String {
    let size = dice.pick(&[9, 30, 30, 100, 100, 1000, 10_000, 1_000_000]);
    let figure = 1 + dice.below(size);
    if figure >= 10_000 { format!("{},{:03}", figure / 1000, figure % 1000) } else { figure.to_string() }
}

/// Another word with the punctuation of the one that stood there.
fn inside(form: &str, word: &str) -> String {
    form.replacen(core(form), word, 1)
}
