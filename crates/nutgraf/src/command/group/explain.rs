//! `nutgraf group --explain A B`: why two articles are or are not in one story.

use std::io::Write as _;

use anyhow::{Result, bail};
use desk::article::Article;
use desk::group::{Explained, Settings, Story, Weighed, explain, reason};

use crate::Status;

pub(super) fn run(
    articles: &[Article],
    stories: &[Story],
    ids: &[String],
    settings: Settings,
) -> Result<Status> {
    let [a, b] = ids else { bail!("give the ids of two articles") };
    let (a, b) = (find(articles, a)?, find(articles, b)?);
    if a == b {
        bail!("{}: both ids name the same article; give two", articles[a].id);
    }
    let explained = explain(articles, stories, [a, b], settings);
    let mut out = std::io::stdout().lock();
    out.write_all(told(articles, stories, [a, b], &explained).as_bytes())?;
    Ok(Status::Done)
}

fn find(articles: &[Article], id: &str) -> Result<usize> {
    let Some(at) = articles.iter().position(|article| article.id == id) else {
        bail!("{id}: no article of the input has this id; `nutgraf group` without --explain prints the ids");
    };
    Ok(at)
}

fn told(articles: &[Article], stories: &[Story], pair: [usize; 2], explained: &Explained) -> String {
    let mut out = String::new();
    let place = |article: usize| {
        let found = stories.iter().find_map(|story| {
            let member = story.members.iter().find(|member| member.article == article)?;
            Some((story, member))
        });
        found.map(|(story, member)| (story.id.clone(), story.members.len(), reason(&member.placed)))
    };
    let places = pair.map(place);
    out.push_str(match explained.together {
        true => "Together: one story.\n",
        false => "Apart: two stories.\n",
    });
    for (article, place) in pair.iter().zip(&places) {
        let article = &articles[*article];
        let (story, count, why) = place.clone().unwrap_or_default();
        let day = article.published.map_or("no date".to_owned(), |stamp| stamp.day.to_string());
        let of = if count == 1 { "1 article".to_owned() } else { format!("{count} articles") };
        out.push_str(&format!(
            "\n{}  {}, {day}: {}\n  story {story} of {of}; when it came: {why}\n",
            article.id, article.outlet, article.title
        ));
    }
    out.push_str(&format!("\nThe two alone: {}\n", likelihood(&explained.alone)));
    for (name, measure, adds) in &explained.alone.kinds {
        let name = if *name == "always" { "to begin with" } else { name };
        // No minus before what adds nothing.
        let adds = adds + 0.0;
        out.push_str(&format!("  {adds:>+8.2}  {name} ({measure:.2})\n"));
    }
    if let Some(days) = explained.days {
        out.push_str(&format!("  published {days:.1} days apart\n"));
    }
    let [first, second] = &explained.with_story;
    for (which, other, weighed) in [("first", "second", first), ("second", "first", second)] {
        if let Some(weighed) = weighed {
            let whose = if explained.together {
                "the rest of the story".to_owned()
            } else {
                format!("the {other}’s story")
            };
            out.push_str(&format!("The {which} with {whose}: {}\n", likelihood(weighed)));
        }
    }
    if let Some(weighed) = &explained.stories {
        out.push_str(&format!("Both stories as one: {}\n", likelihood(weighed)));
    }
    if explained.shared.is_empty() {
        out.push_str("They share no word that tells events apart.\n");
        return out;
    }
    out.push_str("What they share, what counts most first:\n");
    for shared in &explained.shared {
        let mut what = Vec::new();
        if shared.name {
            what.push("name or figure");
        }
        if shared.headline {
            what.push("in both headlines");
        }
        let what = if what.is_empty() { String::new() } else { format!(" ({})", what.join(", ")) };
        out.push_str(&format!("  {:.3}  {}{what}\n", shared.share, shared.word));
    }
    out
}

fn likelihood(weighed: &Weighed) -> String {
    format!("{:.2} likely one event", weighed.likelihood)
}
