//! The article's own text: the part of the page that reads like running prose, in order.
//!
//! Every block of text gets a value: prose counts for, links and scraps count against. The element whose
//! blocks add up to the most is the article, so a text spread over several containers comes whole.

use std::collections::BTreeSet;

use crate::article::Role;

use super::tree::{Tree, is_block, spaced};
use super::{caption, clean, furniture, role};

/// The most pieces that a text may stand in.
const PIECES: usize = 2_000;

/// A run of text on lines of its own.
#[derive(Debug)]
pub(super) struct Block {
    /// The block element that holds it.
    pub(super) owner: usize,
    pub(super) text: String,
    pub(super) words: usize,
    /// Words inside links.
    pub(super) linked: usize,
    /// Words in bold.
    pub(super) bold: usize,
    /// Whether it is a short label with a link behind it: `Also in the harbour: Ferry stops`.
    pub(super) points: bool,
    pub(super) role: Role,
}

impl Block {
    /// Whether it reads like prose.
    fn is_prose(&self) -> bool {
        self.words >= 12
            && self.linked * 3 <= self.words
            && !matches!(self.role, Role::Heading | Role::Caption)
    }

    fn value(&self) -> f64 {
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

/// The body of a page; `stated` is the text that its JSON-LD gives.
pub(super) fn read(tree: &Tree, title: &str, stated: Option<&str>) -> Vec<(Role, String)> {
    let skipped = furniture::find(tree, &blocks(tree, &vec![false; tree.nodes.len()]));
    let mut blocks = blocks(tree, &skipped);
    caption::mark(tree, &mut blocks);
    let chosen = choose(tree, &blocks, title);
    let kept: Vec<&Block> = blocks.iter().filter(|block| chosen[block.owner]).collect();
    let found = clean::lines(tree, &kept, title);
    match stated.map(from_stated) {
        Some(other) if words(&other) > 60 && words(&found) * 2 < words(&other) => other,
        _ => found,
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
            "" => gather.text(&node.text, index < links, index < bolds),
            "br" => gather.line_break(),
            "a" => links = links.max(node.end),
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
    bold: String,
    /// What stands before the first link.
    lead: String,
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
        self.out.push(Block { owner, text, words, linked, bold, points, role });
    }
}

/// The elements whose text is the article's: for each node whether it lies in one of them.
fn choose(tree: &Tree, blocks: &[Block], title: &str) -> Vec<bool> {
    let total = tree.nodes.len();
    let mut value = vec![0.0f64; total];
    let mut prose = vec![0usize; total];
    let mut held = vec![false; total];
    for block in blocks {
        held[block.owner] = true;
        value[block.owner] += block.value();
        if block.is_prose() {
            prose[block.owner] += block.words;
        }
    }
    // Children stand after their parents, so one pass from the end adds subtrees up.
    for node in (1..total).rev() {
        let parent = tree.nodes[node].parent;
        prose[parent] += prose[node];
        value[parent] += value[node];
        held[parent] |= held[node];
    }
    let mut best = 0;
    for node in 1..total {
        // The deepest element that loses next to nothing is the tightest.
        if value[node] > 0.0
            && value[node] >= value[best] * if is_within(tree, node, best) { 0.985 } else { 1.0001 }
        {
            best = node;
        }
    }
    let marked: Vec<usize> = outermost(tree, |node| held[node] && furniture::is_body(&tree.nodes[node]));
    let marked_words: usize = marked.iter().map(|&node| prose[node]).sum();
    let roots =
        if marked_words * 100 >= prose[best] * 60 { marked } else { vec![one(tree, best, title, &prose)] };
    let mut inside = vec![false; total];
    for root in tighten(tree, roots, &prose) {
        inside[tree.under(root)].fill(true);
    }
    inside
}

/// Of several roots those that are pieces of one text.
fn tighten(tree: &Tree, roots: Vec<usize>, prose: &[usize]) -> Vec<usize> {
    if roots.len() < 2 {
        return roots;
    }
    let most = roots.iter().map(|&root| prose[root]).max().unwrap_or(0);
    // Pieces of one text stand in one article of the page; another article's text is another text.
    let main = roots.iter().copied().find(|&root| prose[root] == most).unwrap_or(0);
    let home = home(tree, main);
    // A piece without prose, such as a heading or a short answer, belongs to the text where it stands among others.
    let parent = |root: usize| tree.nodes[root].parent;
    let parents: BTreeSet<usize> =
        roots.iter().copied().filter(|&root| prose[root] > 0).map(parent).collect();
    let among = |root: usize| prose[root] > 0 || parents.contains(&parent(root));
    roots
        .into_iter()
        .filter(|&root| {
            root == main || among(root) && self::home(tree, root) == home && !tree.nodes[root].is("article")
        })
        .collect()
}

/// The nearest `<article>` around a node, or the document.
fn home(tree: &Tree, node: usize) -> usize {
    let mut up = node;
    while up != 0 && !tree.nodes[up].is("article") {
        up = tree.nodes[up].parent;
    }
    up
}

/// Where the root holds several articles one after the other: the one that the headline stands in, else
/// everything before the second headline of the first level.
fn one(tree: &Tree, root: usize, title: &str, prose: &[usize]) -> usize {
    let articles: Vec<usize> = outermost(tree, |node| {
        node > root && node < tree.nodes[root].end && tree.nodes[node].is("article") && prose[node] > 0
    });
    if articles.len() < 2 {
        return root;
    }
    let headed = |&article: &usize| {
        tree.under(article).any(|node| {
            matches!(tree.nodes[node].name.as_str(), "h1" | "h2")
                && super::title::same(&tree.text(node), title)
        })
    };
    let inside: usize = articles.iter().map(|&article| prose[article]).sum();
    match articles.iter().copied().find(headed) {
        Some(article) if prose[article] * 20 > prose[root] => article,
        // Posts of a live blog are articles too, and belong together; a long first one stands alone.
        _ if prose[articles[0]] * 2 > inside && inside * 10 > prose[root] * 9 => articles[0],
        _ => root,
    }
}

fn is_within(tree: &Tree, node: usize, root: usize) -> bool {
    tree.under(root).contains(&node)
}

fn outermost(tree: &Tree, wanted: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut out = Vec::new();
    let mut node = 1;
    while node < tree.nodes.len() {
        if wanted(node) && out.len() < PIECES {
            out.push(node);
            node = tree.nodes[node].end;
        } else {
            node += 1;
        }
    }
    out
}
