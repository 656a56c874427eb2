//! The row of a new version: what the site shows without opening the receipt, and what changed.

use std::collections::BTreeSet;

use desk::change::{change, correction};
use desk::edit::Edited;
use desk::families::{host, registrable};
use desk::receipt::Receipt;
use desk::verify::digest::Digest;
use language::words::words;
use store::{Millis, NewDigest};

use super::Desk;

/// A version that is about to be kept.
pub(super) struct Version<'v> {
    pub(super) desk: &'v Desk,
    pub(super) digest: &'v Digest,
    pub(super) receipt: &'v Receipt,
    /// What readers see so far.
    pub(super) before: Option<&'v Receipt>,
    pub(super) edited: &'v Edited,
}

impl Version<'_> {
    /// The row; `receipt` is the receipt in its canonical bytes.
    pub(super) fn row(&self, receipt: String, publish: bool, now: Millis) -> NewDigest {
        let digest = self.digest;
        let lead: Vec<&str> =
            digest.paragraphs().first().into_iter().flatten().map(|cited| cited.text()).collect();
        let count = |many: usize| i64::try_from(many).unwrap_or(i64::MAX);
        let (change, correction) = self.difference(now);
        NewDigest {
            story: self.desk.story.id.clone(),
            input: self.desk.input.clone(),
            receipt,
            headline: digest.headline().text().to_owned(),
            lead: lead.join(" "),
            words: count(digest.sentences().map(|cited| words(cited.text()).len()).sum()),
            sentences: count(digest.sentences().count()),
            families: count(digest.families()),
            domains: self.domains(),
            refused: count(self.edited.refused.iter().filter(|refusal| refusal.passage.is_none()).count()),
            change,
            correction,
            publish,
        }
    }

    /// What changed since what readers see, and what was corrected in it.
    fn difference(&self, now: Millis) -> (String, String) {
        let Some(before) = self.before else { return (String::new(), String::new()) };
        let dropped: BTreeSet<String> =
            self.desk.dropped.iter().map(|dropped| dropped.hash.clone()).collect();
        let at = jiff::Timestamp::from_millisecond(now).unwrap_or_default();
        let day = jiff::tz::Offset::UTC.to_datetime(at).date();
        let note = correction(before, Some(self.receipt), &self.desk.articles, &dropped, day);
        (change(before, self.receipt), note)
    }

    /// The registrable domains that are cited, each once.
    fn domains(&self) -> Vec<String> {
        let hosts = self.digest.sources().iter().filter_map(|source| source.url.as_deref().and_then(host));
        hosts.map(|host| registrable(&host).unwrap_or(host)).collect::<BTreeSet<_>>().into_iter().collect()
    }
}
