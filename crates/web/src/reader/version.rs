//! An earlier version of a digest, and what changed in it sentence by sentence.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use desk::receipt::Receipt;
use store::DigestState;

use super::hide::Hidden;
use super::story::{Earlier, known, laid_out, receipt, shown};
use crate::plain::plain;
use crate::server::{Fault, Site};

/// Texts of more sentences than this are not compared.
const MOST: usize = 400;

/// One line of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The sentence stands in both.
    Kept(String),
    /// It was not there before.
    Added(String),
    /// It is no longer there.
    Removed(String),
}

/// An earlier version; the number of the one that is shown leads to the story's page.
pub(super) async fn version(
    State(site): State<Site>,
    Path((id, number)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let story = known(&site, &id).await?;
    let number: i64 = number.parse().map_err(|_| Fault::Missing)?;
    let Some(digest) = site.store.digest(&id, number).await? else { return Err(Fault::Missing) };
    if story.version.is_none() || digest.row.state == DigestState::Withdrawn {
        return Ok((StatusCode::GONE, Fault::Bad("This version was withdrawn by an editor.")).into_response());
    }
    if digest.row.state != DigestState::Published {
        return Err(Fault::Missing);
    }
    let versions = site.store.versions(&id).await?;
    let before = shown(&versions).find(|version| version.version < number).map(|version| version.version);
    let steps = match before {
        Some(before) => match site.store.digest(&id, before).await? {
            Some(older) => compare(&sentences(&receipt(&older)?), &sentences(&receipt(&digest)?)),
            None => Vec::new(),
        },
        None => Vec::new(),
    };
    let page = laid_out(&site, &story, &digest, &Hidden::of(&headers)).await?;
    let page = page.earlier(Earlier { steps, before }, false);
    Ok(crate::server::answer::Answer::page(&page).modified(digest.row.published).into_response())
}

/// The sentences as they are printed, the headline first.
fn sentences(receipt: &Receipt) -> Vec<String> {
    let lines = std::iter::once(&receipt.headline).chain(receipt.paragraphs.iter().flatten());
    lines.map(|line| plain(&line.text)).collect()
}

/// What leads from one text to the other: the longest common run of sentences stays.
fn compare(old: &[String], new: &[String]) -> Vec<Step> {
    if old.len() > MOST || new.len() > MOST {
        return Vec::new();
    }
    let mut longest = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for (i, before) in old.iter().enumerate().rev() {
        for (j, after) in new.iter().enumerate().rev() {
            longest[i][j] = if before == after {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut steps) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            steps.push(Step::Kept(new[j].clone()));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && longest[i + 1][j] >= longest[i][j + 1]) {
            steps.push(Step::Removed(old[i].clone()));
            i += 1;
        } else {
            steps.push(Step::Added(new[j].clone()));
            j += 1;
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_compared_whole() {
        let text = |words: &str| words.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let signs = |steps: Vec<Step>| {
            let sign = |step: &Step| match step {
                Step::Kept(words) => words.clone(),
                Step::Added(words) => format!("+{words}"),
                Step::Removed(words) => format!("-{words}"),
            };
            steps.iter().map(sign).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(signs(compare(&text("a b c d"), &text("a x c d e"))), "a -b +x c d +e");
        assert_eq!(signs(compare(&text("a b"), &text("b a"))), "-a b +a");
        assert_eq!(compare(&vec![String::new(); 401], &text("a")), []);
    }
}
