//! CoNLL-U, the form in which treebanks are kept: words read from it, trees written in it.
//!
//! Names stand in the last column as GUM writes them: `Entity=(1-person` at the first word, `1)` at the last one.

use super::Sentence;
use crate::Span;

/// The words of a document, as a text with a space behind each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// What its file calls it; empty where it has no name.
    pub name: String,
    /// The words in order.
    pub text: String,
    /// Where the words of each sentence stand in the text.
    pub sentences: Vec<Vec<Span>>,
}

/// The documents of a file; all is one where none is named. Only the words are read; parts of words and words that
/// are left out (`8-9`, `8.1`) are none, a line that is no word is passed over.
#[must_use]
pub fn documents(file: &str) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    let mut document = Document::default();
    let mut words = Vec::new();
    for line in file.lines().chain([""]) {
        if line.is_empty() {
            if !words.is_empty() {
                document.sentences.push(std::mem::take(&mut words));
            }
        } else if let Some(name) = line.strip_prefix("# newdoc") {
            if !document.sentences.is_empty() {
                documents.push(std::mem::take(&mut document));
            }
            name.trim().trim_start_matches("id = ").clone_into(&mut document.name);
        } else if let Some(form) = form(line) {
            let start = document.text.len();
            document.text.push_str(form);
            words.push(Span::new(start, document.text.len()));
            document.text.push(' ');
        }
    }
    if !document.sentences.is_empty() {
        documents.push(document);
    }
    documents
}

/// The word of a line, where it holds one.
fn form(line: &str) -> Option<&str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line[digits..].strip_prefix('\t')?;
    let end = rest.bytes().position(|byte| byte == b'\t').unwrap_or(rest.len());
    Some(&rest[..end]).filter(|form| !form.is_empty())
}

/// Writes a sentence of a text, with the empty line that ends it.
pub fn write(out: &mut String, text: &str, sentence: &Sentence<'_>) {
    for (at, word) in sentence.words.iter().enumerate() {
        number(out, at + 1);
        out.push('\t');
        // A tab or a line's end would begin another field.
        let form = word.span.of(text);
        if form.contains(char::is_whitespace) {
            out.push_str(&form.replace(char::is_whitespace, " "));
        } else {
            out.push_str(form);
        }
        for field in [&word.lemma, word.class.name(), "_", word.features] {
            out.push('\t');
            out.push_str(field);
        }
        out.push('\t');
        number(out, word.head.map_or(0, |head| head + 1));
        out.push('\t');
        out.push_str(word.relation.name());
        out.push_str("\t_\t");
        names(out, sentence, at);
        out.push('\n');
    }
    out.push('\n');
}

/// Writes which names begin or end at a word.
fn names(out: &mut String, sentence: &Sentence<'_>, at: usize) {
    let mut none = true;
    for (place, entity) in sentence.entities.iter().enumerate() {
        let (begins, ends) = (entity.first == at, entity.last == at);
        if !begins && !ends {
            continue;
        }
        out.push_str(if none { "Entity=" } else { "" });
        none = false;
        out.push_str(if begins { "(" } else { "" });
        number(out, place);
        if begins {
            out.push('-');
            out.push_str(entity.kind.name());
        }
        out.push_str(if ends { ")" } else { "" });
    }
    out.push_str(if none { "_" } else { "" });
}

/// Writes a number, sooner than by what writes all kinds of things.
fn number(out: &mut String, number: usize) {
    if number >= 10 {
        self::number(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::{Model, read_words};

    #[test]
    fn words_are_read_and_parts_of_words_are_not() {
        let file = "# newdoc id = one\n# text = Ada can't.\n1\tAda\t_\n2-3\tcan't\t_\n2\tca\t_\n3\tn't\t_\n3.1\tgo\t_\n4\t.\n\n\
                    # newdoc id = two\n1\tYes\nno word\n\t\n2\t\n\n\n";
        let documents = documents(file);
        let words = |document: &Document| -> Vec<Vec<String>> {
            let of =
                |words: &Vec<Span>| words.iter().map(|word| word.of(&document.text).to_owned()).collect();
            document.sentences.iter().map(of).collect()
        };
        assert_eq!(documents.iter().map(|document| &*document.name).collect::<Vec<_>>(), ["one", "two"]);
        assert_eq!(words(&documents[0]), [["Ada", "ca", "n't", "."]]);
        assert_eq!(words(&documents[1]), [["Yes"]]);
        assert_eq!(documents[0].text, "Ada ca n't . ");
        assert_eq!(super::documents(""), []);
    }

    #[test]
    fn what_is_written_has_the_same_words() {
        let text = "Ada Quill of Port Sorrel left .";
        let words = crate::grammar::tokens(text, Span::new(0, text.len()));
        let mut out = String::new();
        for sentence in read_words(Model::english(), text, &[words]) {
            write(&mut out, text, &sentence);
        }
        assert_eq!(out.lines().filter(|line| line.split('\t').count() == 10).count(), 7);
        assert_eq!(documents(&out)[0].text.trim_end(), text);
        assert!(out.contains("Entity=(0-person"), "{out}");
    }
}
