//! The grammar of texts as the values that the page is made of.

use language::grammar::Sentence;
use web::{GrammarSentence, GrammarSpan, GrammarText, GrammarView, GrammarWord, grammar_page};

use super::{Found, Text};

pub(super) fn page(title: &str, texts: &[Text], found: &[Found]) -> String {
    let text = |(text, found): (&Text, &Found)| GrammarText {
        name: text.name.clone(),
        lang: text.lang.clone(),
        note: found.note.clone(),
        sentences: found.sentences.iter().map(|sentence| of_sentence(&text.text, sentence)).collect(),
        chains: Vec::new(),
    };
    grammar_page(&GrammarView {
        title: title.to_owned(),
        texts: texts.iter().zip(found).map(text).collect(),
        generator: format!("Read with Nutgraf {}.", env!("CARGO_PKG_VERSION")),
    })
}

fn of_sentence(text: &str, sentence: &Sentence<'_>) -> GrammarSentence {
    let words = sentence.words.iter().map(|word| GrammarWord {
        form: word.span.of(text).to_owned(),
        apart: text[..word.span.start].ends_with(char::is_whitespace),
        class: word.class.name().to_owned(),
        features: word.features.to_owned(),
        lemma: word.lemma.clone(),
        head: word.head,
        relation: word.relation.name().to_owned(),
    });
    let names = sentence.entities.iter().map(|name| GrammarSpan {
        first: name.first,
        last: name.last,
        kind: name.kind.name().to_owned(),
    });
    GrammarSentence { words: words.collect(), names: names.collect() }
}
