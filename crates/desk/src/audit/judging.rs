//! Judges every sentence by what it cites: each citation alone, all together, then everything else given.

use std::collections::BTreeSet;

use language::text::CodePoints;

use crate::article::{Article, Passage};
use crate::verify::judge::{self, Claim, Verdict, judge};

use super::clauses::clauses;
use super::details;
use super::evidence::{Evidence, Scores};
use super::finding::{Code, Finding};
use super::outcome::{Looked, Outcome};
use super::parse::{CitedText, Sentence};
use super::quotes::{Found, Searched, quoted};
use super::{Audited, Citation, Shown, days};

/// How many sentences of one article the judge is shown.
const LINES: usize = 6;
/// How many in all where a sentence cites several articles.
const ALL_LINES: usize = 18;
/// How many articles that are not cited are looked through with the judge.
const OTHERS: usize = 4;
/// The share of a claim that a line must hold to be shown where the judge names none.
const SHOWN: f64 = 0.3;
/// The share of a claim that a line must hold for its details to be set against the claim's.
const CLOSE: f64 = 0.35;
/// The same for lines that the judge names as its evidence.
const NAMED: f64 = 0.2;
/// How many passages are shown.
const PASSAGES: usize = 3;

/// Judges the sentences in order.
pub(super) fn judge_all(cited: &CitedText, matches: &[Option<usize>], articles: &[Article]) -> Vec<Audited> {
    let bench = Bench {
        cited,
        matches,
        articles,
        evidence: Evidence::new(articles),
        texts: articles.iter().map(|article| Searched::new(&article.text)).collect(),
        points: articles.iter().map(|article| CodePoints::new(&article.text)).collect(),
    };
    let dated = cited.sentences.iter().position(|sentence| days::is_dated(&sentence.text));
    (0..cited.sentences.len()).map(|at| bench.sentence(at, dated.is_some_and(|first| first <= at))).collect()
}

struct Bench<'a> {
    cited: &'a CitedText,
    matches: &'a [Option<usize>],
    articles: &'a [Article],
    evidence: Evidence,
    texts: Vec<Searched>,
    points: Vec<CodePoints>,
}

impl Bench<'_> {
    fn sentence(&self, at: usize, dated: bool) -> Audited {
        let sentence = &self.cited.sentences[at];
        let scores = self.evidence.scores(&sentence.text, &self.cited.lang);
        let mut citations = self.citations(sentence);
        let given: BTreeSet<usize> = citations.iter().filter_map(|citation| citation.article).collect();
        let given: Vec<usize> = given.into_iter().collect();
        let mut alone = Vec::new();
        for &article in &given {
            alone.push(self.outcome(&sentence.text, &[article], &scores));
        }
        for citation in &mut citations {
            let place = citation.article.and_then(|article| given.binary_search(&article).ok());
            citation.verdict = place.map_or(Verdict::Uncheckable, |place| alone[place].verdict);
        }
        let mut outcome = self.together(&sentence.text, &given, alone, &scores);
        outcome.absent(&self.absences(sentence));
        if !dated {
            outcome.findings.extend(days::undated(&sentence.text));
        }
        if outcome.verdict != Verdict::Supported {
            outcome.findings.extend(self.continued(at));
            self.elsewhere(sentence, &given, &scores, &mut outcome);
        }
        Audited {
            text: sentence.text.clone(),
            verdict: outcome.verdict,
            findings: outcome.findings,
            citations,
            passages: outcome.passages.iter().take(PASSAGES).map(|&passage| self.shown(passage)).collect(),
            quotations: outcome.quotations,
        }
    }

    fn citations(&self, sentence: &Sentence) -> Vec<Citation> {
        let marks = sentence.marks.iter();
        marks.map(|mark| Citation {
            label: mark.label.clone(),
            reference: mark.reference,
            article: mark.reference.and_then(|reference| self.matches[reference]),
            verdict: Verdict::Uncheckable,
        }).collect()
    }

    /// What is missing for judging the sentence by all it cites.
    fn absences(&self, sentence: &Sentence) -> Vec<Finding> {
        if sentence.marks.is_empty() {
            return vec![Finding::new(Code::Uncited, "the sentence has no mark")];
        }
        let mut out = Vec::new();
        for mark in &sentence.marks {
            match mark.reference {
                None => {
                    let note = format!("mark {} has no entry in the list", mark.label);
                    out.push(Finding::new(Code::MarkWithoutReference, note));
                }
                Some(at) if self.matches[at].is_none() => {
                    let reference = &self.cited.references[at];
                    let note = format!("[{}] {} is not among the sources given", mark.label, reference.name());
                    out.push(Finding::new(Code::SourceMissing, note));
                    out.extend(reference.date.and_then(|day| days::impossible(&sentence.text, day)));
                }
                Some(_) => {}
            }
        }
        out
    }

    /// The outcome of all cited articles. Where one alone supports the sentence, more evidence can't take that
    /// back, but one that says otherwise is named.
    fn together(&self, text: &str, given: &[usize], mut alone: Vec<Outcome>, scores: &Scores) -> Outcome {
        let supporting = alone.iter().position(|outcome| outcome.verdict == Verdict::Supported);
        let otherwise = alone.iter().position(|outcome| outcome.verdict == Verdict::Contradicted);
        let mut outcome = match (given.len(), supporting) {
            (0, _) => Outcome::unjudged(quoted(text).len()),
            (_, Some(at)) => alone.swap_remove(at),
            (1, None) => alone.swap_remove(0),
            (_, None) => return self.outcome(text, given, scores),
        };
        if let (Some(_), Some(at)) = (supporting, otherwise) {
            let note = format!("{} says otherwise", self.articles[given[at]].outlet);
            outcome.findings.push(Finding::new(Code::Disagreement, note));
        }
        outcome
    }

    /// What the given articles, read as one, say of a sentence.
    fn outcome(&self, text: &str, given: &[usize], scores: &Scores) -> Outcome {
        let each = (ALL_LINES / given.len()).clamp(1, LINES);
        let mut lines: Vec<usize> = given.iter().flat_map(|&a| self.evidence.pick(a, scores, each)).collect();
        let quotations = self.quotations(text, given, &mut lines);
        let told: Vec<String> = lines.iter().map(|&line| self.evidence.told(line, text, self.articles)).collect();
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        let subject = Some(self.cited.title.as_str()).filter(|title| !title.is_empty());
        let judgement = judge(&Claim { text, subject }, &told);
        let verdict = by_clauses(text, subject, &told, judgement.verdict);
        let mut passages = quotations.passages;
        passages.extend(judgement.evidence.iter().map(|&at| self.evidence.lines[lines[at]].passage));
        if passages.is_empty() {
            let best = given.iter().filter_map(|&article| self.evidence.best(article, scores));
            passages.extend(best.filter(|(_, s)| *s >= SHOWN).map(|(line, _)| self.evidence.lines[line].passage));
        }
        let mut seen = BTreeSet::new();
        passages.retain(|passage| seen.insert(*passage));
        let verdict = if lines.is_empty() { Verdict::Unsupported } else { verdict };
        let mut outcome = Outcome { verdict, findings: Vec::new(), passages, quotations: quotations.counts };
        let close: Vec<&str> = (lines.iter().zip(&told).enumerate())
            .filter(|(at, (line, _))| {
                let share = scores.share(**line);
                share >= CLOSE || share >= NAMED && judgement.evidence.contains(at)
            })
            .map(|(_, (_, told))| *told)
            .collect();
        let details = details::details(text, &close, &quotations.exact);
        outcome.explain(&judgement.findings, quotations.findings, quotations.weighty);
        outcome.rejoin(text, &told);
        outcome.detail(details);
        self.bound(text, given, &mut outcome);
        outcome
    }

    /// Looks every quotation up in the articles; the lines that hold them join the evidence.
    fn quotations(&self, text: &str, given: &[usize], lines: &mut Vec<usize>) -> Looked<'_> {
        let mut looked = Looked::default();
        for quote in quoted(text) {
            looked.counts.count += 1;
            let found = given.iter().map(|&article| (article, self.texts[article].find(quote.text)));
            let best = found.min_by_key(|(_, found)| match found {
                Found::Exact(_) => 0,
                Found::Altered(..) => 1,
                Found::Absent => 2,
            });
            let Some((article, found)) = best else { continue };
            let exact = matches!(found, Found::Exact(_));
            let (span, note) = match found {
                Found::Exact(span) => (Some(span), None),
                Found::Altered(span, note) => {
                    looked.counts.altered += 1;
                    looked.weighty |= quote.weighty;
                    (Some(span), Some((judge::Code::QuoteAltered, format!("altered quotation: {note}"))))
                }
                Found::Absent => {
                    looked.counts.absent += 1;
                    looked.weighty |= quote.weighty;
                    let note = format!("“{}” does not stand in the cited article", quote.text);
                    (None, Some((judge::Code::QuoteMissing, note)))
                }
            };
            looked.findings.extend(note.map(|(code, note)| Finding::new(Code::Judged(code), note)));
            for line in span.into_iter().flat_map(|span| self.evidence.touched(article, span)).take(PASSAGES) {
                looked.passages.push(self.evidence.lines[line].passage);
                if exact {
                    looked.exact.push(self.evidence.lines[line].passage.text(self.articles));
                }
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
        }
        lines.sort_unstable();
        looked
    }

    /// What the articles could not have known, and what was not to be read of them.
    fn bound(&self, text: &str, given: &[usize], outcome: &mut Outcome) {
        let published = given.iter().map(|&article| last_day(&self.articles[article]));
        // One article without a day may be as late as it likes.
        let latest = published.collect::<Option<Vec<_>>>().and_then(|days| days.into_iter().max());
        if let Some(finding) = latest.and_then(|day| days::impossible(text, day)) {
            outcome.verdict = Verdict::Unsupported;
            outcome.findings.insert(0, finding);
        }
        let cut = given.iter().find(|&&article| self.articles[article].paywalled);
        if let Some(&article) = cut.filter(|_| matches!(outcome.verdict, Verdict::Unsupported | Verdict::Partly)) {
            outcome.verdict = Verdict::Uncheckable;
            let note = format!("{} shows only a part of the article without payment", self.articles[article].outlet);
            outcome.findings.push(Finding::new(Code::SourceCut, note));
        }
    }

    /// Whether the sentence goes on from a day that what it cites could not know.
    fn continued(&self, at: usize) -> Option<Finding> {
        let sentence = &self.cited.sentences[at];
        let before = at.checked_sub(1).map(|before| &self.cited.sentences[before])?;
        if before.paragraph != sentence.paragraph {
            return None;
        }
        let told = self.days(before).max().and_then(|day| days::told(&before.text, day))?;
        days::continued(&sentence.text, self.days(sentence).max()?, told)
    }

    /// The days on which what a sentence cites was published, as the list or the article says.
    fn days(&self, sentence: &Sentence) -> impl Iterator<Item = jiff::civil::Date> {
        let references = sentence.marks.iter().filter_map(|mark| mark.reference);
        references.filter_map(|at| {
            let article = self.matches[at].and_then(|article| self.articles[article].published);
            article.map(|stamp| stamp.day).or(self.cited.references[at].date)
        })
    }

    /// Looks for the sentence in every article that it does not cite.
    fn elsewhere(&self, sentence: &Sentence, given: &[usize], scores: &Scores, outcome: &mut Outcome) {
        let mut others: Vec<(usize, f64)> = (0..self.articles.len())
            .filter(|article| !given.contains(article))
            .filter_map(|article| self.evidence.best(article, scores).map(|(_, share)| (article, share)))
            .filter(|(_, share)| *share >= SHOWN)
            .collect();
        others.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut names = Vec::new();
        for (article, _) in others.into_iter().take(OTHERS) {
            let other = self.outcome(&sentence.text, &[article], scores);
            if other.verdict == Verdict::Supported {
                names.push(self.name(article));
                outcome.passages.extend(other.passages.into_iter().take(1));
            }
        }
        if !names.is_empty() {
            let note = elsewhere_note(outcome.verdict, &names);
            outcome.findings.push(Finding::new(Code::Elsewhere, note));
        }
    }

    fn name(&self, article: usize) -> String {
        let outlet = &self.articles[article].outlet;
        let outlet = if outlet.is_empty() { &self.articles[article].id } else { outlet };
        match self.matches.iter().position(|matched| *matched == Some(article)) {
            Some(at) => format!("[{}] {outlet}", self.cited.references[at].label),
            None => format!("{outlet} (not in the list)"),
        }
    }

    fn shown(&self, passage: Passage) -> Shown {
        let (article, points) = (&self.articles[passage.article], &self.points[passage.article]);
        Shown {
            passage,
            article: article.id.clone(),
            outlet: article.outlet.clone(),
            start: points.at(passage.span.start),
            end: points.at(passage.span.end),
            text: passage.text(self.articles).to_owned(),
        }
    }
}

/// The last day of which an article can tell: when it was published or last changed.
fn last_day(article: &Article) -> Option<jiff::civil::Date> {
    let published = article.published?.day;
    Some(article.modified.map_or(published, |stamp| stamp.day.max(published)))
}

/// A sentence is supported in part where one of its clauses is and another isn't, whatever the whole looks like.
fn by_clauses(text: &str, subject: Option<&str>, told: &[&str], whole: Verdict) -> Verdict {
    let clauses = clauses(text);
    if clauses.len() < 2 {
        return whole;
    }
    let verdicts: Vec<Verdict> =
        clauses.iter().map(|clause| judge(&Claim { text: clause.of(text), subject }, told).verdict).collect();
    let any = |wanted| verdicts.contains(&wanted);
    if any(Verdict::Supported) && any(Verdict::Unsupported) && !any(Verdict::Contradicted) {
        return Verdict::Partly;
    }
    if verdicts.iter().all(|verdict| *verdict == Verdict::Supported) { Verdict::Supported } else { whole }
}

/// What another article that seems to say it is good for.
fn elsewhere_note(verdict: Verdict, names: &[String]) -> String {
    let says = if names.len() == 1 { "says it" } else { "say it" };
    let names = names.join(" and ");
    match verdict {
        Verdict::Unsupported => format!("not in the cited article; {names} {says}"),
        Verdict::Contradicted => format!("the cited article says otherwise; compare {names}"),
        Verdict::Partly => format!("not all of it in the cited article; {names} {says}"),
        Verdict::Supported | Verdict::Uncheckable => format!("{names} {says}"),
    }
}
