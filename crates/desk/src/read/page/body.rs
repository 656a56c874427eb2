//! The article's own text: the part of the page that reads like running prose, in order.
//!
//! The page is taken apart into blocks of text; `choice.rs` says which of them are the article's, `clean.rs` which of
//! these are no text.

use crate::article::{Opening, Role};

use super::tree::{Tree, is_block, spaced};
use super::{Form, caption, choice, clean, furniture, opening, role};

/// A run of text on lines of its own.
#[derive(Debug)]
pub(super) struct Block {
    /// The block element that holds it.
    pub(super) owner: usize,
    pub(super) text: String,
    pub(super) words: usize,
    /// Words inside links.
    pub(super) linked: usize,
    /// The links, as nodes.
    pub(super) links: Vec<usize>,
    /// Words in bold.
    pub(super) bold: usize,
    /// Whether it is a short label with a link behind it: `Also in the harbour: Ferry stops`.
    pub(super) points: bool,
    /// Whether all of it is a time in markup.
    pub(super) timed: bool,
    pub(super) role: Role,
}

impl Block {
    /// Whether it reads like prose.
    pub(super) fn is_prose(&self) -> bool {
        self.words >= 12
            && self.linked * 3 <= self.words
            && !matches!(self.role, Role::Heading | Role::Caption)
    }

    /// How much it speaks for the element that it stands in.
    pub(super) fn value(&self) -> f64 {
        let words = self.words as f64;
        if self.is_prose() {
            let stopped = self
                .text
                .trim_end_matches(['"', '”', '’', '»', ')', '“', '\''])
                .ends_with(['.', '!', '?', '。', ':', '…']);
            let factor = if self.role == Role::Item { 0.5 } else { 1.0 };
            return (if stopped { 4.0 } else { 1.0 } + words.min(120.0)) * factor;
        }
        if self.linked * 2 > self.words { -4.0 - words.min(15.0) } else { -1.5 }
    }
}

/// The number of words, where a character of an unspaced script counts as half a word.
pub(super) fn count(text: &str) -> usize {
    let (mut words, mut wide, mut inside) = (0usize, 0usize, false);
    for c in text.chars() {
        if matches!(u32::from(c), 0x2e80..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x0e00..=0x0e7f) {
            wide += 1;
            inside = false;
        } else if c.is_alphanumeric() {
            words += usize::from(!inside);
            inside = true;
        } else if c != '\'' && c != '’' {
            inside = false;
        }
    }
    words + wide.div_ceil(2)
}

/// The words of all blocks.
pub(super) fn words(blocks: &[(Role, String)]) -> usize {
    blocks.iter().map(|(_, text)| count(text)).sum()
}

/// The text of a page.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// Its parts in order.
    pub(super) blocks: Vec<(Role, String)>,
    /// Where items begin, if there are several.
    pub(super) openings: Vec<Opening>,
    /// Whether there are, whatever kind of article it is.
    pub(super) several: bool,
    /// What the running text links to, as the page writes it.
    pub(super) links: Vec<String>,
}

impl Text {
    /// A text on one thing.
    pub(super) fn of(blocks: Vec<(Role, String)>) -> Self {
        Self { blocks, ..Self::default() }
    }

    /// Takes parts out, which are given in order, and moves the openings accordingly.
    pub(super) fn remove(&mut self, gone: &[usize]) {
        let mut index = 0;
        self.blocks.retain(|_| {
            index += 1;
            gone.binary_search(&(index - 1)).is_err()
        });
        for opening in &mut self.openings {
            opening.block -= gone.partition_point(|&at| at < opening.block);
        }
        let end = self.blocks.len();
        self.openings.retain(|opening| opening.block < end);
        self.openings.dedup_by_key(|opening| opening.block);
    }
}

/// The body of a page; `stated` is the text that its JSON-LD gives.
pub(super) fn read(tree: &Tree, title: &str, stated: Option<&str>, form: Form) -> Text {
    let skipped = furniture::find(tree, &blocks(tree, &vec![false; tree.nodes.len()]), form);
    let mut blocks = blocks(tree, &skipped);
    caption::mark(tree, &mut blocks);
    if form == Form::Letter {
        headlines(&mut blocks);
    }
    let chosen = choice::choose(tree, &blocks, title);
    let kept: Vec<&Block> = blocks.iter().filter(|block| chosen[block.owner]).collect();
    let lines = clean::lines(tree, &kept, title);
    let (openings, several) = match form {
        Form::Page => opening::posts(tree, &lines),
        Form::Letter => (opening::pieces(tree, &lines), true),
    };
    let found: Vec<(Role, String)> = lines.iter().map(|line| (line.role, line.text.clone())).collect();
    let linked = lines.iter().filter(|line| line.is_prose()).flat_map(|line| &line.links);
    let links = linked.filter_map(|&node| tree.nodes[node].attribute("href").map(str::to_owned)).collect();
    match stated.map(from_stated) {
        Some(other) if words(&other) > 60 && words(&found) * 2 < words(&other) => Text::of(other),
        _ => Text { blocks: found, openings, several, links },
    }
}

/// Makes headings of a letter's lines that are nothing but a link and have running text below, if there are several.
fn headlines(blocks: &mut [Block]) {
    let is_one = |at: &usize| {
        let block = &blocks[*at];
        block.linked > 0
            && block.linked * 10 >= block.words * 9
            && (3..=25).contains(&block.words)
            && blocks.get(at + 1).is_some_and(Block::is_prose)
    };
    let found: Vec<usize> = (0..blocks.len()).filter(is_one).collect();
    if found.len() < 2 {
        return;
    }
    for at in found {
        blocks[at].role = Role::Heading;
        // It points nowhere else, but still shows that it was linked.
        blocks[at].linked = 1;
    }
}

/// JSON-LD's `articleBody` as paragraphs.
fn from_stated(text: &str) -> Vec<(Role, String)> {
    let plain = super::plain::plain(text).replace("\\n", "\n");
    clean::paragraphs(&plain)
}

/// The page's blocks in order, without what stands under a skipped node.
fn blocks(tree: &Tree, skipped: &[bool]) -> Vec<Block> {
    let mut gather = Gather { tree, out: Vec::new(), run: Run::default(), open: vec![(0, tree.nodes.len())] };
    let mut links = 0usize;
    let mut bolds = 0usize;
    let mut times = 0usize;
    let mut index = 1;
    while index < tree.nodes.len() {
        while gather.open.len() > 1 && gather.open.last().is_some_and(|(_, end)| *end <= index) {
            gather.flush();
            gather.open.pop();
        }
        let node = &tree.nodes[index];
        if skipped[index] || furniture::is_silent(node) {
            // A skipped part inside a sentence still parts words.
            gather.run.text.push(' ');
            if is_block(&node.name) {
                gather.flush();
            }
            index = node.end;
            continue;
        }
        match node.name.as_str() {
            "" => {
                if index >= times {
                    gather.apart(&node.text);
                }
                gather.text(&node.text, index < links, index < bolds);
                gather.timed(&node.text, index < times);
            }
            "time" => times = node.end,
            "br" => gather.line_break(),
            "a" => {
                links = links.max(node.end);
                gather.run.links.push(index);
            }
            "b" | "strong" => bolds = bolds.max(node.end),
            name if is_block(name) => {
                gather.flush();
                gather.open.push((index, node.end));
            }
            _ => {}
        }
        index += 1;
    }
    gather.flush();
    gather.out
}

/// Text since the last block boundary.
#[derive(Default)]
struct Run {
    text: String,
    linked: String,
    links: Vec<usize>,
    bold: String,
    /// What stands before the first link.
    lead: String,
    /// What stands in `<time>` elements, and whether the last words do.
    times: String,
    timed: bool,
    breaks: usize,
}

struct Gather<'t> {
    tree: &'t Tree,
    out: Vec<Block>,
    run: Run,
    open: Vec<(usize, usize)>,
}

impl Gather<'_> {
    fn text(&mut self, text: &str, linked: bool, bold: bool) {
        let blank = text.trim().is_empty();
        if !blank {
            self.run.breaks = 0;
        }
        self.run.text.push_str(text);
        if linked {
            self.run.linked.push_str(text);
            self.run.linked.push(' ');
        } else if self.run.linked.is_empty() {
            self.run.lead.push_str(text);
        }
        if bold {
            self.run.bold.push_str(text);
            self.run.bold.push(' ');
        }
    }

    /// What stands right behind a time is another word: `14:35` `Mira Okpara`.
    fn apart(&mut self, text: &str) {
        if self.run.timed
            && text.starts_with(char::is_alphanumeric)
            && self.run.text.ends_with(char::is_alphanumeric)
        {
            self.run.text.push(' ');
        }
    }

    fn timed(&mut self, text: &str, timed: bool) {
        self.run.timed = timed;
        if timed {
            self.run.times.push_str(text);
            self.run.times.push(' ');
        }
    }

    /// Two line breaks in a row part paragraphs; one is a space.
    fn line_break(&mut self) {
        self.run.breaks += 1;
        if self.run.breaks == 2 {
            self.flush();
        } else {
            self.run.text.push(' ');
        }
    }

    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        let text = spaced(&run.text);
        let words = count(&text);
        if words == 0 {
            return;
        }
        let owner = self.open.last().map_or(0, |(node, _)| *node);
        let (linked, bold) = (count(&run.linked), count(&run.bold));
        let role = role::of(self.tree, owner, &text, words, bold);
        let lead = run.lead.trim_end();
        let points = linked >= 3
            && count(lead) + linked == words
            && (1..=6).contains(&count(lead))
            && lead.ends_with([':', '|', '–', '—', '-', '»', '›', '>', '→'])
            && !text.ends_with('.');
        let timed = count(&run.times) >= words;
        self.out.push(Block { owner, text, words, linked, links: run.links, bold, points, timed, role });
    }
}
