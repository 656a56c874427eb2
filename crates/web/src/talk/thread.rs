//! The comments under a story as they are shown: a thread, nested to a depth where it can still be read.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::HeaderMap;
use store::{Comment, CommentState, Millis, Story};

use super::markdown::{Markdown, markdown};
use super::moment::Moment;
use super::own;
use super::pace::{DAY, MINUTE, people};
use super::post::Form;
use crate::plain::plain;
use crate::server::{Fault, Site};

/// Answers deeper than this stand at this depth.
const DEEPEST: usize = 5;
/// How many waiting comments are looked through for a reader's own.
const WAITING: i64 = 500;

/// The comments of a story, ready to print.
#[derive(Template)]
#[template(path = "talk/thread.html")]
pub(crate) struct Thread {
    count: i64,
    entries: Vec<Entry>,
    /// None where comments are closed.
    form: Option<Form>,
    closed: &'static str,
}

/// One place in the thread.
pub(crate) struct Entry {
    pub(crate) id: i64,
    pub(crate) depth: usize,
    pub(crate) author: String,
    pub(crate) editor: bool,
    /// None where the author deleted it.
    pub(crate) words: Option<Markdown>,
    pub(crate) when: Moment,
    pub(crate) edited: bool,
    pub(crate) waiting: bool,
    /// The comment that it answers: number and author.
    pub(crate) answers: Option<(i64, String)>,
    /// Whether the reader wrote it, and may still change it.
    pub(crate) mine: bool,
    pub(crate) editable: bool,
}

/// The whole comment section of a story as HTML: count, thread and form.
pub(crate) async fn section(site: &Site, story: &Story, headers: &HeaderMap) -> Result<String, Fault> {
    let thread = thread(site, story, headers).await?;
    thread.render().map_err(|error| {
        tracing::error!(%error, "the comments could not be written");
        Fault::Busy("The comments can’t be shown at the moment. Try again.")
    })
}

/// The comments of a story as one reader sees them.
pub(crate) async fn thread(site: &Site, story: &Story, headers: &HeaderMap) -> Result<Thread, Fault> {
    let token = own::token(headers, &story.id);
    let mut comments = site.store.comments(&story.id).await?;
    if let Some(hash) = token.as_deref().map(own::hash) {
        let waiting = site.store.comments_in(CommentState::Waiting, WAITING).await?;
        comments
            .extend(waiting.into_iter().filter(|comment| comment.story == story.id && comment.token == hash));
    }
    let hash = token.as_deref().map(own::hash);
    let mine = |comment: &Comment| hash.as_deref() == Some(comment.token.as_str());
    let entries = nested(&comments).into_iter().map(|(depth, comment)| {
        let mut entry = Entry::new(comment, depth, &comments);
        entry.mine = mine(comment) && comment.state != CommentState::Deleted;
        entry.editable = entry.mine && editable(site, comment);
        entry
    });
    let open = is_open(site, story);
    Ok(Thread {
        count: story.comments,
        entries: entries.collect(),
        form: open.is_ok().then(|| Form::fresh(site, story)),
        closed: open.err().unwrap_or_default(),
    })
}

/// Whether a story may be commented on; why not, for the reader.
pub(super) fn is_open(site: &Site, story: &Story) -> Result<(), &'static str> {
    let rules = &site.settings.comments;
    if !rules.open {
        return Err("Comments are closed on this site.");
    }
    let Some(published) = story.published else {
        return Err("This story isn’t published, so it can’t be commented on.");
    };
    let end = published.saturating_add(Millis::from(rules.days) * DAY);
    if rules.days > 0 && site.clock.now() > end {
        return Err("Comments on this story are closed.");
    }
    Ok(())
}

/// Whether its author may still change a comment.
pub(super) fn editable(site: &Site, comment: &Comment) -> bool {
    let window = people(&site.clock, Millis::from(site.settings.comments.edit_minutes) * MINUTE);
    let open = matches!(comment.state, CommentState::Waiting | CommentState::Approved);
    open && !comment.editor && site.clock.now() <= comment.created.saturating_add(window)
}

impl Entry {
    pub(crate) fn new(comment: &Comment, depth: usize, all: &[Comment]) -> Self {
        let deleted = comment.state == CommentState::Deleted;
        let parent = comment.parent.and_then(|id| all.iter().find(|other| other.id == id));
        Self {
            id: comment.id,
            depth,
            author: if deleted { String::new() } else { plain(&comment.author) },
            editor: comment.editor,
            words: (!deleted).then(|| markdown(&comment.words)),
            when: Moment::at(comment.created),
            edited: comment.edited.is_some(),
            waiting: comment.state == CommentState::Waiting,
            answers: parent.map(|parent| {
                let deleted = parent.state == CommentState::Deleted;
                (parent.id, if deleted { "a deleted comment".to_owned() } else { plain(&parent.author) })
            }),
            mine: false,
            editable: false,
        }
    }
}

/// Every comment after the one it answers, with its depth. One whose parent isn't shown stands for itself.
fn nested(comments: &[Comment]) -> Vec<(usize, &Comment)> {
    let known: BTreeMap<i64, &Comment> = comments.iter().map(|comment| (comment.id, comment)).collect();
    let mut below: BTreeMap<Option<i64>, Vec<&Comment>> = BTreeMap::new();
    for comment in known.values() {
        // An answer is younger than what it answers; what says otherwise would run in a circle.
        let parent = comment.parent.filter(|&id| id < comment.id && known.contains_key(&id));
        below.entry(parent).or_default().push(comment);
    }
    let mut out = Vec::with_capacity(known.len());
    let mut open: Vec<(usize, &Comment)> = Vec::new();
    let push = |open: &mut Vec<(usize, _)>, depth: usize, parent: Option<i64>| {
        let children = below.get(&parent).into_iter().flatten().rev();
        open.extend(children.map(|&comment| (depth.min(DEEPEST), comment)));
    };
    push(&mut open, 0, None);
    while let Some((depth, comment)) = open.pop() {
        out.push((depth, comment));
        push(&mut open, depth + 1, Some(comment.id));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(id: i64, parent: Option<i64>) -> Comment {
        Comment {
            id,
            story: "s1".into(),
            parent,
            author: "A".into(),
            words: "w".into(),
            state: CommentState::Approved,
            editor: false,
            created: id,
            edited: None,
            token: String::new(),
        }
    }

    #[test]
    fn answers_follow_what_they_answer_and_depth_is_bounded() {
        let mut comments =
            vec![comment(1, None), comment(2, None), comment(3, Some(1)), comment(4, Some(99))];
        comments.push(comment(5, Some(3)));
        let order: Vec<(usize, i64)> = nested(&comments).iter().map(|(depth, c)| (*depth, c.id)).collect();
        assert_eq!(order, [(0, 1), (1, 3), (2, 5), (0, 2), (0, 4)]);
        let deep: Vec<Comment> = (1..=2000).map(|id| comment(id, (id > 1).then(|| id - 1))).collect();
        assert_eq!(nested(&deep).iter().map(|(depth, _)| *depth).max(), Some(DEEPEST));
        let circle = [comment(1, Some(2)), comment(2, Some(1))];
        assert_eq!(nested(&circle).len(), 2);
    }
}
