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
use super::fixed::{Curves, Layer, Recurrent, rectified};
use super::keys::Keys;
use super::labels::{Class, Relation};
use super::lemmas::{Lemmas, tag_key};
use super::product::{Work, widest};

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

/// A trained model.
pub struct Model {
    width: usize,
    pub(super) first_width: usize,
    pub(super) second_width: usize,
    tags: Vec<Tag>,
    /// Where the tags of each class lie.
    pub(super) ranges: Vec<std::ops::Range<usize>>,
    pub(super) relations: Vec<Relation>,
    /// Which features are known; the first one has the second row, the first row is the unknown word's.
    features: Keys,
    words: Vec<i8>,
    shift: u8,
    pub(super) curves: Curves,
    pub(super) first: [Recurrent; 2],
    pub(super) second: [Recurrent; 2],
    pub(super) class_layer: Layer,
    pub(super) tag_layer: Layer,
    pub(super) arc_head: Layer,
    pub(super) arc_word: Layer,
    pub(super) arc: Layer,
    pub(super) relation_head: Layer,
    pub(super) relation_word: Layer,
    pub(super) relation: Layer,
    /// What the root is as a head: of arcs, and of relations.
    pub(super) root: (Vec<i16>, Vec<i32>),
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
        let (class_layer, tag_layer) = (layer(one, Class::ALL.len())?, layer(one, tags.len())?);
        let (arc_head, arc_word) = (layer(two, arc_width)?, layer(two, arc_width)?);
        let arc = layer(arc_width, arc_width)?.above_hidden();
        let (relation_head, relation_word) = (layer(two, relation_width)?, layer(two, relation_width)?);
        let relation = layer(relation_width, relations.len())?.above_hidden();
        let root = bytes.i16s(two)?;
        let (mut arcs, mut of_arcs, mut of_relations) = (Vec::new(), Vec::new(), Vec::new());
        rectified(arc_head.sums(&root, &mut arcs), &mut of_arcs);
        relation_head.sums(&root, &mut of_relations);
        Ok(Self {
            class_layer,
            tag_layer,
            arc_head,
            arc_word,
            arc,
            relation_head,
            relation_word,
            relation,
            root: (of_arcs, of_relations),
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

    /// What a word is to the first layer: the sum of its rows.
    pub(super) fn embed(&self, rows: &[u32], into: &mut Vec<i16>) {
        let start = into.len();
        into.resize(start + self.width, 0);
        widest(Embedding { model: self, rows, sums: &mut into[start..] });
    }
}

struct Embedding<'e> {
    model: &'e Model,
    rows: &'e [u32],
    sums: &'e mut [i16],
}

impl Work for Embedding<'_> {
    #[inline(always)]
    fn done(self) {
        let Self { model, rows, sums } = self;
        for row in rows {
            let row = &model.words[*row as usize * model.width..(*row as usize + 1) * model.width];
            for (sum, value) in sums.iter_mut().zip(row) {
                *sum = sum.saturating_add(i16::from(*value));
            }
        }
        let most = i16::MAX >> model.shift;
        for sum in sums {
            *sum = (*sum).clamp(-most, most) << model.shift;
        }
    }
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
