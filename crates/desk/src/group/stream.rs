//! Articles as they come: each is put into a story at once, knowing only those before it.
//!
//! How rare a term is, is learned from the articles inside the window and forgotten with them, so that memory and
//! the cost of one more article don't grow with what was ever read.

use std::collections::BTreeMap;

use super::index::Index;
use super::vector::{Evidence, Vocabulary, occurrences};
use super::{Settings, story_id};
use crate::article::Article;
use crate::stamp::Stamp;

/// How much more likeness the first articles need: while few are known every term seems rare, and what only shares
/// its subject seems alike.
const COLD: f64 = 0.06;
/// What is taken off the likeness of an article that was published far from all of a story: the same people and the same
/// subject a month earlier are mostly another event. It is evidence, not a wall: dates may be wrong.
const APART: f64 = 0.12;
/// The days from which that begins, and those after which it is whole.
const DAYS: (f64, f64) = (7.0, 28.0);

/// Where an article was put.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The story's id: made from the id of its first article.
    pub story: String,
    /// The article's likeness to it; 1 for a first one.
    pub likeness: f64,
    /// Whether the article opened it.
    pub is_new: bool,
}

/// The stories that are open. The same articles in the same order give the same stories.
#[derive(Debug, Default)]
pub struct Stream {
    threshold: f64,
    vocabulary: Vocabulary,
    index: Index,
    /// The ids of the open stories, by number.
    ids: BTreeMap<usize, String>,
    /// And back.
    numbers: BTreeMap<String, usize>,
    /// When the first and the last dated article of an open story were published, in seconds, by number.
    spans: BTreeMap<usize, (i64, i64)>,
}

impl Stream {
    /// A stream that has seen nothing yet.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { threshold: settings.threshold, index: Index::new(settings.window), ..Self::default() }
    }

    /// Puts one more article into a story.
    pub fn place(&mut self, article: &Article) -> Placed {
        let evidence = self.learn(article);
        let threshold = self.threshold + COLD * self.vocabulary.unknown();
        let apart = |story: usize| {
            let span = self.spans.get(&story).zip(article.published.as_ref());
            span.map_or(0.0, |(&span, at)| APART * far(span, at.seconds()))
        };
        let (number, likeness) = self.index.place(evidence, threshold, apart);
        self.stretch(number, article);
        if let Some(story) = self.ids.get(&number) {
            return Placed { story: story.clone(), likeness, is_new: false };
        }
        let story = story_id(&article.id);
        self.remember(number, &story);
        Placed { story, likeness, is_new: true }
    }

    /// Takes up an article that was placed before: after a start, the newest ones in the order in which they came
    /// bring the stream back to where it was.
    pub fn restore(&mut self, article: &Article, story: &str) {
        let evidence = self.learn(article);
        let number = self.numbers.get(story).copied().unwrap_or_else(|| {
            let number = self.index.open();
            self.remember(number, story);
            number
        });
        self.index.join(number, evidence);
        self.stretch(number, article);
    }

    /// Takes an article's day of publication into its story's span.
    fn stretch(&mut self, number: usize, article: &Article) {
        if let Some(at) = article.published.as_ref().map(Stamp::seconds) {
            let (first, last) = self.spans.entry(number).or_insert((at, at));
            (*first, *last) = ((*first).min(at), (*last).max(at));
        }
    }

    fn remember(&mut self, number: usize, story: &str) {
        self.ids.insert(number, story.to_owned());
        self.numbers.insert(story.to_owned(), number);
    }

    /// Makes room in the window, and learns the article's terms.
    fn learn(&mut self, article: &Article) -> Evidence {
        while let Some((old, number, closed)) = self.index.expire() {
            self.vocabulary.forget(&old);
            if let Some(story) = self.ids.get(&number).filter(|_| closed) {
                self.numbers.remove(story);
                self.spans.remove(&number);
                self.ids.remove(&number);
            }
        }
        let counts = occurrences(article);
        self.vocabulary.learn(&counts);
        self.vocabulary.evidence(&counts)
    }
}

/// How far a moment lies from a span of time, from 0 (inside, or near) to 1.
fn far((first, last): (i64, i64), at: i64) -> f64 {
    let seconds = first.saturating_sub(at).max(at.saturating_sub(last)).max(0);
    let days = seconds as f64 / 86_400.0;
    ((days - DAYS.0) / (DAYS.1 - DAYS.0)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(id: usize, words: &str) -> Article {
        let mut article = Article::bare(&format!("a{id}"));
        article.title = words.to_owned();
        article.text = format!("{words}\n\nIt was {words}, and {words} again.");
        article.lang = "en".to_owned();
        article
    }

    /// Events that take turns, each with its own names and figures.
    fn articles(many: usize) -> Vec<Article> {
        let event = |at: usize| {
            ["Selwick ferry aground 1907", "Tessaly lithium royalty 52", "Orrin school roof 340"][at % 3]
        };
        (0..many).map(|at| article(at, &format!("{} {at}", event(at)))).collect()
    }

    #[test]
    fn articles_as_they_come_join_their_story_and_name_it_after_its_first() {
        let mut stream = Stream::new(Settings::default());
        let placed: Vec<Placed> = articles(9).iter().map(|article| stream.place(article)).collect();
        for (at, placed) in placed.iter().enumerate() {
            assert_eq!(placed.story, story_id(&format!("a{}", at % 3)), "article {at}");
            assert_eq!(placed.is_new, at < 3, "article {at}");
        }
    }

    #[test]
    fn what_is_like_a_story_but_a_month_apart_is_another() {
        for (day, joins) in [("2026-04-10", true), ("2026-03-09", false), ("2026-05-20", false), ("", true)] {
            let mut stream = Stream::new(Settings::default());
            let mut first =
                article(1, "Averland parliament votes on lithium royalty, Tessaly licence, Korvat wells");
            first.published = Stamp::parse("2026-04-11");
            // Some of its words are those of the first.
            let mut other = article(
                2,
                "Averland mends school roofs, harbour walls, toll bridges, street lamps and parks",
            );
            other.published = Stamp::parse(day);
            stream.place(&first);
            let placed = stream.place(&other);
            assert_eq!(!placed.is_new, joins, "{day}: {placed:?}");
        }
    }

    #[test]
    fn a_stream_that_was_restored_goes_on_as_if_nothing_had_happened() {
        let settings = Settings { window: 12, ..Settings::default() };
        let all = articles(12);
        let mut whole = Stream::new(settings);
        let wanted: Vec<Placed> = all.iter().map(|article| whole.place(article)).collect();
        for cut in 0..all.len() {
            let mut after = Stream::new(settings);
            all[..cut]
                .iter()
                .zip(&wanted)
                .for_each(|(article, placed)| after.restore(article, &placed.story));
            let rest: Vec<Placed> = all[cut..].iter().map(|article| after.place(article)).collect();
            assert_eq!(rest, wanted[cut..], "restored after {cut}");
        }
    }

    #[test]
    fn what_left_the_window_is_forgotten_to_the_last_term() {
        let mut stream = Stream::new(Settings { window: 4, ..Settings::default() });
        for round in 0..50 {
            stream.place(&article(round, &format!("Only{round}word and Name{round} stand here {round}")));
        }
        assert!(stream.ids.len() <= 5 && stream.numbers.len() <= 5, "{:?}", stream.ids);
        assert!(stream.vocabulary.size() < 100, "{}", stream.vocabulary.size());
        let again = stream.place(&article(99, "Only1word and Name1 stand here 1"));
        assert!(again.story != story_id("a1"), "a closed story does not open again");
    }
}
