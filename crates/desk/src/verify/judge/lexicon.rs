//! Which words say the same, the opposite, or something wider: WordNet in one compact list.
//!
//! `wordnet.bin` is made by `xtask/wordnet.py`, which documents its form; the licence stands beside it.

use std::sync::LazyLock;

/// How a word of the evidence relates to a word of the claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Relation {
    /// The same word in another or the same form.
    Same,
    /// Made from the same word: `invade`, `invasion`.
    Derived,
    /// A synonym.
    Synonym,
    /// The evidence is more exact than the claim: `dog` for `animal`.
    Narrower,
    /// The evidence is less exact than the claim: `animal` for `dog`.
    Wider,
    /// The opposite.
    Opposite,
}

const DATA: &[u8] = include_bytes!("../../../data/wordnet.bin");
const OPPOSITES: &str = include_str!("../../../data/opposites.txt");
const LISTS: usize = 6;

struct Lexicon {
    words: Vec<&'static str>,
    /// The stem of each word: what the evidence is looked up by.
    stems: Vec<String>,
    /// Where the lists of each word start in `body`.
    starts: Vec<u32>,
    body: &'static [u8],
    /// Opposing words of the news, both ways, sorted.
    opposites: Vec<(&'static str, &'static str)>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

impl Lexicon {
    fn load() -> Self {
        let length = |at: usize| {
            DATA.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize)
        };
        let end = (12 + length(8)).min(DATA.len());
        let block = DATA.get(12..end).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("");
        let words: Vec<&str> = block.lines().collect();
        let body = DATA.get(end..).unwrap_or(&[]);
        let mut at = 0;
        let mut starts = Vec::with_capacity(words.len());
        for _ in &words {
            starts.push(u32::try_from(at).unwrap_or(u32::MAX));
            for _ in 0..LISTS {
                let count = varint(body, &mut at);
                for _ in 0..count {
                    varint(body, &mut at);
                }
            }
        }
        let stems = words.iter().map(|word| language::words::stem(word, "en")).collect();
        Self { words, stems, starts, body, opposites: opposites() }
    }

    fn find(&self, word: &str) -> Option<usize> {
        self.words.binary_search(&word).ok()
    }

    fn lists(&self, word: usize) -> [Vec<usize>; LISTS] {
        let mut at = self.starts[word] as usize;
        std::array::from_fn(|_| {
            let count = varint(self.body, &mut at);
            let mut last = 0;
            (0..count)
                .map(|_| {
                    last += varint(self.body, &mut at);
                    last.min(self.words.len() - 1)
                })
                .collect()
        })
    }
}

fn varint(body: &[u8], at: &mut usize) -> usize {
    let (mut value, mut shift) = (0_usize, 0);
    while let Some(&byte) = body.get(*at) {
        *at += 1;
        value |= usize::from(byte & 127) << shift;
        shift += 7;
        if byte < 128 || shift > 28 {
            break;
        }
    }
    value
}

/// Lines of `up words | down words`: every word on one side opposes every word on the other.
fn opposites() -> Vec<(&'static str, &'static str)> {
    let mut out = Vec::new();
    for line in OPPOSITES.lines().filter(|line| !line.starts_with('#')) {
        let Some((left, right)) = line.split_once('|') else { continue };
        for a in left.split_whitespace() {
            for b in right.split_whitespace() {
                out.push((a, b));
                out.push((b, a));
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The base forms that an inflected word may have, by WordNet's rules of detachment and exceptions; the
/// word itself where it is one.
pub(super) fn bases(word: &str) -> Vec<&'static str> {
    let lexicon = &*LEXICON;
    let mut out = Vec::new();
    if let Some(at) = lexicon.find(word) {
        out.push(lexicon.words[at]);
        out.extend(lexicon.lists(at)[5].iter().map(|&base| lexicon.words[base]));
    }
    const ENDINGS: [(&str, &str); 16] = [
        ("ies", "y"),
        ("ied", "y"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("xes", "x"),
        ("ses", "s"),
        ("zes", "z"),
        ("es", "e"),
        ("s", ""),
        ("ed", "e"),
        ("ed", ""),
        ("ing", "e"),
        ("ing", ""),
        ("est", ""),
        ("er", ""),
        ("men", "man"),
    ];
    for (ending, instead) in ENDINGS {
        if let Some(root) = word.strip_suffix(ending) {
            if root.len() < 2 {
                continue;
            }
            let mut undoubled = root;
            let bytes = root.as_bytes();
            if instead.is_empty()
                && bytes.len() > 3
                && bytes[bytes.len() - 1] == bytes[bytes.len() - 2]
                && bytes[bytes.len() - 1].is_ascii()
            {
                undoubled = &root[..root.len() - 1];
            }
            for form in [format!("{root}{instead}"), undoubled.to_owned()] {
                if let Some(at) = lexicon.find(&form) {
                    out.push(lexicon.words[at]);
                }
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The base form of an irregular form (`went` → `go`), else the word itself.
pub(super) fn regular(word: &str) -> &str {
    let lexicon = &*LEXICON;
    if !word.is_ascii() {
        return word;
    }
    match lexicon.find(word) {
        Some(at) => lexicon.irregular(at).unwrap_or(word),
        None => word,
    }
}

impl Lexicon {
    /// The first base of an irregular form. Degrees (`best`) keep their own meaning.
    fn irregular(&self, word: usize) -> Option<&'static str> {
        const DEGREES: [&str; 8] = ["best", "better", "least", "less", "more", "most", "worse", "worst"];
        if DEGREES.contains(&self.words[word]) {
            return None;
        }
        let mut at = self.starts[word] as usize;
        for list in 0..LISTS {
            let count = varint(self.body, &mut at);
            let mut first = None;
            for _ in 0..count {
                let step = varint(self.body, &mut at);
                first = first.or(Some(step));
            }
            if list == LISTS - 1 {
                return first.and_then(|base| self.words.get(base).copied());
            }
        }
        None
    }
}

/// The stems of all words related to a word of the claim, each with its relation; one may come more than once.
pub(super) fn related(word: &str) -> Vec<(&'static str, Relation)> {
    let lexicon = &*LEXICON;
    let mut out = Vec::new();
    let mut put = |list: &[usize], relation| {
        out.extend(list.iter().map(|&w| (lexicon.stems[w].as_str(), relation)));
    };
    let mut bare = Vec::new();
    for base in bases(word) {
        let Some(at) = lexicon.find(base) else { continue };
        let lists = lexicon.lists(at);
        put(&[at], Relation::Same);
        put(&lists[5], Relation::Same);
        put(&lists[2], Relation::Derived);
        put(&lists[0], Relation::Synonym);
        put(&lists[4], Relation::Narrower);
        put(&lists[3], Relation::Wider);
        put(&lists[1], Relation::Opposite);
        let from = lexicon.opposites.partition_point(|&(a, _)| a < base);
        let listed: Vec<&str> =
            lexicon.opposites[from..].iter().take_while(|&&(a, _)| a == base).map(|&(_, b)| b).collect();
        put(&listed.iter().filter_map(|b| lexicon.find(b)).collect::<Vec<_>>(), Relation::Opposite);
        bare.extend(listed);
        // One step from the derivation: the adverb has the opposites and synonyms of its adjective.
        for &near in lists[2].iter().take(6) {
            let further = lexicon.lists(near);
            put(&further[2], Relation::Derived);
            put(&further[0], Relation::Synonym);
            put(&further[1], Relation::Opposite);
        }
        for &opposite in &lists[1] {
            put(&lexicon.lists(opposite)[2], Relation::Opposite);
        }
    }
    out.extend(bare.into_iter().map(|word| (word, Relation::Opposite)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, other: &str, expected: Relation) {
        let other = language::words::stem(other, "en");
        let found = related(word).into_iter().filter(|(w, _)| *w == other).map(|(_, r)| r).min();
        assert_eq!(found, Some(expected), "{word} {other}");
    }

    #[test]
    fn words_are_related_as_wordnet_has_it() {
        check("invasion", "invade", Relation::Derived);
        check("russian", "russia", Relation::Derived);
        check("raising", "lower", Relation::Opposite);
        check("small", "little", Relation::Synonym);
        check("rise", "decline", Relation::Opposite);
        assert_eq!(regular("went"), "go");
        assert_eq!(regular("tram"), "tram");
    }
}
