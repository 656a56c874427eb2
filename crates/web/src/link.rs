//! Addresses that a page may link to, and addresses that open a page at a passage.
//!
//! The second kind are text fragments (WICG "URL Fragment Text Directives"): `#:~:text=start,end` makes the
//! browser look for the words, scroll to them and mark them.

use url::Url;

/// An address longer than this is no address of an article.
const LONGEST: usize = 4096;
/// How many words name an end of a passage, at least and at most.
const WORDS: std::ops::RangeInclusive<usize> = 4..=12;
/// A passage of at most so many words is named whole.
const WHOLE: usize = 10;

/// The address, written out safely, where it is an ordinary web address: http or https, a host, no password.
pub(crate) fn web(address: &str) -> Option<String> {
    ordinary(address).map(String::from)
}

/// The address that opens the page at a passage, `text[start..end]` of the article's stored text.
pub(crate) fn at_passage(address: &str, text: &str, start: usize, end: usize) -> Option<String> {
    let mut url = ordinary(address)?;
    let Some(directive) = text.get(start..end).and_then(|passage| directive(passage, text, start)) else {
        return Some(url.into());
    };
    let fragment = url.fragment().unwrap_or_default();
    let plain = fragment.split(":~:").next().unwrap_or_default().to_owned();
    url.set_fragment(None);
    Some(format!("{url}#{plain}:~:text={directive}"))
}

/// The page of a section on this site.
pub(crate) fn section(name: &str) -> String {
    format!("/section/{}", segment(name))
}

/// The page of a story on this site.
pub(crate) fn story(id: &str) -> String {
    format!("/story/{}", segment(id))
}

/// The page of an outlet on this site; all of them where its domain is not known.
pub(crate) fn outlet(domain: &str) -> String {
    if domain.is_empty() { "/outlets".to_owned() } else { format!("/outlet/{}", segment(domain)) }
}

/// The page of an article's record on this site.
pub(crate) fn article(id: &str) -> String {
    format!("/article/{}", segment(id))
}

/// The registrable domain of an article's address, else its host.
pub(crate) fn domain(address: &str) -> Option<String> {
    let host = desk::families::host(address)?;
    desk::families::registrable(&host).or(Some(host))
}

/// A text as one part of an address, or as a value in its query.
pub(crate) fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => hex(&mut out, byte),
        }
    }
    out
}

fn ordinary(address: &str) -> Option<Url> {
    let address = address.trim();
    if address.len() > LONGEST || address.chars().any(char::is_control) {
        return None;
    }
    let url = Url::parse(address).ok()?;
    let open = url.username().is_empty() && url.password().is_none();
    let web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| !host.is_empty());
    (open && web).then_some(url)
}

/// The words to look for: all of a short passage, else its first and last words, as many as tell them apart
/// from the rest of the text. Neither end crosses a paragraph, because a browser does not look across one.
fn directive(passage: &str, text: &str, start: usize) -> Option<String> {
    let lines: Vec<&str> = passage.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    let (first, last) = (*lines.first()?, *lines.last()?);
    if lines.len() == 1 && first.split_whitespace().count() <= WHOLE {
        return Some(encode(first));
    }
    let opening = opening(first, text);
    let from = start + (opening.as_ptr() as usize - passage.as_ptr() as usize) + opening.len();
    let close = last.as_ptr() as usize - passage.as_ptr() as usize + start + last.len();
    let closing = closing(last, text.get(from.min(close)..).unwrap_or_default(), close - from.min(close));
    if lines.len() == 1 && opening.len() + closing.len() >= first.len() {
        return Some(encode(first));
    }
    Some(format!("{},{}", encode(opening), encode(closing)))
}

/// The fewest first words that stand only once in the text.
fn opening<'l>(line: &'l str, text: &str) -> &'l str {
    let ends = word_ends(line);
    let mut best = line;
    for count in WORDS {
        let Some(&end) = ends.get(count - 1) else { return line };
        best = &line[..end];
        if text.matches(best).take(2).count() < 2 {
            break;
        }
    }
    best
}

/// The fewest last words whose first occurrence in what follows the opening ends at `end`.
fn closing<'l>(line: &'l str, rest: &str, end: usize) -> &'l str {
    let starts = word_starts(line);
    let mut best = line;
    for count in WORDS {
        let Some(&start) = starts.len().checked_sub(count).and_then(|at| starts.get(at)) else { return line };
        best = &line[start..];
        if rest.find(best).is_some_and(|at| at + best.len() == end) {
            break;
        }
    }
    best
}

fn word_starts(line: &str) -> Vec<usize> {
    line.split_whitespace().map(|word| word.as_ptr() as usize - line.as_ptr() as usize).collect()
}

fn word_ends(line: &str) -> Vec<usize> {
    line.split_whitespace().map(|word| word.as_ptr() as usize - line.as_ptr() as usize + word.len()).collect()
}

/// Percent-encodes all but letters, figures, `.`, `_` and `~`; the three signs that the syntax of a text
/// fragment uses, `-`, `,` and `&`, are among what is encoded.
fn encode(words: &str) -> String {
    let mut out = String::with_capacity(words.len() * 2);
    for (at, word) in words.split_whitespace().enumerate() {
        if at > 0 {
            out.push_str("%20");
        }
        for byte in word.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
                _ => hex(&mut out, byte),
            }
        }
    }
    out
}

fn hex(out: &mut String, byte: u8) {
    out.push('%');
    out.extend([byte >> 4, byte & 15].map(|digit| char::from(b"0123456789ABCDEF"[digit as usize])));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_linked() {
        for (input, expected) in [
            ("https://post.example/a?b=1&c=2", Some("https://post.example/a?b=1&c=2")),
            ("HTTP://post.example", Some("http://post.example/")),
            ("javascript:alert(1)", None),
            (" java\nscript:alert(1)", None),
            ("data:text/html,<script>", None),
            ("//post.example/a", None),
            ("https://bank.example@evil.example/", None),
            ("https:///", None),
            ("mailto:desk@post.example", None),
            ("https://post.example/\"><script>", Some("https://post.example/%22%3E%3Cscript%3E")),
            ("https://post.example/\u{202E}gpj", Some("https://post.example/%E2%80%AEgpj")),
            ("", None),
        ] {
            assert_eq!(web(input).as_deref(), expected, "{input:?}");
        }
    }

    fn check(text: &str, passage: &str, expected: &str) {
        let start = text.rfind(passage).expect("the passage is in the text");
        let link = at_passage("https://post.example/a#top", text, start, start + passage.len());
        assert_eq!(
            link.as_deref(),
            Some(&*format!("https://post.example/a#top:~:text={expected}")),
            "{passage}"
        );
    }

    #[test]
    fn a_link_names_the_ends_of_its_passage() {
        let text = "Ferry stops\n\nThe ferry to Nordholm stopped, the well-known firm Lund & Co said. The ferry to \
                    Nordholm had run since 1911 and was loved by many people.\n\nNobody was hurt.";
        check(text, "Nobody was hurt.", "Nobody%20was%20hurt.");
        check(
            text,
            "the well-known firm Lund & Co said.",
            "the%20well%2Dknown%20firm%20Lund%20%26%20Co%20said.",
        );
        check(
            text,
            "The ferry to Nordholm had run since 1911 and was loved by many people.",
            "The%20ferry%20to%20Nordholm%20had,loved%20by%20many%20people.",
        );
        check(
            "a b c d e f g h i j k. a b c d e f g h i j k.",
            "a b c d e f g h i j k.",
            "a%20b%20c%20d%20e%20f%20g%20h%20i%20j%20k.",
        );
        check(
            text,
            "was loved by many people.\n\nNobody was hurt.",
            "was%20loved%20by%20many,Nobody%20was%20hurt.",
        );
    }

    #[test]
    fn odd_spans_give_the_page_without_a_fragment() {
        for (start, end) in [(0, 0), (1, 3), (5, 900), (3, 1)] {
            let link = at_passage("https://post.example/a", "ééééé", start, end);
            assert_eq!(link.as_deref(), Some("https://post.example/a"));
        }
        assert_eq!(at_passage("file:///etc/passwd", "words", 0, 5), None);
    }

    #[test]
    fn a_fragment_of_the_address_itself_can_not_add_a_directive() {
        let link = at_passage("https://post.example/a#x:~:text=evil", "Nobody was hurt.", 0, 16);
        assert_eq!(link.as_deref(), Some("https://post.example/a#x:~:text=Nobody%20was%20hurt."));
    }
}
