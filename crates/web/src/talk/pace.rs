//! How long people take, in the newsroom's time: a played day passes faster than a person types.

use store::{Clock, Millis};

/// One second.
pub(crate) const SECOND: Millis = 1000;
/// One minute.
pub(crate) const MINUTE: Millis = 60 * SECOND;
/// One hour.
pub(crate) const HOUR: Millis = 60 * MINUTE;
/// One day.
pub(crate) const DAY: Millis = 24 * HOUR;

/// A span that is about people (an hour of patience, a session) on the newsroom's clock.
pub(crate) fn people(clock: &Clock, span: Millis) -> Millis {
    match clock {
        Clock::Played { speed, .. } => span.saturating_mul((*speed).max(1)),
        Clock::System | Clock::Held(_) => span,
    }
}
