//! Profiles: an article's terms as one vector of length one, and the sums of such vectors.
//!
//! A profile has seven parts, each of length one: all words, names and figures alone, headline and lead alone, the headline
//! alone, days, quotations, links. The product of two profiles is seven cosines, and that of two sums is the sum over all pairs of their articles:
//! how alike two stories are on average is known without comparing their articles.

use std::sync::LazyLock;

use super::terms::Term;

/// How many terms each part is thought to have that no other article has: what few terms share says little.
const FEW: f32 = 2.0;

/// How many parts a profile has.
pub(super) const PARTS: usize = 7;
/// A number for each part.
pub(super) type Parts = [f64; PARTS];

/// Entries with their weights in the order of their keys; the lowest three bits of a key are its part.
pub(super) type Profile = Vec<(u32, f32)>;

/// The profile of an article whose terms were rated.
pub(super) fn profile(terms: &[Term]) -> Profile {
    /// What a term weighs that stands so often.
    static DAMPENED: LazyLock<[f32; 256]> =
        LazyLock::new(|| std::array::from_fn(|n| (1.0 + libm::log(n.max(1) as f64)) as f32));
    let dampened = &*DAMPENED;
    // Which parts a term has is not to be foreseen: each is written, and the next one over those that it hasn't.
    let mut profile = vec![(0, 0.0); terms.len() * 4 + 4];
    let (mut count, mut squares, mut rarest) = (0, [0.0_f32; PARTS], 0.0_f32);
    for term in terms {
        let rare = term.rarity() as f32;
        rarest = rarest.max(rare);
        let mut add = |part: usize, weight: f32, has: bool| {
            profile[count] = (term.hash & !7 | part as u32, weight);
            count += usize::from(has);
            squares[part] += if has { weight * weight } else { 0.0 };
        };
        if let Some(part) = term.mark() {
            add(part, rare, true);
            continue;
        }
        add(0, dampened[usize::from(term.weight)] * rare, true);
        add(1, rare, term.is_name());
        add(2, dampened[usize::from(term.head())] * rare, term.head() > 0);
        add(3, rare, term.title() > 0);
    }
    profile.truncate(count);
    let few = FEW * rarest * rarest;
    let scale = squares.map(|square| 1.0 / (square + few).max(f32::MIN_POSITIVE).sqrt());
    for (key, weight) in &mut profile {
        *weight *= scale[(*key & 7) as usize];
    }
    profile
}

/// The product of two profiles or sums, part by part.
pub(super) fn product(a: &[(u32, f32)], b: &[(u32, f32)]) -> Parts {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if few.len() * 16 < many.len() {
        return searched(few, many);
    }
    // Whether two entries have one key is not to be foreseen, so nothing branches on it.
    let mut shared = vec![(0, 0.0, 0.0); few.len() + 1];
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < few.len() && j < many.len() {
        let (one, two) = (few[i], many[j]);
        shared[count] = (one.0, one.1, two.1);
        count += usize::from(one.0 == two.0);
        i += usize::from(one.0 <= two.0);
        j += usize::from(two.0 <= one.0);
    }
    let mut sums = [0.0; PARTS];
    for (key, one, two) in &shared[..count] {
        sums[(key & 7) as usize] += f64::from(*one) * f64::from(*two);
    }
    sums
}

/// The same where one is far longer.
fn searched(few: &[(u32, f32)], mut many: &[(u32, f32)]) -> Parts {
    let mut sums = [0.0; PARTS];
    for one in few {
        many = &many[many.partition_point(|two| two.0 < one.0)..];
        if let Some(two) = many.first().filter(|two| two.0 == one.0) {
            sums[(one.0 & 7) as usize] += f64::from(one.1) * f64::from(two.1);
        }
    }
    sums
}

/// The products of each two of several profiles: that of the profiles `a` and `b`, where `b` comes before, stands at
/// `a * profiles.len() + b`; all else is zero.
pub(super) fn products(profiles: &[&Profile]) -> Vec<Parts> {
    let count = profiles.len();
    let mut products = vec![[0.0; PARTS]; count * count];
    let mut met = Twice::default();
    profiles.iter().for_each(|profile| profile.iter().for_each(|entry| met.add(entry.0)));
    let mut shared: Vec<(u32, u32, f32)> = Vec::with_capacity(profiles.iter().map(|p| p.len()).sum());
    for (at, profile) in profiles.iter().enumerate() {
        shared.extend(
            profile.iter().filter(|entry| met.has(entry.0)).map(|entry| (entry.0, at as u32, entry.1)),
        );
    }
    shared.sort_unstable_by_key(|entry| (entry.0, entry.1));
    for held in shared.chunk_by(|one, other| one.0 == other.0) {
        let part = (held[0].0 & 7) as usize;
        for (before, one) in held.iter().enumerate().skip(1) {
            let row = &mut products[one.1 as usize * count..];
            for other in &held[..before] {
                row[other.1 as usize][part] += f64::from(one.2) * f64::from(other.2);
            }
        }
    }
    products
}

/// Which keys may have been met more than once: all that were, and a few others.
struct Twice {
    once: Box<[u64; Self::WORDS]>,
    twice: Box<[u64; Self::WORDS]>,
}

impl Default for Twice {
    fn default() -> Self {
        Self { once: Box::new([0; Self::WORDS]), twice: Box::new([0; Self::WORDS]) }
    }
}

impl Twice {
    const WORDS: usize = 512;

    /// The word of a key and its bit there.
    fn place(key: u32) -> (usize, u64) {
        let mixed = key.wrapping_mul(0x9e37_79b1) >> 17;
        ((mixed >> 6) as usize, 1 << (mixed & 63))
    }

    fn add(&mut self, key: u32) {
        let (word, bit) = Self::place(key);
        self.twice[word] |= self.once[word] & bit;
        self.once[word] |= bit;
    }

    fn has(&self, key: u32) -> bool {
        let (word, bit) = Self::place(key);
        self.twice[word] & bit != 0
    }
}

/// How many entries a sum has at most; half of them, the weightiest, are kept when there are more. What one article of
/// many has alone weighs next to nothing in the mean.
const LONGEST: usize = 1024;

/// Adds a profile to a sum; the product of the two before.
pub(super) fn add(sum: &mut Profile, profile: &[(u32, f32)]) -> Parts {
    let old = std::mem::replace(sum, Profile::with_capacity(sum.len() + profile.len()));
    let (mut i, mut j, mut product) = (0, 0, [0.0; PARTS]);
    while i < old.len() && j < profile.len() {
        let (one, two) = (old[i], profile[j]);
        if one.0 == two.0 {
            product[(one.0 & 7) as usize] += f64::from(one.1) * f64::from(two.1);
        }
        let of_one = if one.0 <= two.0 { one.1 } else { 0.0 };
        let of_two = if two.0 <= one.0 { two.1 } else { 0.0 };
        sum.push((one.0.min(two.0), of_one + of_two));
        i += usize::from(one.0 <= two.0);
        j += usize::from(two.0 <= one.0);
    }
    sum.extend_from_slice(&old[i..]);
    sum.extend_from_slice(&profile[j..]);
    if sum.len() > LONGEST {
        sum.select_nth_unstable_by(LONGEST / 2, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        sum.truncate(LONGEST / 2);
        sum.sort_unstable_by_key(|entry| entry.0);
    }
    // A sum lives as long as its story, and most of the added keys were there before.
    sum.shrink_to_fit();
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A profile of some terms, which others have too.
    fn made(seed: u32) -> Profile {
        let keys = (0..300).filter(|at| !(at * 7 + seed).is_multiple_of(3)).map(|at| (at * 8) | (at % 6));
        keys.map(|key| (key, (key % 13 + seed + 1) as f32 / 32.0)).collect()
    }

    #[test]
    fn the_products_of_many_are_those_of_each_two() {
        let profiles: Vec<Profile> = (0..9).map(made).collect();
        let products = products(&profiles.iter().collect::<Vec<_>>());
        let mut shared = 0.0;
        for a in 0..profiles.len() {
            for b in 0..a {
                let wanted = product(&profiles[a], &profiles[b]);
                assert_eq!(products[a * profiles.len() + b], wanted, "{a} {b}");
                shared += wanted.iter().sum::<f64>();
            }
        }
        assert!(shared > 10.0, "the profiles share terms: {shared}");
    }

    #[test]
    fn a_short_one_and_a_long_one_have_the_product_that_two_of_a_length_have() {
        let (many, few) = (made(0), made(0)[20..26].to_vec());
        let wanted: f64 = few.iter().map(|entry| f64::from(entry.1) * f64::from(entry.1)).sum();
        assert_eq!(product(&many, &few).iter().sum::<f64>(), wanted);
    }
}
