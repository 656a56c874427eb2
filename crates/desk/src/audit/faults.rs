//! What is wrong with marks and list, whatever the sentences say.

use std::collections::{BTreeMap, BTreeSet};

use super::parse::CitedText;
use crate::address::canonical;

/// A fault of numbering or of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The mark or the entry's label.
    pub label: String,
    /// Its public code.
    pub code: &'static str,
    /// In plain words.
    pub note: String,
}

/// A mark whose entry does not stand in the list.
pub(super) const MARK_WITHOUT_REFERENCE: &str = "mark-without-reference";
/// An entry that no sentence cites.
pub(super) const UNUSED_REFERENCE: &str = "unused-reference";

/// The faults: marks first, in the order of the text, then the list.
pub(super) fn faults(cited: &CitedText) -> Vec<Fault> {
    let mut out: Vec<Fault> = cited
        .orphans
        .iter()
        .map(|label| fault(label, "orphan-mark", format!("no sentence stands before mark {label}")))
        .collect();
    let first_uses = first_uses(cited);
    let listed: Vec<&str> = cited.references.iter().filter(|r| r.listed).map(|r| r.label.as_str()).collect();
    let missing = first_uses.iter().filter(|(_, reference)| reference.is_none());
    out.extend(missing.map(|(label, _)| {
        let last = listed
            .last()
            .map_or("the text has no list".to_owned(), |last| format!("the list ends at {last}"));
        fault(label, MARK_WITHOUT_REFERENCE, format!("mark {label} has no entry; {last}"))
    }));
    out.extend(disorder(&first_uses));
    out.extend(reused(&listed));
    out.extend(duplicates(cited));
    let used: BTreeSet<usize> = first_uses.iter().filter_map(|(_, reference)| *reference).collect();
    let unused = cited.references.iter().enumerate().filter(|(at, entry)| entry.listed && !used.contains(at));
    out.extend(unused.map(|(_, entry)| {
        let note = format!("entry {} ({}) is listed but no sentence cites it", entry.label, entry.name());
        fault(&entry.label, UNUSED_REFERENCE, note)
    }));
    out
}

fn fault(label: &str, code: &'static str, note: String) -> Fault {
    Fault { label: label.to_owned(), code, note }
}

/// The marks in the order in which they are first used.
fn first_uses(cited: &CitedText) -> Vec<(&str, Option<usize>)> {
    let mut seen = BTreeSet::new();
    let marks = cited.sentences.iter().flat_map(|sentence| &sentence.marks);
    marks
        .filter(|mark| seen.insert(mark.label.as_str()))
        .map(|mark| (mark.label.as_str(), mark.reference))
        .collect()
}

/// Numbers first used before a smaller number that comes later. Marks without an entry are another fault.
fn disorder(first_uses: &[(&str, Option<usize>)]) -> Vec<Fault> {
    let numbers = first_uses.iter().filter(|(_, reference)| reference.is_some());
    let numbers: Vec<u32> = numbers.filter_map(|(label, _)| label.parse().ok()).collect();
    let mut smallest_later = u32::MAX;
    let mut out = Vec::new();
    for &number in numbers.iter().rev() {
        if smallest_later < number {
            let note = format!("mark {number} is first used before mark {smallest_later}");
            out.push(fault(&number.to_string(), "number-out-of-order", note));
        }
        smallest_later = smallest_later.min(number);
    }
    out.reverse();
    out
}

fn reused(listed: &[&str]) -> Vec<Fault> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for label in listed {
        *counts.entry(label).or_default() += 1;
    }
    let many = counts.into_iter().filter(|(_, count)| *count > 1);
    many.map(|(label, count)| {
        fault(label, "number-reused", format!("{count} entries have the number {label}"))
    })
    .collect()
}

fn duplicates(cited: &CitedText) -> Vec<Fault> {
    let mut first: BTreeMap<String, &str> = BTreeMap::new();
    let mut out = Vec::new();
    for entry in cited.references.iter().filter(|entry| entry.listed) {
        let key = match &entry.url {
            Some(url) => canonical(url),
            None if !entry.title.is_empty() => {
                format!("{}\n{}", entry.title.to_lowercase(), entry.outlet.to_lowercase())
            }
            None => continue,
        };
        match first.get(&key) {
            Some(earlier) => {
                let note = format!("entries {earlier} and {} are the same article", entry.label);
                out.push(fault(&entry.label, "duplicate-reference", note));
            }
            None => {
                first.insert(key, &entry.label);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::parse::parse;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = faults(&parse(text));
        let found: Vec<(&str, &str)> = found.iter().map(|fault| (fault.label.as_str(), fault.code)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_and_list_must_agree() {
        let list = "0. “A” Tide, https://a.example/0\n1. “B” Tide, https://a.example/1\n";
        check(&format!("It sank.[0] Rain fell.[1]\n\n{list}"), &[]);
        check(&format!("It sank.[1] Rain fell.[0]\n\n{list}"), &[("1", "number-out-of-order")]);
        check(&format!("It sank.[0] Rain fell.[0]\n\n{list}"), &[("1", "unused-reference")]);
        check(&format!("It sank.[0][1] Rain fell.[7]\n\n{list}"), &[("7", "mark-without-reference")]);
        check(
            &format!("It sank.[0] Rain fell.[1]\n\n{list}1. “C” Tide, http://www.a.example/0/\n"),
            &[("1", "number-reused"), ("1", "duplicate-reference"), ("1", "unused-reference")],
        );
        check("[5].", &[("5", "orphan-mark")]);
        check("It sank.", &[]);
    }
}
