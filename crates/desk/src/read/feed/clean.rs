//! HTML made safe: only known elements and attributes are written again, everything else is dropped.
//!
//! What comes out has no element whose content is read by other rules than ordinary text (no script, style,
//! frame, form control, SVG or MathML), every attribute is quoted, and every element is closed.

use super::address::Base;
use super::elements::{BARE, DROPPED, KEPT, LINKS, PLAIN, VOID};
use super::markup::{self, Attributes};

/// The deepest nesting that is written; deeper elements are dropped and their text stays.
const DEPTH: usize = 100;

/// Whether a text has a tag that HTML knows, so that it is to be read as HTML.
pub(super) fn looks_like_html(text: &str) -> bool {
    let known = |name: &str| {
        let name = name.to_ascii_lowercase();
        let name = name.as_str();
        KEPT.contains(&name) || DROPPED.contains(&name) || BARE.contains(&name)
    };
    text.match_indices('<').any(|(at, _)| {
        let rest = &text[at + 1..];
        rest.starts_with("!--") || tag_name(rest.strip_prefix('/').unwrap_or(rest)).is_some_and(known)
    })
}

/// A text in which nothing is read as markup.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        if rest.as_bytes()[at] == b'<' {
            let tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
            out.push_str(if tag { "&lt;" } else { "<" });
        } else {
            out.push_str(if markup::reference(after).is_some() { "&amp;" } else { "&" });
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Text of which it is not said whether it is HTML: read as HTML where it has tags that HTML knows.
pub(super) fn guess(text: &str, base: &Base) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    if looks_like_html(text) { clean(text, base) } else { text.replace('<', "&lt;") }
}

/// Safe HTML from any HTML. Never longer than a small multiple of what came in, and in one pass.
pub(super) fn clean(html: &str, base: &Base) -> String {
    if !html.contains('<') {
        return html.to_owned();
    }
    let mut cleaner = Cleaner { base, out: String::with_capacity(html.len()), open: Vec::new() };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        cleaner.out.push_str(&rest[..at]);
        rest = cleaner.tag(&rest[at..]);
    }
    cleaner.out.push_str(rest);
    while let Some(name) = cleaner.open.pop() {
        cleaner.end(name);
    }
    cleaner.out
}

struct Cleaner<'b> {
    base: &'b Base,
    out: String,
    open: Vec<&'static str>,
}

impl Cleaner<'_> {
    /// Handles what begins with `<`; what follows it.
    fn tag<'h>(&mut self, html: &'h str) -> &'h str {
        let inner = &html[1..];
        if let Some(comment) = inner.strip_prefix("!--") {
            return after(comment, "-->");
        }
        if inner.starts_with(['!', '?']) {
            return after(inner, if inner.starts_with("![CDATA[") { "]]>" } else { ">" });
        }
        let (closing, inner) = match inner.strip_prefix('/') {
            Some(inner) => (true, inner),
            None => (false, inner),
        };
        let Some(written) = tag_name(inner) else {
            self.out.push_str("&lt;");
            return &html[1..];
        };
        let name = written.to_ascii_lowercase();
        let body = &inner[written.len()..];
        let end = tag_end(body);
        let rest = body.get(end + 1..).unwrap_or_default();
        if let Some(kept) = KEPT.iter().find(|kept| **kept == name) {
            if closing {
                self.close(kept);
            } else {
                self.start(kept, &body[..end.min(body.len())]);
            }
        } else if !closing && DROPPED.contains(&name.as_str()) && !body[..end.min(body.len())].ends_with('/')
        {
            return skip(rest, &name);
        }
        rest
    }

    fn start(&mut self, name: &'static str, attributes: &str) {
        let void = VOID.contains(&name);
        if !void && self.open.len() >= DEPTH {
            return;
        }
        self.out.push('<');
        self.out.push_str(name);
        let mut seen: Vec<String> = Vec::new();
        for (attribute, value) in Attributes::new(attributes).take(64) {
            let attribute = attribute.to_ascii_lowercase();
            if !seen.contains(&attribute) {
                self.attribute(&attribute, &markup::unescape(value));
                seen.push(attribute);
            }
        }
        self.out.push('>');
        if !void {
            self.open.push(name);
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let value = if LINKS.contains(&name) {
            let Some(address) = self.base.resolve(value) else { return };
            address
        } else if PLAIN.contains(&name) {
            value.to_owned()
        } else {
            return;
        };
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        markup::escape_value(&value, &mut self.out);
        self.out.push('"');
    }

    /// Closes up to the innermost open element of a name; an end tag without a start is dropped.
    fn close(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|open| *open == name) {
            while self.open.len() > at {
                if let Some(open) = self.open.pop() {
                    self.end(open);
                }
            }
        }
    }

    fn end(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }
}

fn tag_name(text: &str) -> Option<&str> {
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>' | '<' | '"' | '\''));
    Some(&text[..end.unwrap_or(text.len())])
}

/// Where a tag ends: at its `>` outside of quotes, or before the next `<` where a quote is never closed.
fn tag_end(body: &str) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in body.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    body.len()
}

fn after<'h>(text: &'h str, end: &str) -> &'h str {
    text.find(end).map_or("", |at| &text[at + end.len()..])
}

/// What follows the end tag of a dropped element; nothing where it is never closed.
fn skip<'h>(text: &'h str, name: &str) -> &'h str {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        rest = &rest[at + 2..];
        if rest.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name)) {
            return after(rest, ">");
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_code_is_gone_and_text_stays() {
        let base = Base::new("https://paper.example/");
        let check = |html: &str, expected: &str| assert_eq!(clean(html, &base), expected, "{html}");
        check("plain & simple", "plain & simple");
        check("<P ONCLICK=x() style='a'>Rain</P>", "<p>Rain</p>");
        check("a<script>alert(1)</script>b<STYLE>x</STYLE >c", "abc");
        check("a<script>never closed <b>x", "a");
        check("<a href='java&#10;script:x'>y</a>", "<a>y</a>");
        check("<a href=\" &#106;avascript:x\">y</a>", "<a>y</a>");
        check("<img src=data:x alt='a\"b'>", "<img alt=\"a&quot;b\">");
        check("<a href=/x?a=1&amp;b=2>y", "<a href=\"https://paper.example/x?a=1&amp;b=2\">y</a>");
        check("<form><b>x</form></b></i>", "<b>x</b>");
        check("1 < 2 <3 <", "1 &lt; 2 &lt;3 &lt;");
        check("<!-- x --><!doctype x><?php y ?>z", "z");
        check("<scr<script>x</script>ipt>y", "xipt>y");
        check("<svg><style><img src=x onerror=y></style></svg>z", "z");
        check("<b title='x>y'>z", "<b title=\"x&gt;y\">z</b>");
        check("<b title='never", "<b title=\"never\"></b>");
        check("<b", "<b></b>");
    }

    #[test]
    fn text_that_is_not_html_is_escaped_where_it_would_be_taken_for_it() {
        let base = Base::new("");
        let check = |text: &str, expected: &str| assert_eq!(guess(text, &base), expected);
        check("a Vector<Int> of 1 < 2", "a Vector&lt;Int> of 1 &lt; 2");
        check("AT&amp;T", "AT&amp;T");
        assert_eq!(plain("<b> & &amp; < 2"), "&lt;b> & &amp;amp; < 2");
    }

    #[test]
    fn hostile_markup_costs_little() {
        let base = Base::new("");
        for piece in ["<b>", "<script>", "<!--", "<b title='", "</b", "<", "<svg></s", "<a b=c ", "<title></"]
        {
            let out = clean(&piece.repeat(200_000), &base);
            assert!(out.len() < 2_000_000, "{piece}");
        }
    }
}
