//! A sentence as the judge reads it: words with stems, kinds and values.

use std::collections::HashMap;
use std::sync::LazyLock;

use language::{Span, calendar, words};

use super::{lexicon, numbers};

/// What a word is for the judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Grammar: carries no content.
    Stop,
    /// A word of content.
    Plain,
    /// A verb or noun so general that it proves little.
    Light,
    /// Part of a name.
    Name,
    /// A number or an ordinal.
    Number,
    /// A year, a month or a day of the week.
    Date,
}

/// One word.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) span: Span,
    /// Lower-cased, apostrophes straight.
    pub(super) text: String,
    /// As it is written.
    pub(super) surface: String,
    /// What it is compared by: the stem, or `#` and the value of a number.
    pub(super) stem: String,
    pub(super) kind: Kind,
    /// Whether it is written in capitals alone.
    pub(super) capitals: bool,
    /// Whether a hyphen ties it to the word after.
    pub(super) hyphen: bool,
    pub(super) value: Option<numbers::Value>,
    /// Whether punctuation parts it from the word before.
    pub(super) pause: bool,
}

impl Token {
    pub(super) fn content(&self) -> bool {
        self.kind != Kind::Stop
    }

    /// How much the word weighs when the evidence must hold it.
    pub(super) fn weight(&self) -> f64 {
        match self.kind {
            Kind::Stop => 0.0,
            Kind::Light => 0.4,
            Kind::Plain => 1.0,
            Kind::Name | Kind::Date => 1.3,
            Kind::Number => 1.5,
        }
    }
}

const LIGHT: &str = " say said says tell told make made take took get got give gave go went come came become became see seen show shown include including use used also according know known well many much several various part time way thing number would could may might one other another such while however include due called mean like overall important help generally usually often additionally furthermore moreover specifically therefore thus ";
/// Stop words that change what is said, so that the evidence must hold them.
const STRICT: &str = " only all every first last never always most least both none more less before after without against until since over under ";
pub(super) const DATES: &str = " january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday ";

/// The words of the lists above, by what they are.
static LISTED: LazyLock<HashMap<&str, Kind>> = LazyLock::new(|| {
    let mut out = HashMap::new();
    for (list, kind) in [(LIGHT, Kind::Light), (STRICT, Kind::Light), (DATES, Kind::Date)] {
        out.extend(list.split_ascii_whitespace().map(|word| (word, kind)));
    }
    out
});

/// Whether a stop word is one of those that change what is said.
fn strict(word: &str) -> bool {
    STRICT.split_ascii_whitespace().any(|strict| strict == word)
}

/// Reads a text into tokens.
pub(super) fn read(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut last = 0;
    for word in words::words(text) {
        let between = &text[last..word.span.start];
        last = word.span.end;
        let pause = between.contains([',', '.', ';', ':', '!', '?', '(', ')', '"', '“', '”']);
        // Thousands and decimals join: the pieces of `1,500` and `2.5` are one number.
        if let Some(before) = out.last_mut()
            && (between == "," || between == "." || between == ", ")
            && numbers::joins(&before.text, between, &word.text)
        {
            let mark = if between == "." { "." } else { "" };
            before.text = format!("{}{mark}{}", before.text, word.text);
            before.span.end = word.span.end;
            before.surface = before.span.of(text).to_owned();
            number(before, text);
            continue;
        }
        if let Some(before) = out.last_mut()
            && let Some(country) = country(&before.surface, between, word.span.of(text))
        {
            before.span.end = word.span.end;
            before.surface = before.span.of(text).to_owned();
            place(before, country);
            continue;
        }
        let start = out.is_empty() || between.contains(['.', '!', '?', '\n']);
        let mut token = token(text, word, pause, start, between);
        number(&mut token, text);
        match token.surface.as_str() {
            "US" | "USA" => place(&mut token, "america"),
            "UK" => place(&mut token, "britain"),
            _ => {}
        }
        if let Some(before) = out.last_mut()
            && numbers::multiplies(before, &token)
        {
            before.span.end = token.span.end;
            before.surface = before.span.of(text).to_owned();
            continue;
        }
        out.push(token);
    }
    out
}

fn token(text: &str, word: words::Word, pause: bool, start: bool, between: &str) -> Token {
    let surface = word.span.of(text);
    let bare = word.text.strip_suffix("'s").unwrap_or(&word.text);
    let capital = surface.chars().next().is_some_and(char::is_uppercase);
    let listed = LISTED.get(bare).copied();
    let kind = if listed == Some(Kind::Date) && (bare != "may" && bare != "march" || capital && !start) {
        Kind::Date
    } else if words::is_stop(bare) || bare.len() == 1 && !bare.chars().all(char::is_numeric) {
        if strict(bare) { Kind::Light } else { Kind::Stop }
    } else if words::is_stop(&word.text) {
        Kind::Stop
    } else if listed == Some(Kind::Light) {
        Kind::Light
    } else if capital && (!start || surface.chars().filter(|c| c.is_uppercase()).count() > 1) {
        Kind::Name
    } else {
        Kind::Plain
    };
    let stem = if kind == Kind::Stop { String::new() } else { stem(bare, capital) };
    let hyphen = text[word.span.end..].starts_with('-');
    let capitals = surface.chars().all(char::is_uppercase);
    let pause = pause || between.contains('—') || between.contains('–');
    Token {
        span: word.span,
        text: word.text,
        surface: surface.to_owned(),
        stem,
        kind,
        capitals,
        hyphen,
        value: None,
        pause,
    }
}

/// Countries that are written in two pieces.
fn country(before: &str, between: &str, word: &str) -> Option<&'static str> {
    match (before, between, word) {
        ("U", ".", "S") | ("United", " ", "States") => Some("america"),
        ("U", ".", "K") | ("United", " ", "Kingdom") => Some("britain"),
        _ => None,
    }
}

fn place(token: &mut Token, country: &str) {
    country.clone_into(&mut token.text);
    token.stem = words::stem(country, "en");
    token.kind = Kind::Name;
    token.capitals = false;
}

/// The stem of a lower-cased word, irregular forms brought home first (names are left alone).
pub(super) fn stem(word: &str, capital: bool) -> String {
    let short = (word.len() == 3 || word == "sept").then_some(word);
    let base = match short.and_then(calendar::month).map(calendar::month_name) {
        Some(month) if month != "May" => month,
        _ if capital => word,
        _ => lexicon::regular(word),
    };
    words::stem(base, "en")
}

fn number(token: &mut Token, text: &str) {
    if let Some(value) = numbers::value(&token.text, token.span, text) {
        token.kind = if value.year { Kind::Date } else { Kind::Number };
        token.stem = format!("#{}", value.amount);
        token.value = Some(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_one_word_each() {
        let stems: Vec<String> =
            read("The mayor of Orrin paid $1.5 billion for 1,200 trams in 2024, not twelve.")
                .into_iter()
                .filter(Token::content)
                .map(|token| token.stem)
                .collect();
        assert_eq!(stems, ["mayor", "orrin", "pay", "#1500000000", "#1200", "tram", "#2024", "#12"]);
    }
}
