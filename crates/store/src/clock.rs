//! What time it is in the newsroom: the machine's, or a played one for demonstrations and tests.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::Millis;

/// What time it is.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's own time.
    #[default]
    System,
    /// Time that began at `start` when the machine's clock said `begun`, and runs `speed` times as fast.
    Played {
        /// The played time at the beginning.
        start: Millis,
        /// The machine's time at the beginning.
        begun: Millis,
        /// How many played milliseconds pass in one.
        speed: i64,
    },
    /// Time that stands still until a test moves it.
    Held(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that starts at `start` now and runs `speed` times as fast as the machine's.
    #[must_use]
    pub fn played(start: Millis, speed: i64) -> Self {
        Self::Played { start, begun: machine(), speed }
    }

    /// A clock that stands at `at` until it is moved.
    #[must_use]
    pub fn held(at: Millis) -> Self {
        Self::Held(Arc::new(AtomicI64::new(at)))
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Millis {
        match self {
            Self::System => machine(),
            Self::Played { start, begun, speed } => start + (machine() - begun) * speed,
            Self::Held(at) => at.load(Ordering::SeqCst),
        }
    }

    /// Moves a held clock on; nothing for the others.
    pub fn advance(&self, by: Millis) {
        if let Self::Held(at) = self {
            at.fetch_add(by, Ordering::SeqCst);
        }
    }
}

fn machine() -> Millis {
    jiff::Timestamp::now().as_millisecond()
}
