//! Articles as they come: each is put into a story at once, knowing only those before it; what comes later may merge
//! stories, or take one apart.
//!
//! How rare a term is, is learned from the articles inside the window and forgotten with them, so that memory and
//! the cost of one more article don't grow with what was ever read.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::gather::gather;
use super::index::Index;
use super::likeness::{Evidence, Group, evidence, likely};
use super::open::{Held, NEWEST, Open};
use super::profile::{self, Profile, product};
use super::terms::Reader;
use super::vocabulary::Vocabulary;
use super::{Settings, story_id};
use crate::article::Article;
use crate::stamp::Stamp;

/// How many stories are compared with an article.
const NEAREST: usize = 8;
/// How likely a story must be one with an article, before the evidence is turned into a share, to be looked at with it.
const NEAR: f64 = -3.0;
/// How many articles are gathered anew at once.
const MOST: usize = 2 * NEWEST;

/// Where an article was put.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The story's id: made from the id of its first article.
    pub story: String,
    /// How likely it is that the article belongs there, from 0 to 1; 1 for a first one.
    pub likeness: f64,
    /// Whether the article opened it.
    pub is_new: bool,
    /// The next likely story, and how likely.
    pub next: Option<(String, f64)>,
    /// Earlier articles that are in another story now.
    pub moved: Vec<Moved>,
}

/// An article that is in another story than it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The article's id.
    pub article: String,
    /// The story it was in.
    pub from: String,
    /// The story it is in.
    pub to: String,
}

/// The stories that are open. The same articles in the same order give the same stories.
#[derive(Debug)]
pub struct Stream {
    settings: Settings,
    reader: Reader,
    vocabulary: Vocabulary,
    index: Index,
    /// The articles of the window, and the number of the oldest.
    window: VecDeque<Held>,
    oldest: u32,
    /// The stories by their places, and places that are free.
    stories: Vec<Option<Open>>,
    free: Vec<u32>,
    places: BTreeMap<String, u32>,
    /// For each story how much it shares with the article that is looked at; all 0 in between.
    shared: Vec<f32>,
}

/// A story that an article may belong to.
struct Near {
    story: u32,
    weight: f64,
}

impl Stream {
    /// A stream that has seen nothing yet.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            reader: Reader::default(),
            vocabulary: Vocabulary::default(),
            index: Index::default(),
            window: VecDeque::new(),
            oldest: 0,
            stories: Vec::new(),
            free: Vec::new(),
            places: BTreeMap::new(),
            shared: Vec::new(),
        }
    }

    /// Puts one more article into a story.
    pub fn place(&mut self, article: &Article) -> Placed {
        let (held, profile, found) = self.learn(article);
        let near = self.near(&profile, held.at, &found, None);
        let best =
            near.first().filter(|best| best.weight >= 0.0).map(|best| (best.story, likely(best.weight)));
        let next = near.get(usize::from(best.is_some()));
        let next = next.map(|next| (self.story(next.story).id.clone(), likely(next.weight)));
        let (story, likeness) = best.unwrap_or_else(|| (self.open(story_id(&article.id)), 1.0));
        self.join(story, held, &profile, &found);
        let number = self.oldest + self.window.len() as u32 - 1;
        let moved = self.look_again(story, &near);
        let story = self.window[(number - self.oldest) as usize].story;
        Placed { story: self.story(story).id.clone(), likeness, is_new: best.is_none(), next, moved }
    }

    /// Takes up an article that was placed before: after a start, the newest ones in the order in which they came
    /// bring the stream back to where it was.
    pub fn restore(&mut self, article: &Article, story: &str) {
        let (held, profile, found) = self.learn(article);
        let story = self.places.get(story).copied().unwrap_or_else(|| self.open(story.to_owned()));
        self.join(story, held, &profile, &found);
        let size = self.story(story).members.len();
        let story = self.story_mut(story);
        while story.next <= size {
            story.next = after(story.next);
        }
    }

    /// Looks at every open story again, with all that was learned since; the articles that are in another one now.
    pub fn settle(&mut self) -> Vec<Moved> {
        let mut moved = Vec::new();
        for held in &mut self.window {
            self.vocabulary.rate(&mut held.terms);
        }
        self.stories.iter_mut().flatten().for_each(Open::stale);
        for _ in 0..3 {
            let before = moved.len();
            for place in 0..self.stories.len() as u32 {
                let Some(story) = &self.stories[place as usize] else { continue };
                let some: Vec<u32> = story.standing().collect();
                let some = some.iter().rev().take(NEAREST).copied();
                let mut near: BTreeSet<u32> = BTreeSet::new();
                for article in some.collect::<Vec<_>>() {
                    let held = &self.window[(article - self.oldest) as usize];
                    let (profile, at) = (held.profile(), held.at);
                    let found = Index::terms(&profile);
                    near.extend(self.near(&profile, at, &found, Some(place)).iter().map(|near| near.story));
                }
                near.remove(&place);
                moved.extend(self.regroup(place, &near.into_iter().collect::<Vec<_>>()));
            }
            if moved.len() == before {
                break;
            }
        }
        moved
    }

    /// The story of each article of the window, in the order in which they came: the article's id and the story's.
    pub fn window(&self) -> impl Iterator<Item = (&str, &str)> {
        self.window.iter().map(|held| (held.id.as_str(), self.story(held.story).id.as_str()))
    }

    fn story(&self, place: u32) -> &Open {
        self.stories[place as usize].as_ref().expect("places of articles are those of open stories")
    }

    fn story_mut(&mut self, place: u32) -> &mut Open {
        self.stories[place as usize].as_mut().expect("places of articles are those of open stories")
    }

    /// Makes room in the window, and learns the article's terms.
    fn learn(&mut self, article: &Article) -> (Held, Profile, Vec<(u32, f32)>) {
        while self.window.len() >= self.settings.window.max(1) {
            self.expire();
        }
        let mut terms = self.reader.terms(article);
        self.vocabulary.learn(&terms);
        self.vocabulary.rate(&mut terms);
        let at = article.published.as_ref().map(Stamp::seconds);
        let held = Held { id: article.id.clone(), at, terms, found: Box::default(), story: 0 };
        let profile = held.profile();
        let found = Index::terms(&profile);
        (held, profile, found)
    }

    /// Lets go of the oldest article, and closes its story if it was the last there.
    fn expire(&mut self) {
        let Some(held) = self.window.pop_front() else { return };
        self.vocabulary.forget(&held.terms);
        self.index.remove_oldest(self.oldest, held.found.iter().copied());
        self.oldest += 1;
        let story = self.story_mut(held.story);
        story.leave();
        if story.members.is_empty() {
            self.close(held.story);
        }
    }

    fn open(&mut self, mut id: String) -> u32 {
        while self.places.contains_key(&id) {
            id = story_id(&format!("{id} again"));
        }
        let place = self.free.pop().unwrap_or(self.stories.len() as u32);
        if place as usize == self.stories.len() {
            self.stories.push(None);
            self.shared.push(0.0);
        }
        self.places.insert(id.clone(), place);
        self.stories[place as usize] = Some(Open::new(id));
        place
    }

    fn close(&mut self, place: u32) {
        if let Some(story) = self.stories[place as usize].take() {
            self.places.remove(&story.id);
            self.free.push(place);
        }
    }

    fn join(&mut self, story: u32, mut held: Held, profile: &Profile, found: &[(u32, f32)]) {
        let number = self.oldest + self.window.len() as u32;
        self.index.add(number, found);
        held.found = found.iter().map(|entry| entry.0).collect();
        held.story = story;
        self.story_mut(story).join(number, profile, held.at);
        self.window.push_back(held);
    }

    /// The stories that an article may belong to, the likeliest first; `without` is left out.
    fn near(
        &mut self,
        profile: &Profile,
        at: Option<i64>,
        found: &[(u32, f32)],
        without: Option<u32>,
    ) -> Vec<Near> {
        let Self { index, window, oldest, stories, shared, .. } = self;
        let mut met: Vec<u32> = Vec::new();
        index.meet(found, |article, product| {
            let story = window[(article - *oldest) as usize].story;
            let shared = &mut shared[story as usize];
            if *shared == 0.0 {
                met.push(story);
            }
            *shared += product;
        });
        let mut best: Vec<(f32, u32)> = Vec::with_capacity(met.len());
        for story in met {
            let sum = std::mem::take(&mut shared[story as usize]);
            if let Some(open) =
                stories[story as usize].as_ref().filter(|_| sum > 0.0 && without != Some(story))
            {
                best.push((sum / open.members.len() as f32, story));
            }
        }
        let order = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if best.len() > NEAREST {
            best.select_nth_unstable_by(NEAREST - 1, order);
            best.truncate(NEAREST);
        }
        let weigh = |(_, story): (f32, u32)| {
            let evidence = self.evidence(profile, at, story);
            Near { story, weight: self.settings.weights.weigh(&evidence) }
        };
        let mut near: Vec<Near> = best.into_iter().map(weigh).collect();
        near.retain(|near| near.weight >= NEAR);
        near.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.story.cmp(&b.story)));
        near
    }

    /// What speaks for an article being one with a story.
    fn evidence(&mut self, profile: &Profile, at: Option<i64>, story: u32) -> Evidence {
        let unknown = self.vocabulary.unknown();
        let Self { window, oldest, stories, .. } = self;
        let Some(open) = &mut stories[story as usize] else { return [0.0; _] };
        let (group, sum) = open.whole(|article| &window[(article - *oldest) as usize]);
        evidence(Group::one(at), group, product(profile, &sum), unknown)
    }

    /// Gathers the articles of a story and of those near it anew, where the story has grown by a half since the last time.
    fn look_again(&mut self, story: u32, near: &[Near]) -> Vec<Moved> {
        let size = self.story(story).members.len();
        if size < self.story(story).next {
            return Vec::new();
        }
        let next = after(size);
        self.story_mut(story).next = next;
        let near: Vec<u32> = near.iter().map(|near| near.story).filter(|near| *near != story).collect();
        self.regroup(story, &near)
    }

    fn regroup(&mut self, story: u32, near: &[u32]) -> Vec<Moved> {
        let mut articles: Vec<u32> = Vec::new();
        let mut stories = BTreeSet::new();
        for place in std::iter::once(story).chain(near.iter().copied()) {
            let Some(open) = &self.stories[place as usize] else { continue };
            let standing: Vec<u32> = open.standing().collect();
            if articles.len() + standing.len() > MOST {
                continue;
            }
            articles.extend(standing);
            stories.insert(place);
        }
        if articles.len() < 2 {
            return Vec::new();
        }
        articles.sort_unstable();
        let profiles: Vec<(Profile, Option<i64>)> = articles
            .iter()
            .map(|article| {
                // By what is known now, and not for long: what is kept must be the same after a start.
                let held = &self.window[(article - self.oldest) as usize];
                let mut terms = held.terms.clone();
                self.vocabulary.rate(&mut terms);
                (profile::profile(&terms), held.at)
            })
            .collect();
        let groups = gather(&profiles, (self.settings.weights, self.vocabulary.unknown()), 0.0, |_| true);
        let groups: Vec<Vec<u32>> =
            groups.into_iter().map(|group| group.into_iter().map(|at| articles[at]).collect()).collect();
        self.apply(&groups)
    }

    /// Puts groups of articles into the stories that they were in, and opens stories for the rest.
    ///
    /// A story goes where most of its articles are. Where several go into one group, it is the oldest that lives on, for
    /// it is the one that readers know, unless another brings more than three times as many.
    fn apply(&mut self, groups: &[Vec<u32>]) -> Vec<Moved> {
        let mut shares: BTreeMap<u32, BTreeMap<usize, usize>> = BTreeMap::new();
        for (number, group) in groups.iter().enumerate() {
            for article in group {
                let story = self.window[(article - self.oldest) as usize].story;
                *shares.entry(story).or_default().entry(number).or_default() += 1;
            }
        }
        let mut wanted: Vec<Vec<(u32, usize)>> = vec![Vec::new(); groups.len()];
        for (story, shares) in &shares {
            // The group of the older article where there are as many in two.
            let most = shares.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
            if let Some((group, count)) = most {
                wanted[*group].push((*story, *count));
            }
        }
        let age = |story: u32| self.story(story).members.front().copied();
        let goes = wanted.iter().map(|stories| {
            let most = stories.iter().map(|(_, count)| *count).max().unwrap_or(0);
            let large = stories.iter().filter(|(_, count)| count * 3 >= most);
            large.map(|(story, _)| *story).min_by_key(|story| (age(*story), *story))
        });
        let goes: Vec<Option<u32>> = goes.collect();
        let taken: BTreeSet<u32> = goes.iter().copied().flatten().collect();
        let mut moved = Vec::new();
        for (group, goes) in groups.iter().zip(goes) {
            let place = goes.unwrap_or_else(|| {
                let first = &self.window[(group[0] - self.oldest) as usize];
                let id = story_id(&format!("{} {}", first.id, self.story(first.story).id));
                self.open(id)
            });
            for article in group {
                self.shift(*article, place, &mut moved);
            }
        }
        moved.extend(self.follow(&moved, &taken));
        moved
    }

    /// Older articles of a story go with those that stand for it where all of these left: to where most went.
    fn follow(&mut self, moved: &[Moved], stays: &BTreeSet<u32>) -> Vec<Moved> {
        let mut went: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        for Moved { from, to, .. } in moved {
            *went.entry(from).or_default().entry(to).or_default() += 1;
        }
        let mut followed = Vec::new();
        for (from, to) in went {
            let to = to.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)));
            let to = to.and_then(|(to, _)| self.places.get(to).copied());
            let from = self.places.get(from).copied().filter(|from| !stays.contains(from));
            let Some((from, to)) = from.zip(to) else { continue };
            for article in self.story(from).members.clone() {
                self.shift(article, to, &mut followed);
            }
        }
        followed
    }

    fn shift(&mut self, article: u32, to: u32, moved: &mut Vec<Moved>) {
        let held = &mut self.window[(article - self.oldest) as usize];
        let from = std::mem::replace(&mut held.story, to);
        if from == to {
            return;
        }
        let id = held.id.clone();
        moved.push(Moved { article: id, from: self.story(from).id.clone(), to: self.story(to).id.clone() });
        let old = self.story_mut(from);
        old.members.retain(|member| *member != article);
        old.stale();
        let last = old.members.is_empty();
        if last {
            self.close(from);
        }
        let new = self.story_mut(to);
        let place = new.members.partition_point(|member| *member < article);
        new.members.insert(place, article);
        new.stale();
    }
}

/// With how many articles a story is looked at again that has so many.
fn after(size: usize) -> usize {
    size + (size / 2).max(1)
}

#[cfg(test)]
mod tests;
