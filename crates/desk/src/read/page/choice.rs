//! Which part of a page is the article.
//!
//! Every block of text has a value: prose counts for, links and scraps count against. The element whose blocks add up
//! to the most is the article, so a text spread over several containers comes whole.

use std::collections::BTreeSet;

use super::body::Block;
use super::furniture;
use super::tree::Tree;

/// The most pieces that a text may stand in.
const PIECES: usize = 2_000;

/// The elements whose text is the article's: for each node whether it lies in one of them.
pub(super) fn choose(tree: &Tree, blocks: &[Block], title: &str) -> Vec<bool> {
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
    // The headings of posts stand beside their bodies.
    if let Some(posts) = posts(tree, &roots, prose) {
        return posts;
    }
    // A piece without prose, such as a heading or a short answer, belongs to the text where it stands among others.
    let parent = |root: usize| tree.nodes[root].parent;
    let parents: BTreeSet<usize> =
        roots.iter().copied().filter(|&root| prose[root] > 0).map(parent).collect();
    let among = |root: usize| prose[root] > 0 || parents.contains(&parent(root));
    roots
        .into_iter()
        .filter(|&root| {
            let near = self::home(tree, root) == home && !tree.nodes[root].is("article");
            root == main || among(root) && near
        })
        .collect()
}

/// The articles that the roots stand in where they are posts of one live blog: three or more with the same parent, none
/// with a headline of the first level and none with most of the text.
fn posts(tree: &Tree, roots: &[usize], prose: &[usize]) -> Option<Vec<usize>> {
    let homes: BTreeSet<usize> =
        roots.iter().filter(|&&root| prose[root] > 0).map(|&root| home(tree, root)).collect();
    let total: usize = roots.iter().map(|&root| prose[root]).sum();
    let beside = homes.first().map(|&first| tree.nodes[first].parent);
    let is_post = |&home: &usize| {
        home != 0
            && Some(tree.nodes[home].parent) == beside
            && prose[home] * 2 < total
            && !tree.under(home).any(|node| tree.nodes[node].is("h1"))
    };
    (homes.len() >= 3 && homes.iter().all(is_post)).then(|| homes.into_iter().collect())
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
