//! The sentences of the articles, and which of them speak to a claim.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;
use language::sentences::sentences;
use language::words::content;
use language::{Span, dates};

use crate::article::{Article, Passage, Role};

use super::{clocks, days};

/// How many words of a claim are looked for.
const CLAIM: usize = 300;

/// A sentence of an article.
pub(super) struct Line {
    pub(super) passage: Passage,
    /// Its words, each relative day followed by the day it means.
    dated: String,
    stems: BTreeSet<u32>,
}

/// Every sentence of every article, indexed by its words.
pub(super) struct Evidence {
    pub(super) lines: Vec<Line>,
    /// The lines of each article.
    ranges: Vec<Range<usize>>,
    words: BTreeMap<String, u32>,
    /// The lines that hold each word, by the word's number.
    postings: Vec<Vec<u32>>,
}

/// How much each line speaks to a claim, and what of the claim it holds.
pub(super) struct Scores {
    /// Numbers and weights of the claim's words.
    wanted: Vec<(u32, f64)>,
    /// The share of the claim's weight that each line holds.
    shares: Vec<f64>,
}

impl Scores {
    /// The share of the claim that a line holds.
    pub(super) fn share(&self, line: usize) -> f64 {
        self.shares[line]
    }
}

impl Evidence {
    pub(super) fn new(articles: &[Article]) -> Self {
        let mut all =
            Self { lines: Vec::new(), ranges: Vec::new(), words: BTreeMap::new(), postings: Vec::new() };
        for (at, article) in articles.iter().enumerate() {
            let from = all.lines.len();
            for block in article.blocks.iter().filter(|block| block.role != Role::Heading) {
                for span in sentences(block.span.of(&article.text), &article.lang) {
                    all.add(at, article, span.shifted(block.span.start));
                }
            }
            all.ranges.push(from..all.lines.len());
        }
        all
    }

    fn add(&mut self, at: usize, article: &Article, span: Span) {
        let text = span.of(&article.text);
        let dated = article.published.map_or_else(|| text.to_owned(), |stamp| dated(text, stamp.day));
        let mut stems = BTreeSet::new();
        let number = u32::try_from(self.lines.len()).unwrap_or(u32::MAX);
        for (_, stem) in content(&dated, language(&article.lang)) {
            let next = u32::try_from(self.postings.len()).unwrap_or(u32::MAX);
            let word = *self.words.entry(stem).or_insert(next);
            if word == next {
                self.postings.push(Vec::new());
            }
            if stems.insert(word) {
                self.postings[word as usize].push(number);
            }
        }
        self.lines.push(Line { passage: Passage { article: at, span }, dated, stems });
    }

    /// Scores every line for a claim.
    pub(super) fn scores(&self, claim: &str, lang: &str) -> Scores {
        let stems = content(claim, language(lang)).into_iter().map(|(_, stem)| stem);
        let stems: BTreeSet<String> = stems.take(CLAIM).collect();
        let unknown = self.weight(0);
        let mut total = 0.0;
        let mut wanted = Vec::new();
        let mut shares = vec![0.0; self.lines.len()];
        for stem in &stems {
            let Some(&word) = self.words.get(stem) else {
                total += unknown;
                continue;
            };
            let lines = &self.postings[word as usize];
            let weight = self.weight(lines.len());
            total += weight;
            wanted.push((word, weight));
            for &line in lines {
                shares[line as usize] += weight;
            }
        }
        if total > 0.0 {
            for share in &mut shares {
                *share = (*share / total * 1e6).round() / 1e6;
            }
        }
        Scores { wanted, shares }
    }

    /// The weight of a word that stands in so many lines.
    fn weight(&self, lines: usize) -> f64 {
        libm::log((self.lines.len() as f64 + 1.0) / (lines as f64 + 0.5)).max(0.1)
    }

    /// The lines of an article that together hold most of the claim, at most `most`, in reading order. Each
    /// next line is the one that adds most; what it repeats counts for a quarter.
    pub(super) fn pick(&self, article: usize, scores: &Scores, most: usize) -> Vec<usize> {
        let lines = self.ranges[article].clone();
        let mut held: BTreeSet<u32> = BTreeSet::new();
        let mut picked: Vec<usize> = Vec::new();
        while picked.len() < most {
            let gain = |line: usize| {
                let stems = &self.lines[line].stems;
                let own = scores.wanted.iter().filter(|(word, _)| stems.contains(word));
                own.map(|(word, weight)| if held.contains(word) { weight / 4.0 } else { *weight })
                    .sum::<f64>()
            };
            let free = lines.clone().filter(|line| scores.shares[*line] > 0.0 && !picked.contains(line));
            let best =
                free.map(|line| (line, gain(line))).fold(
                    None,
                    |best: Option<(usize, f64)>, next| match best {
                        Some(best) if best.1 >= next.1 => Some(best),
                        _ => Some(next),
                    },
                );
            let Some((line, _)) = best else { break };
            held.extend(&self.lines[line].stems);
            picked.push(line);
        }
        picked.sort_unstable();
        picked
    }

    /// The share of the claim that the best line of an article holds, and that line.
    pub(super) fn best(&self, article: usize, scores: &Scores) -> Option<(usize, f64)> {
        let lines = self.ranges[article].clone();
        lines.map(|line| (line, scores.shares[line])).fold(
            None,
            |best: Option<(usize, f64)>, next| match best {
                Some(best) if best.1 >= next.1 => Some(best),
                _ => Some(next),
            },
        )
    }

    /// A line as it is laid beside a claim: relative days written out where the claim prints a date, times of
    /// day as the claim prints them.
    pub(super) fn told(&self, line: usize, claim: &str, articles: &[Article]) -> String {
        let line = &self.lines[line];
        let words = if days::is_dated(claim) { &line.dated } else { line.passage.text(articles) };
        clocks::as_claimed(words, claim)
    }

    /// The lines of an article that a span of its text touches.
    pub(super) fn touched(&self, article: usize, span: Span) -> impl Iterator<Item = usize> {
        self.ranges[article].clone().filter(move |line| self.lines[*line].passage.span.overlaps(span))
    }
}

/// Articles of unknown language are read as English.
fn language(lang: &str) -> &str {
    if lang.is_empty() { "en" } else { lang }
}

/// The text with each relative day followed by the day it meant when it was published.
fn dated(text: &str, anchor: Date) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for mark in dates::dates(text, Some(anchor)) {
        let words = mark.span.of(text);
        if !mark.relative || words.contains(|c: char| c.is_ascii_digit()) || mark.span.start < at {
            continue;
        }
        let written = match mark.days {
            Some((first, last)) if first == last => Some(dates::written(first)),
            _ => dates::absolute(text, &mark, anchor)
                .map(|(_, written)| written.trim_matches([' ', ',']).to_owned()),
        };
        let Some(written) = written else { continue };
        out.push_str(&text[at..mark.span.end]);
        out.push_str(&format!(" ({written})"));
        at = mark.span.end;
    }
    out.push_str(&text[at..]);
    out
}
