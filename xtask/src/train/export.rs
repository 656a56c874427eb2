//! Writes a network as the file that `language::grammar` reads.

use language::grammar::{CURVE, FRACTION, GATE, MAGIC, VERSION, checksum};

use super::lemmas::Lemmas;
use super::lstm::Lstm;
use super::matrix::{Param, sigmoid, tanh};
use super::names::{BITS, Names};
use super::network::{Layer, Network};
use super::vocabulary::Vocabulary;

/// The bytes of a model behind its head, without the names at the end.
pub(crate) fn body(network: &Network, known: &Vocabulary, lemmas: &Lemmas) -> Vec<u8> {
    let mut out = Vec::new();
    for width in [
        network.words.cols,
        network.first[0].recurrent.rows,
        network.second[0].recurrent.rows,
        network.arc.weight.rows,
        network.relation.weight.rows,
    ] {
        out.extend((width as u16).to_le_bytes());
    }
    out.extend((known.tags.len() as u16).to_le_bytes());
    for tag in &known.tags {
        tag.split('\t').for_each(|part| string(&mut out, part));
    }
    out.extend((known.relations.len() as u16).to_le_bytes());
    known.relations.iter().for_each(|relation| string(&mut out, relation));
    out.extend((known.rows.len() as u32).to_le_bytes());
    known.rows.keys().for_each(|key| out.extend(key.to_le_bytes()));
    words(&mut out, &network.words);
    for curve in [sigmoid, tanh] {
        for at in 0..CURVE {
            let x = (at as f32 + 0.5) / (CURVE as f32 / 16.0) - 8.0;
            out.extend(fixed(curve(x), GATE).to_le_bytes());
        }
    }
    network.first.iter().chain(&network.second).for_each(|lstm| recurrent(&mut out, lstm));
    let layers = [
        &network.classes,
        &network.tags,
        &network.arc_head,
        &network.arc_word,
        &network.arc,
        &network.relation_head,
        &network.relation_word,
        &network.relation,
    ];
    layers.into_iter().for_each(|layer| affine(&mut out, layer));
    network.root.value.iter().for_each(|value| out.extend(fixed(*value, FRACTION).to_le_bytes()));
    out.extend((lemmas.rules.len() as u16).to_le_bytes());
    for rule in &lemmas.rules {
        out.extend([u8::from(rule.as_written), rule.drop]);
        string(&mut out, &rule.add);
    }
    out.extend((lemmas.keys.len() as u32).to_le_bytes());
    for (key, rule) in &lemmas.keys {
        out.extend(key.to_le_bytes());
        out.extend(rule.to_le_bytes());
    }
    out
}

/// The bytes of the model's file.
pub(crate) fn file(body: &[u8], names: &Names) -> Vec<u8> {
    let mut out = body.to_vec();
    out.push(BITS as u8);
    names
        .clues
        .iter()
        .chain(&names.kinds)
        .chain(&names.edges)
        .for_each(|weight| out.extend(weight.to_le_bytes()));
    let mut file = MAGIC.to_vec();
    file.extend(VERSION.to_le_bytes());
    file.extend([0, 0]);
    file.extend((out.len() as u32).to_le_bytes());
    file.extend(checksum(&out).to_le_bytes());
    file.extend(out);
    file
}

fn string(out: &mut Vec<u8>, text: &str) {
    let mut end = text.len().min(255);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    out.push(end as u8);
    out.extend(&text.as_bytes()[..end]);
}

/// The table of words in one byte a value, at the finest scale that holds nearly all of them.
fn words(out: &mut Vec<u8>, table: &Param) {
    let mut sizes: Vec<f32> = table.value.iter().map(|value| value.abs()).collect();
    sizes.sort_by(f32::total_cmp);
    let most = sizes[(sizes.len() - 1) * 9999 / 10000];
    let mut shift = 0u8;
    while (127i32 << shift) as f32 / (1 << FRACTION) as f32 <= most && shift < 8 {
        shift += 1;
    }
    out.push(shift);
    let scale = (1i32 << (FRACTION - u32::from(shift))) as f32;
    out.extend(table.value.iter().map(|value| (value * scale).round().clamp(-127.0, 127.0) as i8 as u8));
}

fn recurrent(out: &mut Vec<u8>, lstm: &Lstm) {
    weights(out, &lstm.input);
    biases(out, &lstm.bias);
    weights(out, &lstm.recurrent);
}

fn affine(out: &mut Vec<u8>, layer: &Layer) {
    weights(out, &layer.weight);
    biases(out, &layer.bias);
}

/// A row an output, where training keeps a row an input.
fn weights(out: &mut Vec<u8>, param: &Param) {
    for col in 0..param.cols {
        for row in 0..param.rows {
            out.extend(fixed(param.value[row * param.cols + col], FRACTION).to_le_bytes());
        }
    }
}

fn biases(out: &mut Vec<u8>, param: &Param) {
    let scale = (1u32 << (2 * FRACTION)) as f32;
    param.value.iter().for_each(|value| out.extend(((value * scale).round() as i32).to_le_bytes()));
}

fn fixed(value: f32, places: u32) -> i16 {
    (value * (1u32 << places) as f32).round().clamp(-32767.0, 32767.0) as i16
}
