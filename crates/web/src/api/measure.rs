//! How many requests there were and how long they took, for the whole process.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::Response;

/// The upper bounds of the classes of duration, in microseconds.
pub(super) const BOUNDS: [u64; 12] =
    [500, 1_000, 2_500, 5_000, 10_000, 15_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000];

/// What was measured.
pub(super) static MEASURED: Measured = Measured::new();

/// Counters that only rise.
pub(super) struct Measured {
    /// Answers by hundreds of their status, from 1xx.
    pub(super) classes: [AtomicU64; 5],
    /// Answers by duration; the last class has no bound.
    pub(super) durations: [AtomicU64; BOUNDS.len() + 1],
    /// All durations together, in microseconds.
    pub(super) micros: AtomicU64,
}

impl Measured {
    const fn new() -> Self {
        Self {
            classes: [const { AtomicU64::new(0) }; 5],
            durations: [const { AtomicU64::new(0) }; BOUNDS.len() + 1],
            micros: AtomicU64::new(0),
        }
    }

    fn note(&self, status: u16, micros: u64) {
        let class = usize::from(status / 100).clamp(1, 5) - 1;
        let duration = BOUNDS.iter().position(|&bound| micros <= bound).unwrap_or(BOUNDS.len());
        self.classes[class].fetch_add(1, Ordering::Relaxed);
        self.durations[duration].fetch_add(1, Ordering::Relaxed);
        self.micros.fetch_add(micros, Ordering::Relaxed);
    }
}

/// The router, with every request counted and timed for `/metrics`.
pub fn measured(router: Router) -> Router {
    router.layer(middleware::from_fn(measure))
}

async fn measure(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let response = next.run(request).await;
    MEASURED.note(response.status().as_u16(), u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_fall_into_their_class() {
        let measured = Measured::new();
        for (status, micros) in [(200, 500), (200, 501), (404, 9_000_000), (999, 0)] {
            measured.note(status, micros);
        }
        let counts = |counters: &[AtomicU64]| {
            counters.iter().map(|count| count.load(Ordering::Relaxed)).collect::<Vec<_>>()
        };
        assert_eq!(counts(&measured.classes), [0, 2, 0, 1, 1]);
        assert_eq!(counts(&measured.durations)[..2], [2, 1]);
        assert_eq!(measured.durations[BOUNDS.len()].load(Ordering::Relaxed), 1);
    }
}
