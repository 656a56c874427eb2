//! Where a list goes on: by time, so that what comes in meanwhile moves nothing.

use store::Millis;

use super::answer::Problem;
use crate::server::Fault;

/// More rows of one moment can't be passed over.
const MOST: i64 = 10_000;

/// The place after the last row that was listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The moment of that row.
    pub(super) at: Millis,
    /// How many rows of that moment were listed.
    pub(super) listed: i64,
}

impl Cursor {
    /// Reads a cursor that we wrote; none where nothing was given.
    pub(super) fn read(text: &str) -> Result<Option<Self>, Problem> {
        if text.is_empty() {
            return Ok(None);
        }
        let parse = || {
            let (at, listed) = text.split_once('.')?;
            let cursor = Self { at: at.parse().ok()?, listed: listed.parse().ok()? };
            (0..=MOST).contains(&cursor.listed).then_some(cursor)
        };
        Ok(Some(parse().ok_or(Fault::Bad(
            "`cursor` is none of ours. Take `next` of the page before, or leave it out.",
        ))?))
    }

    /// The place after these rows, which began at `self`; none where the list ended.
    pub(super) fn next(before: Option<Self>, moments: &[Millis], limit: i64) -> Option<Self> {
        let full = i64::try_from(moments.len()).is_ok_and(|count| count >= limit);
        let &at = moments.last().filter(|_| full)?;
        let here = moments.iter().filter(|&&moment| moment == at).count();
        let earlier = before.filter(|before| before.at == at).map_or(0, |before| before.listed);
        Some(Self { at, listed: earlier + i64::try_from(here).unwrap_or(MOST) })
    }

    /// As it stands in an answer.
    pub(super) fn write(self) -> String {
        format!("{}.{}", self.at, self.listed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_counts_rows_of_one_moment() {
        let first = Cursor::next(None, &[9, 7, 7], 3);
        assert_eq!(first, Some(Cursor { at: 7, listed: 2 }));
        let second = Cursor::next(first, &[7, 7, 7], 3);
        assert_eq!(second, Some(Cursor { at: 7, listed: 5 }));
        assert_eq!(Cursor::next(second, &[7, 5], 3), None);
        assert_eq!(Cursor::next(second, &[7, 5, 5], 3), Some(Cursor { at: 5, listed: 2 }));
        assert_eq!(Cursor::read("7.5").unwrap(), second);
        for odd in ["7", "a.b", "7.-1", "7.99999999", "."] {
            assert!(Cursor::read(odd).is_err(), "{odd}");
        }
    }
}
