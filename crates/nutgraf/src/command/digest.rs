//! `nutgraf digest`: the main job, from sources to checked digests.

mod output;
mod pick;

use anyhow::{Context, Result};
use desk::article::Article;
use desk::edit::{Edited, edit};
use desk::families::Families;
use desk::group::{self, Story};
use desk::print::Form;
use desk::write;
use rayon::prelude::*;
use serde_json::Value;

use crate::cli::Digest;
use crate::intake::{self, Intake};
use crate::{Status, command};

pub(crate) fn run(arguments: &Digest) -> Result<Status> {
    let families = command::group::families(arguments.families_file.as_deref())?;
    let intake = intake::read(&arguments.sources, &arguments.limits, &families)?;
    intake.summary.say(intake.articles.len());
    if intake.articles.is_empty() {
        eprintln!("nutgraf: no article was read, so there is nothing to write. See the reasons above.");
        return Ok(Status::Nothing);
    }
    let kept = pick::in_time(&intake.articles, arguments.since.as_deref(), arguments.until.as_deref())?;
    let intake = only(intake, &kept);
    let stories = stories(arguments, &intake, &families)?;
    let least = if arguments.story_field.is_some() { 1 } else { arguments.families.max(1) };
    say_groups(&stories, least);
    let Some(chosen) = pick::stories(arguments, &intake.articles, stories, least) else {
        return Ok(Status::Nothing);
    };
    let settings = write::Settings { words: arguments.words, ..write::Settings::default() };
    let edited: Vec<Edited> =
        chosen.par_iter().map(|story| edit(story, &intake.articles, settings)).collect();
    let form = Form { first_mark: arguments.first_mark, style: arguments.style };
    let written = output::write(arguments, form, &chosen, &edited)?;
    say_refusals(&chosen, &edited);
    Ok(if written > 0 { Status::Done } else { Status::Nothing })
}

fn only(mut intake: Intake, kept: &[bool]) -> Intake {
    let mut kept_articles = kept.iter();
    intake.articles.retain(|_| *kept_articles.next().unwrap_or(&true));
    let mut kept_records = kept.iter();
    intake.records.retain(|_| *kept_records.next().unwrap_or(&true));
    intake
}

fn stories(arguments: &Digest, intake: &Intake, families: &Families) -> Result<Vec<Story>> {
    let origins = group::Origins::new(&intake.articles, families);
    let Some(field) = &arguments.story_field else {
        return Ok(group::group(&intake.articles, &origins, group::Settings::default()));
    };
    let label = |(article, record): (&Article, &Option<Value>)| {
        let value = record.as_ref().and_then(|record| record.get(field));
        let value = value.with_context(|| {
            format!("the article {} has no field {field}. Name one that every record has", article.id)
        })?;
        Ok(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    };
    let labels: Result<Vec<String>> = intake.articles.iter().zip(&intake.records).map(label).collect();
    Ok(group::by_label(&intake.articles, &labels?, &origins))
}

fn say_groups(stories: &[Story], least: usize) {
    let enough = stories.iter().filter(|story| story.families() >= least).count();
    let copies = stories.iter().flat_map(|story| &story.members).filter(|m| m.copy_of.is_some()).count();
    eprintln!(
        "grouped: {} stories, {enough} with {least} or more families, {copies} articles are copies",
        stories.len()
    );
}

fn say_refusals(stories: &[Story], edited: &[Edited]) {
    for (story, edited) in stories.iter().zip(edited) {
        if !edited.reason.is_empty() {
            eprintln!("not written: story {}: {}", story.id, edited.reason);
        }
        let sentences = edited.refused.iter().filter(|refusal| refusal.passage.is_none());
        for refusal in sentences {
            let head: String = refusal.sentence.chars().take(70).collect();
            eprintln!("  refused [{}]: {head}… {}", refusal.finding.code.name(), refusal.finding.note);
        }
        let marks = edited.refused.iter().filter(|refusal| refusal.passage.is_some()).count();
        if marks > 0 {
            eprintln!("  {marks} further marks were refused because their passage does not say the same");
        }
    }
}
