//! How often somebody tried to log in and failed, by sender and by name. Kept in memory only.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use store::Millis;

/// So many failures in a window, and no more tries until it is over.
pub(super) const FROM_ONE: u32 = 8;
/// More for a name than for a sender, so that locking somebody out takes more than one network.
pub(super) const FOR_ONE: u32 = 40;
/// How many senders and names are remembered.
const MOST: usize = 10_000;

static FAILURES: LazyLock<Mutex<BTreeMap<String, (u32, Millis)>>> = LazyLock::new(Mutex::default);

/// Whether `key` failed less than `most` times in the window that ends now.
pub(super) fn may(key: &str, most: u32, now: Millis, window: Millis) -> bool {
    let failures = FAILURES.lock().unwrap_or_else(PoisonError::into_inner);
    failures.get(key).is_none_or(|&(count, begun)| count < most || now.saturating_sub(begun) >= window)
}

/// Notes a failure.
pub(super) fn failed(key: &str, now: Millis, window: Millis) {
    let mut failures = FAILURES.lock().unwrap_or_else(PoisonError::into_inner);
    if failures.len() >= MOST {
        failures.retain(|_, (_, begun)| now.saturating_sub(*begun) < window);
    }
    if failures.len() >= MOST && !failures.contains_key(key) {
        failures.pop_first();
    }
    let entry = failures.entry(key.to_owned()).or_insert((0, now));
    if now.saturating_sub(entry.1) >= window {
        *entry = (0, now);
    }
    entry.0 += 1;
}

/// Forgets failures after a success.
pub(super) fn forget(key: &str) {
    FAILURES.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_count_within_their_window() {
        let key = "tries test";
        for at in 0..5 {
            assert!(may(key, 5, at, 100));
            failed(key, at, 100);
        }
        assert!(!may(key, 5, 50, 100));
        assert!(may(key, 5, 100, 100));
        failed(key, 100, 100);
        assert!(may(key, 5, 150, 100));
        forget(key);
        assert!(may(key, 1, 150, 100));
    }
}
