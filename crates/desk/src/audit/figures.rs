//! What an audit counts. What the two shares mean stands in the module's description ([`super`]).

use crate::verify::judge::{Code as Judged, Verdict};

use super::faults::{Fault, MARK_WITHOUT_REFERENCE, UNUSED_REFERENCE};
use super::finding::Code;
use super::{Audited, Citation};

/// Everything counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Sentences of the text.
    pub sentences: usize,
    /// Sentences with at least one mark.
    pub cited: usize,
    /// Sentences by verdict.
    pub supported: usize,
    /// Sentences that are supported in part.
    pub partly: usize,
    /// Sentences that a source contradicts.
    pub contradicted: usize,
    /// Sentences that the sources cited do not bear out.
    pub unsupported: usize,
    /// Sentences that could not be checked, those without a mark included.
    pub uncheckable: usize,
    /// Citation recall; none where no sentence could be checked.
    pub recall: Option<f64>,
    /// Citation precision; none where no citation could be checked.
    pub precision: Option<f64>,
    /// Marks behind sentences.
    pub citations: usize,
    /// Those whose article is among the ones given.
    pub checked: usize,
    /// Sentences that tell of a day after their source was published.
    pub dates_impossible: usize,
    /// Sentences with a day that nothing in the text dates.
    pub days_undated: usize,
    /// Direct quotations.
    pub quotations: usize,
    /// Quotations that stand in the source in other words.
    pub quotations_altered: usize,
    /// Quotations that do not stand in the source.
    pub quotations_absent: usize,
    /// Faults of marks and list, all kinds.
    pub numbering_faults: usize,
    /// Marks without an entry.
    pub marks_without_reference: usize,
    /// Entries that no sentence cites.
    pub references_unused: usize,
    /// References whose article is not among the ones given.
    pub references_not_found: usize,
}

pub(super) fn count(
    sentences: &[Audited],
    matches: &[Option<usize>],
    faults: &[Fault],
) -> Figures {
    let verdicts = |wanted| sentences.iter().filter(|sentence| sentence.verdict == wanted).count();
    let coded = |code| sentences.iter().filter(|sentence| sentence.has(code)).count();
    let faulted = |code| faults.iter().filter(|fault| fault.code == code).count();
    let uncited = coded(Code::Uncited);
    let citations = || sentences.iter().flat_map(|s| s.citations.iter().map(move |citation| (s, citation)));
    let checked = citations().filter(|(_, citation)| is_checked(citation)).count();
    let precise = citations().filter(|(sentence, citation)| is_precise(sentence, citation)).count();
    let supported = verdicts(Verdict::Supported);
    let uncheckable = verdicts(Verdict::Uncheckable);
    let quotations = |count: fn(&Audited) -> usize| sentences.iter().map(count).sum();
    Figures {
        sentences: sentences.len(),
        cited: sentences.len() - uncited,
        supported,
        partly: verdicts(Verdict::Partly),
        contradicted: verdicts(Verdict::Contradicted),
        unsupported: verdicts(Verdict::Unsupported),
        uncheckable,
        recall: share(supported, sentences.len() - (uncheckable - uncited)).filter(|_| checked > 0),
        precision: share(precise, checked),
        citations: citations().count(),
        checked,
        dates_impossible: coded(Code::DateImpossible),
        days_undated: coded(Code::DayUndated),
        quotations: quotations(|sentence| sentence.quotations.count),
        quotations_altered: quotations(|sentence| sentence.quotations.altered),
        quotations_absent: quotations(|sentence| sentence.quotations.absent),
        numbering_faults: faults.len(),
        marks_without_reference: faulted(MARK_WITHOUT_REFERENCE),
        references_unused: faulted(UNUSED_REFERENCE),
        references_not_found: matches.iter().filter(|article| article.is_none()).count(),
    }
}

fn is_checked(citation: &Citation) -> bool {
    citation.verdict != Verdict::Uncheckable
}

fn is_precise(sentence: &Audited, citation: &Citation) -> bool {
    sentence.verdict == Verdict::Supported && matches!(citation.verdict, Verdict::Supported | Verdict::Partly)
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

impl Figures {
    /// Every count with its name in records and its name for people, in the order of printing.
    #[must_use]
    pub fn counts(&self) -> Vec<(&'static str, &'static str, usize)> {
        vec![
            ("sentences", "Sentences", self.sentences),
            ("cited", "Sentences with a mark", self.cited),
            ("supported", "Supported", self.supported),
            ("partly", "Partly supported", self.partly),
            ("contradicted", "Contradicted", self.contradicted),
            ("unsupported", "Unsupported", self.unsupported),
            ("uncheckable", "Uncheckable, sentences without a mark included", self.uncheckable),
            ("citations", "Citations", self.citations),
            ("checked", "Citations that could be checked", self.checked),
            ("dates_impossible", "Days after the source was published", self.dates_impossible),
            ("days_undated", "Sentences with a day that has no date", self.days_undated),
            ("quotations", "Quotations", self.quotations),
            ("quotations_altered", "Quotations altered", self.quotations_altered),
            ("quotations_absent", "Quotations not in the source", self.quotations_absent),
            ("numbering_faults", "Faults of marks and list", self.numbering_faults),
            ("marks_without_reference", "Marks without a reference", self.marks_without_reference),
            ("references_unused", "References never used", self.references_unused),
            ("references_not_found", "References not among the sources", self.references_not_found),
        ]
    }
}

/// Codes of the judge that quotations have, given anew by the comparison letter by letter.
pub(super) const QUOTATION_CODES: [Judged; 2] = [Judged::QuoteAltered, Judged::QuoteMissing];
