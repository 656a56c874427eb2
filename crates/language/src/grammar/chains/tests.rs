//! Tests of chains and of merging, on texts that were made up, and of what hostile texts do.

use std::time::{Duration, Instant};

use super::*;
use crate::Span;
use crate::grammar::{Class, Entity, Model, Relation, Word, read};

/// What the chains of a text say, a chain a line: its mentions as they are written.
fn said(text: &str) -> Vec<Vec<String>> {
    let sentences = read(Model::english(), text);
    let of = |mention: &Mention| {
        let words = &sentences[mention.sentence].words;
        text[words[mention.first].span.start..words[mention.last].span.end].to_owned()
    };
    chains(text, &sentences).iter().map(|chain| chain.mentions.iter().map(of).collect()).collect()
}

/// Whether the mentions, each the first or the following with these words, are in one chain and in that order.
fn check(text: &str, expected: &[&str]) {
    let found = said(text);
    let holds = |chain: &Vec<String>| {
        let mut left = chain.iter();
        expected.iter().all(|one| left.any(|other| other == one))
    };
    assert!(found.iter().any(holds), "{expected:?} in {found:#?}");
}

/// Whether no chain holds both.
fn apart(text: &str, one: &str, two: &str) {
    let found = said(text);
    let both =
        |chain: &Vec<String>| chain.iter().any(|said| said == one) && chain.iter().any(|said| said == two);
    assert!(!found.iter().any(both), "{one} and {two} in {found:#?}");
}

const SECRETARY: &str = "Secretary of State Ada Quill met Bram Orne in Port Sorrel on Monday. Quill said she would not \
     resign. The secretary told him that the Korean Central News Agency (KCNA) had misquoted her. KCNA said it stood by \
     its report. Mr. Orne, the mayor of Tarnby, thanked her. The mayor hurt himself on Friday.";

#[test]
fn names_titles_and_pronouns_are_joined() {
    check(SECRETARY, &["Secretary of State Ada Quill", "Quill", "she", "The secretary", "her", "her"]);
    check(SECRETARY, &["Bram Orne", "him", "Mr. Orne", "the mayor of Tarnby", "The mayor", "himself"]);
}

#[test]
fn abbreviations_are_joined_and_bodies_are_it() {
    check(SECRETARY, &["the Korean Central News Agency", "KCNA", "KCNA", "it", "its"]);
    check(
        "North Korea fired a missile on Tuesday. The North said it was a test.",
        &["North Korea", "The North", "it"],
    );
}

#[test]
fn a_chain_says_what_is_known() {
    let sentences = read(Model::english(), SECRETARY);
    let chains = chains(SECRETARY, &sentences);
    let quill = &chains[0];
    assert_eq!(quill.name.as_deref(), Some("Ada Quill"));
    assert_eq!(quill.names, ["Ada Quill", "Quill"]);
    assert_eq!(quill.titles, ["secretary of state"]);
    assert_eq!((quill.kind, quill.gender), (Some(Kind::Person), Some(Gender::Female)));
    let forms: Vec<Form> = quill.mentions.iter().map(|mention| mention.form).collect();
    assert_eq!(forms[..4], [Form::Name, Form::Name, Form::Pronoun, Form::Description]);
}

#[test]
fn a_couple_with_one_surname_is_held_apart() {
    let text = "Bram Orne and his wife Clara Orne bought the mill in 2010. Mr. Orne repaired the wheel. Mrs. Orne said she \
         had sold her house. The couple said they were happy.";
    check(text, &["Bram Orne", "his", "Mr. Orne"]);
    check(text, &["his wife", "Clara Orne", "Mrs. Orne", "she", "her"]);
    check(text, &["The couple", "they"]);
    apart(text, "Mr. Orne", "Mrs. Orne");
}

#[test]
fn the_same_surname_is_not_the_same_person() {
    let text = "Thomas Quill lost his keys. Ada Quill found them. Quill is the mayor of Port Sorrel. She thanked Thomas Quill.";
    apart(text, "Thomas Quill", "Ada Quill");
    check(text, &["Ada Quill", "Quill", "the mayor of Port Sorrel"]);
    check(text, &["Thomas Quill", "his", "Thomas Quill"]);
}

#[test]
fn he_and_she_are_told_apart() {
    let text =
        "Thomas Vell met Clara Holm at the station. He gave her the letter. She read it before he left.";
    check(text, &["Thomas Vell", "He", "he"]);
    check(text, &["Clara Holm", "her", "She"]);
}

/// The chains of a text, for merging.
fn chained(text: &str) -> Vec<Chain> {
    chains(text, &read(Model::english(), text))
}

fn merged(texts: &[&str]) -> Vec<Referent> {
    let documents: Vec<Vec<Chain>> = texts.iter().map(|text| chained(text)).collect();
    merge(&documents.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

#[test]
fn a_person_is_one_across_articles() {
    let found = merged(&[
        "Secretary of State Ada Quill resigned on Monday. She gave no reason.",
        "Quill said on Tuesday that she was tired.",
        "Ada Quill, the secretary of state, left Port Sorrel.",
    ]);
    let quill = found.iter().find(|referent| referent.name == "Ada Quill").unwrap();
    assert_eq!(quill.names, ["Ada Quill", "Quill"]);
    assert_eq!(quill.titles, ["secretary of state"]);
    assert_eq!(quill.chains.iter().map(|(document, _)| *document).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(quill.gender, Some(Gender::Female));
}

#[test]
fn two_people_with_one_surname_stay_two_across_articles() {
    let found = merged(&[
        "Ada Quill resigned on Monday. She gave no reason.",
        "Thomas Quill won the race on Monday. He was glad.",
        "Quill spoke to reporters.",
    ]);
    let named: Vec<&str> =
        found.iter().map(|referent| referent.name.as_str()).filter(|name| name.contains("Quill")).collect();
    assert_eq!(named, ["Ada Quill", "Thomas Quill", "Quill"]);
}

/// A chain that was made by hand.
fn named(names: &[&str], kind: Kind, gender: Option<Gender>) -> Chain {
    let mention = Mention { sentence: 0, first: 0, last: 0, head: 0, form: Form::Name };
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let name = names.iter().max_by_key(|name| name.len()).cloned();
    Chain { mentions: vec![mention], name, names, titles: Vec::new(), kind: Some(kind), gender }
}

#[test]
fn merging_joins_what_one_alone_can_mean() {
    use Gender::{Female, Male};
    use Kind::{Organization, Person};
    let find = |documents: &[Vec<Chain>]| -> Vec<Vec<(usize, usize)>> {
        let documents: Vec<&[Chain]> = documents.iter().map(Vec::as_slice).collect();
        merge(&documents).into_iter().map(|referent| referent.chains).collect()
    };
    let two = |one: Chain, two: Chain| find(&[vec![one], vec![two]]).len();
    assert_eq!(two(named(&["Ada Quill"], Person, None), named(&["Quill"], Person, None)), 1);
    assert_eq!(two(named(&["Ada Quill"], Person, Some(Female)), named(&["Quill"], Person, Some(Male))), 2);
    assert_eq!(two(named(&["Ada Quill"], Person, None), named(&["A. Quill"], Person, None)), 1);
    assert_eq!(two(named(&["Ada Quill"], Person, None), named(&["Thomas Quill"], Person, None)), 2);
    assert_eq!(two(named(&["Quill"], Person, None), named(&["Quill"], Person, None)), 1);
    assert_eq!(two(named(&["Quill"], Person, None), named(&["Quill"], Organization, None)), 2);
    let agency = named(&["Tarnby Water Board", "TWB"], Organization, None);
    assert_eq!(two(agency.clone(), named(&["TWB"], Organization, None)), 1);
    assert_eq!(
        two(named(&["Tarnby Water Board"], Organization, None), named(&["TWB"], Organization, None)),
        1
    );
    // What one document holds apart is never joined by another.
    let apart = vec![named(&["Ada Quill"], Person, None), named(&["Bram Quill"], Person, None)];
    assert_eq!(
        find(&[apart, vec![named(&["Quill"], Person, None)]]),
        [vec![(0, 0)], vec![(0, 1)], vec![(1, 0)]]
    );
    assert_eq!(find(&[]), Vec::<Vec<(usize, usize)>>::new());
}

/// Sentences of one word over and over, all of which hang on the first.
fn repeated(unit: &str, class: Class, count: usize) -> (String, Vec<Sentence<'static>>) {
    let text = unit.repeat(count);
    let word = |at: usize| Word {
        span: Span::new(at * unit.len(), at * unit.len() + unit.trim_end().len()),
        class,
        features: "Number=Sing",
        lemma: unit.trim_end().to_lowercase(),
        head: (!at.is_multiple_of(100)).then_some(0),
        relation: if at.is_multiple_of(100) { Relation::Root } else { Relation::Nsubj },
    };
    let words: Vec<Word<'static>> = (0..count).map(word).collect();
    let sentence = |words: &[Word<'static>]| Sentence { words: words.to_vec(), entities: Vec::new() };
    (text, words.chunks(100).map(sentence).collect())
}

#[test]
fn time_grows_as_the_text_does() {
    for (unit, class) in
        [("he ", Class::Pron), ("Quill ", Class::Propn), ("agency ", Class::Noun), ("they ", Class::Pron)]
    {
        let time = |count: usize| {
            let (text, sentences) = repeated(unit, class, count);
            let start = Instant::now();
            let _ = chains(&text, &sentences);
            start.elapsed()
        };
        let (small, large) = (time(4_000), time(32_000));
        assert!(large < small * 40 + Duration::from_millis(400), "{unit}: {small:?}, {large:?}");
    }
}

#[test]
fn no_tree_and_no_text_makes_it_panic() {
    let text = "he said Quill ".repeat(30);
    let mut state = 9u64;
    let mut next = |most: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % most
    };
    for _ in 0..300 {
        let count = 1 + next(12);
        let words: Vec<Word<'_>> = (0..count)
            .map(|_| {
                let start = text.floor_char_boundary(next(text.len()));
                Word {
                    span: Span::new(start, text.floor_char_boundary(start + next(9)).min(text.len())),
                    class: Class::ALL[next(Class::ALL.len())],
                    features: ["_", "Number=Plur", "Number=Sing", "="][next(4)],
                    lemma: ["be", "self", "mayor", ""][next(4)].to_owned(),
                    // Circles and heads that aren't there, too.
                    head: [None, Some(next(count)), Some(next(count + 3))][next(3)],
                    relation: Relation::ALL[next(Relation::ALL.len())],
                }
            })
            .collect();
        let entity = Entity {
            head: next(count),
            first: next(count),
            last: next(count + 2),
            kind: Kind::ALL[next(10)],
        };
        let sentence = Sentence { words, entities: vec![entity] };
        let chains = chains(&text, &[sentence.clone(), Sentence::default(), sentence]);
        let _ = merge(&[&chains, &chains]);
    }
    for text in [
        "",
        " ",
        "\u{0}\u{1}",
        "\u{201c}\u{201c}he he",
        "'s 's",
        "of of Of",
        "A. B. C.",
        "(((",
        "\u{fffd}\u{301}",
    ] {
        let _ = merge(&[&chained(text), &chained(text)]);
    }
}

#[test]
fn merging_many_takes_no_time_out_of_proportion() {
    let chains: Vec<Chain> =
        (0..20_000).map(|at| named(&[&format!("Ada{at} Quill")], Kind::Person, None)).collect();
    let start = Instant::now();
    assert_eq!(merge(&[&chains[..10_000], &chains[10_000..]]).len(), 20_000);
    let same: Vec<Chain> = (0..20_000).map(|_| named(&["Quill"], Kind::Person, None)).collect();
    let documents: Vec<&[Chain]> = same.chunks(1).collect();
    assert!(!merge(&documents).is_empty());
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}
