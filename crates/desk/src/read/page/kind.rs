//! What kind of article a page is: by its schema.org type, its section, its address and its headline.

use crate::article::Kind;

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

/// The kind by all signs, the most explicit first.
pub(super) fn tell(
    types: &[String],
    section: Option<&str>,
    url: Option<&str>,
    title: &str,
    marks: &str,
) -> Kind {
    if let Some((_, kind)) =
        TYPES.iter().find(|(name, kind)| *kind != Kind::News && types.iter().any(|t| t == name))
    {
        return *kind;
    }
    let lower = title.to_lowercase();
    if let Some((label, _)) = lower.split_once([':', '|'])
        && let Some(kind) =
            labelled(label).or_else(|| label.trim().ends_with(" live").then_some(Kind::LiveBlog))
    {
        return kind;
    }
    let inner = [
        ("(sponsored)", Kind::Sponsored),
        ("– live", Kind::LiveBlog),
        ("- live", Kind::LiveBlog),
        ("live updates", Kind::LiveBlog),
        ("| live", Kind::LiveBlog),
    ];
    if let Some((_, kind)) =
        inner.iter().find(|(mark, _)| lower.ends_with(mark) || (mark.len() > 8 && lower.contains(mark)))
    {
        return *kind;
    }
    let parts =
        section.into_iter().flat_map(|section| section.split(['/', ',', '>', '|'])).find_map(labelled);
    if let Some(kind) = parts.filter(|kind| *kind != Kind::News) {
        return kind;
    }
    marked(marks).or_else(|| url.and_then(by_path)).unwrap_or_default()
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
fn by_path(url: &str) -> Option<Kind> {
    let path = url.split("//").nth(1)?.split(['?', '#']).next()?;
    let folders: Vec<&str> = path.split('/').skip(1).collect();
    let folders = folders.split_last().map(|(_, rest)| rest)?;
    folders.iter().find_map(|folder| labelled(&folder.replace(['-', '_'], " ")).or_else(|| labelled(folder)))
}

/// Class and id names of the body and the article's element.
fn marked(marks: &str) -> Option<Kind> {
    marks.split([' ', '\n']).find_map(|mark| match mark {
        "sponsored"
        | "advertorial"
        | "sponsored-content"
        | "article--sponsored"
        | "type-sponsored"
        | "paid-content"
        | "category-sponsored"
        | "article-advertorial" => Some(Kind::Sponsored),
        "category-opinion" | "article--opinion" | "type-opinion" | "section-opinion" | "opinion-article" => {
            Some(Kind::Opinion)
        }
        "liveblog" | "live-blog" | "article--liveblog" | "type-liveblog" => Some(Kind::LiveBlog),
        "press-release" | "type-press-release" | "category-press-release" => Some(Kind::PressRelease),
        "category-satire" | "type-satire" => Some(Kind::Satire),
        "category-obituaries" | "category-obituary" | "type-obituary" => Some(Kind::Obituary),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_told_by_type_section_address_or_headline() {
        for (kind, types, section, url, title, marks) in [
            (Kind::Opinion, "OpinionNewsArticle", "", "", "A ferry too far", ""),
            (Kind::LiveBlog, "LiveBlogPosting", "", "", "Storm", ""),
            (Kind::Opinion, "NewsArticle", "Opinion", "", "A ferry too far", ""),
            (Kind::Opinion, "NewsArticle", "", "https://a.example/opinion/2026/ferry", "A ferry too far", ""),
            (Kind::News, "NewsArticle", "", "https://a.example/news/opinion", "A ferry", ""),
            (Kind::Opinion, "", "", "", "Opinion: A ferry too far", ""),
            (Kind::Obituary, "", "", "", "Obituary: Mira Okpara, shipwright", ""),
            (Kind::PressRelease, "", "", "", "Press release: New ferry", ""),
            (Kind::LiveBlog, "", "", "", "Vellburg storm live: bridges closed", ""),
            (Kind::Sponsored, "", "Sponsored", "", "New ferry", ""),
            (Kind::Sponsored, "", "", "", "New ferry", " page sponsored "),
            (Kind::News, "NewsArticle", "Politics", "", "Opinion polls: a dead heat", ""),
        ] {
            let types: Vec<String> = vec![types.to_owned()];
            assert_eq!(tell(&types, Some(section), Some(url), title, marks), kind, "{title} {section} {url}");
        }
    }
}
