//! The vocabularies of feeds, told apart by their namespace and, where that is missing, by their usual prefix.

/// A vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// RSS of any version, or no namespace at all.
    Plain,
    /// Atom 0.3 or 1.0.
    Atom,
    /// Dublin Core's fifteen elements.
    Dc,
    /// Dublin Core's later terms.
    Terms,
    /// The content module (`content:encoded`).
    Content,
    /// The media module.
    Media,
    /// The podcast module.
    Itunes,
    /// XHTML.
    Xhtml,
    /// RDF.
    Rdf,
    /// Sitemaps.
    Sitemap,
    /// The news extension of sitemaps.
    News,
    /// The module that keeps the article's own address beside a counted one.
    Feedburner,
    /// Any other.
    Other,
}

/// The vocabulary of a namespace address. Scheme, case and a final slash don't count: feeds get them wrong.
pub(super) fn of_address(address: &str) -> Option<Vocabulary> {
    let address = address.trim().to_ascii_lowercase();
    let bare =
        address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(&address);
    let bare = bare.trim_end_matches(['/', '#']);
    Some(match bare {
        ""
        | "purl.org/rss/1.0"
        | "my.netscape.com/rdf/simple/0.9"
        | "my.netscape.com/publish/formats/rss-0.91.dtd"
        | "channel.netscape.com/rdf/simple/0.9"
        | "purl.org/net/rss1.1"
        | "backend.userland.com/rss2"
        | "blogs.law.harvard.edu/tech/rss"
        | "cyber.law.harvard.edu/rss" => Vocabulary::Plain,
        "www.w3.org/2005/atom" | "purl.org/atom/ns" | "purl.org/atom/app" => Vocabulary::Atom,
        "purl.org/dc/elements/1.1" | "purl.org/dc/elements/1.0" => Vocabulary::Dc,
        "purl.org/dc/terms" => Vocabulary::Terms,
        "purl.org/rss/1.0/modules/content" => Vocabulary::Content,
        "search.yahoo.com/mrss" | "www.rssboard.org/media-rss" => Vocabulary::Media,
        "www.itunes.com/dtds/podcast-1.0.dtd" => Vocabulary::Itunes,
        "www.w3.org/1999/xhtml" => Vocabulary::Xhtml,
        "www.w3.org/1999/02/22-rdf-syntax-ns" => Vocabulary::Rdf,
        "www.sitemaps.org/schemas/sitemap/0.9" | "www.google.com/schemas/sitemap/0.84" => Vocabulary::Sitemap,
        "www.google.com/schemas/sitemap-news/0.9" => Vocabulary::News,
        "rssnamespace.org/feedburner/ext/1.0" => Vocabulary::Feedburner,
        _ if bare.starts_with("backend.userland.com/rss") => Vocabulary::Plain,
        _ => return None,
    })
}

/// The vocabulary that a prefix usually stands for, for feeds that never declare it.
pub(super) fn of_prefix(prefix: &str) -> Vocabulary {
    match prefix {
        "" => Vocabulary::Plain,
        "atom" | "atom10" | "a10" => Vocabulary::Atom,
        "dc" => Vocabulary::Dc,
        "dcterms" => Vocabulary::Terms,
        "content" => Vocabulary::Content,
        "media" => Vocabulary::Media,
        "itunes" => Vocabulary::Itunes,
        "xhtml" => Vocabulary::Xhtml,
        "rdf" => Vocabulary::Rdf,
        "news" => Vocabulary::News,
        "feedburner" => Vocabulary::Feedburner,
        _ => Vocabulary::Other,
    }
}
