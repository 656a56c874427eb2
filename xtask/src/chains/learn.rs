//! Learns what each clue of a pronoun weighs: who is right shall have the highest sum (log-linear, all cases at a time).

use language::grammar::chains::{CLUES, Case, Mention, NONE};

/// A pronoun's row, its choices and whether each is right; nobody is the last choice.
pub(super) struct Example {
    row: usize,
    choices: Vec<(Vec<u8>, bool)>,
}

impl Example {
    pub(super) fn new(case: Case, alike: impl Fn(&Mention, &Mention) -> bool) -> Self {
        let Case { row, pronoun, choices } = case;
        let mut choices: Vec<(Vec<u8>, bool)> =
            choices.into_iter().map(|(mention, clues)| (clues, alike(&mention, &pronoun))).collect();
        let nobody = !choices.iter().any(|(_, is_right)| *is_right);
        choices.push((vec![NONE], nobody));
        Self { row, choices }
    }
}

pub(super) type Weights = [[f64; CLUES]; 6];

/// Steps, how far each goes, and how much it costs to weigh much.
const STEPS: usize = 400;
const RATE: f64 = 0.5;
const DECAY: f64 = 1.0;

pub(super) fn weights(examples: &[&Example]) -> Weights {
    let mut weights = [[0.0; CLUES]; 6];
    let mut squares = [[1e-6; CLUES]; 6];
    for _ in 0..STEPS {
        let mut slopes = [[0.0; CLUES]; 6];
        for example in examples {
            let row = &weights[example.row];
            let sums: Vec<f64> = example.choices.iter().map(|(clues, _)| sum(row, clues).exp()).collect();
            let all: f64 = sums.iter().sum();
            let right: f64 = sums
                .iter()
                .zip(&example.choices)
                .filter(|(_, (_, is_right))| *is_right)
                .map(|(sum, _)| sum)
                .sum();
            for (sum, (clues, is_right)) in sums.iter().zip(&example.choices) {
                let slope = sum / all - if *is_right { sum / right } else { 0.0 };
                clues.iter().for_each(|clue| slopes[example.row][usize::from(*clue)] += slope);
            }
        }
        for row in 0..6 {
            for clue in 0..CLUES {
                let slope = slopes[row][clue] + DECAY * weights[row][clue];
                squares[row][clue] += slope * slope;
                weights[row][clue] -= RATE * slope / f64::sqrt(squares[row][clue]);
            }
        }
    }
    weights
}

fn sum(row: &[f64; CLUES], clues: &[u8]) -> f64 {
    clues.iter().map(|clue| row[usize::from(*clue)]).sum()
}

/// For each row, how many of the examples are right, and how many there are.
pub(super) fn right(weights: &Weights, examples: &[&Example]) -> [(usize, usize); 6] {
    let mut counts = [(0, 0); 6];
    for example in examples {
        let row = &weights[example.row];
        let best = example.choices.iter().rev().max_by(|a, b| sum(row, &a.0).total_cmp(&sum(row, &b.0)));
        counts[example.row].1 += 1;
        counts[example.row].0 += usize::from(best.is_some_and(|(_, is_right)| *is_right));
    }
    counts
}

/// For each row, how many of the examples the nearest choice would get right.
pub(super) fn nearest(examples: &[&Example]) -> [usize; 6] {
    let mut counts = [0; 6];
    for example in examples {
        counts[example.row] += usize::from(example.choices.first().is_some_and(|(_, is_right)| *is_right));
    }
    counts
}

/// The weights as the file `weights.rs`.
pub(super) fn printed(weights: &Weights) -> String {
    let mut out = HEAD.to_owned();
    for row in weights {
        let numbers: Vec<String> =
            row.iter().map(|weight| format!("{:.0}", weight * 100.0).replace("-0", "0")).collect();
        out += "    [\n";
        for line in numbers.chunks(16) {
            out += &format!("        {},\n", line.join(", "));
        }
        out += "    ],\n";
    }
    out + "];\n"
}

const HEAD: &str = "//! Data: what each clue of `pronouns.rs` weighs for he, she, it, they,
//! “the company” and “the man”; learnt by `cargo xtask chains learn`.

use super::pronouns::CLUES;

#[rustfmt::skip]
pub(super) static WEIGHTS: [[i16; CLUES]; 6] = [
";
