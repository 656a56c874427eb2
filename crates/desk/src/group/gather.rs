//! Articles that lie near each other, gathered into groups from the beginning: average linkage by
//! the weighed evidence.

use std::borrow::Cow;

use super::likeness::{Evidence, Group, Weights, evidence};
use super::profile::{Parts, Profile, products};

/// Two groups that may be one.
pub(super) struct Pair<'p> {
    /// What speaks for it.
    pub(super) evidence: Evidence,
    /// The places of their profiles.
    pub(super) one: &'p [usize],
    /// And of the other's.
    pub(super) other: &'p [usize],
}

/// Gathers profiles, each with the moment of its article, into groups; each is the places of its profiles, in order, and
/// so are the groups by their first.
///
/// Those two groups that are most alike are put to `judge`, and joined if it says so, until no two of `least` evidence
/// are left. It costs the square of the count, and for each join as much as there are groups.
pub(super) fn gather(
    profiles: &[(Cow<'_, Profile>, Option<i64>)],
    weights: Weights,
    least: f64,
    mut judge: impl FnMut(&Pair<'_>) -> bool,
) -> Vec<Vec<usize>> {
    let mut gathering = Gathering::new(profiles, weights);
    while let Some((a, b)) = gathering.likeliest(least) {
        let pair = Pair {
            evidence: gathering.evidence(a, b),
            one: &gathering.places[a],
            other: &gathering.places[b],
        };
        if judge(&pair) { gathering.join(a, b) } else { gathering.part(a, b) }
    }
    let mut groups: Vec<Vec<usize>> =
        gathering.places.into_iter().filter(|places| !places.is_empty()).collect();
    groups.iter_mut().for_each(|places| places.sort_unstable());
    groups.sort_unstable_by_key(|places| places[0]);
    groups
}

struct Gathering {
    count: usize,
    weights: Weights,
    /// The sums of the products across each two groups.
    across: Vec<Parts>,
    /// Two groups that are not one.
    parted: Vec<bool>,
    groups: Vec<Group>,
    /// The places of each group's profiles; none for one that was joined to another.
    places: Vec<Vec<usize>>,
    /// For each group the one that it is most likely one with, and how likely.
    nearest: Vec<Option<(f64, usize)>>,
}

impl Gathering {
    fn new(profiles: &[(Cow<'_, Profile>, Option<i64>)], weights: Weights) -> Self {
        let count = profiles.len();
        let mut across = products(&profiles.iter().map(|(profile, _)| &**profile).collect::<Vec<_>>());
        for a in 0..count {
            for b in 0..a {
                across[b * count + a] = across[a * count + b];
            }
        }
        let groups = profiles.iter().map(|(_, at)| Group::one(*at)).collect();
        let places = (0..count).map(|at| vec![at]).collect();
        let (parted, nearest) = (vec![false; count * count], vec![None; count]);
        let mut gathering = Self { count, weights, across, parted, groups, places, nearest };
        (0..count).for_each(|at| gathering.seek(at));
        gathering
    }

    fn evidence(&self, a: usize, b: usize) -> Evidence {
        evidence(self.groups[a], self.groups[b], self.across[a * self.count + b])
    }

    /// The pair that is likeliest one, the earlier group first.
    fn likeliest(&self, least: f64) -> Option<(usize, usize)> {
        let pairs =
            self.nearest.iter().enumerate().filter_map(|(at, near)| near.map(|near| (near.0, at, near.1)));
        let best = pairs.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        (best.0 >= least).then_some((best.1.min(best.2), best.1.max(best.2)))
    }

    /// Finds anew what a group is nearest to.
    fn seek(&mut self, at: usize) {
        let others = (0..self.count).filter(|other| {
            *other != at && !self.places[*other].is_empty() && !self.parted[at * self.count + other]
        });
        let each = others.map(|other| (self.weights.weigh(&self.evidence(at, other)), other));
        self.nearest[at] = each.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    }

    fn part(&mut self, a: usize, b: usize) {
        self.parted[a * self.count + b] = true;
        self.parted[b * self.count + a] = true;
        self.seek(a);
        self.seek(b);
    }

    fn join(&mut self, a: usize, b: usize) {
        let count = self.count;
        let places = std::mem::take(&mut self.places[b]);
        self.places[a].extend(places);
        self.groups[a] = self.groups[a].with(self.groups[b], self.across[a * count + b]);
        self.nearest[b] = None;
        for other in 0..count {
            let (one, two) = (self.across[a * count + other], self.across[b * count + other]);
            let sum = std::array::from_fn(|part| one[part] + two[part]);
            self.across[a * count + other] = sum;
            self.across[other * count + a] = sum;
            self.parted[a * count + other] = false;
            self.parted[other * count + a] = false;
        }
        for at in 0..count {
            if self.places[at].is_empty() {
                continue;
            }
            match self.nearest[at] {
                Some((weight, near)) if at != a && near != a && near != b => {
                    let now = self.weights.weigh(&self.evidence(at, a));
                    if now > weight || now == weight && a < near {
                        self.nearest[at] = Some((now, a));
                    }
                }
                _ => self.seek(at),
            }
        }
    }
}
