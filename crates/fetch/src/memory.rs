//! What a host said about itself, kept for a while, so that it is not asked before every page.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long what was said is kept.
pub(crate) const SAID: Duration = Duration::from_secs(3600);

/// How long it is kept that nothing could be had, which may be mended soon.
pub(crate) const UNSAID: Duration = Duration::from_secs(60);

/// For how many hosts.
const HOSTS: usize = 10_000;

/// One thing for each host, and until when it is kept.
#[derive(Debug)]
pub(crate) struct Memory<T>(Mutex<BTreeMap<String, (Instant, Arc<T>)>>);

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Memory<T> {
    pub(crate) fn get(&self, host: &str) -> Option<Arc<T>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(host).filter(|(until, _)| Instant::now() < *until).map(|(_, thing)| Arc::clone(thing))
    }

    pub(crate) fn keep(&self, host: &str, thing: &Arc<T>, time: Duration) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= HOSTS && !all.contains_key(host) {
            all.clear();
        }
        all.insert(host.to_owned(), (Instant::now() + time, Arc::clone(thing)));
    }
}
