//! The parts of an article that holds several news items: a live blog, a newsletter, a morning brief.
//!
//! The text stays one; a part is a span of it. Where the page showed the openings of its items, parts begin there. Where
//! it didn't, as in articles stored before openings were kept, a part begins at a heading, in a live blog also at a line
//! that begins with a time of day. Parts cut only between blocks, and a passage lies inside one block, so no passage
//! crosses parts.

use jiff::civil::{DateTime, Time};
use language::Span;

use crate::article::{Article, Block, Kind, Role};
use crate::stamp::Stamp;

/// One news item of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its bytes in [`Article::text`], its heading included.
    pub span: Span,
    /// Its heading.
    pub title: Option<Span>,
    /// The time of day that it prints at its start or states in its markup, on the page's own clock.
    pub time: Option<Time>,
    /// When it was posted, where the page's markup says so.
    pub at: Option<Stamp>,
}

/// The parts of an article in order; every block but the headline lies in exactly one. A report on one thing is
/// one part, however many headings it has.
#[must_use]
pub fn parts(article: &Article) -> Vec<Part> {
    let shown = article.openings.len() > 1;
    let several = shown || holds_several(article);
    let live = article.kind == Kind::LiveBlog;
    let mut out: Vec<Part> = Vec::new();
    let mut openings = article.openings.iter().peekable();
    // A heading whose text has not come yet takes the time line or the heading below it with it.
    let mut fresh = false;
    let body = article.blocks.iter().filter(|block| block.role != Role::Headline);
    for (index, block) in body.enumerate() {
        while openings.next_if(|opening| opening.block < index).is_some() {}
        let opening = openings.next_if(|opening| opening.block == index);
        let heading = block.role == Role::Heading;
        let time = if several { clock(block.span.of(&article.text)) } else { None };
        let opens =
            if shown { opening.is_some() } else { several && !fresh && (heading || live && time.is_some()) };
        match out.last_mut().filter(|_| !opens) {
            Some(part) => {
                part.span = Span::new(part.span.start, block.span.end);
                part.time = part.time.or(time.filter(|_| fresh));
                part.title = part.title.or((heading && fresh).then_some(block.span));
            }
            None => out.push(Part {
                span: block.span,
                title: (heading && several).then_some(block.span),
                time: time.filter(|_| opens),
                at: opening.and_then(|opening| opening.at),
            }),
        }
        fresh =
            opens && (heading || is_bare(block, article)) || fresh && (heading || shown && time.is_some());
    }
    for part in &mut out {
        part.time = part.time.or_else(|| on_the_clock(part.at?, article.published));
    }
    out
}

/// The time of day of a moment on the clock by which the article was published.
fn on_the_clock(at: Stamp, published: Option<Stamp>) -> Option<Time> {
    let time = at.time?;
    let own = published.and_then(|published| published.offset);
    let (Some(from), Some(to)) = (at.offset, own) else { return Some(time) };
    let moment = from.to_timestamp(DateTime::from_parts(at.day, time)).ok()?;
    Some(to.to_datetime(moment).time())
}

/// Whether the article holds several items: a live blog, or one whose headline or section names such a form and
/// that has three headings with text below.
fn holds_several(article: &Article) -> bool {
    const FORMS: [&str; 15] = [
        "newsletter",
        "briefing",
        "morning brief",
        "evening brief",
        "daily brief",
        "news in brief",
        "in brief:",
        "roundup",
        "round-up",
        "what you need to know today",
        "news digest",
        "the day in",
        "kurznachrichten",
        "nachrichtenüberblick",
        "en bref",
    ];
    if article.kind == Kind::LiveBlog {
        return true;
    }
    let named =
        format!("{} {}", article.title, article.section.as_deref().unwrap_or_default()).to_lowercase();
    let headed = article.blocks.windows(2).filter(|two| {
        two[0].role == Role::Heading && matches!(two[1].role, Role::Paragraph | Role::Item | Role::Quotation)
    });
    FORMS.iter().any(|form| named.contains(form)) && headed.count() >= 3
}

/// Whether the block is little more than a time of day.
fn is_bare(block: &Block, article: &Article) -> bool {
    block.span.of(&article.text).split_whitespace().count() <= 3
}

/// The time of day that a line begins with: `14:35`, `14.35 Uhr`, `2.35pm`, `2:35 p.m.`, `9h05`.
fn clock(text: &str) -> Option<Time> {
    let text = text.trim_start_matches(['[', '(']);
    let hours = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&hours) {
        return None;
    }
    let hour: i8 = text[..hours].parse().ok()?;
    let rest = text[hours..].strip_prefix([':', '.', 'h'])?;
    let dotted = text[hours..].starts_with('.');
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 2 {
        return None;
    }
    let minute: i8 = rest[..2].parse().ok()?;
    let after = rest[2..].split_whitespace().next().unwrap_or_default().to_lowercase();
    let afternoon = after.starts_with("pm") || after.starts_with("p.m");
    let morning = after.starts_with("am") || after.starts_with("a.m");
    // With a point between them two numbers are a time only where the line says so; three numbers are a duration.
    let said = afternoon || morning || after.starts_with("uhr");
    let goes_on =
        rest[2..].strip_prefix([':', '.']).is_some_and(|more| more.starts_with(|c: char| c.is_ascii_digit()));
    if dotted && !said || goes_on {
        return None;
    }
    let hour = match (afternoon, morning, hour) {
        (true, _, 1..=11) => hour + 12,
        (_, true, 12) => 0,
        _ => hour,
    };
    Time::new(hour, minute, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Opening;

    fn article(kind: Kind, title: &str, parts: &[(Role, &str)]) -> Article {
        let (text, blocks) = Article::compose(title, parts.iter().copied());
        Article { kind, title: title.to_owned(), text, blocks, ..Article::bare("a") }
    }

    fn titles(article: &Article) -> Vec<(&str, String)> {
        let title = |part: &Part| part.title.map_or("", |span| span.of(&article.text));
        let time = |part: &Part| part.time.map_or(String::new(), |time| time.strftime("%H:%M").to_string());
        parts(article).iter().map(|part| (title(part), time(part))).collect()
    }

    const POSTS: [(Role, &str); 8] = [
        (Role::Paragraph, "The storm reached the coast at night."),
        (Role::Heading, "14:35 Bridge in Norling closed"),
        (Role::Paragraph, "The bridge is closed."),
        (Role::Paragraph, "Drivers turn back."),
        (Role::Heading, "Schools stay open"),
        (Role::Paragraph, "2.10pm GMT"),
        (Role::Paragraph, "All schools are open."),
        (Role::Heading, "Power is back"),
    ];

    #[test]
    fn a_live_blog_is_parted_at_its_posts() {
        let blog = article(Kind::LiveBlog, "Storm", &POSTS);
        let wanted = [
            ("", String::new()),
            ("14:35 Bridge in Norling closed", "14:35".to_owned()),
            ("Schools stay open", "14:10".to_owned()),
            ("Power is back", String::new()),
        ];
        assert_eq!(titles(&blog), wanted);
        let parts = parts(&blog);
        for block in blog.blocks.iter().skip(1) {
            assert_eq!(parts.iter().filter(|part| part.span.contains(block.span)).count(), 1);
        }
    }

    #[test]
    fn posts_without_headings_are_parted_at_their_times() {
        let posts = [
            (Role::Paragraph, "9:05 The first ferry leaves."),
            (Role::Paragraph, "It is full."),
            (Role::Paragraph, "08.50 Uhr"),
            (Role::Heading, "Doors open"),
            (Role::Paragraph, "The pier opens."),
        ];
        let wanted = [("", "09:05".to_owned()), ("Doors open", "08:50".to_owned())];
        assert_eq!(titles(&article(Kind::LiveBlog, "Ferry", &posts)), wanted);
    }

    #[test]
    fn a_page_that_shows_its_openings_is_parted_there() {
        let opening = |block: usize, at: &str| Opening { block, at: Stamp::parse(at) };
        let openings = vec![opening(1, ""), opening(4, "2026-03-11T13:12:00Z"), opening(7, "")];
        let published = Stamp::parse("2026-03-11T09:00:00+01:00");
        let mut posts = POSTS.to_vec();
        posts.extend([(Role::Paragraph, "All lamps are lit."), (Role::Heading, "How to get help")]);
        posts.extend([(Role::Paragraph, "Call the harbour.")]);
        let blog = Article { openings, published, ..article(Kind::LiveBlog, "Storm", &posts) };
        let wanted = [
            ("", String::new()),
            ("14:35 Bridge in Norling closed", "14:35".to_owned()),
            ("Schools stay open", "14:10".to_owned()),
            ("Power is back", String::new()),
        ];
        assert_eq!(titles(&blog), wanted);
        assert_eq!(parts(&blog)[2].at, Stamp::parse("2026-03-11T13:12:00Z"));
        let plain = [(Role::Paragraph, "One."), (Role::Paragraph, "Two."), (Role::Paragraph, "Three.")];
        let openings =
            vec![opening(0, "2026-03-11T23:30:00Z"), opening(2, "2026-03-11T08:00"), opening(9, "")];
        let letter = Article { openings, published, ..article(Kind::News, "Herring and ferries", &plain) };
        assert_eq!(titles(&letter), [("", "00:30".to_owned()), ("", "08:00".to_owned())]);
    }

    #[test]
    fn only_an_article_that_says_so_holds_several_items() {
        let brief = [POSTS[1], POSTS[2], POSTS[4], POSTS[6], POSTS[7], POSTS[3]];
        assert_eq!(parts(&article(Kind::News, "Your morning briefing", &brief)).len(), 3);
        assert_eq!(parts(&article(Kind::News, "Storm closes bridge", &brief)).len(), 1);
        assert_eq!(parts(&article(Kind::News, "Your morning briefing", &POSTS[..3])).len(), 1);
        assert!(parts(&Article::bare("a")).is_empty());
    }

    #[test]
    fn times_of_day_are_told_from_other_numbers() {
        for (text, wanted) in [
            ("14:35", Some((14, 35))),
            ("2.35pm", Some((14, 35))),
            ("2:35 p.m. Bridge", Some((14, 35))),
            ("12:05 am", Some((0, 5))),
            ("9h05 – Le pont", Some((9, 5))),
            ("14.35 Uhr", Some((14, 35))),
            ("14.35 million", None),
            ("12.50 euros", None),
            ("25:10", None),
            ("1:23:45 was the time", None),
            ("200 people", None),
            ("é", None),
            ("", None),
        ] {
            assert_eq!(clock(text).map(|time| (time.hour(), time.minute())), wanted, "{text}");
        }
    }
}
