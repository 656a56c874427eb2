//! The page that draws what the grammar makes of texts: names, who is who, and the tree of each sentence.

mod drawing;

use askama::Template;

use crate::digest::{language, rendered};
use crate::plain::plain;
use crate::policy::policy;
use drawing::{Drawing, draw};

/// The grammar of some texts as plain values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GrammarView {
    /// The page's title: the name of the file.
    pub title: String,
    /// Who and what several of the texts speak of.
    pub across: Vec<GrammarReferent>,
    /// The texts in order.
    pub texts: Vec<GrammarText>,
    /// The line at the foot of the page.
    pub generator: String,
}

/// Somebody or something of whom several texts speak.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GrammarReferent {
    /// The fullest name.
    pub name: String,
    /// What kind of thing it is.
    pub kind: String,
    /// Its other names, and titles.
    pub called: Vec<String>,
    /// The texts that speak of it, counted from 0.
    pub texts: Vec<usize>,
}

/// A text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GrammarText {
    /// What it is called.
    pub name: String,
    /// BCP 47 language of the text.
    pub lang: String,
    /// Why it has no trees, where it has none.
    pub note: Option<String>,
    /// Its sentences in order.
    pub sentences: Vec<GrammarSentence>,
    /// Who and what it speaks of, in the order of their first mention.
    pub chains: Vec<GrammarChain>,
}

/// A sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GrammarSentence {
    /// Its words in order.
    pub words: Vec<GrammarWord>,
    /// Its names.
    pub names: Vec<GrammarSpan>,
}

/// A word in its sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GrammarWord {
    /// As it is written.
    pub form: String,
    /// Whether white space stands before it.
    pub apart: bool,
    /// Its class and features, for whoever rests on it.
    pub class: String,
    /// Features as the treebanks write them.
    pub features: String,
    /// Its dictionary form.
    pub lemma: String,
    /// The place of its head; nothing for the root.
    pub head: Option<usize>,
    /// How it depends on its head.
    pub relation: String,
}

/// Some words of a sentence that name something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GrammarSpan {
    /// The first word.
    pub first: usize,
    /// The last word.
    pub last: usize,
    /// What kind of thing.
    pub kind: String,
}

/// The mentions of one person or thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GrammarChain {
    /// Its fullest name.
    pub name: String,
    /// What kind of thing it is.
    pub kind: String,
    /// Its mentions: sentence, first and last word.
    pub mentions: Vec<(usize, usize, usize)>,
}

#[derive(Template)]
#[template(path = "grammar.html")]
struct Page {
    policy: String,
    css: String,
    title: String,
    generator: String,
    across: Vec<Across>,
    texts: Vec<Text>,
}

struct Across {
    name: String,
    kind: String,
    called: String,
    texts: String,
}

#[derive(Template)]
#[template(path = "grammar.css", escape = "none")]
struct Style;

struct Text {
    name: String,
    lang: String,
    note: String,
    sentences: Vec<Sentence>,
    chains: Vec<Chain>,
}

struct Sentence {
    pieces: Vec<Piece>,
    names: Vec<(String, String)>,
    drawing: Drawing,
}

struct Chain {
    name: String,
    kind: String,
    mentions: Vec<(usize, String)>,
}

/// What the running text is put together from: words, and where mentions begin and end.
enum Piece {
    Words(String),
    Open(usize),
    Close(usize),
}

/// What the grammar makes of texts as one HTML file that needs nothing else.
#[must_use]
pub fn grammar_page(view: &GrammarView) -> String {
    let css = rendered(&Style);
    rendered(&Page {
        policy: policy(&css),
        css,
        title: plain(&view.title),
        generator: plain(&view.generator),
        across: view.across.iter().map(across).collect(),
        texts: view.texts.iter().map(text).collect(),
    })
}

fn across(view: &GrammarReferent) -> Across {
    let texts: Vec<String> = view.texts.iter().map(|text| (text + 1).to_string()).collect();
    Across {
        name: plain(&view.name),
        kind: plain(&view.kind),
        called: view.called.iter().map(|name| plain(name)).collect::<Vec<_>>().join(" · "),
        texts: texts.join(", "),
    }
}

fn text(view: &GrammarText) -> Text {
    let sentences = view.sentences.iter().enumerate().map(|(at, sentence)| Sentence {
        pieces: pieces(&view.chains, at, sentence),
        names: sentence
            .names
            .iter()
            .map(|name| (words(sentence, name.first, name.last), plain(&name.kind)))
            .collect(),
        drawing: draw(sentence),
    });
    let mention = |&(at, first, last): &(usize, usize, usize)| {
        (at + 1, view.sentences.get(at).map(|sentence| words(sentence, first, last)).unwrap_or_default())
    };
    let chains = view.chains.iter().map(|chain| {
        let mentions: Vec<(usize, String)> = chain.mentions.iter().map(mention).collect();
        // Who is never named is called as first described.
        let described = mentions.first().map(|(_, words)| words.clone()).unwrap_or_default();
        let name = plain(&chain.name);
        Chain { name: if name.is_empty() { described } else { name }, kind: plain(&chain.kind), mentions }
    });
    Text {
        name: plain(&view.name),
        lang: language(&view.lang),
        note: view.note.as_deref().map(plain).unwrap_or_default(),
        sentences: sentences.collect(),
        chains: chains.collect(),
    }
}

/// Some words as they stand in the text.
fn words(sentence: &GrammarSentence, first: usize, last: usize) -> String {
    let mut out = String::new();
    for word in sentence.words.iter().take(last.saturating_add(1)).skip(first) {
        if word.apart && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&plain(&word.form));
    }
    out
}

/// A sentence cut where mentions begin and end. Of two that cross, the second one is left out.
fn pieces(chains: &[GrammarChain], at: usize, sentence: &GrammarSentence) -> Vec<Piece> {
    let numbered = chains.iter().enumerate().flat_map(|(number, chain)| {
        let here = chain.mentions.iter().filter(move |mention| mention.0 == at);
        here.map(move |&(_, first, last)| (first, last, number + 1))
    });
    let mut spans: Vec<(usize, usize, usize)> = numbered.collect();
    spans.sort_by_key(|&(first, last, number)| (first, std::cmp::Reverse(last), number));
    let mut spans = spans.into_iter().peekable();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut pieces = Vec::new();
    let mut run = String::new();
    for (at, word) in sentence.words.iter().enumerate() {
        if word.apart {
            run.push(' ');
        }
        while let Some((_, last, number)) = spans.next_if(|span| span.0 <= at) {
            if open.last().is_none_or(|(end, _)| *end >= last) {
                pieces.push(Piece::Words(std::mem::take(&mut run)));
                pieces.push(Piece::Open(number));
                open.push((last, number));
            }
        }
        run.push_str(&plain(&word.form));
        while let Some(&(_, number)) = open.last().filter(|(last, _)| *last <= at) {
            open.pop();
            pieces.push(Piece::Words(std::mem::take(&mut run)));
            pieces.push(Piece::Close(number));
        }
    }
    pieces.push(Piece::Words(run));
    // A mention that says to end behind the sentence ends with it.
    pieces.extend(open.into_iter().rev().map(|(_, number)| Piece::Close(number)));
    pieces
}
