//! Where a page shows that another item begins: the posts of a live blog, the pieces of a newsletter.
//!
//! Posts are articles within the page's own, or what stands around one time each; a newsletter has linked headlines,
//! rules drawn across, or headings.

use crate::article::{Opening, Role};
use crate::stamp::Stamp;

use super::body::Block;
use super::moment;
use super::tree::{Tree, is_block};

/// The fewest items that make several.
const FEWEST: usize = 3;

/// The openings among the lines of the text, and whether the page's structure alone shows that there are several items.
pub(super) fn posts(tree: &Tree, lines: &[&Block]) -> (Vec<Opening>, bool) {
    let times = times(tree, lines);
    let nested = articles(tree, lines, &times);
    let timed = nested.iter().filter(|opening| opening.at.is_some()).count();
    if nested.len() >= FEWEST {
        return (nested, timed >= FEWEST);
    }
    let around = around(tree, lines, &times);
    if around.len() >= FEWEST { (around, false) } else { (Vec::new(), false) }
}

/// The openings of a letter's items.
pub(super) fn pieces(tree: &Tree, lines: &[&Block]) -> Vec<Opening> {
    let is_prose =
        |at: usize| lines.get(at).is_some_and(|line| line.role != Role::Heading && line.words >= 8);
    let headed = |linked: bool| -> Vec<usize> {
        let heads = |at: &usize| lines[*at].role == Role::Heading && (!linked || lines[*at].linked > 0);
        (0..lines.len()).filter(heads).filter(|at| is_prose(at + 1) || is_prose(at + 2)).collect()
    };
    let mut ruled = Vec::new();
    let mut from = 0;
    for (at, line) in lines.iter().enumerate() {
        let rule = tree.nodes[from..line.owner.max(from)].iter().any(|node| node.is("hr"));
        if rule && at > 0 && (is_prose(at) || is_prose(at + 1)) {
            ruled.push(at);
        }
        from = line.owner.max(from);
    }
    let ways = [headed(true), ruled, headed(false)];
    let found = ways.into_iter().find(|way| way.len() + 1 >= FEWEST).unwrap_or_default();
    found.into_iter().map(|block| Opening { block, at: None }).collect()
}

/// Nodes of times that stand beside the text, with their moments, in order.
fn times(tree: &Tree, lines: &[&Block]) -> Vec<(usize, Stamp)> {
    let mut prose = vec![false; tree.nodes.len()];
    for line in lines.iter().filter(|line| line.words >= 12) {
        prose[line.owner] = true;
    }
    let stated = |node: &super::tree::Node| {
        let stamp = node.attribute("datetime").or_else(|| node.attribute("data-datetime"))?;
        Stamp::parse(stamp).or_else(|| moment::parse(stamp))
    };
    let beside = |node: usize| {
        let mut up = tree.nodes[node].parent;
        while up != 0 && !is_block(&tree.nodes[up].name) {
            up = tree.nodes[up].parent;
        }
        !prose[up]
    };
    let times = tree.nodes.iter().enumerate().filter(|(_, node)| node.is("time"));
    times
        .filter_map(|(index, node)| Some((index, stated(node)?)))
        .filter(|(index, _)| beside(*index))
        .collect()
}

/// Openings at articles within the page's own, each with its first time, where they hold most of the text.
fn articles(tree: &Tree, lines: &[&Block], times: &[(usize, Stamp)]) -> Vec<Opening> {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Vec::new() };
    let holds = |outer: usize, inner: usize| tree.under(outer).contains(&inner);
    // The post that each node lies in, the outermost where one quotes another.
    let mut post = vec![0; tree.nodes.len()];
    for (index, node) in tree.nodes.iter().enumerate().skip(1) {
        let named =
            node.is("article") || node.attribute("itemprop").is_some_and(|name| name == "liveBlogUpdate");
        let whole = holds(index, first.owner) && holds(index, last.owner);
        post[index] = match post[node.parent] {
            0 if named && !whole => index,
            outer => outer,
        };
    }
    let mut out: Vec<Opening> = Vec::new();
    let (mut inside, mut total, mut before) = (0, 0, 0);
    for (block, line) in lines.iter().enumerate() {
        let here = post[line.owner];
        total += line.words;
        inside += if here == 0 { 0 } else { line.words };
        // Posts don't overlap and lines are in order, so a post that comes later stands further on.
        if here > before {
            let from = times.partition_point(|(node, _)| *node < here);
            let at = times.get(from).filter(|(node, _)| holds(here, *node)).map(|(_, at)| *at);
            out.push(Opening { block, at });
            before = here;
        }
    }
    if inside * 10 < total * 6 { Vec::new() } else { out }
}

/// Openings at the widest elements that hold one time each; where posts have no element of their own, at the heading
/// before a time or the line behind it.
fn around(tree: &Tree, lines: &[&Block], times: &[(usize, Stamp)]) -> Vec<Opening> {
    let line_at = |node: usize| lines.partition_point(|line| line.owner < node);
    // Two times with no line between them are when a post was made and when it was changed.
    let mut first: Vec<(usize, Stamp)> = Vec::new();
    for (node, at) in times {
        if first.last().is_none_or(|(before, _)| line_at(*before) != line_at(*node)) {
            first.push((*node, *at));
        }
    }
    let mut out: Vec<Opening> = Vec::new();
    for (index, (node, at)) in first.iter().enumerate() {
        let before = index.checked_sub(1).map_or(0, |before| first[before].0);
        let after = first.get(index + 1).map_or(tree.nodes.len(), |next| next.0);
        let mut held = *node;
        while held != 0 {
            let parent = tree.nodes[held].parent;
            if parent <= before || tree.nodes[parent].end > after {
                break;
            }
            held = parent;
        }
        let mut block = line_at(held);
        let own = lines.get(block).is_some_and(|line| tree.under(held).contains(&line.owner));
        if !own && block > line_at(before) && lines[block - 1].role == Role::Heading {
            block -= 1;
        }
        if block < lines.len() && out.last().is_none_or(|last| last.block < block) {
            out.push(Opening { block, at: Some(*at) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Page, read, read_letter};
    use crate::article::Kind;

    const LINE: &str =
        "The port authority said that the ferry to Port Vell would not sail again before the weekend.";

    fn page(inner: &str) -> Page {
        let html = format!(
            "<title>Storm live: ferries stay in port</title><main><h1>Storm live: ferries stay in port</h1>{inner}</main>"
        );
        read(html.as_bytes(), None).0
    }

    fn openings(page: &Page) -> Vec<(&str, String)> {
        let begun = page.openings.iter().map(|opening| {
            let text = page.blocks[opening.block].1.split_whitespace().next().unwrap_or_default();
            (
                text,
                opening
                    .at
                    .and_then(|at| at.time)
                    .map_or(String::new(), |time| time.strftime("%H:%M").to_string()),
            )
        });
        begun.collect()
    }

    #[test]
    fn posts_of_a_live_blog_are_found_by_their_elements_and_times() {
        let wanted = ["One", "Two", "Three"].into_iter().zip(["14:35", "14:10", "13:55"].map(str::to_owned));
        let wanted: Vec<(&str, String)> = wanted.collect();
        let posts = |form: fn(&str, &str) -> String| {
            let posts = wanted.iter().map(|(name, time)| form(&format!("{name} ferry"), time));
            format!("<p>Here we go. {LINE}</p>{}", posts.collect::<String>())
        };
        let forms: [fn(&str, &str) -> String; 5] = [
            |name, time| {
                format!(
                    "<article><time datetime=2026-03-11T{time}:00Z></time><h2>{name}</h2><p>{LINE} {name}.</p><p>{name} again. {LINE}</p></article>"
                )
            },
            |name, time| {
                format!(
                    "<article><h2>{name}</h2><div><time datetime=2026-03-11T{time}:00Z></time></div><p>{LINE} {name}.</p></article>"
                )
            },
            |name, time| {
                format!(
                    "<div><div><span><time datetime=2026-03-11T{time}:00Z></time></span></div><div><h2>{name}</h2><p>{LINE} {name}.</p></div></div>"
                )
            },
            |name, time| {
                format!(
                    "<h2>{name}</h2><div><time datetime=2026-03-11T{time}:00Z></time></div><p>{LINE} {name}.</p>"
                )
            },
            |name, time| {
                format!(
                    "<div><time datetime=2026-03-11T{time}:00Z></time></div><p>{name}. {LINE}</p><p>{LINE} Again {name}.</p>"
                )
            },
        ];
        for (at, form) in forms.into_iter().enumerate() {
            let page = page(&posts(form));
            assert_eq!(page.kind, Kind::LiveBlog);
            let found: Vec<_> =
                openings(&page).into_iter().map(|(name, time)| (name.trim_end_matches('.'), time)).collect();
            assert_eq!(found, wanted, "form {at}: {:?}", page.blocks);
        }
    }

    #[test]
    fn a_report_on_one_thing_has_no_openings() {
        let dated = "<p>It began on <time datetime=2026-03-05>5 March</time> in Norling, the fishers say, and went on for days.</p>";
        for inner in [
            format!(
                "<article><time datetime=2026-03-11T10:00Z></time><p>{LINE}</p><h2>A</h2><p>{LINE} A.</p><h2>B</h2><p>{LINE} B.</p></article>"
            ),
            format!("<article><p>{LINE}</p>{dated}{dated}{dated}<p>{LINE} B.</p></article>"),
        ] {
            let html = format!("<title>Ferry stops</title><main><h1>Ferry stops</h1>{inner}</main>");
            assert_eq!(read(html.as_bytes(), None).0.openings, [], "{inner}");
        }
    }

    #[test]
    fn a_letter_begins_an_item_at_a_linked_headline_a_rule_or_a_heading() {
        let item = |form: &dyn Fn(&str) -> String| -> String { ["One", "Two", "Three"].map(form).concat() };
        let forms: [(&str, String, usize); 4] = [
            (
                "linked",
                item(&|name| {
                    format!(
                        "<div><a href=/{name}>{name} ferry stays in port</a></div><div>{LINE} {name}.</div>"
                    )
                }),
                3,
            ),
            (
                "headed",
                item(&|name| {
                    format!("<h2>{name} ferry</h2><p>{LINE} {name}.</p><p>{name} again. {LINE}</p>")
                }),
                3,
            ),
            (
                "linked heading",
                item(&|name| {
                    format!(
                        "<table><tr><td><h2><a href=/{name}>{name} ferry in port</a></h2><p>{LINE} {name}.</p></td></tr></table>"
                    )
                }),
                3,
            ),
            ("ruled", item(&|name| format!("<hr><p>{name}. {LINE}</p>")), 3),
        ];
        for (name, items, wanted) in forms {
            let html = format!("<body><div><p>Good morning. {LINE}</p>{items}</div>");
            let page = read_letter(html.as_bytes()).0;
            let begun: Vec<&str> =
                openings(&page).into_iter().map(|(word, _)| word.trim_end_matches('.')).collect();
            assert_eq!(begun, ["One", "Two", "Three"][..wanted], "{name}: {:?}", page.blocks);
        }
        let one = read_letter(
            format!("<p>Good morning. {LINE}</p><p><a href=/x>See it in a browser</a></p><p>{LINE}</p>")
                .as_bytes(),
        )
        .0;
        assert!(one.openings.is_empty() && one.blocks.len() == 2, "{one:?}");
    }
}
