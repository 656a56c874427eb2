//! The sentences that a story's articles offer, mended and weighed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use language::{Span, sentences, words};

use crate::article::{Article, Passage, Role};

use super::draft::Sentence;
use super::{Refused, Source, fitness, polish, tense, time, toll};

/// How alike two sentences must be to state the same fact (share of their weighted stems in common).
const SAME_FACT: f64 = 0.5;

/// How many sentences are read of one article at most and at least, and of all of a story together. No report is longer;
/// what is made to keep a newsroom busy is.
const MOST: usize = 400;
const MOST_OF_ALL: usize = 4_000;
const LEAST: usize = 40;

/// One sentence that could be printed.
pub(super) struct Candidate {
    pub(super) sentence: Sentence,
    /// Index into [`Pool::sources`].
    pub(super) source: usize,
    /// The sentence's place in its article, from 0.
    pub(super) place: usize,
    /// The same as a share of the article, 0 to 1.
    pub(super) depth: f64,
    pub(super) stems: BTreeSet<usize>,
    pub(super) words: usize,
    /// Which fact it states; candidates that state the same share the number.
    pub(super) fact: usize,
}

/// A sentence of an article as it stands, for corroboration.
pub(super) struct Plain {
    pub(super) passage: Passage,
    /// The number of the part of the article that it stands in.
    pub(super) block: usize,
    pub(super) stems: BTreeSet<usize>,
}

/// Everything that a story offers.
pub(super) struct Pool {
    pub(super) sources: Vec<Source>,
    pub(super) candidates: Vec<Candidate>,
    /// By source: all its sentences.
    pub(super) plain: Vec<Vec<Plain>>,
    /// By stem: how many families use it.
    pub(super) spread: Vec<usize>,
    /// By fact: how many families state it.
    pub(super) told: Vec<usize>,
    /// How many stems of the headlines a stem stands in, by stem.
    pub(super) titled: Vec<usize>,
    /// How many died as far as several families know; smaller counts have been overtaken.
    pub(super) toll: Option<u32>,
}

impl Pool {
    /// Reads every sentence of the sources.
    pub(super) fn gather(sources: &[Source], articles: &[Article], refused: &Refused) -> Self {
        let mut stems = Stems::default();
        let mut pool = Self {
            sources: sources.to_vec(),
            candidates: Vec::new(),
            plain: Vec::new(),
            spread: Vec::new(),
            told: Vec::new(),
            titled: Vec::new(),
            toll: None,
        };
        let days = sources.iter().filter_map(|source| articles[source.article].published);
        let days: Vec<Date> = days.map(|stamp| stamp.day).collect();
        let newest = days.iter().copied().max();
        for (at, source) in sources.iter().enumerate() {
            let article = &articles[source.article];
            let anchor = time::anchor(article, &days);
            let offered = pool.read(at, article, anchor, refused, &mut stems);
            let own = article.published.map(|stamp| stamp.day);
            let fresh = offered.into_iter().filter(|candidate| {
                let text = &candidate.sentence.text;
                !time::is_overtaken(text, article, newest) && !tense::is_historic(text, own)
            });
            pool.candidates.extend(fresh);
        }
        pool.toll = standing(&pool, articles);
        let toll = pool.toll;
        pool.candidates.retain(|candidate| !is_below(&candidate.sentence.text, toll));
        pool.spread = spread(&pool, stems.known.len());
        pool.titled = vec![0; stems.known.len()];
        for source in sources {
            for stem in stems.of(&articles[source.article].title) {
                if let Some(count) = pool.titled.get_mut(stem) {
                    *count += 1;
                }
            }
        }
        pool.find_facts();
        pool
    }

    fn read(
        &mut self,
        at: usize,
        article: &Article,
        anchor: Option<Date>,
        refused: &Refused,
        stems: &mut Stems,
    ) -> Vec<Candidate> {
        let index = self.sources[at].article;
        let most = (MOST_OF_ALL / self.sources.len().max(1)).clamp(LEAST, MOST);
        let mut plain = Vec::new();
        let mut place = 0;
        let mut offered = Vec::new();
        let running = article.blocks.iter().filter(|b| matches!(b.role, Role::Paragraph | Role::Quotation));
        for (number, block) in running.enumerate() {
            let mut before = None;
            if place >= most {
                break;
            }
            for span in sentences::sentences(block.span.of(&article.text), &article.lang) {
                if place >= most {
                    break;
                }
                let span = span.shifted(block.span.start);
                plain.push(Plain {
                    passage: Passage { article: index, span },
                    block: number,
                    stems: stems.of(span.of(&article.text)),
                });
                let quoted = polish::is_quoted(block.span.of(&article.text), span.start - block.span.start);
                let sentence =
                    if quoted { None } else { polish::polish(article, index, span, before, anchor) };
                let printable = sentence.filter(|s| fitness::stands_alone(&s.text));
                if let Some(sentence) = printable.filter(|s| !refused.contains(&(index, s.passages[0].span)))
                {
                    offered.push((place, sentence));
                }
                before = Some(span);
                place += 1;
            }
        }
        self.plain.push(plain);
        let candidate = |(own, sentence): (usize, Sentence)| Candidate {
            source: at,
            place: own,
            depth: own as f64 / place as f64,
            stems: stems.of(&sentence.text),
            words: words::words(&sentence.text).len(),
            fact: usize::MAX,
            sentence,
        };
        offered.into_iter().map(candidate).collect()
    }

    /// Puts candidates that state the same into one fact: each joins the first earlier one that it is like.
    fn find_facts(&mut self) {
        let mut leaders: Vec<usize> = Vec::new();
        let mut tellers: Vec<BTreeSet<String>> = Vec::new();
        for at in 0..self.candidates.len() {
            let like = leaders.iter().map(|&leader| (self.alike(leader, at), leader));
            let best = like.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            let fact = match best {
                Some((likeness, leader)) if likeness >= SAME_FACT => self.candidates[leader].fact,
                _ => {
                    leaders.push(at);
                    tellers.push(BTreeSet::new());
                    tellers.len() - 1
                }
            };
            self.candidates[at].fact = fact;
            tellers[fact].insert(self.sources[self.candidates[at].source].family.clone());
        }
        self.told = tellers.iter().map(BTreeSet::len).collect();
    }

    /// The weighted share of stems that two candidates have in common (Dice), 0 to 1.
    pub(super) fn alike(&self, a: usize, b: usize) -> f64 {
        let (a, b) = (&self.candidates[a].stems, &self.candidates[b].stems);
        let total = self.weigh(a) + self.weigh(b);
        if total == 0.0 { 0.0 } else { 2.0 * self.weigh_common(a, b) / total }
    }

    /// The share of `of`'s weighted stems that stand in `by`, 0 to 1.
    pub(super) fn share(&self, of: &BTreeSet<usize>, by: &BTreeSet<usize>) -> f64 {
        let whole = self.weigh(of);
        if whole == 0.0 { 0.0 } else { self.weigh_common(of, by) / whole }
    }

    /// How well the other families' sentences hold what the candidate says: the share of its stems in the best
    /// sentence of each family, averaged; 1 where there is no other family.
    pub(super) fn echo(&self, candidate: &Candidate) -> f64 {
        let own = &self.sources[candidate.source].family;
        let mut best: BTreeMap<&str, f64> = BTreeMap::new();
        for (source, plain) in
            self.sources.iter().zip(&self.plain).filter(|(source, _)| source.family != *own)
        {
            let shares = plain.iter().map(|sentence| self.share(&candidate.stems, &sentence.stems));
            let most = shares.fold(0.0, f64::max);
            let held = best.entry(&source.family).or_default();
            *held = held.max(most);
        }
        if best.is_empty() { 1.0 } else { best.values().sum::<f64>() / best.len() as f64 }
    }

    /// How much telling a stem is worth: more where more families use it, much more from the second on.
    pub(super) fn worth(&self, stem: usize) -> f64 {
        let families = self.spread[stem] as f64;
        let titled = if self.titled[stem] > 0 { 1.5 } else { 1.0 };
        if families < 2.0 { 0.4 * titled } else { families.sqrt() * titled }
    }

    fn weigh(&self, stems: &BTreeSet<usize>) -> f64 {
        stems.iter().map(|&stem| self.rarity(stem)).sum()
    }

    fn weigh_common(&self, a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
        a.intersection(b).map(|&stem| self.rarity(stem)).sum()
    }

    /// A stem that every family uses tells sentences apart less than one that few use.
    fn rarity(&self, stem: usize) -> f64 {
        1.0 / (1.0 + libm::log(self.spread[stem].max(1) as f64))
    }
}

/// How many sentences at the head of an article tell what it knows of the whole.
const HEAD: usize = 6;

/// The count of the dead that stands, from headlines and the heads of articles.
fn standing(pool: &Pool, articles: &[Article]) -> Option<u32> {
    let mut tolls = toll::Tolls::default();
    for (source, plain) in pool.sources.iter().zip(&pool.plain) {
        let article = &articles[source.article];
        let at = article.published.map_or(0, |stamp| stamp.seconds());
        let head = plain.iter().take(HEAD).map(|sentence| sentence.passage.text(articles));
        for count in std::iter::once(article.title.as_str()).chain(head).filter_map(toll::toll) {
            tolls.add(count, &source.family, at);
        }
    }
    tolls.standing()
}

/// Whether a text tells of fewer dead than there are by what stands.
pub(super) fn is_below(text: &str, standing: Option<u32>) -> bool {
    standing.is_some_and(|standing| toll::toll(text).is_some_and(|told| told < standing))
}

/// By stem: how many families use it.
fn spread(pool: &Pool, known: usize) -> Vec<usize> {
    let mut users: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); known];
    for (source, plain) in pool.sources.iter().zip(&pool.plain) {
        for &stem in plain.iter().flat_map(|sentence| &sentence.stems) {
            users[stem].insert(&source.family);
        }
    }
    users.iter().map(BTreeSet::len).collect()
}

#[derive(Default)]
struct Stems {
    known: BTreeMap<String, usize>,
}

impl Stems {
    fn of(&mut self, text: &str) -> BTreeSet<usize> {
        let content = words::content(text, "en").into_iter();
        let number = |(_, stem): (Span, String)| {
            let next = self.known.len();
            *self.known.entry(stem).or_insert(next)
        };
        content.map(number).collect()
    }
}
