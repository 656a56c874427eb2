//! Names: short forms, and who stands where in the sentence.

use super::align::Hit;
use super::lexicon::Relation;
use super::reading::{Kind, Token};

/// Adds hits for short forms of the claim (`HTB`) whose long form stands in the sentence (`Harbour Tram Board`).
pub(super) fn acronyms(claim: &[Token], tokens: &[Token], out: &mut Vec<Hit>) {
    for (at, short) in claim.iter().enumerate() {
        let letters = short.text.len();
        if short.kind != Kind::Name
            || !(2..=6).contains(&letters)
            || !short.text.is_ascii()
            || !short.capitals
        {
            continue;
        }
        let long: Vec<(usize, u8)> = tokens
            .iter()
            .enumerate()
            .filter(|(_, token)| token.kind != Kind::Stop)
            .map(|(place, token)| (place, token.text.as_bytes().first().copied().unwrap_or(0)))
            .collect();
        let found = long.windows(letters).find(|run| {
            run.iter().map(|(_, first)| *first).eq(short.text.bytes())
                && run.iter().filter(|(place, _)| tokens[*place].kind == Kind::Name).count() + 1 >= letters
        });
        if let Some(run) = found {
            out.push(Hit { claim: at, token: run[0].0, quality: 0.95, relation: Relation::Same });
        }
    }
}
