//! Verbs of saying outside quotation marks, and the words beside them that name who speaks.

use std::sync::LazyLock;

use regex::Regex;

use super::marks::Quote;
use super::reports;
use crate::Span;
use crate::calendar::{WEEKDAYS, choice};

/// A verb of saying with its speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    /// The verb.
    pub(super) verb: Span,
    /// The words that name the speaker.
    pub(super) mention: Option<Span>,
    /// The sentence that the verb stands in.
    pub(super) sentence: Span,
    /// The same without the white space and stops at its ends.
    pub(super) body: Span,
    /// Whether the verb stands before its speaker (`said Lind`, `according to Lind`).
    pub(super) verb_first: bool,
}

static VERB: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?-u:\b)(?:(?:according to|said|says|say|saying|told|tells|telling|added|adding|adds|noted|notes|wrote|writes|writing|announced|announces|claimed|claims|claiming|claim|argued|argues|arguing|argue|warned|warns|warning|suggested|suggests|acknowledged|acknowledges|reported|reports|insisted|insists|explained|explains|asked|asks|asking|stated|states|declared|declares|continued|continues|responded|replied|recalled|recalls|tweeted|quipped|joked|conceded|admitted|admits|emphasized|stressed|predicted|confirmed|denied|estimated|estimates|complained|concluded|vowed|pledged|urged|believes|believe|believed|thinks|thought|hopes|hoped|fears|feared|expects|expected|shouted|called|described|demanded|testified|observed|pointed out|points out|found|shows|showed|agreed|revealed|remarked|cautioned|contended|maintained|alleged|promised|boasted|put it|proposed|indicated|wondered|lamented|sagte|sagten|sagt|erklärte|erklärten|betonte|berichtete|kritisierte|warnte|meinte|schrieb|antwortete|fragte|dit|déclare|affirme|explique|ajoute)(?-u:\b)|a (?:dit(?-u:\b)|déclaré|affirmé|expliqué|ajouté|indiqué|assuré|estimé|répondu(?-u:\b)))",
    )
    .expect("the pattern is constant and valid")
});

/// The longest run of words read as a speaker, in bytes.
const MENTION_LIMIT: usize = 140;
/// How far behind its verb, in bytes, a quotation may begin.
const REACH: usize = 600;

/// The verbs of saying of a text in order, those inside quotation marks left out.
pub(super) fn cues(text: &str, sentences: &[Span], quotes: &[Quote]) -> Vec<Cue> {
    let mut out = Vec::new();
    for &sentence in sentences {
        let body = reports::trimmed(text, sentence).unwrap_or(sentence);
        for found in VERB.find_iter(sentence.of(text)) {
            let verb = Span::new(found.start(), found.end()).shifted(sentence.start);
            // `So-called` says nothing.
            if text[..verb.start].ends_with('-') {
                continue;
            }
            let at = quotes.partition_point(|quote| quote.span.end <= verb.start);
            if quotes.get(at).is_some_and(|quote| quote.span.start < verb.end) {
                continue;
            }
            let floor = if at > 0 { quotes[at - 1].span.end.max(sentence.start) } else { sentence.start };
            let ceiling = quotes.get(at).map_or(sentence.end, |quote| quote.span.start.min(sentence.end));
            let (mention, verb_first) = speaker(text, verb, floor, ceiling);
            out.push(Cue { verb, mention, sentence, body, verb_first });
        }
    }
    out
}

/// Who speaks by a verb, and whether the words stand behind it.
fn speaker(text: &str, verb: Span, floor: usize, ceiling: usize) -> (Option<Span>, bool) {
    let prepositional = verb.of(text).to_lowercase().starts_with("according");
    let before = if prepositional { None } else { subject(text, floor, verb.start) };
    let after = if before.is_none() && (prepositional || opens_inversion(text, floor, verb.start)) {
        object(text, verb.end, ceiling)
    } else {
        None
    };
    (before.or(after), after.is_some())
}

/// Whether a verb may stand before its speaker: right after a quotation or a comma.
fn opens_inversion(text: &str, floor: usize, verb: usize) -> bool {
    let gap = text[floor..verb].trim_end();
    gap.is_empty() || gap.ends_with([',', '—', '–', '-'])
}

/// The noun phrase that ends right before the verb.
fn subject(text: &str, floor: usize, verb: usize) -> Option<Span> {
    static TAIL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:\s+(?:has|have|had|also|later|then|is|was|were|are|would|could|will|who|recently|repeatedly|previously|once|often|further|simply|still|even|just|now|quickly|reportedly|not|did|does|do|never|first|already|earlier|publicly|himself|herself|[a-z]+ly))+\s*$")
            .expect("the pattern is constant and valid")
    });
    static HEAD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:^|\b)(?:that|but|while|when|as|because|after|before|since|if|though|although|where|so|yet|which|and then|however|then|—|–)\s+")
            .expect("the pattern is constant and valid")
    });
    let mut start = floor.max(verb.saturating_sub(MENTION_LIMIT));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let segment = text[start..verb].trim_end();
    let segment = &segment[..TAIL.find(segment).map_or(segment.len(), |found| found.start())];
    let mut from = 0;
    let mut to = segment.trim_end().len();
    let core = &segment[..to];
    if let Some(inner) = core.strip_suffix(',') {
        // `Lind, the mayor, said`: the name stands before the words set off.
        to = inner.rfind(',')?;
        from = segment[..to].rfind([',', ';', ':', '—', '–']).map_or(0, |at| next_char(segment, at));
    } else if let Some(at) = core.rfind(is_border) {
        from = next_char(core, at);
    }
    let phrase = &segment[from..to];
    if let Some(found) = HEAD.find_iter(phrase).last() {
        from += found.end();
    }
    let phrase = &segment[from..to];
    let lead = phrase.len() - phrase.trim_start().len();
    let mut phrase = phrase.trim();
    let mut begin = start + from + lead;
    for opener in ["And ", "and ", "But ", "or ", "In fact ", "Meanwhile "] {
        if let Some(rest) = phrase.strip_prefix(opener) {
            begin += opener.len();
            phrase = rest;
        }
    }
    is_speaker(phrase).then(|| Span::new(begin, begin + phrase.len()))
}

/// What a noun phrase does not reach over.
fn is_border(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '—' | '–' | '(' | '“' | '”' | '"')
}

fn next_char(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}

/// Whether a phrase can be a speaker: a pronoun, or words that are not only function words.
fn is_speaker(phrase: &str) -> bool {
    let words = phrase.split_whitespace().take(15).count();
    if words == 0 || words > 14 || !phrase.contains(char::is_alphabetic) {
        return false;
    }
    let lower = phrase.to_lowercase();
    let first = lower.split_whitespace().next().unwrap_or("");
    let last = lower.split_whitespace().next_back().unwrap_or("");
    is_pronoun(phrase)
        || !(matches!(
            last,
            "to" | "the" | "a" | "of" | "in" | "be" | "been" | "being" | "he’s" | "and" | "not" | "it"
        ) || (words == 1 && crate::words::is_stop(&lower))
            || matches!(first, "to" | "than" | "in" | "on" | "at" | "for" | "with" | "by"))
}

/// The noun phrase right after a verb that stands before its speaker.
fn object(text: &str, start: usize, ceiling: usize) -> Option<Span> {
    static END: LazyLock<Regex> = LazyLock::new(|| {
        let days = choice(&WEEKDAYS);
        Regex::new(&format!(r"[,;:“”()\n]|[.!?](?:\s|$)|\s(?:who|which|that|in|on|at|during|after|when|as|while|during|before|because|said|told|where|whose|adding|and|but|is|was|has|{days})\b"))
            .expect("the pattern is constant and valid")
    });
    let mut ceiling = ceiling.min(start + 2 * MENTION_LIMIT);
    while !text.is_char_boundary(ceiling) {
        ceiling -= 1;
    }
    let rest = text.get(start..ceiling)?;
    // `Dit-elle` has its hyphen.
    let lead = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '-').len();
    let body = &rest[lead..];
    let end = END
        .find_iter(body)
        .find(|found| !(found.as_str() == ". " && is_short_title(&body[..found.start()])))
        .map_or(body.len(), |found| found.start());
    let phrase = body[..end].trim_end();
    (is_speaker(phrase) && phrase.len() <= MENTION_LIMIT)
        .then(|| Span::new(start + lead, start + lead + phrase.len()))
}

fn is_short_title(head: &str) -> bool {
    let word = head.rsplit(' ').next().unwrap_or("");
    matches!(
        word,
        "Mr" | "Mrs"
            | "Ms"
            | "Dr"
            | "Gov"
            | "Sen"
            | "Rep"
            | "Gen"
            | "Lt"
            | "Sgt"
            | "Col"
            | "Capt"
            | "St"
            | "Rev"
    ) || (word.len() == 1 && word.starts_with(char::is_uppercase))
}

/// Whether a mention is only a pronoun.
pub(super) fn is_pronoun(phrase: &str) -> bool {
    matches!(
        phrase.to_lowercase().as_str(),
        "he" | "she"
            | "they"
            | "it"
            | "we"
            | "i"
            | "you"
            | "who"
            | "his"
            | "her"
            | "their"
            | "its"
            | "il"
            | "elle"
            | "er"
            | "sie"
    )
}

/// The cue beside a quotation: the nearest right after it, else the last one before it in its sentence.
pub(super) fn beside<'c>(text: &str, quote: Span, cues: &'c [Cue]) -> Option<&'c Cue> {
    let at = cues.partition_point(|cue| cue.verb.start < quote.end);
    let after = cues[at..].iter().take(2).find(|cue| {
        let start = cue.mention.map_or(cue.verb.start, |mention| mention.start.min(cue.verb.start));
        start >= quote.end && start - quote.end <= 4 && !text[quote.end..start].contains(['.', '\n'])
    });
    let before = cues[..at].iter().rev().take(3).find(|cue| {
        cue.mention.is_some()
            && cue.sentence.start <= quote.start
            && quote.start <= cue.sentence.end + 2
            && quote.start.saturating_sub(cue.verb.end) <= REACH
            && !text[cue.verb.end..quote.start.max(cue.verb.end)].contains('\n')
    });
    let introduced = cues[..at].iter().next_back().filter(|cue| {
        let gap = &text[cue.verb.end..quote.start.max(cue.verb.end)];
        cue.mention.is_some() && gap.len() < 120 && gap.trim_end().ends_with(':')
    });
    after.or(before).or(introduced)
}

/// Who signs what ends at a place: the name behind a dash, alone in its line (`“It is safe.” — Ada Lind`).
pub(super) fn signature(text: &str, end: usize) -> Option<Span> {
    let mut limit = text.len().min(end + MENTION_LIMIT);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let head = text.get(end..limit)?;
    let line = &head[..head.find('\n').or((limit == text.len()).then_some(head.len()))?];
    let rest = line.trim_start();
    let name = rest.trim_start_matches(['—', '―', '–', '-']);
    if name.len() == rest.len() {
        return None;
    }
    let start = end + line.len() - name.trim_start().len();
    let name = name.split(',').next()?.trim().trim_end_matches('.');
    let is_small = |word: &str| matches!(word, "of" | "the" | "and" | "de" | "la" | "van" | "von");
    let is_name = name.starts_with(char::is_uppercase)
        && name.split_whitespace().all(|word| word.starts_with(char::is_uppercase) || is_small(word))
        && name.split_whitespace().count() <= 6;
    is_name.then(|| Span::new(start, start + name.len()))
}
