//! Tests of training, on sentences that were made up.

use language::grammar::{Model, read};

use super::conllu::parse;
use super::network::Sizes;
use super::{Plan, body, named};

const TREES: &str = "# newdoc id = one
1\tAda\tAda\tPROPN\tNNP\tNumber=Sing\t2\tnsubj\t_\tEntity=(1-person-new)
2\tsees\tsee\tVERB\tVBZ\tTense=Pres\t0\troot\t_\t_
3\tships\tship\tNOUN\tNNS\tNumber=Plur\t2\tobj\t_\t_
4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

1\tShips\tship\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_
2\tsee\tsee\tVERB\tVBP\tTense=Pres\t0\troot\t_\t_
3\tAda\tAda\tPROPN\tNNP\tNumber=Sing\t2\tobj\t_\tEntity=(1-person-giv)
4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

";

const SMALL: Sizes = Sizes { word: 16, first: 16, second: 16, arc: 16, relation: 16 };

fn small(seed: u64) -> Vec<u8> {
    let sentences = parse(&TREES.repeat(12));
    let plan = Plan { epochs: 300, seed, ..Plan::default() };
    let body = body(&sentences, &plan, &SMALL, |_, _| ());
    named(&body, &sentences, &plan, &SMALL).unwrap()
}

#[test]
fn names_alone_are_learned_as_with_the_rest() {
    let whole = small(1);
    let body = Model::without_names(&whole).unwrap();
    let sentences = parse(&TREES.repeat(12));
    let plan = Plan { epochs: 300, ..Plan::default() };
    assert_eq!(named(body, &sentences, &plan, &SMALL).unwrap(), whole);
}

#[test]
fn what_was_trained_is_read_back() {
    let bytes = small(1);
    let model = Model::load(&bytes).unwrap();
    let sentences = read(&model, "Ada sees ships.");
    let words = &sentences[0].words;
    let heads: Vec<_> = words.iter().map(|word| word.head).collect();
    assert_eq!(heads, [Some(1), None, Some(1), Some(1)]);
    let lemmas: Vec<_> = words.iter().map(|word| word.lemma.as_str()).collect();
    let classes: Vec<_> = words.iter().map(|word| word.class.name()).collect();
    assert_eq!(classes, ["PROPN", "VERB", "NOUN", "PUNCT"]);
    assert_eq!(lemmas, ["Ada", "see", "ship", "."]);
    let relations: Vec<_> = words.iter().map(|word| word.relation.name()).collect();
    assert_eq!(relations, ["nsubj", "root", "obj", "punct"]);
    let names: Vec<_> = sentences[0].entities.iter().map(|name| (name.first, name.kind.name())).collect();
    assert_eq!(names, [(0, "person")]);
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    assert_eq!(small(1), small(1));
    assert_ne!(small(1), small(2));
}

#[test]
fn a_changed_model_is_refused_or_read_without_harm() {
    let bytes = small(1);
    let body = 24;
    for at in (body..bytes.len()).step_by(bytes.len() / 300) {
        let mut changed = bytes.clone();
        changed[at] ^= 0xff;
        assert!(Model::load(&changed).is_err(), "the checksum tells of a change at {at}");
        // The same change by somebody who also mends the checksum.
        let sum = language::grammar::checksum(&changed[body..]);
        changed[body - 8..body].copy_from_slice(&sum.to_le_bytes());
        if let Ok(model) = Model::load(&changed) {
            let _ = read(&model, "Ada Quill sees 12 ships (and Port Sorrel).");
        }
    }
}
