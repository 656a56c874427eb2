//! The stories that are open: their articles, and what these have in common.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::likeness::Group;
use super::profile::{self, Profile};
use super::terms::Term;

/// An article inside the window.
#[derive(Debug)]
pub(super) struct Held {
    /// Its id.
    pub(super) id: String,
    /// When it was published, in seconds.
    pub(super) at: Option<i64>,
    /// When the newest article was that was known when it came.
    pub(super) came: Option<i64>,
    pub(super) terms: Vec<Term>,
    /// Its profile, as long as it is one of the newest: they are the ones that others are compared with.
    pub(super) ready: Option<Profile>,
    /// The terms by which it can be found.
    pub(super) found: Box<[u32]>,
}

impl Held {
    pub(super) fn profile(&self) -> Cow<'_, Profile> {
        self.ready.as_ref().map_or_else(|| Cow::Owned(profile::profile(&self.terms)), Cow::Borrowed)
    }
}

/// The newest articles of a story stand for it, so that one that goes on for weeks costs no more than another.
const NEWEST: usize = 64;

/// An open story.
#[derive(Debug)]
pub(super) struct Open {
    /// Its id: made from that of its first article.
    pub(super) id: String,
    /// Its articles inside the window, in the order in which they came.
    pub(super) members: VecDeque<u32>,
    /// The sum of the profiles of those that stand for it; empty for one article, whose profile is made when needed.
    sum: Profile,
    /// What is known of these as a group; nothing where it must be calculated anew.
    group: Option<Group>,
    /// How many of those that stand for it left the window since.
    gone: usize,
    /// With how many articles it is looked at again.
    pub(super) next: usize,
    /// Whether articles joined or were moved since all stories were looked at.
    pub(super) changed: bool,
}

impl Open {
    pub(super) fn new(id: String) -> Self {
        Self {
            id,
            members: VecDeque::new(),
            sum: Profile::new(),
            group: None,
            gone: 0,
            next: 3,
            changed: true,
        }
    }

    /// Its articles as a group and the sum of their profiles.
    pub(super) fn whole<'s, 'h>(&'s mut self, held: impl Fn(u32) -> &'h Held) -> (Group, Cow<'s, Profile>)
    where
        'h: 's,
    {
        if let (1, Some(only)) = (self.members.len(), self.members.front()) {
            let only = held(*only);
            return (Group::one(only.at), only.profile());
        }
        let group = match self.group {
            Some(group) => group,
            None => {
                self.sum.clear();
                let mut group: Option<Group> = None;
                for member in self.members.iter().skip(self.members.len().saturating_sub(NEWEST)) {
                    let member = held(*member);
                    add(&mut group, &mut self.sum, &member.profile(), member.at);
                }
                *self.group.insert(group.unwrap_or(Group::one(None)))
            }
        };
        (group, Cow::Borrowed(&self.sum))
    }

    /// Takes an article up.
    pub(super) fn join(&mut self, article: u32, profile: &Profile, at: Option<i64>) {
        self.members.push_back(article);
        self.changed = true;
        let standing = self.group.map_or(usize::MAX, |group| group.size);
        // Those that no longer stand for it leave all at once.
        if standing < NEWEST + NEWEST / 2 {
            add(&mut self.group, &mut self.sum, profile, at);
        } else {
            self.stale();
        }
    }

    /// Its oldest article leaves the window. The sum is made anew only when a quarter of it is gone.
    pub(super) fn leave(&mut self) {
        self.gone += usize::from(self.members.len() <= NEWEST);
        self.members.pop_front();
        if self.gone * 4 >= self.members.len() {
            self.stale();
        }
    }

    /// Its articles changed, or what is known of their terms.
    pub(super) fn stale(&mut self) {
        self.group = None;
        self.gone = 0;
        self.sum = Profile::new();
    }
}

fn add(group: &mut Option<Group>, sum: &mut Profile, profile: &Profile, at: Option<i64>) {
    let one = Group::one(at);
    let across = profile::add(sum, profile);
    *group = Some(group.map_or(one, |group| group.with(one, across)));
}
