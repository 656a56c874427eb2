//! Stories are looked at again: what was put together for want of knowledge comes apart, what belongs together is merged.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Moved, Near, Stream};
use crate::group::gather::gather;
use crate::group::profile::{Profile, profile};
use crate::group::story_id;

/// How many articles are gathered anew at once; it costs the square of that.
const MOST: usize = 32;
/// How often stories are looked at again at most, where some changed by it.
const ROUNDS: usize = 3;

impl Stream {
    /// Looks again at the stories that changed since the last time, with all that was learned since; the articles that are
    /// in another story now.
    pub fn settle(&mut self) -> Vec<Moved> {
        let mut moved = Vec::new();
        let mut changed = self.changed();
        for place in &changed {
            let Some(story) = &mut self.stories[*place as usize] else { continue };
            for article in story.members.clone() {
                let held = &mut self.window[(article - self.oldest) as usize];
                self.vocabulary.rate(&mut held.terms);
                if held.ready.is_some() {
                    held.ready = Some(profile(&held.terms));
                }
            }
            story.stale();
        }
        for _ in 0..ROUNDS {
            for place in changed {
                let near = self.around(place);
                moved.extend(match near.first().filter(|best| best.weight >= 0.0) {
                    Some(best) if self.size(place) + self.size(best.story) > MOST => {
                        self.merge(place, best.story)
                    }
                    _ => self.regroup(place, &near),
                });
            }
            changed = self.changed();
            if changed.is_empty() {
                break;
            }
        }
        moved
    }

    /// The stories that changed since this was last asked.
    fn changed(&mut self) -> Vec<u32> {
        let stories = self.stories.iter_mut().enumerate();
        let changed = stories.filter_map(|(place, story)| {
            std::mem::take(&mut story.as_mut()?.changed).then_some(place as u32)
        });
        changed.collect()
    }

    /// Gathers the articles of a story and of those near it anew, where the story has grown by a half since the last time.
    pub(super) fn look_again(&mut self, story: u32, near: &[Near]) -> Vec<Moved> {
        let size = self.story(story).members.len();
        if size < self.story(story).next {
            return Vec::new();
        }
        let next = after(size);
        self.story_mut(story).next = next;
        self.regroup(story, near)
    }

    fn size(&self, place: u32) -> usize {
        self.stories[place as usize].as_ref().map_or(0, |open| open.members.len())
    }

    /// Makes one story of two.
    fn merge(&mut self, one: u32, other: u32) -> Vec<Moved> {
        let members = |place: u32| self.story(place).members.iter().copied();
        let mut all: Vec<u32> = members(one).chain(members(other)).collect();
        all.sort_unstable();
        self.apply(&[all])
    }

    /// Gathers the articles of a story and of those near it anew. What is larger than can be gathered at once stays as it
    /// is: it has been looked at often enough as it grew.
    fn regroup(&mut self, story: u32, near: &[Near]) -> Vec<Moved> {
        let mut articles: Vec<u32> = Vec::new();
        if self.size(story) <= MOST {
            for place in
                std::iter::once(story).chain(near.iter().map(|near| near.story).filter(|near| *near != story))
            {
                if let Some(open) = &self.stories[place as usize]
                    && articles.len() + open.members.len() <= MOST
                {
                    articles.extend(&open.members);
                }
            }
        }
        if articles.len() < 2 {
            return Vec::new();
        }
        articles.sort_unstable();
        let profiles: Vec<(Cow<'_, Profile>, Option<i64>)> = articles
            .iter()
            .map(|article| {
                let held = &self.window[(article - self.oldest) as usize];
                (held.profile(), held.at)
            })
            .collect();
        let groups = gather(&profiles, self.settings.weights, 0.0, |_| true);
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
                let story = self.owner(*article);
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
        let mut moved = Vec::new();
        for (group, goes) in groups.iter().zip(goes) {
            let place = goes.unwrap_or_else(|| {
                let first = &self.window[(group[0] - self.oldest) as usize].id;
                let id = story_id(&format!("{first} {}", self.story(self.owner(group[0])).id));
                self.open(id)
            });
            for article in group {
                self.shift(*article, place, &mut moved);
            }
        }
        moved
    }

    fn shift(&mut self, article: u32, to: u32, moved: &mut Vec<Moved>) {
        let at = (article - self.oldest) as usize;
        let from = std::mem::replace(&mut self.owners[at], to);
        if from == to {
            return;
        }
        let id = self.window[at].id.clone();
        moved.push(Moved { article: id, from: self.story(from).id.clone(), to: self.story(to).id.clone() });
        let old = self.story_mut(from);
        old.members.retain(|member| *member != article);
        old.changed = true;
        old.stale();
        let last = old.members.is_empty();
        if last {
            self.close(from);
        }
        let new = self.story_mut(to);
        let place = new.members.partition_point(|member| *member < article);
        new.members.insert(place, article);
        new.changed = true;
        new.stale();
    }
}

/// With how many articles a story is looked at again that has so many.
pub(super) fn after(size: usize) -> usize {
    size + (size / 2).max(1)
}
