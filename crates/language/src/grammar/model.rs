//! A trained model: how it is read from bytes, and what it says of a sentence.
//!
//! ```text
//! "NGGRAMMR" · u16 version · u16 nothing · u32 length of the rest · u64 checksum of the rest
//! u16 width of words, of the first and second layer (one direction), of arcs, of relations
//! u16 number of tags, each class and features as strings; u16 number of relations, each a string
//! u32 number of features, their keys as u32, rising
//! u8 shift · i8 a row of word width for the unknown word and for each feature
//! curves: 4096 i16 sigmoid, 4096 i16 tanh
//! first layer forwards, backwards; second layer forwards, backwards: each input weights, bias, recurrent weights
//! affine layers: classes, tags, arc of head, arc of word, arc, relation of head, relation of word, relation,
//! (i16 weights, a row an output; i32 bias); the root: i16, twice the second width
//! lemmas: u16 rules (u8 capitals stay, u8 letters dropped, string), u32 keys (u32 key, u16 rule), rising
//! names: u8 bits of a clue that count; for each clue 48 i16 into a hidden layer; for each of its values 11 i16: no name,
//! and the kinds; for each clue an i16 for edges
//! ```
//!
//! All numbers are little-endian; a string stands behind its length in one byte. Weights have 12 binary places, biases 24.

use std::sync::OnceLock;

use super::bytes::{Bytes, checksum};
use super::entities::Weights;
use super::fixed::{Curves, Layer, Recurrent, hidden, rectified};
use super::keys::Keys;
use super::labels::{Class, Relation};
use super::lemmas::{Lemmas, tag_key};
use super::product::dots;

/// How a model's file begins.
pub const MAGIC: &[u8; 8] = b"NGGRAMMR";
/// The version of the file that this code reads.
pub const VERSION: u16 = 2;
/// Bytes before what the checksum is of.
const HEAD: usize = 24;
/// No layer is wider.
const WIDEST: usize = 512;

/// Why bytes are no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// They don't begin as a model does.
    Magic,
    /// Another version.
    Version(u16),
    /// They are cut off, or go on behind the end.
    Short,
    /// The checksum is another.
    Checksum,
    /// A width is zero, not a multiple of eight, or far too large.
    Width,
    /// A string is no text.
    Text,
    /// A class or a relation has no name that we know.
    Label,
    /// Numbers are out of order or out of range.
    Order,
}

impl std::fmt::Display for Flaw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Magic => write!(f, "this is no grammar model"),
            Self::Version(version) => {
                write!(f, "the grammar model has version {version}, {VERSION} is read: train it again")
            }
            Self::Short => write!(f, "the grammar model is cut off or too long"),
            Self::Checksum => write!(f, "the grammar model was changed: its checksum is wrong"),
            Self::Width => write!(f, "the grammar model has a layer of a width that can't be"),
            Self::Text => write!(f, "the grammar model holds a string that is no text"),
            Self::Label => write!(f, "the grammar model names a class or relation that isn't known"),
            Self::Order => write!(f, "the grammar model holds numbers out of order or out of range"),
        }
    }
}

impl std::error::Error for Flaw {}

/// A tag: the class, the features as the treebanks write them, and what lemmas hang on.
struct Tag {
    class: Class,
    features: String,
    key: u32,
}

/// What a model says of a sentence, a value a word.
pub(super) struct Reading {
    pub(super) tags: Vec<usize>,
    pub(super) heads: Vec<usize>,
    pub(super) relations: Vec<Relation>,
}

/// A trained model.
pub struct Model {
    width: usize,
    first_width: usize,
    second_width: usize,
    tags: Vec<Tag>,
    /// Where the tags of each class lie.
    ranges: Vec<std::ops::Range<usize>>,
    relations: Vec<Relation>,
    /// Which features are known; the first one has the second row, the first row is the unknown word's.
    features: Keys,
    words: Vec<i8>,
    shift: u8,
    curves: Curves,
    first: [Recurrent; 2],
    second: [Recurrent; 2],
    class_layer: Layer,
    tag_layer: Layer,
    arc_head: Layer,
    arc_word: Layer,
    arc: Layer,
    relation_head: Layer,
    relation_word: Layer,
    relation: Layer,
    root: Vec<i16>,
    lemmas: Lemmas,
    pub(super) names: Weights,
}

impl Model {
    /// The model that was trained on English and comes with this crate.
    ///
    /// # Panics
    ///
    /// Never: a test reads it.
    #[must_use]
    pub fn english() -> &'static Self {
        static ENGLISH: OnceLock<Model> = OnceLock::new();
        ENGLISH.get_or_init(|| {
            Self::load(include_bytes!("../../data/grammar.bin"))
                .expect("a test reads the model that is built in")
        })
    }

    /// Reads a model.
    ///
    /// # Errors
    ///
    /// Tells what is wrong with bytes that are none.
    pub fn load(bytes: &[u8]) -> Result<Self, Flaw> {
        let mut bytes = Bytes::new(bytes);
        if bytes.take(MAGIC.len()).ok() != Some(MAGIC.as_slice()) {
            return Err(Flaw::Magic);
        }
        let version = bytes.u16()?;
        if version != VERSION {
            return Err(Flaw::Version(version));
        }
        bytes.u16()?;
        let (length, sum) = (bytes.u32()?, bytes.u64()?);
        if bytes.rest().len() as u64 != u64::from(length) {
            return Err(Flaw::Short);
        }
        if checksum(bytes.rest()) != sum {
            return Err(Flaw::Checksum);
        }
        let model = Self::body(&mut bytes)?;
        if bytes.is_empty() { Ok(model) } else { Err(Flaw::Short) }
    }

    /// The bytes of a model between its head and what it knows of names.
    ///
    /// # Errors
    ///
    /// Tells what is wrong with bytes that are no model.
    pub fn without_names(bytes: &[u8]) -> Result<&[u8], Flaw> {
        let names = Self::load(bytes)?.names.size();
        bytes.get(HEAD..bytes.len().saturating_sub(names)).ok_or(Flaw::Short)
    }

    fn body(bytes: &mut Bytes<'_>) -> Result<Self, Flaw> {
        let mut widths = [0; 5];
        for width in &mut widths {
            *width = usize::from(bytes.u16()?);
            if *width == 0 || *width % 8 != 0 || *width > WIDEST {
                return Err(Flaw::Width);
            }
        }
        let [width, first_width, second_width, arc_width, relation_width] = widths;
        let tags = tags(bytes)?;
        let ranges = ranges(&tags)?;
        let count = bytes.u16()?;
        let relations = (0..count)
            .map(|_| Relation::named(bytes.string()?).ok_or(Flaw::Label))
            .collect::<Result<Vec<_>, _>>()?;
        if relations.is_empty() {
            return Err(Flaw::Label);
        }
        let count = bytes.u32()? as usize;
        let keys = bytes.u32s(count)?;
        if !keys.is_sorted_by(|a, b| a < b) {
            return Err(Flaw::Order);
        }
        let features = Keys::new(keys.into_iter());
        let shift = bytes.u8()?;
        if shift > 12 {
            return Err(Flaw::Order);
        }
        let size = (count + 1).checked_mul(width).ok_or(Flaw::Short)?;
        let words = bytes.take(size)?.iter().map(|byte| byte.cast_signed()).collect();
        let curves = Curves::read(bytes)?;
        let (one, two) = (2 * first_width, 2 * second_width);
        let mut recurrent = |inputs, width| Recurrent::read(bytes, inputs, width);
        let first = [recurrent(width, first_width)?, recurrent(width, first_width)?];
        let second = [recurrent(one, second_width)?, recurrent(one, second_width)?];
        let mut layer = |inputs, outputs| Layer::read(bytes, inputs, outputs);
        Ok(Self {
            class_layer: layer(one, Class::ALL.len())?,
            tag_layer: layer(one, tags.len())?,
            arc_head: layer(two, arc_width)?,
            arc_word: layer(two, arc_width)?,
            arc: layer(arc_width, arc_width)?,
            relation_head: layer(two, relation_width)?,
            relation_word: layer(two, relation_width)?,
            relation: layer(relation_width, relations.len())?,
            root: bytes.i16s(two)?,
            lemmas: Lemmas::read(bytes)?,
            names: Weights::read(bytes)?,
            width,
            first_width,
            second_width,
            tags,
            ranges,
            relations,
            features,
            words,
            shift,
            curves,
            first,
            second,
        })
    }

    /// The class and the features of a tag.
    pub(super) fn tag(&self, tag: usize) -> (Class, &str) {
        (self.tags[tag].class, &self.tags[tag].features)
    }

    pub(super) fn lemma(&self, form: &str, tag: usize) -> String {
        self.lemmas.lemma(form, self.tags[tag].key)
    }

    /// The row of the table for each known feature of a word, that of the word itself first.
    pub(super) fn rows(&self, found: &[u32], into: &mut Vec<u32>) {
        let row = |feature: &u32| self.features.place(*feature).map(|place| place as u32 + 1);
        into.push(row(&found[0]).unwrap_or(0));
        into.extend(found[1..].iter().filter_map(row));
    }

    /// How many values a word is to the first layer.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// What a word is to the first layer: the sum of its rows.
    pub(super) fn embed(&self, rows: &[u32], into: &mut Vec<i16>) {
        let start = into.len();
        into.resize(start + self.width, 0);
        let sums = &mut into[start..];
        for row in rows {
            let row = &self.words[*row as usize * self.width..(*row as usize + 1) * self.width];
            for (sum, value) in sums.iter_mut().zip(row) {
                *sum = sum.saturating_add(i16::from(*value));
            }
        }
        let most = i16::MAX >> self.shift;
        sums.iter_mut().for_each(|sum| *sum = (*sum).clamp(-most, most) << self.shift);
    }

    /// Reads sentences of as many words as `lengths` says, the longest first, given what each word is to the first
    /// layer, one sentence behind the other.
    pub(super) fn read(&self, x: &[i16], lengths: &[usize]) -> Vec<Reading> {
        let one = self.layer(&self.first, self.first_width, x, lengths);
        let two = self.layer(&self.second, self.second_width, &one, lengths);
        let (first, second) = (2 * self.first_width, 2 * self.second_width);
        let mut start = 0;
        let sentence = |length: &usize| {
            let words = start..start + length;
            start += length;
            let one = &one[words.start * first..words.end * first];
            self.reading(one, &two[words.start * second..words.end * second], *length)
        };
        lengths.iter().map(sentence).collect()
    }

    /// What the layers say of one sentence.
    fn reading(&self, one: &[i16], two: &[i16], words: usize) -> Reading {
        let classes = self.class_layer.sums(one);
        let each = one.chunks_exact(2 * self.first_width).zip(classes.chunks_exact(Class::ALL.len()));
        let tags = each.map(|(word, classes)| self.best_tag(word, classes)).collect();
        let mut rooted = self.root.clone();
        rooted.extend(two);
        let heads = self.heads(&rooted, two, words);
        let relations = self.best_relations(&rooted, two, &heads);
        Reading { tags, heads, relations }
    }

    fn layer(&self, directions: &[Recurrent; 2], width: usize, x: &[i16], lengths: &[usize]) -> Vec<i16> {
        let mut out = vec![0; lengths.iter().sum::<usize>() * 2 * width];
        for (direction, recurrent) in directions.iter().enumerate() {
            let sums = recurrent.input.sums(x);
            let place = (2 * width, direction * width);
            recurrent.read_sentences(&self.curves, &sums, lengths, direction == 1, &mut out, place);
        }
        out
    }

    fn best_tag(&self, word: &[i16], classes: &[i32]) -> usize {
        // A class without tags can't win.
        let known = (0..classes.len()).filter(|class| !self.ranges[*class].is_empty());
        let class = known.max_by_key(|class| (classes[*class], std::cmp::Reverse(*class))).unwrap_or(0);
        let range = self.ranges[class].clone();
        range.start + best(&self.tag_layer.some(word, range.clone()))
    }

    fn heads(&self, rooted: &[i16], two: &[i16], words: usize) -> Vec<usize> {
        let heads = rectified(&self.arc_head.sums(rooted));
        let turned = hidden(&self.arc.sums_of_hidden(&rectified(&self.arc_word.sums(two))));
        let width = self.arc.outputs;
        super::tree::heads(&dots(&turned, &heads, width), words)
    }

    fn best_relations(&self, rooted: &[i16], two: &[i16], heads: &[usize]) -> Vec<Relation> {
        let width = self.relation.inputs;
        let of_heads = self.relation_head.sums(rooted);
        let mut both = self.relation_word.sums(two);
        for (both, head) in both.chunks_exact_mut(width).zip(heads) {
            let of_head = &of_heads[head * width..(head + 1) * width];
            both.iter_mut().zip(of_head).for_each(|(both, of_head)| *both = both.wrapping_add(*of_head));
        }
        let scores = self.relation.sums_of_hidden(&rectified(&both));
        scores.chunks_exact(self.relation.outputs).map(|scores| self.relations[best(scores)]).collect()
    }
}

/// The first of the greatest.
fn best(scores: &[i32]) -> usize {
    let mut best = 0;
    for (at, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = at;
        }
    }
    best
}

fn tags(bytes: &mut Bytes<'_>) -> Result<Vec<Tag>, Flaw> {
    let count = bytes.u16()?;
    (0..count)
        .map(|_| {
            let (class, features) = (bytes.string()?, bytes.string()?.to_owned());
            let key = tag_key(class, &features);
            Ok(Tag { class: Class::named(class).ok_or(Flaw::Label)?, features, key })
        })
        .collect()
}

/// Where the tags of each class lie: they stand together, in the order of the classes.
fn ranges(tags: &[Tag]) -> Result<Vec<std::ops::Range<usize>>, Flaw> {
    if tags.is_empty() || !tags.is_sorted_by_key(|tag| tag.class) {
        return Err(Flaw::Order);
    }
    let first = |class: Class| tags.partition_point(|tag| tag.class < class);
    let last = |class: Class| tags.partition_point(|tag| tag.class <= class);
    Ok(Class::ALL.iter().map(|class| first(*class)..last(*class)).collect())
}
