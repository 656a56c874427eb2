//! Articles as they come: each is put into a story at once, knowing only those before it; what comes later may merge
//! stories, or take one apart.
//!
//! How rare a term is, is learned from the articles inside the window and forgotten with them, so that memory and
//! the cost of one more article don't grow with what was ever read.

mod regroup;

use std::collections::{BTreeMap, VecDeque};

use super::index::{Index, READ};
use super::likeness::{Evidence, Group, evidence, likely};
use super::open::{Held, Open};
use super::profile::{Profile, product, profile};
use super::terms::Reader;
use super::vocabulary::Vocabulary;
use super::{Settings, Window, story_id};
use crate::article::Article;
use crate::stamp::Stamp;
use regroup::after;

/// How many stories are compared with an article.
const NEAREST: usize = 3;
/// Of how many of the newest articles the profiles are kept ready.
const READY: usize = 4096;
/// How likely a story must be one with an article, before the evidence is turned into a share, to be looked at with it.
const NEAR: f64 = -2.0;

/// Where an article was put.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The story's id: made from the id of its first article.
    pub story: String,
    /// How likely it is that the article belongs there, from 0 to 1; 1 for a first one.
    pub likeness: f64,
    /// Whether the article opened it.
    pub is_new: bool,
    /// What spoke for it; nothing where the article opened the story.
    pub evidence: Option<Evidence>,
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
    /// The place of each one's story, apart from the rest, for it is looked up for all that share a word.
    owners: VecDeque<u32>,
    /// When the newest article so far was published, in seconds.
    now: Option<i64>,
    /// The stories by their places, and places that are free.
    stories: Vec<Option<Open>>,
    free: Vec<u32>,
    places: BTreeMap<String, u32>,
    /// For each story how much it shares with the article that is looked at; all 0 in between.
    shared: Vec<f32>,
    /// The stories that share something with it.
    met: Vec<u32>,
}

/// A story that an article may belong to.
struct Near {
    story: u32,
    evidence: Evidence,
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
            owners: VecDeque::new(),
            now: None,
            stories: Vec::new(),
            free: Vec::new(),
            places: BTreeMap::new(),
            shared: Vec::new(),
            met: vec![0; READ],
        }
    }

    /// Puts one more article into a story.
    pub fn place(&mut self, article: &Article) -> Placed {
        let (held, profile, found) = self.learn(article);
        let near = self.near((Group::one(held.at), &profile), &found, None);
        let best = near.first().filter(|best| best.weight >= 0.0);
        let evidence = best.map(|best| best.evidence);
        let next = near.get(usize::from(best.is_some()));
        let next = next.map(|next| (self.story(next.story).id.clone(), likely(next.weight)));
        let best = best.map(|best| (best.story, likely(best.weight)));
        let (story, likeness) = best.unwrap_or_else(|| (self.open(story_id(&article.id)), 1.0));
        self.join(story, held, profile, &found);
        let number = self.oldest + self.window.len() as u32 - 1;
        let moved = self.look_again(story, &near);
        let story = self.owner(number);
        Placed {
            story: self.story(story).id.clone(),
            likeness,
            is_new: best.is_none(),
            evidence,
            next,
            moved,
        }
    }

    /// Takes up an article that was placed before: after a start, the newest ones in the order in which they came
    /// bring the stream back to where it was.
    pub fn restore(&mut self, article: &Article, story: &str) {
        let (held, profile, found) = self.learn(article);
        let story = self.places.get(story).copied().unwrap_or_else(|| self.open(story.to_owned()));
        self.join(story, held, profile, &found);
        let size = self.story(story).members.len();
        let story = self.story_mut(story);
        while story.next <= size {
            story.next = after(story.next);
        }
    }

    /// The open stories that may be one with a story.
    fn around(&mut self, place: u32) -> Vec<Near> {
        let Self { window, oldest, stories, .. } = self;
        let Some(open) = &mut stories[place as usize] else { return Vec::new() };
        let (group, sum) = open.whole(|article| &window[(article - *oldest) as usize]);
        let sum = sum.into_owned();
        let found = Index::terms(&sum);
        self.near((group, &sum), &found, Some(place))
    }

    /// The open stories that are nearly one with a story, the likeliest first, each with how likely it is: another event
    /// that looks alike, or an earlier phase of the same affair.
    pub fn nearest(&mut self, story: &str) -> Vec<(String, f64)> {
        let Some(&place) = self.places.get(story) else { return Vec::new() };
        let near = self.around(place);
        near.iter().map(|near| (self.story(near.story).id.clone(), likely(near.weight))).collect()
    }

    /// The story of each article of the window, in the order in which they came: the article's id and the story's.
    pub fn window(&self) -> impl Iterator<Item = (&str, &str)> {
        self.window
            .iter()
            .zip(&self.owners)
            .map(|(held, story)| (held.id.as_str(), self.story(*story).id.as_str()))
    }

    /// The place of an article's story.
    fn owner(&self, article: u32) -> u32 {
        self.owners[(article - self.oldest) as usize]
    }

    fn story(&self, place: u32) -> &Open {
        self.stories[place as usize].as_ref().expect("places of articles are those of open stories")
    }

    fn story_mut(&mut self, place: u32) -> &mut Open {
        self.stories[place as usize].as_mut().expect("places of articles are those of open stories")
    }

    /// Makes room in the window, and learns the article's terms.
    fn learn(&mut self, article: &Article) -> (Held, Profile, Vec<(u32, f32)>) {
        let at = article.published.as_ref().map(Stamp::seconds);
        self.now = self.now.max(at);
        while self.window.len() >= self.settings.window.most.max(1) || self.is_past() {
            self.expire();
        }
        let mut terms = self.reader.terms(article);
        self.vocabulary.learn(&mut terms);
        let profile = profile(&terms);
        let found = Index::terms(&profile);
        let held =
            Held { id: article.id.clone(), at, came: self.now, terms, ready: None, found: Box::default() };
        (held, profile, found)
    }

    /// Whether the oldest article is to leave the window for its age.
    fn is_past(&self) -> bool {
        let Window { days, least, .. } = self.settings.window;
        let past = |oldest: &Held| {
            let age = self.now.zip(oldest.came).map(|(now, came)| now.saturating_sub(came));
            age.is_some_and(|age| age > i64::from(days) * 86_400)
        };
        self.window.len() >= least.max(1) && self.window.front().is_some_and(past)
    }

    /// Lets go of the oldest article, and closes its story if it was the last there.
    fn expire(&mut self) {
        let Some((held, owner)) = self.window.pop_front().zip(self.owners.pop_front()) else { return };
        self.vocabulary.forget(&held.terms);
        self.index.remove_oldest(self.oldest, held.found.iter().copied());
        self.oldest += 1;
        let story = self.story_mut(owner);
        story.leave();
        if story.members.is_empty() {
            self.close(owner);
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

    fn join(&mut self, story: u32, mut held: Held, profile: Profile, found: &[(u32, f32)]) {
        let number = self.oldest + self.window.len() as u32;
        self.index.add(number, found);
        held.found = found.iter().map(|entry| entry.0).collect();
        self.owners.push_back(story);
        self.story_mut(story).join(number, &profile, held.at);
        held.ready = Some(profile);
        self.window.push_back(held);
        if let Some(old) = self.window.len().checked_sub(READY + 1) {
            self.window[old].ready = None;
        }
    }

    /// The stories that a group of articles with the sum of their profiles may belong to, the likeliest first; `without` is
    /// left out.
    fn near(
        &mut self,
        (group, profile): (Group, &Profile),
        found: &[(u32, f32)],
        without: Option<u32>,
    ) -> Vec<Near> {
        let Self { index, owners, oldest, stories, shared, met, .. } = self;
        // Whether a story was met before is not to be foreseen, so nothing branches on it.
        let mut count = 0;
        index.meet(found, |article, product| {
            let story = owners[(article - *oldest) as usize];
            let shared = &mut shared[story as usize];
            met[count] = story;
            count += usize::from(*shared == 0.0);
            *shared += product;
        });
        let mut best: Vec<(f32, u32)> = Vec::with_capacity(NEAREST + 1);
        for &story in &met[..count] {
            let sum = std::mem::take(&mut shared[story as usize]);
            // The mean is at most the sum: most stories need not be looked up.
            let short = best.len() == NEAREST && best.last().is_some_and(|least| sum < least.0);
            if short || sum <= 0.0 || without == Some(story) {
                continue;
            }
            let Some(open) = &stories[story as usize] else { continue };
            let mean = (sum / open.members.len() as f32, story);
            let place =
                best.partition_point(|other| other.0 > mean.0 || other.0 == mean.0 && other.1 < story);
            best.insert(place, mean);
            best.truncate(NEAREST);
        }
        let weigh = |(_, story): (f32, u32)| {
            let evidence = self.evidence(group, profile, story);
            Near { story, weight: self.settings.weights.weigh(&evidence), evidence }
        };
        let mut near: Vec<Near> = best.into_iter().map(weigh).collect();
        near.retain(|near| near.weight >= NEAR);
        near.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.story.cmp(&b.story)));
        near
    }

    /// What speaks for a group of articles being one with a story.
    fn evidence(&mut self, group: Group, profile: &Profile, story: u32) -> Evidence {
        let Self { window, oldest, stories, .. } = self;
        let Some(open) = &mut stories[story as usize] else { return [0.0; _] };
        let (other, sum) = open.whole(|article| &window[(article - *oldest) as usize]);
        evidence(group, other, product(profile, &sum))
    }
}

#[cfg(test)]
mod tests;
