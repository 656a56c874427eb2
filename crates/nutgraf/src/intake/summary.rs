//! What was read, grouped and refused, and why: the talk on standard error.

use std::collections::BTreeMap;

/// How many refusals of one reason are named before the rest is only counted.
const NAMED: usize = 5;

/// Counts and reasons.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    /// Documents that came in: pages, feeds, record files, archive records.
    pub(crate) documents: usize,
    /// Articles that had come before.
    pub(crate) repeated: usize,
    /// Files of a folder that are of no kind that is read.
    pub(crate) passed_over: usize,
    refused: Vec<(String, String)>,
}

impl Summary {
    /// Notes a document or record that gave no article, and why.
    pub(crate) fn refuse(&mut self, name: &str, reason: &str) {
        let reason = reason.strip_prefix(&format!("{name}: ")).unwrap_or(reason);
        self.refused.push((name.to_owned(), reason.to_owned()));
    }

    /// How many were refused.
    pub(crate) fn refused(&self) -> usize {
        self.refused.len()
    }

    /// Prints what was read and refused.
    pub(crate) fn say(&self, articles: usize) {
        let repeated =
            if self.repeated > 0 { format!(", {} came before", self.repeated) } else { String::new() };
        eprintln!(
            "read: {articles} articles from {} documents{repeated}, {} refused",
            self.documents,
            self.refused()
        );
        if self.passed_over > 0 {
            eprintln!(
                "  passed over: {} files that are no page, feed, record file, mail or archive",
                self.passed_over
            );
        }
        let mut named: BTreeMap<&str, usize> = BTreeMap::new();
        for (name, reason) in &self.refused {
            let count = named.entry(reason).or_default();
            *count += 1;
            if *count <= NAMED {
                eprintln!("  refused: {name}: {reason}");
            }
        }
        for (reason, count) in named.into_iter().filter(|&(_, count)| count > NAMED) {
            eprintln!("  refused: {} more: {reason}", count - NAMED);
        }
    }
}
