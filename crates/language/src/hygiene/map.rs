//! The way from spans of a text to spans of the text it was made from, and back.

use crate::Span;

/// Where each part of a clean text came from, as a list of runs: most texts need one, and each change two more.
///
/// Offsets are bytes; [`crate::text::CodePoints`] of either text turns them into code points. Looking a span up takes
/// logarithmic time. A part that was changed goes over as a whole: half of a composed letter has no source of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map {
    runs: Vec<Run>,
    clean: usize,
    source: usize,
}

/// A run starts here and ends where the next one starts. One that is empty in the clean text was taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    clean: usize,
    source: usize,
    /// Whether both sides hold the same bytes.
    same: bool,
}

impl Map {
    /// The map of a text onto itself.
    #[must_use]
    pub fn same(len: usize) -> Self {
        let mut out = Self::default();
        out.push(Span::new(0, len), len, true);
        out
    }

    /// The span of the source that a span of the clean text came from. What was taken out inside of it is part of it,
    /// what was taken out at its ends is not.
    #[must_use]
    pub fn source(&self, clean: Span) -> Span {
        let clean = Span::new(clean.start.min(self.clean), clean.end.min(self.clean));
        // An empty span stands before the character that follows it.
        let at = self.runs.partition_point(|run| run.clean <= clean.start);
        let start = match self.run(at) {
            Some((run, _, _)) if run.same => run.source + clean.start - run.clean,
            Some((run, _, _)) => run.source,
            None => 0,
        };
        if clean.end <= clean.start {
            return Span::new(start, start);
        }
        let at = self.runs.partition_point(|run| run.clean < clean.end);
        let end = match self.run(at) {
            Some((run, _, _)) if run.same => run.source + clean.end - run.clean,
            Some((_, _, source_end)) => source_end,
            None => 0,
        };
        Span::new(start, end)
    }

    /// The span of the clean text that a span of the source became; empty where all of it was taken out.
    #[must_use]
    pub fn clean(&self, source: Span) -> Span {
        let source = Span::new(source.start.min(self.source), source.end.min(self.source));
        let at = self.runs.partition_point(|run| run.source <= source.start);
        let start = match self.run(at) {
            Some((run, _, _)) if run.same => run.clean + source.start - run.source,
            Some((run, _, _)) => run.clean,
            None => 0,
        };
        if source.end <= source.start {
            return Span::new(start, start);
        }
        let at = self.runs.partition_point(|run| run.source < source.end);
        let end = match self.run(at) {
            Some((run, _, _)) if run.same => run.clean + source.end - run.source,
            Some((_, clean_end, _)) => clean_end,
            None => 0,
        };
        Span::new(start, end.max(start))
    }

    /// The map over two steps: this one made the text that `next` was made from.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        let mut out = Self::default();
        for at in 1..=next.runs.len() {
            let Some((run, clean_end, middle_end)) = next.run(at) else { continue };
            if clean_end == run.clean {
                continue;
            }
            let middle = Span::new(run.source, middle_end);
            if run.same {
                self.each(middle, |source, len, same| out.push(source, len, same));
            } else {
                out.push(self.source(middle), clean_end - run.clean, false);
            }
        }
        out.finish(self.source);
        out
    }

    /// How many runs it takes to say it.
    #[must_use]
    pub fn runs(&self) -> usize {
        self.runs.len()
    }

    /// The pieces of a span of the clean text: their source, their length here, and whether they are the same.
    fn each(&self, clean: Span, mut piece: impl FnMut(Span, usize, bool)) {
        let mut at = self.runs.partition_point(|run| run.clean <= clean.start);
        while let Some((run, clean_end, source_end)) = self.run(at).filter(|(run, ..)| run.clean < clean.end)
        {
            let (start, end) = (run.clean.max(clean.start), clean_end.min(clean.end));
            if start < end && run.same {
                let source = Span::new(run.source + start - run.clean, run.source + end - run.clean);
                piece(source, end - start, true);
            } else if start < end {
                piece(Span::new(run.source, source_end), end - start, false);
            }
            at += 1;
        }
    }

    /// The run before number `at`, and where it ends in the clean text and in the source.
    fn run(&self, at: usize) -> Option<(Run, usize, usize)> {
        let run = *self.runs.get(at.checked_sub(1)?)?;
        let (clean, source) =
            self.runs.get(at).map_or((self.clean, self.source), |next| (next.clean, next.source));
        Some((run, clean, source))
    }

    /// Adds the next piece of the clean text, `len` bytes long and made from this span of the source. What lies between
    /// it and the piece before was taken out.
    pub(super) fn push(&mut self, source: Span, len: usize, same: bool) {
        if len == 0 {
            return;
        }
        self.finish(source.start);
        let last = self.runs.last().copied();
        let joins = match last {
            // Two halves of one change are one change.
            _ if source.start < self.source => true,
            Some(last) => same && last.same && last.clean < self.clean,
            None => false,
        };
        if !joins {
            self.runs.push(Run { clean: self.clean, source: source.start, same });
        }
        self.clean += len;
        self.source = self.source.max(source.end);
    }

    /// Says how long the source is: what has no piece so far was taken out.
    pub(super) fn finish(&mut self, source: usize) {
        if source <= self.source {
            return;
        }
        if self.runs.last().is_none_or(|last| last.same || last.clean < self.clean) {
            self.runs.push(Run { clean: self.clean, source: self.source, same: false });
        }
        self.source = source;
    }
}
