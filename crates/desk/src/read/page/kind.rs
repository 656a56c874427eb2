//! What kind of article a page is, and by which sign that is told: its schema.org type, its headline, the label
//! above it, its section, its address, its wording.

use crate::article::{Kind, Role};

use super::wording;

/// What a page shows of its kind.
#[derive(Debug, Default)]
pub(super) struct Signs<'s> {
    /// Its schema.org types.
    pub(super) types: &'s [String],
    /// The headline.
    pub(super) title: &'s str,
    /// What stands in small letters above the headline.
    pub(super) labels: &'s [String],
    /// The sections it stands in.
    pub(super) sections: &'s [String],
    /// What it calls its genre or type.
    pub(super) genres: &'s [String],
    /// Its keywords, one or more in each.
    pub(super) keywords: &'s [String],
    /// Class and id names of its body and of the article's element.
    pub(super) marks: &'s str,
    /// Its description.
    pub(super) description: Option<&'s str>,
    /// Whether it says in `article:opinion` that it is one.
    pub(super) opinion: bool,
    /// Its address.
    pub(super) url: Option<&'s str>,
}

/// schema.org types that say the kind.
const TYPES: [(&str, Kind); 10] = [
    ("LiveBlogPosting", Kind::LiveBlog),
    ("OpinionNewsArticle", Kind::Opinion),
    ("AnalysisNewsArticle", Kind::Analysis),
    ("BackgroundNewsArticle", Kind::Analysis),
    ("AskPublicNewsArticle", Kind::News),
    ("ReviewNewsArticle", Kind::Opinion),
    ("AdvertiserContentArticle", Kind::Sponsored),
    ("SatiricalArticle", Kind::Satire),
    ("PressRelease", Kind::PressRelease),
    ("Review", Kind::Opinion),
];

/// Whole sections, path parts and headline labels that say the kind, in lower case.
const LABELS: [(Kind, &[&str]); 10] = [
    (
        Kind::Sponsored,
        &[
            "sponsored",
            "sponsored content",
            "advertorial",
            "paid content",
            "paid post",
            "partner content",
            "brand content",
            "branded content",
            "promoted",
            "anzeige",
            "publirreportaje",
            "advertisement feature",
            "sponsored post",
            "paid partnership",
        ],
    ),
    (Kind::Satire, &["satire", "satira", "humor", "humour"]),
    (
        Kind::PressRelease,
        &[
            "press release",
            "press releases",
            "pressemitteilung",
            "communiqué de presse",
            "comunicado de prensa",
            "news release",
            "media release",
            "for immediate release",
        ],
    ),
    (
        Kind::Correction,
        &[
            "correction",
            "corrections",
            "corrections and clarifications",
            "berichtigung",
            "korrektur",
            "clarification",
        ],
    ),
    (
        Kind::Obituary,
        &["obituary", "obituaries", "nachruf", "nachrufe", "necrológica", "obituarios", "nécrologie"],
    ),
    (
        Kind::LiveBlog,
        &[
            "live",
            "live blog",
            "liveblog",
            "live updates",
            "live-blog",
            "live news",
            "liveticker",
            "live-ticker",
            "en direct",
        ],
    ),
    (
        Kind::Interview,
        &["interview", "interviews", "entrevista", "entrevistas", "intervista", "q&a", "wywiad"],
    ),
    (
        Kind::Opinion,
        &[
            "opinion",
            "opinions",
            "opinión",
            "opinione",
            "opinioni",
            "comment",
            "commentary",
            "commentisfree",
            "op-ed",
            "editorial",
            "editorials",
            "column",
            "columns",
            "columnists",
            "columnist",
            "kommentar",
            "kommentare",
            "meinung",
            "kolumne",
            "kolumnen",
            "glosse",
            "leitartikel",
            "letters",
            "letter",
            "letters to the editor",
            "tribune",
            "débats",
            "guest essay",
            "gastbeitrag",
            "viewpoint",
            "perspective",
            "voices",
            "views",
            "op-eds",
            "review",
            "reviews",
        ],
    ),
    (
        Kind::Analysis,
        &["analysis", "analyse", "análisis", "analisi", "explainer", "explained", "fact check", "analyses"],
    ),
    (Kind::News, &["news"]),
];

/// The kind by all signs, the most explicit first, and the sign that tells it.
pub(super) fn tell(signs: &Signs, blocks: &[(Role, String)]) -> (Kind, Option<String>) {
    let typed =
        TYPES.iter().find(|(name, kind)| *kind != Kind::News && signs.types.iter().any(|t| t == name));
    let lists = [("label", signs.labels), ("section", signs.sections), ("genre", signs.genres)];
    let listed = || {
        lists.iter().find_map(|(what, list)| {
            list.iter()
                .find_map(|text| by_part(text).map(|kind| (kind, format!("{what} \"{}\"", text.trim()))))
        })
    };
    let found = typed
        .map(|(name, kind)| (*kind, format!("type {name}")))
        .or_else(|| signs.opinion.then(|| (Kind::Opinion, "article:opinion true".to_owned())))
        .or_else(|| by_title(signs.title))
        .or_else(listed)
        .or_else(|| marked(signs.marks))
        .or_else(|| by_keyword(signs.keywords))
        .or_else(|| signs.description.and_then(wording::of_description))
        .or_else(|| signs.url.and_then(by_path))
        .or_else(|| wording::of_text(blocks));
    match found {
        Some((kind, sign)) => (kind, Some(super::source::shorten(&sign, 120).to_owned())),
        None => (Kind::News, None),
    }
}

/// By a label before the headline's colon or by a phrase in it.
fn by_title(title: &str) -> Option<(Kind, String)> {
    let lower = title.to_lowercase();
    if let Some((label, _)) = lower.split_once([':', '|'])
        && let Some(kind) =
            labelled(label).or_else(|| label.trim().ends_with(" live").then_some(Kind::LiveBlog))
    {
        return Some((kind, format!("headline \"{}:\"", label.trim())));
    }
    let phrases = [
        ("(sponsored)", Kind::Sponsored),
        ("– live", Kind::LiveBlog),
        ("- live", Kind::LiveBlog),
        ("live updates", Kind::LiveBlog),
        ("| live", Kind::LiveBlog),
    ];
    let stands = |mark: &str| lower.ends_with(mark) || mark.len() > 8 && lower.contains(mark);
    let (mark, kind) = phrases.iter().find(|(mark, _)| stands(mark))?;
    Some((*kind, format!("headline \"{mark}\"")))
}

/// A section or label, whole or one of its parts.
fn by_part(text: &str) -> Option<Kind> {
    text.split(['/', ',', '>', '|', ';', '·', '•']).find_map(labelled)
}

/// Keywords say what a text is about, so that only words count that nobody writes about.
fn by_keyword(keywords: &[String]) -> Option<(Kind, String)> {
    let known = [Kind::Satire, Kind::Sponsored, Kind::PressRelease];
    let mut words = keywords.iter().flat_map(|line| line.split([',', ';'])).take(60);
    words.find_map(|word| {
        let kind = labelled(word).filter(|kind| known.contains(kind))?;
        Some((kind, format!("keyword \"{}\"", word.trim())))
    })
}

fn labelled(label: &str) -> Option<Kind> {
    let label = label.trim().to_lowercase();
    let label = label.trim_matches(|c: char| !c.is_alphanumeric());
    LABELS
        .iter()
        .find(|(_, words)| words.contains(&label))
        .map(|(kind, _)| *kind)
        .filter(|kind| *kind != Kind::News)
}

/// Folders of the address, without the last part, which is the headline's own words.
fn by_path(url: &str) -> Option<(Kind, String)> {
    let path = url.split("//").nth(1)?.split(['?', '#']).next()?;
    let folders: Vec<&str> = path.split('/').skip(1).collect();
    let folders = folders.split_last().map(|(_, rest)| rest)?;
    folders.iter().find_map(|folder| {
        let kind = labelled(&folder.replace(['-', '_'], " ")).or_else(|| labelled(folder))?;
        Some((kind, format!("address /{folder}/")))
    })
}

/// Class and id names of the body and the article's element.
fn marked(marks: &str) -> Option<(Kind, String)> {
    marks.split([' ', '\n']).find_map(|mark| Some((by_class(mark)?, format!("class {mark}"))))
}

fn by_class(mark: &str) -> Option<Kind> {
    const BEFORE: [&str; 9] = [
        "category-",
        "section-",
        "type-",
        "article--",
        "article-",
        "post-type-",
        "genre-",
        "template-",
        "contenttype-",
    ];
    match mark {
        "sponsored" | "advertorial" | "paid-content" => return Some(Kind::Sponsored),
        "liveblog" | "live-blog" => return Some(Kind::LiveBlog),
        "press-release" => return Some(Kind::PressRelease),
        _ => {}
    }
    let named = |label: &str| labelled(label).or_else(|| labelled(&label.replace(['-', '_'], " ")));
    let before = BEFORE.iter().find_map(|before| named(mark.strip_prefix(before)?));
    // `article-comment` is a place for readers, not a kind.
    let is_part =
        ["article-comment", "article-live", "article-column", "article-columns", "article-interview"];
    before.or_else(|| named(mark.strip_suffix("-article")?)).filter(|_| !is_part.contains(&mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_told_by_type_section_address_or_headline() {
        for (kind, types, section, url, title, marks, sign) in [
            (Kind::Opinion, "OpinionNewsArticle", "", "", "A ferry too far", "", "type OpinionNewsArticle"),
            (Kind::LiveBlog, "LiveBlogPosting", "", "", "Storm", "", "type LiveBlogPosting"),
            (Kind::Opinion, "NewsArticle", "Opinion", "", "A ferry too far", "", "section \"Opinion\""),
            (
                Kind::Opinion,
                "NewsArticle",
                "World / Comment",
                "",
                "A ferry too far",
                "",
                "section \"World / Comment\"",
            ),
            (
                Kind::Opinion,
                "",
                "",
                "https://a.example/opinion/2026/ferry",
                "A ferry too far",
                "",
                "address /opinion/",
            ),
            (Kind::News, "NewsArticle", "", "https://a.example/news/opinion", "A ferry", "", ""),
            (Kind::Opinion, "", "", "", "Opinion: A ferry too far", "", "headline \"opinion:\""),
            (Kind::Obituary, "", "", "", "Obituary: Mira Okpara, shipwright", "", "headline \"obituary:\""),
            (Kind::PressRelease, "", "", "", "Press release: New ferry", "", "headline \"press release:\""),
            (
                Kind::LiveBlog,
                "",
                "",
                "",
                "Vellburg storm live: bridges closed",
                "",
                "headline \"vellburg storm live:\"",
            ),
            (Kind::Sponsored, "", "Sponsored", "", "New ferry", "", "section \"Sponsored\""),
            (Kind::Sponsored, "", "", "", "New ferry", " page sponsored ", "class sponsored"),
            (Kind::Opinion, "", "", "", "New ferry", " post category-opinion ", "class category-opinion"),
            (
                Kind::Obituary,
                "",
                "",
                "",
                "Mira Okpara",
                " post category-obituaries ",
                "class category-obituaries",
            ),
            (Kind::News, "", "", "", "New ferry", " article-comment article-body ", ""),
            (Kind::News, "NewsArticle", "Politics", "", "Opinion polls: a dead heat", "", ""),
        ] {
            let (types, sections) = ([types.to_owned()], [section.to_owned()]);
            let signs = Signs {
                types: &types,
                sections: &sections,
                url: Some(url),
                title,
                marks,
                ..Signs::default()
            };
            let wanted = Some(sign.to_owned()).filter(|sign| !sign.is_empty());
            assert_eq!(tell(&signs, &[]), (kind, wanted), "{title} {section} {url}");
        }
    }

    #[test]
    fn labels_genres_and_keywords_tell_the_kind() {
        let list = |text: &str| vec![text.to_owned()];
        for (kind, label, genre, keywords, sign) in [
            (Kind::Opinion, "Kommentar", "", "", Some("label \"Kommentar\"")),
            (Kind::Interview, "", "Interview", "", Some("genre \"Interview\"")),
            (Kind::Satire, "", "", "Ferry, Satire", Some("keyword \"Satire\"")),
            (Kind::News, "Harbor", "Article", "Ferry, Opinion, Interview", None),
        ] {
            let (labels, genres, keywords) = (list(label), list(genre), list(keywords));
            let signs = Signs { labels: &labels, genres: &genres, keywords: &keywords, ..Signs::default() };
            assert_eq!(tell(&signs, &[]), (kind, sign.map(str::to_owned)), "{label} {genre}");
        }
    }

    #[test]
    fn the_page_may_say_its_kind_in_other_words() {
        let said = Signs { opinion: true, ..Signs::default() };
        assert_eq!(tell(&said, &[]), (Kind::Opinion, Some("article:opinion true".to_owned())));
        let said = Signs {
            description: Some("Zu viele Fähren. Ein Kommentar von Mira Okpara"),
            ..Signs::default()
        };
        assert_eq!(tell(&said, &[]).0, Kind::Opinion);
    }
}
