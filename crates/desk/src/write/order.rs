//! In which order the chosen sentences are told, and where paragraphs begin.

use super::candidate::Pool;

/// The most sentences of a paragraph.
const PARAGRAPH: usize = 3;
/// How alike a sentence must be to the paragraph's last one to follow it.
const FOLLOWS: f64 = 0.12;
/// How many of the earliest sentences may follow the opening one in the lead.
const NEAR: usize = 4;
/// What it counts that a sentence stood beside the last one in its article, where the two may lean on each other.
const NEIGHBOURS: f64 = 0.4;

/// The chosen candidates as paragraphs. The lead is the opening sentence and the one that follows it best
/// among the earliest; then what stood early in its articles, with what belongs to it.
pub(super) fn paragraphs(pool: &Pool, chosen: &[usize]) -> Vec<Vec<usize>> {
    let mut rest = chosen[1..].to_vec();
    rest.sort_by(|&a, &b| depth(pool, a).total_cmp(&depth(pool, b)).then(a.cmp(&b)));
    let mut paragraphs = Vec::new();
    let mut open = vec![chosen[0]];
    let mut limit = 2;
    loop {
        while open.len() < limit
            && let Some(next) = follower(pool, &open, &rest, paragraphs.is_empty())
        {
            open.push(rest.remove(next));
        }
        paragraphs.push(open);
        if rest.is_empty() {
            break;
        }
        open = vec![rest.remove(0)];
        limit = PARAGRAPH;
    }
    join_singles(pool, &mut paragraphs);
    paragraphs.iter_mut().for_each(|paragraph| in_source_order(pool, paragraph));
    paragraphs
}

/// How early the fact stands, averaged over the candidates that state it.
fn depth(pool: &Pool, at: usize) -> f64 {
    let fact = pool.candidates[at].fact;
    let same = pool.candidates.iter().filter(|other| other.fact == fact);
    let (sum, count) = same.fold((0.0, 0.0), |(sum, count), other| (sum + other.depth, count + 1.0));
    (sum / count * 1e6_f64).round() / 1e6
}

/// The place in `rest` of the sentence that follows the open paragraph best.
fn follower(pool: &Pool, open: &[usize], rest: &[usize], is_lead: bool) -> Option<usize> {
    let last = *open.last()?;
    let scored = rest.iter().enumerate().filter_map(|(place, &at)| {
        let (a, b) = (&pool.candidates[last], &pool.candidates[at]);
        let neighbours = a.source == b.source && a.place.abs_diff(b.place) <= 2;
        let near = !is_lead || neighbours || place < NEAR;
        near.then(|| (pool.alike(last, at) + if neighbours { NEIGHBOURS } else { 0.0 }, place))
    });
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
    (best.0 >= FOLLOWS || is_lead).then_some(best.1)
}

/// Two paragraphs of one sentence that follow each other become one, unless two people would speak in it.
fn join_singles(pool: &Pool, paragraphs: &mut Vec<Vec<usize>>) {
    let mut at = 1;
    while at + 1 < paragraphs.len() {
        let speaks = |at: usize| pool.candidates[at].sentence.text.starts_with('“');
        let both_speak = speaks(paragraphs[at][0]) && speaks(paragraphs[at + 1][0]);
        if paragraphs[at].len() == 1 && paragraphs[at + 1].len() == 1 && !both_speak {
            let next = paragraphs.remove(at + 1);
            paragraphs[at].extend(next);
        }
        at += 1;
    }
}

/// Sentences of one article keep the order in which it tells them.
fn in_source_order(pool: &Pool, paragraph: &mut [usize]) {
    for i in 1..paragraph.len() {
        let mut j = i;
        while j > 0 {
            let (a, b) = (&pool.candidates[paragraph[j - 1]], &pool.candidates[paragraph[j]]);
            if a.source != b.source || a.place <= b.place {
                break;
            }
            paragraph.swap(j - 1, j);
            j -= 1;
        }
    }
}
