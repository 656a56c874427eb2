//! How alike two partitions of mentions are: B³ (Bagga and Baldwin 1998), MUC (Vilain et al. 1995), CEAFe (Luo 2005).

use std::collections::BTreeMap;

/// A mention, by whatever tells it from others.
pub(super) type Key = (usize, usize);
/// Mentions in sets.
pub(super) type Sets = Vec<Vec<Key>>;

/// What was reached and what could be, for precision and for recall; documents are added up.
#[derive(Clone, Copy, Default)]
pub(super) struct Score {
    precision: (f64, f64),
    recall: (f64, f64),
}

impl Score {
    pub(super) fn add(&mut self, other: Self) {
        self.precision = (self.precision.0 + other.precision.0, self.precision.1 + other.precision.1);
        self.recall = (self.recall.0 + other.recall.0, self.recall.1 + other.recall.1);
    }

    /// Precision, recall and what is between them.
    pub(super) fn figures(&self) -> [f64; 3] {
        let share = |(part, whole): (f64, f64)| if whole > 0.0 { part / whole } else { 0.0 };
        let (p, r) = (share(self.precision), share(self.recall));
        [p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }]
    }
}

/// Where each mention is.
fn places(sets: &Sets) -> BTreeMap<Key, usize> {
    sets.iter().enumerate().flat_map(|(at, set)| set.iter().map(move |key| (*key, at))).collect()
}

/// How many mentions of a set are in each set of the other side.
fn shared(set: &[Key], places: &BTreeMap<Key, usize>) -> BTreeMap<usize, usize> {
    let mut counts = BTreeMap::new();
    for at in set.iter().filter_map(|key| places.get(key)) {
        *counts.entry(*at).or_default() += 1;
    }
    counts
}

/// B³.
pub(super) fn b_cubed(gold: &Sets, found: &Sets) -> Score {
    let one_way = |from: &Sets, to: &Sets| {
        let places = places(to);
        let of = |set: &Vec<Key>| {
            let squares: usize = shared(set, &places).values().map(|count| count * count).sum();
            squares as f64 / set.len() as f64
        };
        (from.iter().map(of).sum(), from.iter().map(Vec::len).sum::<usize>() as f64)
    };
    Score { precision: one_way(found, gold), recall: one_way(gold, found) }
}

/// MUC.
pub(super) fn muc(gold: &Sets, found: &Sets) -> Score {
    let one_way = |from: &Sets, to: &Sets| {
        let places = places(to);
        let of = |set: &Vec<Key>| {
            let shared = shared(set, &places);
            let alone = set.len() - shared.values().sum::<usize>();
            (set.len() - shared.len() - alone) as f64
        };
        (from.iter().map(of).sum(), from.iter().map(|set| set.len() - 1).sum::<usize>() as f64)
    };
    Score { precision: one_way(found, gold), recall: one_way(gold, found) }
}

/// CEAFe: sets are put in pairs so that they are as alike as can be.
pub(super) fn ceaf(gold: &Sets, found: &Sets) -> Score {
    let places = places(found);
    let mut likeness = vec![vec![0.0; found.len()]; gold.len()];
    for (row, set) in gold.iter().enumerate() {
        for (column, count) in shared(set, &places) {
            likeness[row][column] = 2.0 * count as f64 / (set.len() + found[column].len()) as f64;
        }
    }
    let most = assigned(&likeness, found.len());
    Score { precision: (most, found.len() as f64), recall: (most, gold.len() as f64) }
}

/// The highest sum when each row has a column of its own (Kuhn and Munkres, by shortest paths).
fn assigned(likeness: &[Vec<f64>], columns: usize) -> f64 {
    let (rows, width) = (likeness.len(), columns.max(likeness.len()));
    let cost = |row: usize, column: usize| -likeness[row].get(column).copied().unwrap_or(0.0);
    let (mut over, mut under) = (vec![0.0; rows + 1], vec![0.0; width + 1]);
    let (mut taken, mut way) = (vec![0; width + 1], vec![0; width + 1]);
    for row in 1..=rows {
        taken[0] = row;
        let mut column = 0;
        let (mut least, mut used) = (vec![f64::INFINITY; width + 1], vec![false; width + 1]);
        while taken[column] != 0 {
            used[column] = true;
            let here = taken[column];
            let (mut step, mut next) = (f64::INFINITY, 0);
            for at in (1..=width).filter(|at| !used[*at]) {
                let reduced = cost(here - 1, at - 1) - over[here] - under[at];
                if reduced < least[at] {
                    (least[at], way[at]) = (reduced, column);
                }
                if least[at] < step {
                    (step, next) = (least[at], at);
                }
            }
            for at in 0..=width {
                if used[at] {
                    over[taken[at]] += step;
                    under[at] -= step;
                } else {
                    least[at] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            taken[column] = taken[way[column]];
            column = way[column];
        }
    }
    let pairs = (1..=width).filter(|column| taken[*column] != 0);
    pairs.map(|column| -cost(taken[column] - 1, column - 1)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example by which the measures are usually explained: abc defg hi, found as ab cd fghi.
    #[test]
    fn the_usual_example_has_the_usual_figures() {
        let sets = |sets: &[&[usize]]| -> Sets {
            sets.iter().map(|set| set.iter().map(|at| (0, *at)).collect()).collect()
        };
        let gold = sets(&[&[1, 2, 3], &[4, 5, 6, 7]]);
        let found = sets(&[&[1, 2], &[3, 4], &[6, 7, 8, 9]]);
        let near = |score: Score, precision: f64, recall: f64| {
            let [p, r, _] = score.figures();
            assert!((p - precision).abs() < 0.001 && (r - recall).abs() < 0.001, "{p} {r}");
        };
        near(b_cubed(&gold, &found), 0.5, 0.417);
        near(muc(&gold, &found), 0.4, 0.4);
        near(ceaf(&gold, &found), 0.433, 0.65);
        near(b_cubed(&gold, &gold), 1.0, 1.0);
    }
}
