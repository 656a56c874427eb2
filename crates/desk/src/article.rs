//! One outlet's published text at one address, and the passages that citations point to.

use language::Span;
use sha2::{Digest as _, Sha256};

use crate::stamp::Stamp;

/// The most code points that a passage may hold.
pub const PASSAGE_LIMIT: usize = 600;

/// One outlet's published text at one address.
///
/// `text` is stored once and everything points into it by byte span: the headline (where there is one), an
/// empty line, then the blocks of the body, parted by empty lines. `blocks` says what each part is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// The id it came with, or one made from its address or text.
    pub id: String,
    /// Where it was published.
    pub url: Option<String>,
    /// The registrable domain of its address.
    pub domain: Option<String>,
    /// The outlet's name as it is printed in a reference.
    pub outlet: String,
    /// The headline without the site's suffix; empty where there is none.
    pub title: String,
    /// People and organisations of the byline, in order.
    pub authors: Vec<String>,
    /// The news agency whose copy this is, from byline or dateline.
    pub agency: Option<String>,
    /// When it was published.
    pub published: Option<Stamp>,
    /// When it was last changed, as far as the page says.
    pub modified: Option<Stamp>,
    /// BCP 47 language, lower case (`en`); empty where it is not known.
    pub lang: String,
    /// What kind of article it is.
    pub kind: Kind,
    /// The sign that tells its kind: `section "Opinion"`; none for a report that shows no sign.
    pub sign: Option<String>,
    /// The section it stands in, as the page calls it.
    pub section: Option<String>,
    /// Whether the page says that only subscribers may read it whole.
    pub paywalled: bool,
    /// Whether the page reserves its text against reuse by machines.
    pub reserved: bool,
    /// What the page says about reuse, each as `robots: noai` or `licence: https://…`.
    pub reuse: Vec<String>,
    /// The main image, then the figures of the text.
    pub images: Vec<Image>,
    /// When it was fetched, ISO 8601; none for local input.
    pub fetched: Option<String>,
    /// The stored text.
    pub text: String,
    /// The parts of `text`, in order, without the empty lines between them.
    pub blocks: Vec<Block>,
    /// Where the page itself shows that its items begin, in order; empty for a report on one thing.
    pub openings: Vec<Opening>,
    /// The addresses that its running text links to, each once, in the order of the text.
    pub links: Vec<String>,
}

/// Where a page shows that another news item begins: a post of a live blog, a piece of a newsletter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The part of the body that it begins with: an index into the blocks, the headline not counted.
    pub block: usize,
    /// When it was posted, where the page says so.
    pub at: Option<Stamp>,
}

/// An image of an article: never the image itself, only where it is and what is said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image {
    /// Its address.
    pub url: String,
    /// What the page says that it shows.
    pub caption: Option<String>,
    /// Who made it or holds the rights.
    pub credit: Option<String>,
}

/// One part of an article's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its bytes in [`Article::text`].
    pub span: Span,
    /// What it is.
    pub role: Role,
}

/// What a part of an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The article's own headline.
    Headline,
    /// A paragraph of running text.
    Paragraph,
    /// A heading inside the body.
    Heading,
    /// An item of a list.
    Item,
    /// A block quotation.
    Quotation,
    /// The caption of an image.
    Caption,
    /// A correction or an editor's note.
    Correction,
}

impl Role {
    /// The name used in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Paragraph => "paragraph",
            Self::Heading => "heading",
            Self::Item => "item",
            Self::Quotation => "quotation",
            Self::Caption => "caption",
            Self::Correction => "correction",
        }
    }
}

/// The kinds of article that the desk tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Kind {
    /// A report.
    #[default]
    News,
    /// A page of dated posts that grows during an event.
    LiveBlog,
    /// A report that explains.
    Analysis,
    /// A comment, column or editorial.
    Opinion,
    /// Questions and answers.
    Interview,
    /// An organisation's own announcement.
    PressRelease,
    /// Paid content.
    Sponsored,
    /// Invented for laughs.
    Satire,
    /// A life told at its end.
    Obituary,
    /// A page that only corrects another.
    Correction,
}

impl Kind {
    /// The name used in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::LiveBlog => "live blog",
            Self::Analysis => "analysis",
            Self::Opinion => "opinion",
            Self::Interview => "interview",
            Self::PressRelease => "press release",
            Self::Sponsored => "sponsored",
            Self::Satire => "satire",
            Self::Obituary => "obituary",
            Self::Correction => "correction",
        }
    }

    /// The kind of that name; news for any other.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        use Kind::*;
        let all =
            [LiveBlog, Analysis, Opinion, Interview, PressRelease, Sponsored, Satire, Obituary, Correction];
        all.into_iter().find(|kind| kind.name() == name).unwrap_or(News)
    }

    /// Whether its sentences may be told in the digest's own voice.
    #[must_use]
    pub fn speaks_for_itself(self) -> bool {
        !matches!(self, Self::Opinion | Self::PressRelease | Self::Sponsored | Self::Satire)
    }
}

impl Article {
    /// An article with an id and nothing else.
    #[must_use]
    pub fn bare(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            url: None,
            domain: None,
            outlet: String::new(),
            title: String::new(),
            authors: Vec::new(),
            agency: None,
            published: None,
            modified: None,
            lang: String::new(),
            kind: Kind::News,
            sign: None,
            section: None,
            paywalled: false,
            reserved: false,
            reuse: Vec::new(),
            images: Vec::new(),
            fetched: None,
            text: String::new(),
            blocks: Vec::new(),
            openings: Vec::new(),
            links: Vec::new(),
        }
    }

    /// SHA-256 of the stored text as 64 hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> String {
        sha256(self.text.as_bytes())
    }

    /// The stored text from the headline and the parts of the body, and where each part stands in it.
    /// Empty parts are left out.
    #[must_use]
    pub fn compose<'t>(
        title: &'t str,
        parts: impl IntoIterator<Item = (Role, &'t str)>,
    ) -> (String, Vec<Block>) {
        let mut text = String::new();
        let mut blocks = Vec::new();
        for (role, part) in std::iter::once((Role::Headline, title)).chain(parts) {
            let part = part.trim();
            if part.is_empty() {
                continue;
            }
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let start = text.len();
            text.push_str(part);
            blocks.push(Block { span: Span::new(start, text.len()), role });
        }
        (text, blocks)
    }
}

/// SHA-256 as 64 lower-case hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A span of one article's text: what a citation points to. One to three consecutive sentences, at most
/// [`PASSAGE_LIMIT`] code points; a headline may be one too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Passage {
    /// Index of the article in the slice that the stage was given.
    pub article: usize,
    /// Bytes of [`Article::text`].
    pub span: Span,
}

impl Passage {
    /// The passage's words.
    #[must_use]
    pub fn text(self, articles: &[Article]) -> &str {
        self.span.of(&articles[self.article].text)
    }
}
