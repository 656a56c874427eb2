//! A mail's plain text → paragraphs as HTML: lines are joined, what it answers to and the signature are left out.

/// A page of the text's paragraphs, which empty lines part. In `flowed` text a blank at the end of a line means that
/// the paragraph goes on, and nothing else does.
pub(super) fn page(text: &str, flowed: bool) -> String {
    let mut out = String::from("<!doctype html><meta charset=utf-8><body><article>");
    let mut paragraph = String::new();
    for line in text.lines() {
        if line == "-- " || line == "--" {
            break;
        }
        if line.starts_with('>') {
            continue;
        }
        let words = line.trim();
        if words.is_empty() {
            close(&mut paragraph, &mut out);
            continue;
        }
        if !paragraph.is_empty() {
            paragraph.push(' ');
        }
        paragraph.push_str(words);
        if flowed && !line.ends_with(' ') {
            close(&mut paragraph, &mut out);
        }
    }
    close(&mut paragraph, &mut out);
    out.push_str("</article>");
    out
}

fn close(paragraph: &mut String, out: &mut String) {
    // Rules drawn with dashes, stars and the like are no words.
    if paragraph.contains(char::is_alphanumeric) {
        out.push_str("<p>");
        for c in paragraph.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                _ => out.push(c),
            }
        }
        out.push_str("</p>");
    }
    paragraph.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_paragraphs() {
        for (text, flowed, expected) in [
            ("One\ntwo.\n\nThree & <four>.", false, "<p>One two.</p><p>Three &amp; &lt;four>.</p>"),
            ("One \ntwo.\nThree.", true, "<p>One two.</p><p>Three.</p>"),
            ("Text.\n\n=====\n\n> answered\n-- \nThe sender", false, "<p>Text.</p>"),
            ("", false, ""),
        ] {
            let page = page(text, flowed);
            let inner = page.split("<article>").nth(1).and_then(|rest| rest.strip_suffix("</article>"));
            assert_eq!(inner, Some(expected), "{text:?}");
        }
    }
}
