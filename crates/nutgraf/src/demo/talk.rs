//! What readers of the demonstration say: a few comments, shown and waiting, and one reported error.

use std::time::Duration;

use anyhow::Result;
use desk::receipt::Receipt;
use store::{Clock, CommentState, NewComment, NewReport, Store, StoryFilter};
use tokio::sync::watch;

/// A comment of the demonstration.
struct Said {
    author: &'static str,
    words: &'static str,
    state: CommentState,
    /// Whether it answers the one before, by an editor.
    answer: bool,
}

const fn said(author: &'static str, state: CommentState, words: &'static str) -> Said {
    Said { author, words, state, answer: false }
}

/// What is said under the first story, then under the second.
const SAID: [&[Said]; 2] = [
    &[
        said(
            "Wilma Farrow",
            CommentState::Approved,
            "Good to see *both* counts of the injured with their sources. The other papers give only one of them.",
        ),
        Said {
            author: "The desk",
            words: "Thank you. When two sources differ we print both, each with its own mark, until one is corrected.",
            state: CommentState::Approved,
            answer: true,
        },
        said(
            "Bram Ollerton",
            CommentState::Waiting,
            "Who checks the charts, and how often? I can’t find that anywhere.",
        ),
    ],
    &[
        said(
            "Corin Teal",
            CommentState::Approved,
            "What happens on **29 April** if the president sends it to the court?",
        ),
        said("Visitor", CommentState::Waiting, "Cheap watches here: https://watches.example/offer"),
    ],
];

/// Waits for the first digests and talks under them, once.
pub(crate) async fn chat(store: Store, clock: Clock, mut shutdown: watch::Receiver<bool>) {
    let filter = StoryFilter { published: true, limit: 10, ..StoryFilter::default() };
    loop {
        match store.stories(&filter).await {
            Ok(stories) if stories.len() >= SAID.len() => {
                let mut stories: Vec<String> = stories.into_iter().map(|story| story.id).collect();
                stories.sort();
                if let Err(error) = talk(&store, &clock, &stories).await {
                    tracing::warn!(%error, "the demonstration's comments were not added");
                }
                return;
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "the demonstration's comments wait"),
        }
        tokio::select! {
            _ = shutdown.changed() => return,
            () = tokio::time::sleep(Duration::from_secs(2)) => {}
        }
    }
}

async fn talk(store: &Store, clock: &Clock, stories: &[String]) -> Result<()> {
    for (story, comments) in stories.iter().zip(order(store, stories).await?) {
        if !store.comments(story).await?.is_empty() {
            continue;
        }
        let mut before = None;
        for said in comments {
            let comment = NewComment {
                story: story.clone(),
                parent: before.filter(|_| said.answer),
                author: said.author.to_owned(),
                words: said.words.to_owned(),
                state: said.state,
                editor: said.answer,
                token: String::new(),
                sender: format!("demonstration {}", said.author),
            };
            before = Some(store.put_comment(&comment, clock.now()).await?);
        }
    }
    report(store, clock, &stories[0]).await
}

/// The comments that belong under each story: those on the ferry go under the story that tells of it.
async fn order(store: &Store, stories: &[String]) -> Result<[&'static [Said]; 2]> {
    let first = store.published(&stories[0]).await?;
    let is_ferry = first.is_some_and(|digest| digest.receipt.contains("Halden Star"));
    Ok(if is_ferry { SAID } else { [SAID[1], SAID[0]] })
}

/// A reader reports an error in the first sentence.
async fn report(store: &Store, clock: &Clock, story: &str) -> Result<()> {
    let Some(digest) = store.published(story).await? else { return Ok(()) };
    let receipt: Receipt = serde_json::from_str(&digest.receipt)?;
    let first = receipt.paragraphs.first().and_then(|paragraph| paragraph.first());
    let quoted = first.map(|line| line.text.clone()).unwrap_or_default();
    let report = NewReport {
        story: story.to_owned(),
        version: digest.row.version,
        sentence: 1,
        quoted,
        words: "I was there, and I remember the time differently. Please look again.".to_owned(),
        contact: "reader@letters.example".to_owned(),
        sender: "demonstration".to_owned(),
    };
    store.put_report(&report, clock.now()).await?;
    Ok(())
}
