//! How many died, as the reports say from hour to hour: an earlier count that a later one has overtaken is not printed.

use std::collections::{BTreeMap, BTreeSet};

use language::numbers::numbers;
use language::words;

use super::fitness::unquoted;

/// Words before a number, as near as [`BEFORE`], and words behind it, as near as [`BEHIND`], that make it a count of the dead.
const KILLING: [&str; 9] =
    ["killed", "killing", "kills", "kill", "leaving", "left", "leaves", "toll", "claimed"];
const DEAD: [&str; 6] = ["killed", "dead", "died", "deaths", "fatalities", "dying"];
const BEFORE: usize = 4;
const BEHIND: usize = 4;
/// Words that must stand behind a number of whom somebody “left”.
const LEAVING: [&str; 3] = ["leaving", "left", "leaves"];
/// What is counted when all are: not the officers or the children among them.
const ALL: [&str; 3] = ["peopl", "person", "dead"];
/// So many families must tell a count for it to stand.
const FAMILIES: usize = 2;

/// A sentence of more bytes is none.
const LONGEST: usize = 1_000;

/// How many died according to a sentence: the largest count of people that it has, quotations left out.
pub(super) fn toll(text: &str) -> Option<u32> {
    if text.len() > LONGEST {
        return None;
    }
    let bare = unquoted(text);
    let all = words::words(&bare);
    let counts = numbers(&bare).into_iter().filter_map(|number| {
        let whole = number.value >= 1.0 && number.value < 1e6 && number.value.fract() == 0.0;
        if !whole || number.unit.as_deref().is_some_and(|unit| !ALL.contains(&unit)) {
            return None;
        }
        let first = all.iter().position(|word| word.span.end > number.span.start)?;
        let behind = all.iter().position(|word| word.span.start >= number.span.end).unwrap_or(all.len());
        let near = |from: usize, to: usize, known: &[&str]| {
            all[from..to.min(all.len())].iter().any(|word| known.contains(&word.text.as_str()))
        };
        let dead = near(behind, behind + BEHIND, &DEAD);
        let before = first.saturating_sub(BEFORE);
        let killing = near(before, first, &KILLING) && (dead || !near(before, first, &LEAVING));
        (dead || killing).then_some(number.value as u32)
    });
    counts.max()
}

/// What several families tell, by the count: who tells it, and when last.
#[derive(Debug, Default)]
pub(super) struct Tolls<'a> {
    told: BTreeMap<u32, (BTreeSet<&'a str>, i64)>,
}

impl<'a> Tolls<'a> {
    /// Notes that a family's article of a moment, in seconds, says so in its headline or near its beginning.
    pub(super) fn add(&mut self, count: u32, family: &'a str, at: i64) {
        let (families, last) = self.told.entry(count).or_insert((BTreeSet::new(), at));
        families.insert(family);
        *last = at.max(*last);
    }

    /// The count that stands: of those that several families tell the one told last, the largest of several.
    pub(super) fn standing(&self) -> Option<u32> {
        let firm = self.told.iter().filter(|(_, (families, _))| families.len() >= FAMILIES);
        firm.max_by_key(|(count, (_, last))| (*last, **count)).map(|(count, _)| *count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_all_the_dead_are_found_and_others_are_not() {
        for (text, wanted) in [
            ("At least five people have died after a tram overturned in Port Elm.", Some(5)),
            ("A tram derailed, killing seven people and injuring more than 50.", Some(7)),
            ("The crash left seven dead and fifty hurt.", Some(7)),
            ("The death toll rose to 12 on Friday.", Some(12)),
            ("Seven people were killed when the tram turned over.", Some(7)),
            ("Two children were killed in the crash.", None),
            ("She left two hours before the crash.", None),
            ("He left 20 people waiting.", None),
            ("“Nine people died,” he shouted.", None),
            ("Some 50 people were hurt.", None),
        ] {
            assert_eq!(toll(text), wanted, "{text}");
        }
    }

    #[test]
    fn the_last_count_of_several_families_stands() {
        let standing = |told: &[(u32, &'static str, i64)]| {
            let mut tolls = Tolls::default();
            told.iter().for_each(|(count, family, at)| tolls.add(*count, family, *at));
            tolls.standing()
        };
        assert_eq!(standing(&[(5, "a", 1), (5, "b", 1), (7, "a", 2), (7, "c", 3)]), Some(7));
        assert_eq!(standing(&[(5, "a", 1), (5, "b", 1), (7, "a", 1), (7, "c", 1)]), Some(7));
        assert_eq!(standing(&[(59, "a", 1), (59, "b", 1), (58, "a", 2), (58, "c", 2)]), Some(58));
        assert_eq!(standing(&[(5, "a", 1), (5, "b", 1), (70, "c", 2)]), Some(5));
        assert_eq!(standing(&[(5, "a", 1)]), None);
    }
}
