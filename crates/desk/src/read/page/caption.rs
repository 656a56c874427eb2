//! Captions that no element names: a line that stands in one box with an image and with little else.

use crate::article::Role;

use super::body::Block;
use super::tree::Tree;

/// The most words of a caption.
const WORDS: usize = 60;
/// How many elements above a line its box may stand.
const STEPS: usize = 4;

/// Gives lines that are captions by where they stand their role.
pub(super) fn mark(tree: &Tree, blocks: &mut [Block]) {
    let boxes = Boxes::of(tree, blocks);
    let found: Vec<usize> = (0..blocks.len()).filter(|&at| boxes.is_caption(tree, &blocks[at])).collect();
    let words = |at: &usize| blocks[*at].words;
    let running = |block: &&Block| matches!(block.role, Role::Paragraph | Role::Quotation | Role::Item);
    let total: usize = blocks.iter().filter(running).map(|block| block.words).sum();
    // Where a good part of the text stands in boxes with images, the boxes are the text: a story told in pictures.
    if found.iter().map(words).sum::<usize>() * 4 > total {
        return;
    }
    for at in found {
        blocks[at].role = Role::Caption;
    }
}

/// What stands under each node.
struct Boxes {
    /// Images before a node, so that those of a range are a difference.
    images: Vec<usize>,
    /// Blocks under a node.
    held: Vec<usize>,
    /// Their words.
    words: Vec<usize>,
}

impl Boxes {
    fn of(tree: &Tree, blocks: &[Block]) -> Self {
        let total = tree.nodes.len();
        let mut out = Self { images: vec![0; total + 1], held: vec![0; total], words: vec![0; total] };
        for (index, node) in tree.nodes.iter().enumerate() {
            out.images[index + 1] = out.images[index] + usize::from(node.is("img"));
        }
        for block in blocks {
            out.held[block.owner] += 1;
            out.words[block.owner] += block.words;
        }
        for node in (1..total).rev() {
            let parent = tree.nodes[node].parent;
            out.held[parent] += out.held[node];
            out.words[parent] += out.words[node];
        }
        out
    }

    fn is_caption(&self, tree: &Tree, block: &Block) -> bool {
        let owner = block.owner;
        let quoted = block.text.starts_with(['"', '“', '„', '«', '»', '‘']);
        if block.role != Role::Paragraph || quoted || block.words > WORDS || self.held[owner] > 1 {
            return false;
        }
        if is_named(tree, owner) {
            return true;
        }
        let end = tree.nodes[owner].end;
        if self.images[end] > self.images[owner] {
            // A paragraph may hold a small image beside its words; a caption in one is set in italics.
            return !tree.nodes[owner].is("p") && block.words <= WORDS / 2
                || is_wholly(tree, owner, is_italic);
        }
        let mut node = owner;
        for _ in 0..STEPS {
            node = tree.nodes[node].parent;
            let here = &tree.nodes[node];
            let wide = matches!(here.name.as_str(), "body" | "main" | "article" | "html" | "td" | "");
            if wide || self.held[node] > 2 || self.words[node] > WORDS {
                return false;
            }
            if self.images[owner] > self.images[node] {
                return true;
            }
        }
        false
    }
}

/// Whether all words of the block stand in an element that is called a caption.
fn is_named(tree: &Tree, owner: usize) -> bool {
    is_wholly(tree, owner, |tree, node| {
        !super::tree::is_block(&tree.nodes[node].name) && tree.nodes[node].hint.contains("caption")
    })
}

fn is_italic(tree: &Tree, node: usize) -> bool {
    matches!(tree.nodes[node].name.as_str(), "em" | "i")
}

/// Whether every word under a node stands in an element of that kind.
fn is_wholly(tree: &Tree, owner: usize, kind: fn(&Tree, usize) -> bool) -> bool {
    let mut inside = 0;
    let mut some = false;
    for node in tree.under(owner) {
        if node != owner && kind(tree, node) {
            inside = inside.max(tree.nodes[node].end);
        }
        if tree.nodes[node].text.chars().any(char::is_alphanumeric) {
            if node >= inside {
                return false;
            }
            some = true;
        }
    }
    some
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    const LINE: &str = "The ferry to Port Vell stopped on Wednesday after a crack was found in its hull, the port authority said, and nobody could say when it would sail again.";

    fn roles(html: &str) -> Vec<(Role, String)> {
        read(html.as_bytes(), None).0.blocks
    }

    #[test]
    fn a_line_boxed_with_an_image_is_its_caption() {
        for boxed in [
            "<div class=pic><a href=#><img src=/a.jpg></a><p>The ferry at its pier in March</p></div>",
            "<div><span><img src=/a.jpg></span><div>The ferry at its pier in March.</div><div>Mira Okpara</div></div>",
            "<p><img src=/a.jpg><br><em>The ferry at its pier in March</em></p>",
            "<div><div><img src=/a.jpg> <em class=image-caption>The ferry at its pier in March</em></div></div>",
        ] {
            let html = format!("<div><p>{LINE}</p><p>{LINE} Once.</p>{boxed}<p>{LINE} Twice.</p></div>");
            let blocks = roles(&html);
            let line = blocks.iter().find(|(_, text)| text.starts_with("The ferry at its pier"));
            assert_eq!(line.map(|(role, _)| *role), Some(Role::Caption), "{boxed} {blocks:?}");
        }
    }

    #[test]
    fn text_beside_an_image_stays_text() {
        for beside in [
            format!("<p><img src=/a.jpg>{LINE} Thrice.</p>"),
            "<div><img src=/a.jpg></div><p>The ferry is small.</p>".to_owned(),
            "<div><p>The ferry is small.</p><div><img src=/a.jpg></div></div>".to_owned(),
        ] {
            let html = format!("<div><p>{LINE}</p><p>{LINE} Once.</p>{beside}<p>{LINE} Twice.</p></div>");
            let blocks = roles(&html);
            assert!(
                blocks.len() == 4 && blocks.iter().all(|(role, _)| *role == Role::Paragraph),
                "{blocks:?}"
            );
        }
        let slides: String = (0..8)
            .map(|at| format!("<div><img src=/{at}.jpg><p>Pier {at} was closed in the morning, and the boats of pier {at} lay in the rain.</p></div>"))
            .collect();
        let blocks = roles(&format!("<div>{slides}</div>"));
        assert!(blocks.len() == 8 && blocks.iter().all(|(role, _)| *role == Role::Paragraph), "{blocks:?}");
    }
}
