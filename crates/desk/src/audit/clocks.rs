//! Times of day, which one outlet prints as `7.09pm` and another as `19:09`.

use std::sync::LazyLock;

use regex::{Captures, Regex};

static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(\d{1,2})(?:[.:](\d{2}))?\s?(am|pm|a\.m\.|p\.m\.)|\b(\d{1,2})[:h](\d{2})\b").expect("the pattern is constant and valid")
});

/// The line with every time of day that the claim prints too written as the claim prints it.
pub(super) fn as_claimed(line: &str, claim: &str) -> String {
    let wanted: Vec<(u32, &str)> =
        CLOCK.captures_iter(claim).filter_map(|found| Some((minutes(&found)?, found.get(0)?.as_str()))).collect();
    if wanted.is_empty() {
        return line.to_owned();
    }
    let replaced = CLOCK.replace_all(line, |found: &Captures| {
        let same = minutes(found).and_then(|at| wanted.iter().find(|(minutes, _)| *minutes == at));
        same.map_or_else(|| found[0].to_owned(), |(_, printed)| (*printed).to_owned())
    });
    replaced.into_owned()
}

/// Minutes after midnight.
fn minutes(found: &Captures) -> Option<u32> {
    let number = |at: usize| found.get(at).map(|digits| digits.as_str().parse::<u32>()).transpose().ok();
    let half = found.get(3).map(|half| half.as_str().to_lowercase());
    let (hour, minute) = match &half {
        Some(_) => (number(1)??, number(2)?.unwrap_or(0)),
        None => (number(4)??, number(5)?.unwrap_or(0)),
    };
    let hour = match half.as_deref().map(|half| half.starts_with('p')) {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(true) => hour % 12 + 12,
        Some(false) => hour % 12,
        None => hour,
    };
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_written_as_the_claim_prints_them() {
        for (line, claim, expected) in [
            ("It left at 19:09 and 19:10.", "It left at 7.09pm.", "It left at 7.09pm and 19:10."),
            ("It left at 7:09 p.m. sharp.", "It left at 19:09.", "It left at 19:09 sharp."),
            ("It left at 12.30am.", "It left at 0:30.", "It left at 0:30."),
            ("It left at 7pm.", "It left at 7am.", "It left at 7pm."),
            ("It left at 99:99.", "It left at 13pm.", "It left at 99:99."),
            ("Seven left.", "It left.", "Seven left."),
        ] {
            assert_eq!(as_claimed(line, claim), expected, "{line}");
        }
    }
}
