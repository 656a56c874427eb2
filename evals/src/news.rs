//! An invented stream of news with the word statistics of real texts: events of many sizes, each told by several outlets over
//! one to three days, one article after another in the order of their publication.
//!
//! The same texts give the same stream. It is made as it is read, so that a million articles need no room.

mod event;
mod words;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use serde_json::{Value, json};

use crate::dice::Dice;
use event::{Event, Subject};
pub(crate) use words::{Words, core};

/// How many articles come a day, about.
const A_DAY: f64 = 3000.0;
/// The law of sizes: a share of `n` to the power of minus this has `n` articles or more.
const PARETO: f64 = 1.2;
/// The largest event.
const LARGEST: usize = 300;
/// What that law gives on average.
const MEAN: f64 = 4.0;
/// How many subjects events share.
const SUBJECTS: usize = 200;
/// How many outlets there are.
const OUTLETS: usize = 400;
/// Of a hundred articles of an event of [`WIRED`] or more, how many are its first one again, trimmed.
const COPIES: usize = 20;
/// From how many articles on an event has copies.
const WIRED: usize = 4;
const DAY: f64 = 86_400.0;
/// The day on which the stream begins: 1 January 2026, in days since 1970.
const BEGIN: i64 = 20_454;

/// The stream.
pub(crate) struct News<'w> {
    words: &'w Words,
    subjects: Vec<Subject>,
    dice: Dice,
    /// When the next event happens, in seconds from the beginning.
    next: f64,
    /// How many events there were.
    events: u64,
    /// What is still to come: second, event, number of the article in it.
    due: BinaryHeap<Reverse<(u64, u64, usize)>>,
    /// The events that have articles to come, and how many.
    open: BTreeMap<u64, (Event, usize)>,
    made: usize,
}

impl<'w> News<'w> {
    /// The stream that such words make.
    pub(crate) fn new(words: &'w Words) -> Self {
        let mut dice = Dice::new(2026);
        let subjects = (0..SUBJECTS).map(|_| Subject::new(words, &mut dice)).collect();
        let (due, open) = (BinaryHeap::new(), BTreeMap::new());
        Self { words, subjects, dice, next: 0.0, events: 0, due, open, made: 0 }
    }

    /// One more event, and when its articles come: fewer and fewer over one to three days.
    fn happen(&mut self) {
        let size = size(self.dice.unit());
        let days = 1.0 + 2.0 * self.dice.unit();
        let subject = &self.subjects[self.dice.below(SUBJECTS)];
        let event = Event::new(self.words, subject, self.events, size);
        for number in 0..size {
            let late = if number == 0 {
                0.0
            } else {
                -(1.0 - self.dice.unit() * (1.0 - (-3.0_f64).exp())).ln() / 3.0
            };
            let at = self.next + late * days * DAY;
            self.due.push(Reverse((at as u64, self.events, number)));
        }
        self.open.insert(self.events, (event, size));
        self.events += 1;
        self.next -= self.dice.unit().ln() * DAY * MEAN / A_DAY;
    }

    /// The article of an event, as a record that nutgraf reads; `event` is the answer, which it does not read.
    fn record(&self, event: &Event, number: usize, second: u64) -> Value {
        let mut dice = Dice::new(event.seed() + 1_000_003 * number as u64);
        let copies = number > 0 && event.size() >= WIRED && dice.percent(COPIES);
        let (own, mut paragraphs) = event.article(self.words, if copies { 0 } else { number });
        let title = if copies && dice.percent(50) { event.title(self.words, &mut dice) } else { own };
        if copies {
            let kept = paragraphs.len() * (50 + dice.below(51)) / 100;
            paragraphs.truncate(kept.max(1));
        }
        let day = date(BEGIN + i64::try_from(second / 86_400).unwrap_or_default());
        let (hour, minute) = (second / 3600 % 24, second / 60 % 60);
        let domain = format!("outlet{}.example", dice.below(OUTLETS));
        json!({
            "id": format!("n{}", self.made),
            "event": format!("e{}", event.number()),
            "url": format!("https://{domain}/{}/n{}", day.replace('-', "/"), self.made),
            "domain": domain,
            "date": format!("{day}T{hour:02}:{minute:02}:00Z"),
            "title": title,
            "text": paragraphs.join("\n"),
        })
    }
}

impl Iterator for News<'_> {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        while self.due.peek().is_none_or(|Reverse((second, ..))| *second as f64 >= self.next) {
            self.happen();
        }
        let Reverse((second, key, number)) = self.due.pop()?;
        let (event, left) = self.open.remove(&key)?;
        let record = self.record(&event, number, second);
        if left > 1 {
            self.open.insert(key, (event, left - 1));
        }
        self.made += 1;
        Some(record)
    }
}

/// How many articles an event has, from a number between 0 and 1.
fn size(unit: f64) -> usize {
    (unit.powf(-1.0 / PARETO) as usize).clamp(1, LARGEST)
}

/// The date that many days after 1 January 1970. Written for days of this century.
fn date(mut days: i64) -> String {
    let leap = |year: i64| year % 4 == 0;
    let mut year = 1970;
    while days >= 365 + i64::from(leap(year)) {
        days -= 365 + i64::from(leap(year));
        year += 1;
    }
    let mut month = 0;
    let lengths = [31, 28 + i64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    while days >= lengths[month] {
        days -= lengths[month];
        month += 1;
    }
    format!("{year}-{:02}-{:02}", month + 1, days + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of a text that was made up here.
    fn words() -> Words {
        let town = "The council of Vell met on Monday and heard report 40 about the harbour wall, which sailors call weak.";
        let sea = "Fishermen wanted cheaper moorings; Mayor Ada Lund promised them 12 new ones before winter storms begin.";
        Words::count([town, sea].into_iter().cycle().take(400).map(str::to_owned))
    }

    #[test]
    fn the_stream_is_the_same_every_time_and_in_the_order_of_time() {
        let words = words();
        let made: Vec<Value> = News::new(&words).take(300).collect();
        assert!(News::new(&words).take(300).eq(made.iter().cloned()));
        assert!(made.is_sorted_by_key(|row| row["date"].as_str().unwrap_or_default().to_owned()));
        let events: std::collections::BTreeSet<_> = made.iter().map(|row| row["event"].to_string()).collect();
        assert!((40..200).contains(&events.len()), "{} events", events.len());
    }

    #[test]
    fn articles_have_four_hundred_words_on_average() {
        let words = words();
        let count = |row: Value| row["text"].as_str().unwrap_or_default().split_whitespace().count();
        let all: usize = News::new(&words).take(400).map(count).sum();
        assert!((360..440).contains(&(all / 400)), "{}", all / 400);
    }

    #[test]
    fn sizes_follow_the_law() {
        let mut dice = Dice::new(7);
        let sizes: Vec<usize> = (0..100_000).map(|_| size(dice.unit())).collect();
        let share = |least| sizes.iter().filter(|size| **size >= least).count() as f64 / 1e5;
        assert!((share(2) - 0.435).abs() < 0.01 && (share(100) - 0.004).abs() < 0.002, "{}", share(100));
        let mean = sizes.iter().sum::<usize>() as f64 / 1e5;
        assert!((mean - MEAN).abs() < 0.3, "{mean}");
    }

    #[test]
    fn days_become_dates() {
        for (days, expected) in [(20_454, "2026-01-01"), (20_512, "2026-02-28"), (21_243, "2028-02-29")] {
            assert_eq!(date(days), expected);
        }
    }
}
