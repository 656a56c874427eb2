//! The page's source cut down to what is read, before it is parsed.
//!
//! A full HTML parser has inputs that cost it quadratic time (deep nesting, thousands of attributes on one
//! tag, unclosed formatting elements). One linear pass takes these away: scripts, styles and drawings are left
//! out, attributes that nothing here reads are dropped, nesting and the number of tags are bounded.

/// The deepest nesting that is kept; deeper tags are dropped, their text stays.
const DEPTH: usize = 200;
/// The most tags that are read, opening and closing; what follows is cut off.
const TAGS: usize = 60_000;
/// The most bytes of source that are kept.
const BYTES: usize = 2 << 20;
/// The most ampersands that are kept: each costs the parser a look-up.
const REFERENCES: usize = 50_000;
/// The most bytes of one attribute's value that are kept.
const VALUE: usize = 2_000;

/// The attributes that are read later.
pub(super) const KEPT: [&str; 33] = [
    "start",
    "popover",
    "class",
    "id",
    "itemprop",
    "itemscope",
    "itemtype",
    "href",
    "rel",
    "name",
    "property",
    "content",
    "lang",
    "datetime",
    "role",
    "hidden",
    "aria-hidden",
    "style",
    "title",
    "data-testid",
    "data-component",
    "data-type",
    "data-name",
    "data-qa",
    "data-module",
    "data-block",
    "charset",
    "alt",
    "data-datetime",
    "pubdate",
    "xml:lang",
    "src",
    "data-src",
];

/// Elements whose content is never read.
const DROPPED: [&str; 17] = [
    "script", "style", "svg", "noscript", "template", "iframe", "select", "textarea", "canvas", "object",
    "audio", "video", "math", "noframes", "map", "datalist", "xmp",
];

const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Tags that carry no meaning here; their text stays.
const PLAIN: [&str; 14] = [
    "font", "nobr", "small", "big", "tt", "s", "strike", "u", "code", "picture", "embed", "param", "source",
    "track",
];

/// Tags that a parser opens again in every later block until they are closed; so few may be open at once.
const FORMATTING: [&str; 5] = ["a", "b", "em", "i", "strong"];
/// The most of them that are kept within each other.
const FORMATTED: usize = 8;

/// Tags that end a paragraph which nobody closed.
const BLOCKS: [&str; 24] = [
    "p",
    "div",
    "section",
    "article",
    "aside",
    "header",
    "footer",
    "main",
    "nav",
    "ul",
    "ol",
    "dl",
    "table",
    "form",
    "pre",
    "blockquote",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
];

/// What is left of a page's source.
#[derive(Debug, Default)]
pub(super) struct Source<'s> {
    /// Well-bounded HTML.
    pub(super) html: String,
    /// The contents of JSON-LD scripts.
    pub(super) linked: Vec<&'s str>,
    /// The contents of other scripts that hold long data.
    pub(super) scripts: Vec<&'s str>,
    /// Whether something was cut off.
    pub(super) cut: bool,
}

/// Cuts the source down; linear in its length.
pub(super) fn thin(text: &str) -> Source<'_> {
    let mut pass = Pass {
        text,
        out: Source::default(),
        open: Vec::new(),
        over: Vec::new(),
        formatted: 0,
        tags: 0,
        references: 0,
        unclosed: Vec::new(),
    };
    pass.out.html.reserve(text.len().min(BYTES) / 2);
    pass.run();
    pass.out
}

struct Pass<'s> {
    text: &'s str,
    out: Source<'s>,
    open: Vec<&'s str>,
    /// Names of opening tags that were dropped, so that their closing tags are dropped too.
    over: Vec<(&'s str, usize)>,
    /// How many of the open elements are formatting.
    formatted: usize,
    tags: usize,
    references: usize,
    /// Dropped elements that are closed nowhere in the rest, so that the rest is not searched again.
    unclosed: Vec<&'s str>,
}

impl<'s> Pass<'s> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.text.len() {
            let Some(found) = self.text[at..].find('<').map(|step| at + step) else {
                self.text(at, self.text.len());
                return;
            };
            self.text(at, found);
            if self.tags > TAGS || self.out.html.len() > BYTES {
                self.out.cut = true;
                return;
            }
            self.tags += 1;
            at = self.tag(found);
        }
    }

    /// Keeps a run of text as far as the bounds allow.
    fn text(&mut self, from: usize, to: usize) {
        let room = BYTES.saturating_sub(self.out.html.len());
        let text = shorten(&self.text[from..to], room);
        self.out.cut |= text.len() < to - from;
        self.references += text.bytes().filter(|&b| b == b'&').count();
        if self.references > REFERENCES {
            self.out.html.push_str(&text.replace('&', " "));
        } else {
            self.out.html.push_str(text);
        }
    }

    /// Handles what starts with `<` at `at` and says where to go on.
    fn tag(&mut self, at: usize) -> usize {
        let rest = &self.text[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            return comment.find("-->").map_or(self.text.len(), |end| at + 4 + end + 3);
        }
        if rest.starts_with(['!', '?']) {
            return rest.find('>').map_or(self.text.len(), |end| at + 1 + end + 1);
        }
        let closing = rest.starts_with('/');
        let start = at + 1 + usize::from(closing);
        let name = name_at(&self.text[start..]);
        if name.is_empty() {
            self.out.html.push_str("&lt;");
            return at + 1;
        }
        let (attributes, end) = attributes(self.text, start + name.len());
        if closing {
            self.close(name);
            return end;
        }
        self.open(name, &attributes, end)
    }

    fn open(&mut self, name: &'s str, attributes: &[(&'static str, &'s str)], end: usize) -> usize {
        let is = |list: &[&str]| list.iter().any(|other| name.eq_ignore_ascii_case(other));
        if is(&DROPPED) {
            let after = self.skip(name, end);
            if name.eq_ignore_ascii_case("script") {
                self.script(attributes, &self.text[end..after]);
            }
            return after;
        }
        if is(&PLAIN) {
            return end;
        }
        if is(&VOID) {
            self.write(name, attributes);
            return end;
        }
        if is(&["p", "li", "tr", "td", "th", "dd", "dt", "option"])
            && self.open.last().is_some_and(|top| top.eq_ignore_ascii_case(name))
        {
            self.open.pop();
        }
        if is(&BLOCKS) {
            self.end_paragraph();
        }
        let formatting = is_formatting(name);
        if self.open.len() >= DEPTH || formatting && self.formatted >= FORMATTED {
            let known = self.over.iter().position(|(other, _)| other.eq_ignore_ascii_case(name));
            match known {
                Some(index) => self.over[index].1 += 1,
                None if self.over.len() < 64 => self.over.push((name, 1)),
                None => {}
            }
            return end;
        }
        self.open.push(name);
        self.formatted += usize::from(formatting);
        self.write(name, attributes);
        end
    }

    /// Ends a paragraph in which nothing but formatting is open, and the formatting with it.
    fn end_paragraph(&mut self) {
        let inner = self.open.iter().rev().take_while(|name| is_formatting(name)).count();
        let paragraph = self.open.len().checked_sub(inner + 1).map(|at| self.open[at]);
        if let Some(name) = paragraph.filter(|name| inner > 0 && name.eq_ignore_ascii_case("p")) {
            self.close(name);
        }
    }

    fn close(&mut self, name: &'s str) {
        if let Some((_, count)) =
            self.over.iter_mut().find(|(other, n)| *n > 0 && other.eq_ignore_ascii_case(name))
        {
            *count -= 1;
            return;
        }
        if let Some(depth) = self.open.iter().rposition(|open| open.eq_ignore_ascii_case(name)) {
            // What was opened within it ends with it.
            while self.open.len() > depth {
                let Some(name) = self.open.pop() else { return };
                let formatting = is_formatting(name);
                self.formatted -= usize::from(formatting);
                if formatting || self.open.len() == depth {
                    self.out.html.push_str("</");
                    self.out.html.push_str(name);
                    self.out.html.push('>');
                }
            }
        }
    }

    fn write(&mut self, name: &str, attributes: &[(&'static str, &str)]) {
        let html = &mut self.out.html;
        html.push('<');
        html.push_str(name);
        for (key, value) in attributes {
            html.push(' ');
            html.push_str(key);
            html.push_str("=\"");
            for (index, piece) in value.split('"').enumerate() {
                if index > 0 {
                    html.push_str("&quot;");
                }
                html.push_str(piece);
            }
            html.push('"');
        }
        html.push('>');
    }

    /// Where the dropped element that was opened before `from` ends. An element that is never closed is
    /// empty, so that one stray tag does not lose the page.
    fn skip(&mut self, name: &'s str, from: usize) -> usize {
        if self.unclosed.iter().any(|other| other.eq_ignore_ascii_case(name)) {
            return from;
        }
        let bytes = self.text.as_bytes();
        let mut at = from;
        while let Some(step) = self.text[at..].find("</") {
            at += step + 2;
            let end = at + name.len();
            if bytes.get(at..end).is_some_and(|other| other.eq_ignore_ascii_case(name.as_bytes())) {
                return self.text[end..].find('>').map_or(self.text.len(), |more| end + more + 1);
            }
        }
        if name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style") {
            return self.text.len();
        }
        self.unclosed.push(name);
        from
    }

    fn script(&mut self, attributes: &[(&'static str, &str)], content: &'s str) {
        let content = content.rfind("</").map_or(content, |end| &content[..end]);
        let kind = attributes.iter().find(|(key, _)| *key == "data-type").map_or("", |(_, value)| value);
        if kind.to_ascii_lowercase().contains("ld+json") {
            self.out.linked.push(content);
        } else if content.len() > 1_000 {
            self.out.scripts.push(content);
        }
    }
}

fn is_formatting(name: &str) -> bool {
    FORMATTING.iter().any(|other| name.eq_ignore_ascii_case(other))
}

fn name_at(text: &str) -> &str {
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return "";
    }
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(text.len());
    &text[..end.min(40)]
}

/// The kept attributes of a tag and the byte after its `>`. A script's type stands under `data-type`.
fn attributes(text: &str, from: usize) -> (Vec<(&'static str, &str)>, usize) {
    let bytes = text.as_bytes();
    let mut kept: Vec<(&'static str, &str)> = Vec::new();
    let mut at = from;
    loop {
        while at < bytes.len() && (bytes[at].is_ascii_whitespace() || bytes[at] == b'/') {
            at += 1;
        }
        match bytes.get(at) {
            None => return (kept, text.len()),
            Some(b'>') => return (kept, at + 1),
            Some(_) => {}
        }
        let start = at;
        while at < bytes.len() && !(bytes[at].is_ascii_whitespace() || b"=>/".contains(&bytes[at])) {
            at += 1;
        }
        let key = &text[start..at];
        // A stray `=` would not move the cursor.
        if key.is_empty() {
            at += 1;
            continue;
        }
        let (value, next) = value(text, at);
        at = next;
        let key = if key.eq_ignore_ascii_case("type") { "data-type" } else { key };
        if let Some(known) = KEPT.iter().find(|known| known.eq_ignore_ascii_case(key))
            && !kept.iter().any(|(other, _)| other == known)
        {
            kept.push((known, shorten(value, VALUE)));
        }
    }
}

fn value(text: &str, at: usize) -> (&str, usize) {
    let bytes = text.as_bytes();
    let space = |mut at: usize| {
        while at < bytes.len() && bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        at
    };
    let equals = space(at);
    if bytes.get(equals) != Some(&b'=') {
        return ("", at);
    }
    let start = space(equals + 1);
    match bytes.get(start) {
        Some(&quote @ (b'"' | b'\'')) => {
            let from = start + 1;
            let end = text[from..].find(quote as char).map_or(text.len(), |step| from + step);
            (&text[from..end], (end + 1).min(text.len()))
        }
        _ => {
            let end = text[start..]
                .find(|c: char| c.is_ascii_whitespace() || c == '>')
                .map_or(text.len(), |step| start + step);
            (&text[start..end], end)
        }
    }
}

/// The longest prefix of at most `limit` bytes that ends on a character boundary.
pub(super) fn shorten(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    let mut end = limit;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_keeps_text_and_known_attributes_only() {
        for (source, expected) in [
            ("<p onclick='x' class=a>Hi</p>", "<p class=\"a\">Hi</p>"),
            ("a < b<p>c", "a &lt; b<p>c"),
            ("<!-- x --><P ID='q\"r'>y</P>", "<P id=\"q&quot;r\">y</P>"),
            ("<svg><g>x</g></svg>y", "y"),
            ("<svg><svg><p>y", "<p>y"),
            ("<script>if (a<b) '</div>'</script>x", "x"),
            ("</p>x</i>", "x"),
            ("<p><b>x</p>y</b>", "<p><b>x</b></p>y"),
            ("<p><b>x<p>y", "<p><b>x</b></p><p>y"),
            ("<div", "<div>"),
            ("<a = = href=/x>l</a>", "<a href=\"/x\">l</a>"),
        ] {
            assert_eq!(thin(source).html, expected, "{source}");
        }
        assert_eq!(thin("<script type=application/ld+json>{}</script>").linked, ["{}"]);
    }

    #[test]
    fn nesting_is_bounded_and_text_stays() {
        let deep = "<div>".repeat(1000) + "x" + &"</div>".repeat(1000) + "<p>y";
        let thin = thin(&deep);
        assert_eq!(thin.html.matches("<div>").count(), DEPTH);
        assert_eq!(thin.html.matches("</div>").count(), DEPTH);
        assert!(thin.html.ends_with("<p>y"));
    }
}
