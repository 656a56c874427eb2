//! The best tree over a sentence, given how well each word goes with each head (Chu and Liu 1965, Edmonds 1967).

/// Less than any sum of scores: what may not be.
const NEVER: i64 = i64::MIN / 4;
/// What a second root costs, so that there is one.
const ROOT: i64 = 1 << 45;

/// The head of each word, counted from 1, 0 for the root, of which there is one.
///
/// `scores` has a row a word and in each row the root and then the words as heads.
#[must_use]
pub fn heads(scores: &[i32], words: usize) -> Vec<usize> {
    let row = |word: usize| &scores[word * (words + 1)..(word + 1) * (words + 1)];
    let mut best = Vec::with_capacity(words);
    for word in 0..words {
        let mut head = if word == 0 && words > 1 { 2 } else { 0 };
        for (candidate, score) in row(word).iter().enumerate() {
            if candidate != word + 1 && *score > row(word)[head] {
                head = candidate;
            }
        }
        best.push(head);
    }
    if is_tree(&best) { best } else { spanning(scores, words) }
}

/// Whether there is one root and no cycle.
fn is_tree(heads: &[usize]) -> bool {
    if heads.iter().filter(|head| **head == 0).count() != 1 {
        return false;
    }
    let mut seen = vec![0; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut node = start;
        while node != 0 && seen[node] == 0 {
            seen[node] = start;
            node = heads[node - 1];
        }
        if node != 0 && seen[node] == start {
            return false;
        }
    }
    true
}

/// An arc between nodes, which may stand for several words, and the words that it joins.
#[derive(Clone, Copy)]
struct Arc {
    score: i64,
    head: usize,
    word: usize,
}

/// A cycle that became one node: what was inside each of its nodes, and the arc that entered it in the cycle.
type Cycle = Vec<(Vec<usize>, Arc)>;

fn spanning(scores: &[i32], words: usize) -> Vec<usize> {
    let size = words + 1;
    let mut arcs: Vec<Arc> = (0..size * size)
        .map(|at| {
            let (word, head) = (at / size, at % size);
            let score = match (word, head) {
                (0, _) => NEVER,
                _ if word == head => NEVER,
                _ => i64::from(scores[(word - 1) * size + head]) - if head == 0 { ROOT } else { 0 },
            };
            Arc { score, head, word }
        })
        .collect();
    let mut inside: Vec<Vec<usize>> = (0..size).map(|node| vec![node]).collect();
    let mut active: Vec<usize> = (0..size).collect();
    let mut cycles: Vec<Cycle> = Vec::new();
    let mut entering = vec![0; size];
    loop {
        for &node in active.iter().skip(1) {
            let mut best = 0;
            for &head in &active {
                if head != node && arcs[node * size + head].score > arcs[node * size + best].score {
                    best = head;
                }
            }
            entering[node] = best;
        }
        let Some(cycle) = cycle(&active, &entering, size) else { break };
        cycles.push(contract(&cycle, &entering, &mut arcs, &mut inside, &mut active, size));
    }
    let mut heads = vec![usize::MAX; size];
    for &node in active.iter().skip(1) {
        let arc = arcs[node * size + entering[node]];
        heads[arc.word] = arc.head;
    }
    for cycle in cycles.iter().rev() {
        for (inside, arc) in cycle {
            if inside.iter().all(|word| heads[*word] == usize::MAX) {
                heads[arc.word] = arc.head;
            }
        }
    }
    heads.drain(..1);
    heads
}

/// The nodes of a cycle, if there is one.
fn cycle(active: &[usize], entering: &[usize], size: usize) -> Option<Vec<usize>> {
    let mut seen = vec![0; size];
    for &start in active.iter().skip(1) {
        let mut node = start;
        while node != 0 && seen[node] == 0 {
            seen[node] = start;
            node = entering[node];
        }
        if node != 0 && seen[node] == start {
            let mut cycle = vec![node];
            let mut next = entering[node];
            while next != node {
                cycle.push(next);
                next = entering[next];
            }
            cycle.sort_unstable();
            return Some(cycle);
        }
    }
    None
}

/// Makes a cycle one node, the first of its nodes.
fn contract(
    cycle: &[usize],
    entering: &[usize],
    arcs: &mut [Arc],
    inside: &mut [Vec<usize>],
    active: &mut Vec<usize>,
    size: usize,
) -> Cycle {
    let kept: Vec<Arc> = cycle.iter().map(|node| arcs[node * size + entering[*node]]).collect();
    let node = cycle[0];
    for &other in active.iter().filter(|other| !cycle.contains(other)) {
        let mut into = Arc { score: NEVER * 2, ..arcs[node * size + other] };
        let mut out = Arc { score: NEVER * 2, ..arcs[other * size + node] };
        for (member, kept) in cycle.iter().zip(&kept) {
            let arc = arcs[member * size + other];
            // Entering here gives up the arc that the cycle has here.
            if arc.score - kept.score > into.score {
                into = Arc { score: arc.score - kept.score, ..arc };
            }
            let arc = arcs[other * size + member];
            if arc.score > out.score {
                out = arc;
            }
        }
        arcs[node * size + other] = into;
        arcs[other * size + node] = out;
    }
    active.retain(|other| *other == node || !cycle.contains(other));
    let parts: Vec<Vec<usize>> = cycle.iter().map(|member| std::mem::take(&mut inside[*member])).collect();
    inside[node] = parts.concat();
    parts.into_iter().zip(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(heads: &[usize], scores: &[i32]) -> i64 {
        let size = heads.len() + 1;
        heads.iter().enumerate().map(|(word, head)| i64::from(scores[word * size + head])).sum()
    }

    /// The best tree of all, by trying each.
    fn best(scores: &[i32], words: usize) -> i64 {
        let mut heads = vec![0; words];
        let mut best = i64::MIN;
        loop {
            if heads.iter().enumerate().all(|(word, head)| *head != word + 1) && is_tree(&heads) {
                best = best.max(value(&heads, scores));
            }
            let Some(at) = heads.iter().position(|head| *head < words) else { return best };
            heads[at] += 1;
            heads[..at].fill(0);
        }
    }

    #[test]
    fn the_tree_is_the_best_one() {
        let mut state = 7u64;
        for round in 0..400 {
            let words = 1 + round % 5;
            let scores: Vec<i32> = (0..words * (words + 1))
                .map(|_| {
                    state =
                        state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (state >> 40) as i32 % 1000
                })
                .collect();
            let heads = heads(&scores, words);
            assert!(is_tree(&heads), "{heads:?}");
            assert_eq!(value(&heads, &scores), best(&scores, words), "{heads:?} {scores:?}");
        }
    }
}
