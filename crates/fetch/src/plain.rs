//! A fragment of safe HTML as plain text, for headlines in lists.

/// The fragment's words in one line: tags are dropped, the few entities that safe HTML has are read.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        let Some(end) = rest[at..].find('>') else {
            rest = "";
            break;
        };
        // Lines and blocks part words; marks within a word, such as emphasis, do not.
        let tag = rest[at + 1..at + end].trim_start_matches('/');
        if ["br", "p", "div", "li", "h"].iter().any(|block| tag.to_ascii_lowercase().starts_with(block)) {
            text.push(' ');
        }
        rest = &rest[at + end + 1..];
    }
    text.push_str(rest);
    let text = entities(&text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text with the most usual entities read.
pub(crate) fn entities(text: &str) -> String {
    const NAMED: [(&str, &str); 6] =
        [("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("nbsp", " "), ("amp", "&")];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let end = after.bytes().take(10).position(|byte| byte == b';');
        let read = end.and_then(|end| {
            let name = after.get(..end)?;
            let known = NAMED.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned());
            known.or_else(|| number(name).map(String::from)).map(|text| (text, end))
        });
        match read {
            Some((read, end)) => {
                out.push_str(&read);
                rest = &after[end + 1..];
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn number(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(code).filter(|c| !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_entities_are_read() {
        for (html, text) in [
            ("Rain <b>fell</b>", "Rain fell"),
            ("a<br>b", "a b"),
            ("R&amp;D &lt;now&gt;", "R&D <now>"),
            ("It&#39;s &#x2014; &bad; &", "It's — &bad; &"),
            ("&amp;lt;", "&lt;"),
            ("cut <a href=", "cut"),
            ("  a\n b ", "a b"),
            ("&ééééé;", "&ééééé;"),
        ] {
            assert_eq!(plain(html), text, "{html}");
        }
    }
}
