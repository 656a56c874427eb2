//! Where a name may begin and end, and what speaks for each place.
//!
//! What hangs on the head of a name is part of it, or not; and the tree may be wrong. So each edge is chosen among a few
//! places: the ends of what hangs on the head, and those of the run of capitals around it.

use super::clues::Clues;
use super::frame::Frame;
use super::labels::{Class, Relation};
use super::lexicon;

/// Words that are looked at on each side of a head for the run of capitals.
const FAR: usize = 14;
/// Places that are tried for an edge.
const MOST: usize = 14;

/// One of the two ends of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Its first word.
    First,
    /// Its last word.
    Last,
}

impl Frame<'_, '_> {
    /// The words at which a name with this head may begin or end, from the nearest to the farthest.
    #[must_use]
    pub fn edges(&self, head: usize, side: Side) -> Vec<usize> {
        let mut found = vec![head];
        match side {
            Side::First => self.edges_before(head, &mut found),
            Side::Last => self.edges_behind(head, &mut found),
        }
        found.sort_by_key(|at| at.abs_diff(head));
        found.dedup();
        found.truncate(MOST);
        found
    }

    fn edges_before(&self, head: usize, found: &mut Vec<usize>) {
        found.extend(
            self.children[head].iter().filter(|child| **child < head).map(|child| self.reach[*child].0),
        );
        for at in (head.saturating_sub(FAR)..head).rev() {
            if self.capital(at) && self.words[at].class != Class::Punct {
                found.push(at);
                if at > 0 && self.words[at - 1].class == Class::Det {
                    found.push(at - 1);
                }
            } else if !self.joins(at) {
                break;
            }
        }
    }

    fn edges_behind(&self, head: usize, found: &mut Vec<usize>) {
        let last = self.words.len() - 1;
        found.extend(
            self.children[head].iter().filter(|child| **child > head).map(|child| self.reach[*child].1),
        );
        for at in head + 1..=last.min(head + FAR) {
            let word = &self.words[at];
            if self.capital(at) || word.class == Class::Num || self.possessive(at) || self.small[at] == ")" {
                found.push(at);
            } else if !self.joins(at) && self.small[at] != "(" {
                break;
            }
        }
    }

    fn possessive(&self, at: usize) -> bool {
        matches!(self.small[at].as_str(), "'s" | "\u{2019}s" | "'" | "\u{2019}")
    }

    /// Whether a word may stand within a name without a capital.
    fn joins(&self, at: usize) -> bool {
        let word = self.small[at].as_str();
        matches!(word, "-" | "\u{2013}" | "&" | "/" | "." | ",")
            || self.possessive(at)
            || matches!(self.words[at].class, Class::Adp | Class::Det | Class::Cconj)
    }

    /// Puts what speaks for a name to begin or end at a word into `into`, emptied before.
    pub fn edge_clues(&self, head: usize, side: Side, at: usize, into: &mut Vec<u32>) {
        into.clear();
        let mut clues = Clues(into);
        let base = if side == Side::First { 100 } else { 150 };
        let (first, last) = if side == Side::First { (at, head) } else { (head, at) };
        let beyond = if side == Side::First {
            at.checked_sub(1)
        } else {
            Some(at + 1).filter(|at| *at < self.words.len())
        };
        clues.number(base, at.abs_diff(head).min(6) as u8);
        self.of_edge(&mut clues, base, head, at, beyond);
        self.of_children(&mut clues, base, head, (first, last), side);
        // Brackets and quotation marks come in pairs.
        let odd = |open: &str, close: &str| {
            let inside = &self.small[first..=last];
            let count = |mark: &str| inside.iter().filter(|word| *word == mark).count();
            if open == close { count(open) % 2 == 1 } else { count(open) != count(close) }
        };
        clues.number(
            base + 10,
            u8::from(odd("(", ")")) + 2 * u8::from(odd("[", "]")) + 4 * u8::from(odd("\"", "\"")),
        );
        let strays = (first..=last).filter(|at| *at < self.reach[head].0 || *at > self.reach[head].1).count();
        clues.number(base + 11, strays.min(3) as u8);
        let commas = self.small[first..=last].iter().filter(|word| *word == ",").count();
        clues.number(base + 12, commas.min(3) as u8);
        let verbs = self.words[first..=last].iter().filter(|word| word.class == Class::Verb).count();
        clues.number(base + 13, verbs.min(2) as u8);
    }

    /// What the words on both sides of the edge say.
    fn of_edge(&self, clues: &mut Clues<'_>, base: u8, head: usize, at: usize, beyond: Option<usize>) {
        let class = |at: usize| self.words[at].class.name();
        let (outer, word) = beyond.map_or(("", "^"), |beyond| (class(beyond), self.small[beyond].as_str()));
        clues.pair(base + 1, class(at), outer);
        clues.pair(base + 2, &self.small[at], "");
        clues.pair(base + 3, word, "");
        clues.pair(base + 4, class(at), word);
        clues.pair(base + 5, &self.small[at], outer);
        let relation = if at == head { "" } else { self.words[at].relation.name() };
        clues.pair(base + 6, relation, class(at));
        let capitals =
            u8::from(self.capital(at)) + 2 * u8::from(beyond.is_some_and(|beyond| self.capital(beyond)));
        let tied = beyond.is_some_and(|beyond| self.words[beyond].head == Some(head));
        let under = beyond.is_some_and(|beyond| (self.reach[head].0..=self.reach[head].1).contains(&beyond));
        clues.number(base + 7, capitals + 4 * u8::from(tied) + 8 * u8::from(under));
        let flags = [u8::from(tied) * 2 + u8::from(under) + b'0', capitals + b'0'];
        clues.parts(base + 8, &[outer, class(at), std::str::from_utf8(&flags).unwrap_or_default()]);
        // "Springfield, Illinois".
        let place = |at: usize| {
            let known = lexicon::named(self.small.get(at).map_or("", String::as_str));
            u8::from(known & 0b11_1100 != 0) + 2 * u8::from(known & 0b1000_0000 != 0)
        };
        let comma = |at: usize| self.small.get(at).is_some_and(|word| word == ",");
        if at > head && comma(at - 1) {
            clues.number(base + 14, place(head) * 4 + place(at));
        } else if comma(at + 1) && at >= head {
            clues.number(base + 15, place(head) * 16 + place(at) * 4 + place(at + 2));
        }
        if let Some(beyond) = beyond {
            let upper =
                self.words[beyond].head.map_or("", |upper| if upper == head { "h" } else { class(upper) });
            clues.pair(base + 9, self.words[beyond].relation.name(), upper);
        }
    }

    /// What hangs on the head within and beyond the edge.
    fn of_children(
        &self,
        clues: &mut Clues<'_>,
        base: u8,
        head: usize,
        (first, last): (usize, usize),
        side: Side,
    ) {
        let known = lexicon::named(&self.small[head]);
        let sort = match (known & 3 != 0, known & 0b1111_1100 != 0) {
            (true, true) => "both",
            (true, false) => "person",
            (false, true) => "place",
            (false, false) => "",
        };
        for child in &self.children[head] {
            if (*child < head) != (side == Side::First) {
                continue;
            }
            let (from, to) = self.reach[*child];
            let part = match (from >= first && to <= last, to < first || from > last) {
                (true, _) => "in",
                (_, true) => "out",
                _ => "part",
            };
            let word = &self.words[*child];
            let relation = word.relation.name();
            let preposition = if matches!(word.relation, Relation::Nmod | Relation::Conj) {
                self.preposition(*child)
            } else {
                ""
            };
            let shape = if self.capital(*child) { "X" } else { "x" };
            clues.parts(base + 20, &[part, relation]);
            clues.parts(base + 21, &[part, relation, preposition]);
            clues.parts(base + 22, &[part, relation, preposition, word.class.name(), shape]);
            clues.parts(base + 23, &[part, relation, preposition, &self.small[head]]);
            clues.parts(base + 24, &[part, relation, &word.lemma]);
            clues.parts(base + 25, &[part, relation, preposition, sort, shape]);
        }
    }
}
