//! Text out of strings that may hold tags and entities, as JSON-LD and scripts do.

/// Text without tags and with the commonest entities resolved, twice for doubly escaped ones.
pub(super) fn plain(text: &str) -> String {
    if !text.contains(['&', '<']) {
        return text.to_owned();
    }
    let mut out = text.to_owned();
    if out.contains("&amp;") {
        out = out.replace("&amp;", "&");
    }
    if out.contains('&') {
        out = entities(&out);
    }
    if out.contains('<') { untag(&out) } else { out }
}

fn untag(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at + 1..];
        let is_tag = tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        match is_tag.then(|| tag.find('>')).flatten() {
            Some(end) => {
                if ["p", "/p", "br", "div", "/div", "h2", "li", "/li"].iter().any(|name| {
                    tag[..end]
                        .trim_end_matches('/')
                        .trim()
                        .split(' ')
                        .next()
                        .is_some_and(|t| t.eq_ignore_ascii_case(name))
                }) {
                    out.push('\n');
                }
                rest = &tag[end + 1..];
            }
            None => {
                out.push('<');
                rest = tag;
                if !is_tag {
                    continue;
                }
                break;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        let name: &str = &tail[..tail.bytes().take(10).position(|b| b == b';').unwrap_or(0)];
        match entity(name) {
            Some(c) => {
                out.push(c);
                rest = &tail[name.len() + 1..];
            }
            None => {
                out.push('&');
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "quot" => '"',
        "apos" => '\'',
        "lt" => '<',
        "gt" => '>',
        "nbsp" => ' ',
        "amp" => '&',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "bdquo" => '„',
        "laquo" => '«',
        "raquo" => '»',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "aacute" => 'á',
        "iacute" => 'í',
        "oacute" => 'ó',
        "uacute" => 'ú',
        "ntilde" => 'ñ',
        "ccedil" => 'ç',
        "aring" => 'å',
        "oslash" => 'ø',
        "aelig" => 'æ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_entities_leave_plain_text() {
        for (text, expected) in [
            ("a &lt;b&gt;c&lt;/b&gt; d", "a c d"),
            ("5 < 6 &amp; 7", "5 < 6 & 7"),
            ("&#8217;&#x201c;&bogus;", "’“&bogus;"),
            ("&é;", "&é;"),
            ("a <b", "a <b"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }
}
