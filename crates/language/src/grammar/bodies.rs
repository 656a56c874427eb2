//! Places that stand for a body: the team of a country or town in a report on a game, a state that says something.

use super::Word;
use super::clues::Candidate;
use super::frame::Frame;
use super::labels::{Class, Relation};
use super::lexicon;

/// Words of reports on games, in their dictionary form, in order.
const GAMES: &[&str] = &[
    "athlete",
    "attacker",
    "ball",
    "baseball",
    "basketball",
    "batsman",
    "bowler",
    "captain",
    "champion",
    "championship",
    "coach",
    "cricket",
    "cup",
    "defender",
    "equaliser",
    "equalizer",
    "final",
    "football",
    "footballer",
    "forward",
    "game",
    "goal",
    "goalkeeper",
    "goalscorer",
    "half-time",
    "hockey",
    "innings",
    "kick",
    "league",
    "match",
    "medal",
    "midfielder",
    "opponent",
    "penalty",
    "pitch",
    "player",
    "playoff",
    "quarter-final",
    "quarterback",
    "quarterfinal",
    "referee",
    "rugby",
    "score",
    "scorer",
    "season",
    "semi-final",
    "semifinal",
    "soccer",
    "squad",
    "stadium",
    "striker",
    "substitute",
    "team",
    "tennis",
    "tournament",
    "try",
    "umpire",
    "volleyball",
    "wicket",
    "winger",
];

/// Whether sentences report on a game: of thirty words one is of games.
pub(super) fn on_game<'w>(words: impl Iterator<Item = &'w Word<'w>>) -> bool {
    let (mut all, mut games) = (0usize, 0usize);
    for word in words.filter(|word| word.class != Class::Punct) {
        all += 1;
        let of_game = match word.class {
            Class::Noun | Class::Propn => GAMES.binary_search(&word.lemma.to_lowercase().as_str()).is_ok(),
            Class::Verb => field(&word.lemma) == COMPETITION,
            _ => false,
        };
        games += usize::from(of_game);
    }
    games >= 3 && games * 30 >= all
}

/// The fields of verbs of saying and of contending in WordNet.
const COMMUNICATION: u8 = 4;
const COMPETITION: u8 = 5;

fn field(lemma: &str) -> u8 {
    lexicon::entry(lemma).map_or(0, |(entry, _)| entry.verb())
}

/// Whether the name of a place stands for a body that acts.
pub(super) fn acts(frame: &Frame<'_, '_>, candidate: Candidate, on_game: bool) -> bool {
    /// A town, a country, a state of the United States, a place of WordNet.
    const SEAT: u16 = 0b1011_1100;
    let whole: Vec<&str> = (candidate.first..=candidate.last)
        .filter(|at| frame.words[*at].class == Class::Propn)
        .map(|at| frame.small[at].as_str())
        .take(5)
        .collect();
    let known = lexicon::named(&whole.join(" "));
    let word = &frame.words[candidate.head];
    let over = word.head.map(|head| &frame.words[head]);
    let subject = word.relation == Relation::Nsubj;
    let says =
        subject && over.is_some_and(|over| over.class == Class::Verb && field(&over.lemma) == COMMUNICATION);
    let at_place = matches!(
        frame.preposition(candidate.head),
        "in" | "at" | "from" | "to" | "near" | "around" | "across"
    );
    known & lexicon::COUNTRY != 0 && says || on_game && known & SEAT != 0 && !at_place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_games_are_in_order() {
        assert!(GAMES.is_sorted_by(|a, b| a < b));
    }
}
