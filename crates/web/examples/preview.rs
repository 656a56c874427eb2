//! Writes two pages of invented news, to be looked at: `cargo run -p web --example preview DIGEST AUDIT`.

use std::error::Error;

use desk::article::{Article, Passage, Role};
use desk::families::Families;
use desk::stamp::Stamp;
use desk::write::draft::{Draft, Edit, EditKind, Sentence};
use language::Span;
use web::{AuditPassage, AuditSentence, AuditView, PageOptions, PartKind, ReferenceView, Verdict};

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = std::env::args().skip(1);
    let articles = articles();
    let stories = desk::group::by_label(&articles, &vec!["preview".into(); articles.len()], &Families::starter());
    let digest = desk::verify::verify(&draft(&articles), &stories[0], &articles).expect("every sentence stands in its passages");
    let references = digest.sources().iter().zip(0..).map(|(source, number)| {
        let day = source.published.map(|stamp| stamp.day.to_string()).unwrap_or_default();
        let parts = vec![
            (PartKind::Text, format!("“{}.” ", source.title)),
            (PartKind::Italic, source.outlet.clone()),
            (PartKind::Text, format!(", {day}, ")),
            (PartKind::Link, source.url.clone().unwrap_or_default()),
        ];
        ReferenceView { number, parts }
    });
    let options = PageOptions {
        publication: "The Harbour Digest".to_owned(),
        references: references.collect(),
        refused: 1,
        generator: "Made with Nutgraf 0.1.0 from public reports.".to_owned(),
        ..PageOptions::default()
    };
    std::fs::write(paths.next().ok_or("no path for the digest")?, web::digest_page(&digest, &options))?;
    std::fs::write(paths.next().ok_or("no path for the audit")?, web::audit_page(&audit()))?;
    Ok(())
}

fn articles() -> Vec<Article> {
    [
        (
            "https://coast-courier.example/news/nordholm-ferry",
            "Coast Courier",
            "Nordholm ferry halted after cracks are found in hull",
            "2026-03-11T07:40:00+01:00",
            false,
            "The only ferry to the island of Nordholm was taken out of service on Tuesday after inspectors found \
             cracks in its hull, leaving 1,400 people without a regular link to the mainland.\n\nHarbour master \
             Ola Brandt met reporters on the quay. He said the crossing would stay closed for “at least three \
             weeks.” The cracks were each less than two centimetres long, he said. The Sankt Elin, built in 1987, had passed its last \
             inspection in October 2025.",
        ),
        (
            "https://mainland-times.example/a/88213?ref=front&id=4",
            "The Mainland Times",
            "Islanders cut off as ageing ferry fails inspection",
            "2026-03-10T21:05:00+01:00",
            true,
            "About 1,400 islanders have no regular link to the mainland since the Nordholm ferry failed an \
             inspection. The regional council will charter two fishing boats from Thursday to carry medicine, \
             post and school-age children. “We have warned about this ship for nine years,” said Maren Quist, who \
             chairs the islanders’ association.",
        ),
        (
            "https://radio-vest.example/2026/nordholm",
            "Radio Vest",
            "Council approves 38 million for new ferry",
            "2026-03-11",
            false,
            "However, the council voted 19 to 4 on Wednesday to spend 38 million crowns on a new electric ferry, \
             which is due to enter service in 2029. Opponents of the purchase had asked for a bridge instead.",
        ),
    ]
    .into_iter()
    .enumerate()
    .map(|(at, (url, outlet, title, published, paywalled, body))| {
        let mut article = Article::bare(&format!("a{at}"));
        (article.text, article.blocks) =
            Article::compose(title, body.split("\n\n").map(|part| (Role::Paragraph, part)));
        article.url = Some(url.to_owned());
        article.domain = url.split('/').nth(2).map(str::to_owned);
        article.outlet = outlet.to_owned();
        article.title = title.to_owned();
        article.published = Stamp::parse(published);
        article.paywalled = paywalled;
        article
    })
    .collect()
}

fn draft(articles: &[Article]) -> Draft {
    let find = |article: usize, words: (&str, &str)| {
        let text = &articles[article].text;
        let start = text.find(words.0).expect("the opening is in the article");
        let end = start + text[start..].find(words.1).expect("the end is in the article") + words.1.len();
        Passage { article, span: Span::new(start, end) }
    };
    let write = |passage: Passage, changes: &[(EditKind, &str, &str)]| {
        let words = passage.text(articles);
        let edits = changes.iter().map(|&(kind, taken, text)| {
            let start = words.find(taken).expect("what is replaced is in the passage");
            // An attribution or a comma goes in before the words named.
            let adds = matches!(kind, EditKind::Attribution | EditKind::Punctuation);
            let end = if adds { start } else { start + taken.len() };
            Edit { kind, span: Span::new(start, end), text: text.to_owned() }
        });
        Sentence::edited(articles, passage, edits.collect()).expect("the edits are in order")
    };
    let day = (EditKind::Date, "on Tuesday", "on March 10, 2026,");
    let mut lead = write(find(0, ("The only ferry", "mainland.")), &[day]);
    lead.passages.push(find(1, ("About 1,400", "inspection.")));
    let closed = write(
        find(0, ("Harbour master Ola", "weeks.”")),
        &[
            (EditKind::Drop, "Harbour master Ola Brandt met reporters on the quay. ", ""),
            (EditKind::Name, "He", "Ola Brandt"),
        ],
    );
    let vote = write(
        find(2, ("However, the council", "2029.")),
        &[
            (EditKind::Drop, "However, ", ""),
            (EditKind::Case, "t", "T"),
            (EditKind::Date, "on Wednesday", "on March 11, 2026,"),
        ],
    );
    Draft {
        story: "nordholm".to_owned(),
        headline: write(find(1, ("Islanders cut off", "inspection")), &[]),
        paragraphs: vec![
            vec![lead, closed],
            vec![
                write(find(0, ("The cracks", "long, he said.")), &[]),
                write(find(0, ("The Sankt Elin", "2025.")), &[]),
            ],
            vec![
                write(
                    find(1, ("The regional", "children.")),
                    &[(EditKind::Date, "Thursday", "March 12, 2026,")],
                ),
                write(find(1, ("“We have", "association.")), &[]),
            ],
            vec![vote],
            vec![write(
                find(2, ("Opponents", "instead.")),
                &[(EditKind::Attribution, ".", ", Radio Vest reported")],
            )],
        ],
    }
}

fn audit() -> AuditView {
    let passage = |outlet: &str, text: &str| AuditPassage {
        text: text.to_owned(),
        outlet: outlet.to_owned(),
        date: Some("March 11, 2026".to_owned()),
        paywalled: outlet.starts_with("The"),
        url: Some("https://coast-courier.example/news/nordholm-ferry".to_owned()),
    };
    let row = |text: &str, verdict, reasons: &[&str], passages| AuditSentence {
        text: text.to_owned(),
        verdict,
        reasons: reasons.iter().map(|&reason| reason.to_owned()).collect(),
        passages,
    };
    let figures = [
        ("Sentences", "6"),
        ("Supported", "1"),
        ("Citations that can’t be checked", "1"),
        ("Quotations altered", "1 of 2"),
    ];
    let hull = "The only ferry to the island of Nordholm was taken out of service on Tuesday after inspectors found cracks in its hull.";
    AuditView {
        title: "Nordholm loses its ferry".to_owned(),
        lang: "en".to_owned(),
        figures: figures.map(|(what, figure)| (what.to_owned(), figure.to_owned())).to_vec(),
        sentences: vec![
            row(
                "Nordholm’s only ferry was taken out of service on March 10, 2026.[0]",
                Verdict::Supported,
                &[],
                vec![passage("Coast Courier", hull)],
            ),
            row(
                "The harbour master said the crossing would stay closed for “at least five weeks.”[0]",
                Verdict::Contradicted,
                &["The quotation differs: the passage says “at least three weeks.”"],
                vec![passage(
                    "Coast Courier",
                    "He said the crossing would stay closed for “at least three weeks.”",
                )],
            ),
            row(
                "Two boats will carry medicine and tourists from Thursday.[1]",
                Verdict::Partly,
                &["“tourists” is in no passage of the source."],
                vec![passage(
                    "The Mainland Times",
                    "The regional council will charter two fishing boats from Thursday to carry medicine, post and school-age children.",
                )],
            ),
            row(
                "The ship was sold in 2019.[1]",
                Verdict::Unsupported,
                &["No passage of the source speaks of a sale.", "The year 2019 does not occur in it."],
                vec![],
            ),
            row(
                "The minister visited the island.[2]",
                Verdict::Uncheckable,
                &["The source could not be read: 404 at its address."],
                vec![],
            ),
            row("Nobody knows what comes next.", Verdict::Uncited, &["It names no source."], vec![]),
        ],
        generator: "Made with Nutgraf 0.1.0.".to_owned(),
    }
}
