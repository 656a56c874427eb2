//! When jobs that wait for one domain have their turn: one after another, not all at the same moment.

use std::collections::BTreeMap;

use store::Millis;

/// How many domains are remembered.
const MOST: usize = 10_000;

/// The next free moment of each domain that jobs wait for.
#[derive(Debug, Default)]
pub(super) struct Turns {
    next: BTreeMap<String, Millis>,
}

impl Turns {
    /// The moment for one more job, not before `until`; `gap` after the one before.
    pub(super) fn after(&mut self, domain: &str, until: Millis, gap: Millis, now: Millis) -> Millis {
        if self.next.len() >= MOST {
            self.next.retain(|_, next| *next > now);
        }
        let next = self.next.get(domain).copied().unwrap_or(until).max(until);
        self.next.insert(domain.to_owned(), next + gap.max(1));
        next
    }
}

/// The site that a pace is kept for: a registrable domain. Empty for what is no address.
pub(super) fn domain(address: &str) -> String {
    fetch::address::site(address).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_of_one_domain_have_their_turns_one_after_another() {
        let mut turns = Turns::default();
        let taken: Vec<Millis> = (0..3).map(|_| turns.after("a.example", 1_000, 500, 0)).collect();
        assert_eq!(taken, [1_000, 1_500, 2_000]);
        assert_eq!(turns.after("b.example", 1_000, 500, 0), 1_000, "another domain has its own");
        assert_eq!(turns.after("a.example", 9_000, 500, 8_000), 9_000, "a turn that is past is nobody's");
    }

    #[test]
    fn a_pace_is_kept_by_registrable_domain() {
        for (address, wanted) in [
            ("https://news.a.example/1", "a.example"),
            ("https://www.old-mill.co.uk/", "old-mill.co.uk"),
            ("http://192.0.2.7/x", "192.0.2.7"),
            ("nonsense", ""),
        ] {
            assert_eq!(domain(address), wanted, "{address}");
        }
    }
}
