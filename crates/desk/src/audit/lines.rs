//! Plain text and Markdown, cut into headings, paragraphs and the entries of the reference list.

use super::parse::{Block, Role};
use super::references;

/// A line that breaks off is joined with the next one where it has at least so many bytes.
const WRAPPED: usize = 50;

/// Whether the text uses Markdown's own signs.
pub(super) fn is_markdown(text: &str) -> bool {
    text.contains("[^")
        || text.contains("](http")
        || text.contains("](#")
        || text.lines().any(|line| line.starts_with('#') && line.trim_start_matches('#').starts_with(' '))
}

/// The parts of the text in order.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for line in text.trim_start_matches('\u{feff}').lines() {
        reader.line(line);
    }
    reader.close();
    reader.blocks
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    open: String,
    /// Whether a heading said that the list of references follows.
    listing: bool,
    /// Whether the last line was an entry, which an indented line goes on.
    entry: bool,
}

impl Reader {
    fn line(&mut self, line: &str) {
        let bare = line.trim();
        if bare.is_empty() {
            self.close();
            return;
        }
        let goes_on = self.entry && line.starts_with([' ', '\t']) && references::label(bare).is_none();
        if let Some(last) = self.blocks.last_mut().filter(|_| goes_on) {
            last.raw.push(' ');
            last.raw.push_str(bare);
            return;
        }
        if let Some(heading) = heading(bare) {
            self.close();
            self.listing = references::is_list_heading(heading);
            self.push(Role::Heading, heading);
        } else if let Some(label) = references::entry(bare, self.listing) {
            self.close();
            self.push(Role::Entry(label), bare);
            self.entry = true;
        } else {
            self.text(bare);
        }
    }

    fn text(&mut self, line: &str) {
        self.entry = false;
        if references::is_list_heading(line.trim_matches(['*', '_', ':'])) {
            self.close();
            self.listing = true;
            self.push(Role::Heading, line);
            return;
        }
        let line = line.trim_start_matches("> ");
        let line = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).unwrap_or(line);
        let goes_on = self.open.len() >= WRAPPED
            && !self.open.ends_with(['.', '!', '?', '…', '。', ':', '”', '"', ']'])
            || line.starts_with('[');
        if !goes_on {
            self.close();
        }
        if !self.open.is_empty() {
            self.open.push(' ');
        }
        self.open.push_str(line);
    }

    fn close(&mut self) {
        if !self.open.is_empty() {
            let open = std::mem::take(&mut self.open);
            self.push(Role::Text, &open);
        }
    }

    fn push(&mut self, role: Role, raw: &str) {
        self.entry = false;
        self.blocks.push(Block { role, raw: raw.to_owned(), links: Vec::new() });
    }
}

fn heading(line: &str) -> Option<&str> {
    let body = line.trim_start_matches('#');
    (body.len() < line.len() && body.starts_with(' ')).then(|| body.trim())
}
