//! An article's record: everything that a revision knows beside its text, as JSON, so that it comes back exactly.

use desk::article::{Article, Block, Image, Kind, Opening, Role};
use desk::stamp::Stamp;
use jiff::tz::Offset;
use language::Span;
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::row::{clean, clean_some, corrupt};

/// What a revision knows of its article beside id and text.
#[derive(Serialize, Deserialize)]
struct Record {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    domain: Option<String>,
    outlet: String,
    title: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    authors: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published: Option<Moment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modified: Option<Moment>,
    lang: String,
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sign: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    section: Option<String>,
    paywalled: bool,
    reserved: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    reuse: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    images: Vec<Picture>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fetched: Option<String>,
    /// First byte, end byte and role of each part.
    blocks: Vec<(usize, usize, String)>,
    /// The part with which each item begins, and when it was posted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    openings: Vec<(usize, Option<Moment>)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<String>,
}

/// An image of the article.
#[derive(Serialize, Deserialize)]
struct Picture {
    url: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    caption: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    credit: Option<String>,
}

/// A stamp with day, time and seconds from UTC apart, since its printed form leaves out parts of a second.
#[derive(Serialize, Deserialize)]
struct Moment {
    day: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    offset: Option<i32>,
}

/// The article as it can be kept: without U+0000 in any of its parts, its blocks moved accordingly.
pub(crate) fn cleaned(article: &Article) -> Article {
    let holes: Vec<usize> = article.text.match_indices('\0').map(|(at, _)| at).collect();
    let moved = |at: usize| at - holes.partition_point(|&hole| hole < at);
    let blocks = article.blocks.iter().map(|block| Block {
        span: Span::new(moved(block.span.start), moved(block.span.end)),
        role: block.role,
    });
    Article {
        id: clean(&article.id).into_owned(),
        url: clean_some(article.url.as_deref()),
        domain: clean_some(article.domain.as_deref()),
        outlet: clean(&article.outlet).into_owned(),
        title: clean(&article.title).into_owned(),
        authors: article.authors.iter().map(|author| clean(author).into_owned()).collect(),
        agency: clean_some(article.agency.as_deref()),
        published: article.published,
        modified: article.modified,
        lang: clean(&article.lang).into_owned(),
        kind: article.kind,
        sign: clean_some(article.sign.as_deref()),
        section: clean_some(article.section.as_deref()),
        paywalled: article.paywalled,
        reserved: article.reserved,
        reuse: article.reuse.iter().map(|line| clean(line).into_owned()).collect(),
        images: article
            .images
            .iter()
            .map(|image| Image {
                url: clean(&image.url).into_owned(),
                caption: clean_some(image.caption.as_deref()),
                credit: clean_some(image.credit.as_deref()),
            })
            .collect(),
        fetched: clean_some(article.fetched.as_deref()),
        text: clean(&article.text).into_owned(),
        blocks: blocks.collect(),
        openings: article.openings.clone(),
        links: article.links.iter().map(|link| clean(link).into_owned()).collect(),
    }
}

/// The record of an article.
pub(crate) fn record(article: &Article) -> String {
    let record = Record {
        url: article.url.clone(),
        domain: article.domain.clone(),
        outlet: article.outlet.clone(),
        title: article.title.clone(),
        authors: article.authors.clone(),
        agency: article.agency.clone(),
        published: article.published.as_ref().map(moment),
        modified: article.modified.as_ref().map(moment),
        lang: article.lang.clone(),
        kind: article.kind.name().to_owned(),
        sign: article.sign.clone(),
        section: article.section.clone(),
        paywalled: article.paywalled,
        reserved: article.reserved,
        reuse: article.reuse.clone(),
        images: article.images.iter().map(picture).collect(),
        fetched: article.fetched.clone(),
        blocks: article.blocks.iter().map(|b| (b.span.start, b.span.end, b.role.name().to_owned())).collect(),
        openings: article.openings.iter().map(|o| (o.block, o.at.as_ref().map(moment))).collect(),
        links: article.links.clone(),
    };
    serde_json::to_string(&record).expect("a record has only strings and numbers")
}

/// The article of a record and its text.
pub(crate) fn article(id: &str, record: &str, text: String) -> Result<Article> {
    let what = || format!("the record of article {id}");
    let record: Record = serde_json::from_str(record).map_err(|cause| corrupt(&what(), cause))?;
    let stamp = |moment: Option<Moment>| match moment {
        Some(moment) => stamp(&moment).map(Some).ok_or_else(|| corrupt(&what(), "a date is none")),
        None => Ok(None),
    };
    let blocks = record.blocks.iter().map(|(start, end, name)| {
        let whole = start <= end && text.is_char_boundary(*start) && text.is_char_boundary(*end);
        let role =
            role(name).filter(|_| whole).ok_or_else(|| corrupt(&what(), "a part is not in the text"))?;
        Ok(Block { span: Span::new(*start, *end), role })
    });
    let blocks = blocks.collect::<Result<Vec<_>>>()?;
    let openings = record.openings.into_iter();
    let openings = openings.map(|(block, at)| Ok(Opening { block, at: stamp(at)? }));
    let openings = openings.collect::<Result<Vec<_>>>()?;
    Ok(Article {
        id: id.to_owned(),
        url: record.url,
        domain: record.domain,
        outlet: record.outlet,
        title: record.title,
        authors: record.authors,
        agency: record.agency,
        published: stamp(record.published)?,
        modified: stamp(record.modified)?,
        lang: record.lang,
        kind: Kind::from_name(&record.kind),
        sign: record.sign,
        section: record.section,
        paywalled: record.paywalled,
        reserved: record.reserved,
        reuse: record.reuse,
        images: record
            .images
            .into_iter()
            .map(|image| Image { url: image.url, caption: image.caption, credit: image.credit })
            .collect(),
        fetched: record.fetched,
        text,
        blocks,
        openings,
        links: record.links,
    })
}

fn picture(image: &Image) -> Picture {
    Picture { url: image.url.clone(), caption: image.caption.clone(), credit: image.credit.clone() }
}

fn moment(stamp: &Stamp) -> Moment {
    Moment {
        day: stamp.day.to_string(),
        time: stamp.time.map(|time| time.to_string()),
        offset: stamp.offset.map(|offset| offset.seconds()),
    }
}

fn stamp(moment: &Moment) -> Option<Stamp> {
    Some(Stamp {
        day: moment.day.parse().ok()?,
        time: moment.time.as_deref().map(str::parse).transpose().ok()?,
        offset: moment.offset.map(Offset::from_seconds).transpose().ok()?,
    })
}

fn role(name: &str) -> Option<Role> {
    use Role::*;
    [Headline, Paragraph, Heading, Item, Quotation, Caption, Correction]
        .into_iter()
        .find(|role| role.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_comes_back_exactly() {
        let mut whole = Article::bare("a1");
        let (text, blocks) = Article::compose(
            "Dam holds",
            [(Role::Paragraph, "It held."), (Role::Quotation, "“Só.”"), (Role::Item, "x")],
        );
        whole.text = text;
        whole.blocks = blocks;
        whole.url = Some("https://harbor.example/dam".to_owned());
        whole.domain = Some("harbor.example".to_owned());
        whole.authors = vec!["A. B.".to_owned(), "C".to_owned()];
        whole.kind = Kind::LiveBlog;
        whole.published = Stamp::parse("2026-03-11T23:40:00.123456789-05:30");
        whole.modified = Stamp::parse("2026-03-12");
        whole.paywalled = true;
        whole.sign = Some("section \"Live\"".to_owned());
        whole.reuse = vec!["robots: noai".to_owned()];
        whole.images = vec![Image {
            url: "https://img.example/dam.jpg".to_owned(),
            caption: None,
            credit: Some("C".to_owned()),
        }];
        whole.links = vec!["https://tide.example/dam".to_owned()];
        whole.openings =
            vec![Opening { block: 0, at: Stamp::parse("2026-03-11T23:40Z") }, Opening { block: 2, at: None }];
        assert_eq!(article("a1", &record(&whole), whole.text.clone()).expect("its own record"), whole);
    }

    #[test]
    fn nul_is_left_out_and_the_blocks_still_fit() {
        let (text, blocks) =
            Article::compose("He\0ad", [(Role::Paragraph, "o\0n\0e"), (Role::Paragraph, "two")]);
        let dirty = Article { text, blocks, ..Article::bare("a1") };
        let kept = cleaned(&dirty);
        let parts: Vec<&str> = kept.blocks.iter().map(|block| block.span.of(&kept.text)).collect();
        assert_eq!(parts, ["Head", "one", "two"]);
    }

    #[test]
    fn a_record_from_before_images_signs_and_openings_still_reads() {
        let old = r#"{"outlet":"Harbor","title":"Dam holds","lang":"en","kind":"opinion","paywalled":false,"reserved":true,"blocks":[[0,9,"headline"]]}"#;
        let article = article("a1", old, "Dam holds".to_owned()).expect("an old record");
        assert!(
            article.reserved
                && article.images.is_empty()
                && article.reuse.is_empty()
                && article.sign.is_none()
                && article.openings.is_empty()
                && article.links.is_empty()
        );
    }

    #[test]
    fn a_record_of_something_else_is_an_error_and_no_panic() {
        for record in ["", "{}", "[]", "null", "{\"blocks\":[[0,99,\"item\"]]}"] {
            assert!(article("a1", record, "é".to_owned()).is_err(), "{record}");
        }
    }
}
