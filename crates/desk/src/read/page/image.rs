//! The article's images: address, caption and credit, of the main image and of the figures in the text.

use url::Url;

use crate::article::Image;

use super::jsonld::Linked;
use super::tags::Tags;
use super::tree::{Node, Tree};

/// The most images that are kept of one page.
const LIMIT: usize = 20;
/// The longest caption and the longest credit that are kept, in bytes.
const CAPTION: usize = 1_000;

/// What a credit begins with, in lower case.
const OPENERS: [&str; 24] = [
    "photo:",
    "photos:",
    "photo by",
    "photograph:",
    "photography by",
    "photo credit:",
    "credit:",
    "image:",
    "image credit:",
    "picture:",
    "source:",
    "foto:",
    "fotos:",
    "fotografía:",
    "bild:",
    "quelle:",
    "©",
    "(c)",
    "crédit",
    "photo ©",
    "getty images",
    "illustration:",
    "credits:",
    "credits ©",
];

/// Words in the file names of images that stand in until the real one is drawn.
const STANDINS: [&str; 8] =
    ["placeholder", "lazyload", "fallback", "missing-image", "spacer", "blank.", "transparent.", "1x1."];

/// The main image first, then the figures in reading order, each once.
pub(super) fn gather(tree: &Tree, tags: &Tags, linked: &Linked, address: Option<&str>) -> Vec<Image> {
    let base = address.and_then(|address| Url::parse(address).ok());
    let mut out: Vec<Image> = Vec::new();
    let shared = tags.get(&["og:image", "og:image:url", "twitter:image", "twitter:image:src"]);
    let main = linked.image.clone().or_else(|| {
        let caption = tags.get(&["og:image:alt", "twitter:image:alt"]).map(str::to_owned);
        shared.map(|url| Image { url: url.to_owned(), caption, credit: None })
    });
    let figures = (0..tree.nodes.len()).filter(|&node| tree.nodes[node].is("figure"));
    for image in main.into_iter().chain(figures.filter_map(|node| figure(tree, node))) {
        let Some(url) = resolve(&image.url, base.as_ref()) else { continue };
        let image = Image { url, ..image };
        // The main image often comes again as a figure, in another size and with its caption.
        match out.iter().position(|known| alike(&known.url, &image.url)) {
            Some(at) => {
                let known = &mut out[at];
                known.caption = known.caption.take().or(image.caption);
                known.credit = known.credit.take().or(image.credit);
            }
            None if out.len() < LIMIT => out.push(image),
            None => {}
        }
    }
    out
}

/// A figure of the text: it holds an image, and no link to another article around it.
fn figure(tree: &Tree, node: usize) -> Option<Image> {
    let mut up = tree.nodes[node].parent;
    while up != 0 {
        if matches!(tree.nodes[up].name.as_str(), "a" | "aside" | "nav" | "footer") {
            return None;
        }
        up = tree.nodes[up].parent;
    }
    let inside = || tree.under(node).map(|at| &tree.nodes[at]);
    let url = inside().filter(|node| node.is("img")).find_map(source)?;
    let caption = tree.under(node).find(|&at| tree.nodes[at].is("figcaption"))?;
    let credited = tree.under(caption).skip(1).find(|&at| says_credit(&tree.nodes[at]));
    let whole = tree.text(caption);
    // A portrait with byline and date is no image of the story.
    if whole.split_whitespace().count() <= 12 && super::moment::parse(&whole).is_some() {
        return None;
    }
    let stated = credited.map(|at| tree.text(at)).filter(|text| !text.is_empty());
    let (caption, credit) = match stated {
        Some(credit) => (whole.replacen(&credit, " ", 1), credit),
        None => parted(&whole),
    };
    Some(Image { url, caption: kept(&caption), credit: kept(bare(&credit)) })
}

fn source(node: &Node) -> Option<String> {
    let usable = |address: &&str| {
        let name = address.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        !name.is_empty()
            && !address.starts_with("data:")
            && !STANDINS.iter().any(|word| name.contains(word) || address.contains("/placeholder/"))
    };
    node.attribute("src").filter(usable).or(node.attribute("data-src").filter(usable)).map(str::to_owned)
}

fn says_credit(node: &Node) -> bool {
    let named = ["credit", "copyright", "photographer", "attribution", "rights", "source"];
    node.hint.split([' ', '-', '_']).any(|word| named.iter().any(|name| word.starts_with(name)))
        || matches!(node.attribute("itemprop"), Some("copyrightHolder" | "creditText" | "author" | "creator"))
}

/// A caption and the credit at its end: in brackets, or behind one of the openers.
pub(super) fn parted(text: &str) -> (String, String) {
    let opened = |part: &str| {
        let lower = part.trim_start().to_lowercase();
        OPENERS.iter().any(|opener| lower.starts_with(opener))
    };
    if let Some(open) = last_bracket(text.trim_end())
        && (opened(&text[open + 1..])
            || text[open..].len() < 60 && text[open..].contains('/')
            || super::agency::named(&text[open + 1..]).is_some())
    {
        let credit = text[open + 1..].trim_end();
        let credit = credit.strip_suffix([')', ']']).unwrap_or(credit);
        return (text[..open].to_owned(), credit.to_owned());
    }
    // The last place where a sentence ends or a bar stands, and a credit begins.
    let starts = text.char_indices().filter(|(at, c)| {
        let before = text[..*at].trim_end();
        !c.is_whitespace()
            && (before.is_empty() || before.ends_with(['.', '|', '!', '?', '”', '"']) || *c == '©')
    });
    match starts.map(|(at, _)| at).take(200).filter(|&at| opened(&text[at..])).last() {
        Some(at) => (text[..at].trim_end_matches([' ', '|']).to_owned(), text[at..].to_owned()),
        None => (text.to_owned(), String::new()),
    }
}

/// Where the bracket opens that closes at the text's end.
fn last_bracket(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices().rev() {
        match c {
            ')' | ']' => depth += 1,
            '(' | '[' if depth <= 1 => return (depth == 1).then_some(at),
            '(' | '[' => depth -= 1,
            _ if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// A credit without `Photo:` and the like.
fn bare(credit: &str) -> &str {
    let credit = credit.trim().trim_start_matches('|').trim();
    let inner = credit.strip_prefix(['(', '[']).and_then(|credit| credit.strip_suffix([')', ']']));
    let credit = inner.unwrap_or(credit).trim();
    let cut = OPENERS.iter().filter_map(|opener| {
        let head = credit.get(..opener.len())?;
        let is = head.eq_ignore_ascii_case(opener) && opener.ends_with([':', 'y', '©', ')']);
        is.then_some(opener.len())
    });
    cut.max().map_or(credit, |at| credit[at..].trim())
}

fn kept(text: &str) -> Option<String> {
    let text = super::tree::squeeze(super::source::shorten(text, CAPTION));
    text.chars().any(char::is_alphanumeric).then_some(text)
}

pub(super) fn resolve(address: &str, base: Option<&Url>) -> Option<String> {
    let address = address.trim();
    let url = match base {
        Some(base) => base.join(address).ok()?,
        None => Url::parse(address).ok()?,
    };
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

/// Whether two addresses are one image in two sizes: the same file name that is no common word.
fn alike(one: &str, other: &str) -> bool {
    let name = |url: &str| -> String {
        let path = url.split(['?', '#']).next().unwrap_or(url);
        path.rsplit('/').next().unwrap_or_default().to_owned()
    };
    one == other || name(one).len() > 8 && name(one) == name(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str) -> Vec<Image> {
        let tree = Tree::parse(html.to_owned());
        gather(&tree, &Tags::read(&tree), &Linked::default(), Some("https://post.example/news/ferry"))
    }

    fn image(url: &str, caption: &str, credit: &str) -> Image {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Image { url: url.to_owned(), caption: some(caption), credit: some(credit) }
    }

    #[test]
    fn images_come_with_caption_and_credit() {
        let lead = "<meta property=og:image content=https://img.example/ferry-hull.jpg>";
        for (html, expected) in [
            (lead.to_owned(), vec![image("https://img.example/ferry-hull.jpg", "", "")]),
            (
                format!("{lead}<figure><img src=https://img.example/640/ferry-hull.jpg?w=640><figcaption>The hull. <span class=credit>Mira Okpara</span></figcaption></figure>"),
                vec![image("https://img.example/ferry-hull.jpg", "The hull.", "Mira Okpara")],
            ),
            (
                "<figure><img src=/i/crew.jpg><figcaption>The crew (Photo: Jon Vell)</figcaption></figure>".to_owned(),
                vec![image("https://post.example/i/crew.jpg", "The crew", "Jon Vell")],
            ),
            ("<figure><img src=/i/crew.jpg></figure>".to_owned(), vec![]),
            ("<a href=/x><figure><img src=/i/x.jpg><figcaption>Another story</figcaption></figure></a>".to_owned(), vec![]),
            ("<figure><img src='data:image/gif;base64,R0' data-src=//img.example/b.jpg><figcaption>Bay</figcaption></figure>".to_owned(),
             vec![image("https://img.example/b.jpg", "Bay", "")]),
            ("<figure><img src=/static/lazyload-fallback.gif data-src=/i/b.jpg><figcaption>Bay</figcaption></figure>".to_owned(),
             vec![image("https://post.example/i/b.jpg", "Bay", "")]),
            ("<figure><img src=/i/mira.jpg><figcaption>Von Mira Okpara 11.03.2026, 15:15 Uhr</figcaption></figure>".to_owned(), vec![]),
            ("<figure><img src=javascript:x><figcaption>Bay</figcaption></figure>".to_owned(), vec![]),
        ] {
            assert_eq!(check(&html), expected, "{html}");
        }
    }

    #[test]
    fn a_credit_is_parted_from_its_caption() {
        for (text, caption, credit) in [
            ("The ferry in March. Photo: Jon Vell", "The ferry in March.", "Jon Vell"),
            ("The ferry © Jon Vell", "The ferry", "Jon Vell"),
            ("Die Fähre | Foto: Jon Vell/wire", "Die Fähre", "Jon Vell/wire"),
            ("The ferry [Jon Vell/Wire]", "The ferry", "Jon Vell/Wire"),
            ("The ferry. (AP)", "The ferry.", "AP"),
            ("The ferry. (Photo: Jon Vell (Wire))", "The ferry.", "Jon Vell (Wire)"),
            ("The ferry (left) at the quay", "The ferry (left) at the quay", ""),
            ("A photo by the crew", "A photo by the crew", ""),
            ("Photo: Jon Vell", "", "Jon Vell"),
            ("", "", ""),
            ("(", "(", ""),
        ] {
            let (left, right) = parted(text);
            assert_eq!((left.trim(), bare(&right)), (caption, credit), "{text}");
        }
    }
}
