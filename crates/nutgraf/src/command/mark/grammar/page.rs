//! The grammar of texts as the values that the page is made of.

use language::grammar::Sentence;
use language::grammar::chains::{Chain, Referent, merge};
use web::{
    GrammarChain, GrammarReferent, GrammarSentence, GrammarSpan, GrammarText, GrammarView, GrammarWord,
    grammar_page,
};

use super::{Found, Text};

pub(super) fn page(title: &str, texts: &[Text], found: &[Found]) -> String {
    let text = |(text, found): (&Text, &Found)| GrammarText {
        name: text.name.clone(),
        lang: text.lang.clone(),
        note: found.note.clone(),
        sentences: found.sentences.iter().map(|sentence| of_sentence(&text.text, sentence)).collect(),
        chains: found.chains.iter().map(of_chain).collect(),
    };
    let chains: Vec<&[Chain]> = found.iter().map(|found| &*found.chains).collect();
    let across = merge(&chains).into_iter().map(of_referent).filter(|referent| referent.texts.len() > 1);
    grammar_page(&GrammarView {
        title: title.to_owned(),
        across: across.collect(),
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

fn of_chain(chain: &Chain) -> GrammarChain {
    let kind = chain.kind.map(|kind| kind.name().to_owned());
    GrammarChain {
        name: chain.name.clone().unwrap_or_default(),
        kind: kind.unwrap_or_default(),
        mentions: chain
            .mentions
            .iter()
            .map(|mention| (mention.sentence, mention.first, mention.last))
            .collect(),
    }
}

fn of_referent(referent: Referent) -> GrammarReferent {
    let mut texts: Vec<usize> = referent.chains.iter().map(|(text, _)| *text).collect();
    texts.dedup();
    let others = referent.names.into_iter().filter(|name| *name != referent.name);
    GrammarReferent {
        called: others.chain(referent.titles).collect(),
        name: referent.name,
        kind: referent.kind.map(|kind| kind.name().to_owned()).unwrap_or_default(),
        texts,
    }
}
