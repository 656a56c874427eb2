//! Tests of tokens, of the model that is built in, and of what hostile bytes and texts do.

use super::*;

#[test]
fn words_are_cut_as_treebanks_do() {
    for (text, words) in [
        ("The ferry left at 7:30pm.", "The|ferry|left|at|7:30|pm|."),
        ("He didn't say, \"We won't.\"", "He|did|n't|say|,|\"|We|wo|n't|.|\""),
        ("It\u{2019}s Ada Quill\u{2019}s.", "It|\u{2019}s|Ada|Quill|\u{2019}s|."),
        ("a well-known co-author", "a|well|-|known|co-author"),
        ("The U.S. and Mr. Orne cannot go...", "The|U.S.|and|Mr.|Orne|can|not|go|..."),
        ("It cost $12,500 (10% more).", "It|cost|$|12,500|(|10|%|more|)|."),
        (
            "Write to desk@sorrel.example or https://sorrel.example/a-b.",
            "Write|to|desk@sorrel.example|or|https://sorrel.example/a-b|.",
        ),
        ("on 11/28/2000 and/or later", "on|11/28/2000|and|/|or|later"),
        ("wait -- what?!", "wait|--|what|?!"),
        ("the workers' union\u{2014}so far", "the|workers|'|union|\u{2014}|so|far"),
        ("   ", ""),
    ] {
        let found: Vec<&str> =
            tokens(text, Span::new(0, text.len())).iter().map(|word| word.of(text)).collect();
        assert_eq!(found.join("|"), words);
    }
}

/// Every letter but white space is in one word, in order.
#[test]
fn no_letter_is_lost() {
    for text in [
        "a--b/c.d,(e)f'g'h\u{2026}i",
        "''``...,,--(())",
        "1-2-3 4/5 x'y'z' \u{e9}\u{301}-\u{1f600}!",
        "'s n't -a a- /",
    ] {
        let words = tokens(text, Span::new(0, text.len()));
        let whole: String = words.iter().map(|word| word.of(text)).collect();
        assert_eq!(whole, text.split_whitespace().collect::<String>());
        assert!(words.is_sorted_by_key(|word| word.start), "{text}");
    }
}

#[test]
fn a_sentence_has_its_tree() {
    let text = "The minister told reporters on Monday that Harwick Rail had sold its old trains.";
    let sentences = read(Model::english(), text);
    let word = |form: &str| {
        let words = &sentences[0].words;
        let at = words.iter().position(|word| word.span.of(text) == form).unwrap();
        let head = words[at].head.map(|head| words[head].span.of(text));
        (words[at].class.name(), words[at].lemma.clone(), words[at].relation.name(), head)
    };
    for (form, class, lemma, relation, head) in [
        ("minister", "NOUN", "minister", "nsubj", Some("told")),
        ("told", "VERB", "tell", "root", None),
        ("Monday", "PROPN", "Monday", "obl", Some("told")),
        ("sold", "VERB", "sell", "ccomp", Some("told")),
        ("trains", "NOUN", "train", "obj", Some("sold")),
        ("its", "PRON", "its", "nmod:poss", Some("trains")),
    ] {
        assert_eq!(word(form), (class, lemma.to_owned(), relation, head), "{form}");
    }
    let told = &sentences[0].words[2];
    assert_eq!(told.feature("Tense"), Some("Past"));
    assert_eq!(told.feature("Gender"), None);
}

/// Whole numbers only, so this is the same on every machine; a new model changes it.
#[test]
fn a_text_reads_the_same_everywhere() {
    let text = "Port Sorrel's council voted 7-2 on Tuesday to close the old bridge, officials said. \
                \"We had no choice,\" said Ada Quill, who chairs it; Bram Orne of Harwick Rail disagreed.";
    let bytes: Vec<u8> = read(Model::english(), text)
        .iter()
        .flat_map(|sentence| &sentence.words)
        .flat_map(|word| [word.class as u8, word.head.map_or(255, |head| head as u8), word.relation as u8])
        .collect();
    assert_eq!(checksum(&bytes), FINGERPRINT, "{bytes:?}");
    assert_eq!(read(Model::english(), text), read(Model::english(), text));
}

const FINGERPRINT: u64 = 13_886_864_349_943_884_335;

#[test]
fn texts_that_are_read_together_have_the_trees_that_each_has_alone() {
    let texts = ["The ferry left. It was late, officials said.", "", "Ada Quill chairs the council.", "No."];
    let words: Vec<Vec<Vec<Span>>> = texts.iter().map(|text| words(text)).collect();
    let given: Vec<(&str, &[Vec<Span>])> = texts.into_iter().zip(words.iter().map(Vec::as_slice)).collect();
    let together = trees_of_texts(Model::english(), &given);
    let alone: Vec<Vec<Sentence<'_>>> = texts.iter().map(|text| trees(Model::english(), text)).collect();
    assert_eq!(together, alone);
}

/// The names of a text, each with its kind.
fn names(text: &str) -> Vec<String> {
    let sentences = read(Model::english(), text);
    let names = sentences.iter().flat_map(|sentence| {
        sentence.entities.iter().map(|name| {
            let (first, last) = (sentence.words[name.first].span, sentence.words[name.last].span);
            format!("{} {}", name.kind.name(), &text[first.start..last.end])
        })
    });
    names.collect()
}

#[test]
fn names_have_their_edges_and_kinds() {
    for (text, wanted) in [
        ("The minister met Ada Quill in Norway.", vec!["person Ada Quill", "place Norway"]),
        ("She works for the University of Norway.", vec!["organization the University of Norway"]),
    ] {
        assert_eq!(names(text), wanted, "{text}");
    }
}

/// A country that plays or speaks is a body, one where something happens a place.
#[test]
fn a_team_or_state_is_an_organization() {
    let report = "Norway won the match against Sweden by two goals to one. The goalkeeper of Norway saved a penalty. \
                  The tournament goes on in Japan.";
    let names = names(report);
    assert!(names.contains(&"organization Norway".to_owned()), "{names:?}");
    assert!(names.contains(&"place Japan".to_owned()), "{names:?}");
}

#[test]
fn an_edge_is_sought_on_both_sides_and_not_far() {
    let text = "The Harwick ".repeat(40) + "Rail Council of Port Sorrel 's men .";
    let spans: Vec<Span> = tokens(&text, Span::new(0, text.len()));
    let sentences = read_words(Model::english(), &text, &[spans]);
    let frame = Frame::new(&text, &sentences[0]);
    for head in frame.heads() {
        for side in [Side::First, Side::Last] {
            let edges = frame.edges(head, side);
            assert_eq!(edges[0], head);
            assert!(edges.len() <= 14 && edges.iter().all(|at| *at < sentences[0].words.len()), "{edges:?}");
        }
    }
}

#[test]
fn bytes_that_are_no_model_are_refused() {
    let model = include_bytes!("../../data/grammar.bin");
    assert!(Model::load(model).is_ok());
    assert!(matches!(Model::load(b""), Err(Flaw::Magic)));
    assert!(matches!(Model::load(&[0; 4096]), Err(Flaw::Magic)));
    for length in [8, 9, 10, 12, 23, 24, 100, model.len() / 2, model.len() - 1] {
        assert!(Model::load(&model[..length]).is_err(), "{length}");
    }
    let longer = [model.as_slice(), &[0]].concat();
    assert!(matches!(Model::load(&longer), Err(Flaw::Short)));
    let mut other = model.to_vec();
    other[8] = 99;
    assert!(matches!(Model::load(&other), Err(Flaw::Version(99))));
    // Cut off inside, with everything in front mended: each layer must look for itself.
    for length in (24..model.len()).step_by(model.len() / 60) {
        let mut cut = model[..length].to_vec();
        let sum = checksum(&cut[24..]);
        cut[12..16].copy_from_slice(&((length - 24) as u32).to_le_bytes());
        cut[16..24].copy_from_slice(&sum.to_le_bytes());
        assert!(Model::load(&cut).is_err(), "{length}");
    }
}

#[test]
fn no_text_takes_long_or_panics() {
    let model = Model::english();
    for unit in
        ["a", "(", "-a", "123-4567", "\u{1f600}", "'s", ".", "n't", "https://", "\u{301}", "A.", "/", "e-"]
    {
        let line = unit.repeat(1_000_000 / unit.len());
        let sentences = read(model, &line[..line.floor_char_boundary(15_000)]);
        assert!(sentences.iter().all(|sentence| sentence.words.len() <= LONGEST));
        let _ = tokens(&line, Span::new(0, line.len()));
    }
    let line = "Ada Quill of Orne and ".repeat(500);
    assert!(read(model, &line).iter().all(|sentence| sentence.words.len() <= LONGEST));
    assert_eq!(read(model, ""), []);
    assert_eq!(read(model, " \n\u{0}\t ").len(), 1);
}
