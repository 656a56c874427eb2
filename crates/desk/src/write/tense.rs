//! What is long past and told as if it happened now: entries of a list of earlier events, captions of old pictures. Beside the
//! news they would be taken for it.

use jiff::civil::Date;
use language::dates;
use language::grammar::{self, Class, Model, Sentence, Word};

use super::fitness::unquoted;

/// So many days before its report a thing is long past.
const LONG: i32 = 45;
/// No date is longer, in days: "since 2012" and "in the nineties" say when something began.
const MONTH: i32 = 31;

/// Whether a sentence of a report of that day tells in the present what its own date puts long before.
pub(super) fn is_historic(text: &str, own: Option<Date>) -> bool {
    let bare = unquoted(text);
    let far = |one: Date, other: Date| other.since(one).map_or(0, |between| between.get_days());
    let marks = dates::dates(&bare, own).into_iter().filter(|mark| {
        let past = mark.days.zip(own);
        past.is_some_and(|((first, last), own)| far(first, last) <= MONTH && far(last, own) > LONG)
    });
    let marks: Vec<_> = marks.collect();
    if marks.is_empty() {
        return false;
    }
    let trees = grammar::trees(Model::english(), &bare);
    let dated = |word: &Word<'_>| {
        marks.iter().any(|mark| mark.span.start <= word.span.start && word.span.end <= mark.span.end)
    };
    trees.iter().any(|tree| {
        let all = &tree.words;
        !all.iter().any(tells_past) && (0..all.len()).any(|at| dated(&all[at]) && !is_of_past(tree, at))
    })
}

/// Whether a verb makes its sentence one of the past: "stormed", "was", and what has been done until now.
fn tells_past(word: &Word<'_>) -> bool {
    let finite = word.feature("VerbForm") == Some("Fin");
    finite && (word.feature("Tense") == Some("Past") || word.class == Class::Aux && word.lemma == "have")
}

/// Whether a word hangs on something that was done: the date of "the treaty signed in July".
fn is_of_past(tree: &Sentence<'_>, at: usize) -> bool {
    let up = std::iter::successors(Some(at), |&at| tree.words[at].head);
    up.take(tree.words.len()).any(|at| tree.words[at].feature("Tense") == Some("Past"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_past_is_not_told_in_the_present() {
        let own = Date::new(2026, 3, 11).ok();
        for (text, wanted) in [
            ("A young man storms a cinema in Port Elm in July 2012.", true),
            ("A disturbed pupil kills his teacher in Vell in December 2012.", true),
            ("A young man stormed a cinema in Port Elm in July 2012.", false),
            ("A man was killed in Port Elm in July 2012.", false),
            ("The law has protected the harbour since July 2012.", false),
            ("Police say that a man was killed in Port Elm in July 2012.", false),
            ("The agreement that was signed in July 2012 protects the harbour.", false),
            ("The agreement signed in July 2012 protects the harbour.", false),
            ("A man wearing armour storms a cinema in July 2012, opening fire.", true),
            ("A young man storms a cinema in Port Elm in March 2026.", false),
            ("The town holds its market in Port Elm.", false),
        ] {
            assert_eq!(is_historic(text, own), wanted, "{text}");
        }
        assert!(!is_historic("A young man storms a cinema in Port Elm in July 2012.", None));
    }
}
