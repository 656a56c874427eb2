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
        if words.is_empty() || is_rule(words) {
            close(&mut paragraph, &mut out);
            out.push_str(if words.is_empty() { "" } else { "<hr>" });
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

/// Whether the line is a rule drawn with dashes, stars and the like.
fn is_rule(line: &str) -> bool {
    line.chars().filter(|c| !c.is_whitespace()).count() >= 3 && !line.contains(char::is_alphanumeric)
}

fn close(paragraph: &mut String, out: &mut String) {
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
            ("Text.\n\n=====\n\n> answered\n-- \nThe sender", false, "<p>Text.</p><hr>"),
            ("Text\n* * *\nMore", true, "<p>Text</p><hr><p>More</p>"),
            ("", false, ""),
        ] {
            let page = page(text, flowed);
            let inner = page.split("<article>").nth(1).and_then(|rest| rest.strip_suffix("</article>"));
            assert_eq!(inner, Some(expected), "{text:?}");
        }
    }
}
