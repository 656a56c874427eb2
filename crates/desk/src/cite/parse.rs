//! Reading a printed reference back, so that a text by somebody else can be checked against its list.

use jiff::civil::Date;
use language::calendar;

use super::source::spaced;

/// What a printed reference says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The mark that leads to it, where one is printed.
    pub number: Option<u32>,
    /// The title without its quotation marks; empty where there is none.
    pub title: String,
    /// The outlet; empty where there is none.
    pub outlet: String,
    /// The day of publication.
    pub date: Option<Date>,
    /// The address.
    pub url: Option<String>,
}

/// Reads one line of a reference list: `3. “Title” Outlet, 23 Feb. 2023, https://…`, an MLA entry,
/// `[^1]: “Title,” Outlet, date, address`, `[1] Title. Outlet. URL`, or a Markdown link. Nothing for a line
/// that has neither an address nor a title in quotation marks behind which an outlet or a date stands.
#[must_use]
pub fn parse_reference(line: &str) -> Option<Parsed> {
    let line = spaced(line);
    let (number, rest) = number(&line);
    let (rest, url, label) = address(rest);
    let (day, before_day) = match dated(&rest) {
        Some((date, start, end)) => (Some(date), format!("{}, {}", &rest[..start], &rest[end..])),
        None => (None, rest.clone()),
    };
    let quoted = quoted(&before_day);
    let (title, outlet) = match (&quoted, label) {
        (Some((title, after)), _) => (title.clone(), first_clause(after)),
        (None, Some(label)) => (bare(&label), first_clause(&before_day)),
        (None, None) => sentences(&before_day),
    };
    let says_enough = url.is_some()
        || (quoted.is_some() && (!outlet.is_empty() || day.is_some()))
        || (number.is_some() && day.is_some() && !title.is_empty());
    says_enough.then_some(Parsed { number, title, outlet, date: day, url })
}

/// The mark at the head of a line: `3.`, `3)`, `[3]`, `[^3]:`.
fn number(line: &str) -> (Option<u32>, &str) {
    let start = line.trim_start_matches(['-', '*', '•', ' ']);
    let bracketed = start.strip_prefix("[^").or_else(|| start.strip_prefix('['));
    let body = bracketed.unwrap_or(start);
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let after = &body[digits..];
    let rest = if bracketed.is_some() {
        after.strip_prefix(']').map(|rest| rest.strip_prefix(':').unwrap_or(rest))
    } else {
        after.strip_prefix(". ").or_else(|| after.strip_prefix(") "))
    };
    match (body[..digits].parse(), rest) {
        (Ok(number), Some(rest)) => (Some(number), rest.trim_start()),
        _ => (None, start),
    }
}

/// The line without its address, the address, and the label of a Markdown link around it.
fn address(line: &str) -> (String, Option<String>, Option<String>) {
    let lower = line.to_ascii_lowercase();
    let Some(start) = [lower.find("https://"), lower.find("http://")].into_iter().flatten().min() else {
        return (line.to_owned(), None, None);
    };
    let (before, rest) = line.split_at(start);
    let stop =
        rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”')).unwrap_or(rest.len());
    let mut url = rest[..stop].trim_end_matches(['.', ',', ';', ']']);
    // A closing bracket belongs to the address only where one was opened in it.
    let mut spare = url.matches(')').count().saturating_sub(url.matches('(').count());
    while let Some(shorter) = url.strip_suffix(')').filter(|_| spare > 0) {
        url = shorter.trim_end_matches(['.', ',', ';']);
        spare -= 1;
    }
    let after = rest[url.len()..].trim_start_matches([')', '>', '.', ',', ' ']);
    let link = before.strip_suffix("](").and_then(|head| head.rsplit_once('['));
    let (head, label) = match link {
        Some((head, label)) => (head, Some(label.to_owned())),
        None => (before.trim_end_matches(['<', '(', ' ']), None),
    };
    let gap = if head.is_empty() || after.is_empty() { "" } else { ", " };
    (format!("{head}{gap}{after}"), Some(url.to_owned()), label)
}

/// The title in quotation marks and what follows it. A title may hold quotation marks of its own, so the
/// last closing mark counts.
fn quoted(text: &str) -> Option<(String, String)> {
    let open = text.find(['“', '"'])?;
    let body = &text[open..];
    let close = body.rfind(['”', '"']).filter(|&close| close > 0)?;
    let mark = body[close..].chars().next().map_or(1, char::len_utf8);
    let first = body.chars().next().map_or(1, char::len_utf8);
    Some((bare(body.get(first..close)?), body[close + mark..].to_owned()))
}

/// A title or outlet without what a style puts around it.
fn bare(text: &str) -> String {
    let text = text.trim().trim_matches(['*', '_']);
    let text = text.trim_start_matches(['“', '"']).trim_end_matches(['”', '"']);
    text.trim_end_matches([',', ';'])
        .strip_suffix('.')
        .map_or(text.trim_end_matches([',', ';']), |cut| {
            // The point of an abbreviation is the title's own.
            let tail = cut.rsplit([' ', '.']).next().unwrap_or_default();
            if cut.ends_with('.') || (tail.chars().count() == 1 && cut.contains('.')) { text } else { cut }
        })
        .trim()
        .to_owned()
}

/// The outlet behind a title: up to the first comma.
fn first_clause(text: &str) -> String {
    let text = text.trim_start_matches([',', '.', ' ', '-', '–', '—', ':', '(']);
    let end =
        [text.find(", "), text.find(". Accessed "), text.find(". Retrieved ")].into_iter().flatten().min();
    let clause = text[..end.unwrap_or(text.len())].trim_end_matches([',', ' ', '(']);
    // A bracket that closes nothing stood around the date.
    bare(if clause.contains('(') { clause } else { clause.trim_end_matches(')') })
}

/// Title and outlet of a line without quotation marks: `Title. Outlet.` or `Title, Outlet`.
fn sentences(text: &str) -> (String, String) {
    let text = text.trim().trim_end_matches([',', ' ', '.']);
    let cut = text.rfind(". ").or_else(|| text.rfind("? ")).or_else(|| text.rfind("! "));
    let cut = cut.or_else(|| text.rfind(", ")).or_else(|| text.rfind(" - "));
    let Some(cut) = cut else { return (bare(text), String::new()) };
    // A question mark belongs to the title, a point or comma does not.
    let keep = usize::from(text[cut..].starts_with(['?', '!']));
    (bare(&text[..cut + keep]), bare(text[cut + 1..].trim_start_matches([' ', '-'])))
}

/// The last day that the text prints, with its bytes: `23 Feb. 2023`, `February 23, 2023`, `2023-02-23`.
/// The day of access is no day of publication.
fn dated(text: &str) -> Option<(Date, usize, usize)> {
    let end =
        [text.find("Accessed "), text.find("Retrieved ")].into_iter().flatten().min().unwrap_or(text.len());
    let tokens = tokens(&text[..end]);
    let iso =
        tokens.iter().rev().find_map(|&(start, word)| Some((word.parse().ok()?, start, start + word.len())));
    let triple = |window: &[(usize, &str)]| {
        let [(start, a), (_, b), (last, c)] = window else { return None };
        let year: i16 = c.parse().ok().filter(|year| (1000..=9999).contains(year))?;
        let (day, month) = match (a.parse::<i8>(), b.parse::<i8>()) {
            (Ok(day), _) => (day, month(b)?),
            (_, Ok(day)) => (day, month(a)?),
            _ => return None,
        };
        Some((Date::new(year, month, day).ok()?, *start, last + c.len()))
    };
    tokens.windows(3).rev().find_map(triple).or(iso)
}

/// Words with their places, without the marks around them.
fn tokens(text: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut at = 0;
    for word in text.split(' ') {
        let lead = word.len() - word.trim_start_matches(['(', ',', '[']).len();
        let trimmed = word[lead..].trim_end_matches(['.', ',', ')', ']', ';', ':']);
        if !trimmed.is_empty() {
            out.push((at + lead, trimmed));
        }
        at += word.len() + 1;
    }
    out
}

fn month(word: &str) -> Option<i8> {
    calendar::month(word).filter(|_| word.len() <= 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(
        line: &str,
        number: Option<u32>,
        title: &str,
        outlet: &str,
        date: Option<&str>,
        url: Option<&str>,
    ) {
        let expected = Parsed {
            number,
            title: title.into(),
            outlet: outlet.into(),
            date: date.map(|day| day.parse().expect("the case has a day")),
            url: url.map(Into::into),
        };
        assert_eq!(parse_reference(line), Some(expected), "{line}");
    }

    #[test]
    fn the_common_forms_are_read() {
        let url = Some("https://lantern.example/a");
        let day = Some("2026-03-01");
        check(
            "0. “Ferry sinks” The Lantern, 1 Mar. 2026, https://lantern.example/a",
            Some(0),
            "Ferry sinks",
            "The Lantern",
            day,
            url,
        );
        check(
            "4. “Is it a “new tide” now?” Tide, 1 Mar. 2026",
            Some(4),
            "Is it a “new tide” now?",
            "Tide",
            day,
            None,
        );
        check(
            "Quill, Ada. “Ferry Sinks.” The Lantern, 1 Mar. 2026, https://lantern.example/a.",
            None,
            "Ferry Sinks",
            "The Lantern",
            day,
            url,
        );
        check(
            "[^1]: “Ferry sinks,” The Lantern, March 1, 2026, <https://lantern.example/a>",
            Some(1),
            "Ferry sinks",
            "The Lantern",
            day,
            url,
        );
        check(
            "[1] Ferry sinks. The Lantern. https://lantern.example/a",
            Some(1),
            "Ferry sinks",
            "The Lantern",
            None,
            url,
        );
        check(
            "[2] Who sank it? The Lantern. https://lantern.example/a",
            Some(2),
            "Who sank it?",
            "The Lantern",
            None,
            url,
        );
        check(
            "- [Ferry sinks](https://lantern.example/a), The Lantern, 2026-03-01",
            None,
            "Ferry sinks",
            "The Lantern",
            day,
            url,
        );
        check("3) \"Back in the U.S.\" Tide (1 March 2026)", Some(3), "Back in the U.S.", "Tide", day, None);
        check(
            "7. https://lantern.example/a_(b)",
            Some(7),
            "",
            "",
            None,
            Some("https://lantern.example/a_(b)"),
        );
        check(
            "5. “Ferry sinks” Tide (Norland), 1 Mar. 2026",
            Some(5),
            "Ferry sinks",
            "Tide (Norland)",
            day,
            None,
        );
        check(
            "“Ferry Sinks.” Tide, https://lantern.example/a. Accessed 4 July 2026.",
            None,
            "Ferry Sinks",
            "Tide",
            None,
            url,
        );
    }

    #[test]
    fn other_lines_are_no_references_and_none_breaks_it() {
        for line in
            ["", "The ferry sank on 1 March 2026.", "[", "[^", "“", "”“", "1.", "日本", "He said “no.”"]
        {
            assert_eq!(parse_reference(line), None, "{line}");
        }
        for line in
            ["](http://", "[x](https://)", "İ https://İ", "“\u{301}” x, 99 Feb. 2026", "http://a)))))"]
        {
            let _ = parse_reference(line);
        }
    }
}
