//! How often each site is asked: one request at a time, a gap between two, and rest where the site asks for it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The longest gap that a site's robots.txt can ask for, in milliseconds.
const LONGEST_GAP: i64 = 60_000;

/// How many sites are remembered. Those that nothing is left to remember of go first.
const SITES: usize = 20_000;

/// The pace of every site. Clones share it, and threads may. A site is a registrable domain (see
/// [`crate::address::site`]): a limit for each host name would be none for those with many names. Times are
/// milliseconds since 1970 by the caller's clock.
#[derive(Clone, Debug)]
pub struct Pace(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    gap: i64,
    sites: Mutex<BTreeMap<String, Site>>,
}

/// What is remembered of a site.
#[derive(Clone, Copy, Debug)]
struct Site {
    /// Whether a request is under way.
    busy: bool,
    /// When the last one began.
    began: i64,
    /// The gap that its robots.txt asks for.
    delay: i64,
    /// Until when it rests.
    rest: i64,
}

impl Site {
    const NEW: Self = Self { busy: false, began: i64::MIN / 2, delay: 0, rest: i64::MIN };

    /// When it may be asked next, as far as is known now.
    fn free(&self, gap: i64) -> i64 {
        self.began.saturating_add(gap.max(self.delay)).max(self.rest)
    }
}

/// Leave to ask one site once. It ends when dropped.
#[derive(Debug)]
pub struct Permit {
    pace: Pace,
    site: String,
}

impl Default for Pace {
    fn default() -> Self {
        Self::new(Duration::from_secs(2))
    }
}

impl Pace {
    /// At least `gap` between the starts of two requests to a site.
    #[must_use]
    pub fn new(gap: Duration) -> Self {
        Self(Arc::new(Inner { gap: millis(gap), sites: Mutex::default() }))
    }

    /// Leave to ask a site now.
    ///
    /// # Errors
    /// When it may not be asked now, the moment to come again.
    pub fn take(&self, site: &str, now: i64) -> Result<Permit, i64> {
        let gap = self.0.gap;
        let mut sites = self.sites();
        if sites.len() >= SITES && !sites.contains_key(site) {
            sites.retain(|_, site| site.busy || site.free(gap) > now);
            if sites.len() >= SITES {
                return Err(now.saturating_add(gap.max(1)));
            }
        }
        let known = sites.entry(site.to_owned()).or_insert(Site::NEW);
        let free = known.free(gap);
        if free > now {
            return Err(free);
        }
        if known.busy {
            // Nobody knows when it ends; a quarter of the gap later is soon enough to look again.
            return Err(now.saturating_add((gap / 4).max(1)));
        }
        known.busy = true;
        known.began = now;
        Ok(Permit { pace: self.clone(), site: site.to_owned() })
    }

    /// Lets a site rest until then, as it asked with 429 or 503. A rest is never cut short.
    pub fn rest(&self, site: &str, until: i64) {
        self.with(site, |site| site.rest = site.rest.max(until));
    }

    /// Sets the gap that a site's robots.txt asks for, of which up to a minute is granted.
    pub fn slow(&self, site: &str, delay: Duration) {
        self.with(site, |site| site.delay = millis(delay).min(LONGEST_GAP));
    }

    fn with(&self, site: &str, change: impl FnOnce(&mut Site)) {
        let mut sites = self.sites();
        if sites.len() < SITES || sites.contains_key(site) {
            change(sites.entry(site.to_owned()).or_insert(Site::NEW));
        }
    }

    fn sites(&self) -> MutexGuard<'_, BTreeMap<String, Site>> {
        self.0.sites.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit {
    /// Gives the leave back at `now`: where the request took longer than the gap, the site still has a moment to
    /// itself (a quarter of the gap) before the next.
    pub fn finish(self, now: i64) {
        let gap = self.pace.0.gap;
        self.pace.with(&self.site, |site| site.rest = site.rest.max(now.saturating_add(gap / 4)));
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if let Some(site) = self.pace.sites().get_mut(&self.site) {
            site.busy = false;
        }
    }
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_and_a_gap_between_starts() {
        let pace = Pace::new(Duration::from_secs(2));
        let permit = pace.take("paper.example", 10_000).expect("nothing is under way");
        assert_eq!(pace.take("paper.example", 10_500).err(), Some(12_000));
        assert_eq!(pace.take("paper.example", 13_000).err(), Some(13_500), "still under way");
        assert!(pace.take("other.example", 10_500).is_ok());
        drop(permit);
        assert!(pace.take("paper.example", 12_000).is_ok());
        pace.take("late.example", 0).expect("nothing is under way").finish(9_000);
        assert_eq!(pace.take("late.example", 9_000).err(), Some(9_500));
    }

    #[test]
    fn a_site_is_left_alone_for_as_long_as_it_asks() {
        let pace = Pace::default();
        pace.rest("paper.example", 90_000);
        pace.rest("paper.example", 50_000);
        assert_eq!(pace.take("paper.example", 80_000).err(), Some(90_000));
        pace.slow("slow.example", Duration::from_secs(3600));
        drop(pace.take("slow.example", 0));
        assert_eq!(pace.take("slow.example", 30_000).err(), Some(60_000));
        assert!(pace.take("slow.example", 60_000).is_ok());
    }

    #[test]
    fn memory_is_bounded_and_what_matters_is_kept() {
        let pace = Pace::default();
        pace.rest("paper.example", 90_000_000);
        for number in 0..SITES * 2 {
            drop(pace.take(&format!("s{number}.example"), 10_000 * number as i64 / 1000));
        }
        assert!(pace.sites().len() <= SITES);
        assert_eq!(pace.take("paper.example", 80_000_000).err(), Some(90_000_000));
    }

    #[test]
    fn threads_never_ask_one_site_together() {
        let pace = Pace::new(Duration::ZERO);
        let under_way = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for now in 0..500 {
                        let Ok(_permit) = pace.take("paper.example", now) else { continue };
                        let before = under_way.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                        assert_eq!(before, 0);
                        std::thread::yield_now();
                        under_way.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                    }
                });
            }
        });
    }
}
