//! `nutgraf group --day`: which stories are shown.

use clap::CommandFactory as _;
use clap::error::ErrorKind;
use desk::article::Article;
use desk::group::Story;
use jiff::civil::Date;

use crate::cli::{self, GroupFormat, Wanted};

/// Refuses what makes no sense together.
pub(super) fn check(arguments: &cli::Group) {
    let told = arguments.explain.is_some() || arguments.copies || arguments.reasons;
    if arguments.format == GroupFormat::Html && (told || arguments.features.is_some()) {
        let told =
            "--format html shows copies and reasons itself: leave --copies, --reasons and --explain out";
        cli::Cli::command().error(ErrorKind::ArgumentConflict, told).exit();
    }
}

/// The day whose stories are asked for; nothing where all are. A page shows the newest day if none is asked for.
///
/// # Errors
///
/// Says which days there are where no article is of the day, and that there is nothing to put on a page.
pub(super) fn day(articles: &[Article], arguments: &cli::Group) -> Result<Option<Date>, String> {
    let days = || articles.iter().filter_map(|article| article.published).map(|stamp| stamp.day);
    let html = arguments.format == GroupFormat::Html;
    if html && articles.is_empty() {
        return Err("no article was read, so there is nothing to show".to_owned());
    }
    match arguments.day {
        None if html => Ok(days().max()),
        None | Some(Wanted::All) => Ok(None),
        Some(Wanted::Of(day)) if days().any(|known| known == day) => Ok(Some(day)),
        Some(Wanted::Of(day)) => Err(match days().min().zip(days().max()) {
            Some((first, last)) => {
                format!(
                    "{day}: no article is of this day; the first is of {first}, the last of {last}. Give --day with a day that has one, or with all"
                )
            }
            None => format!("{day}: no article has a date. Give --day all"),
        }),
    }
}

/// The stories that have an article of a day.
pub(super) fn shown<'s>(articles: &[Article], stories: &'s [Story], day: Option<Date>) -> Vec<&'s Story> {
    let of_day = |article: usize| articles[article].published.map(|stamp| stamp.day) == day;
    let is_shown =
        |story: &&Story| day.is_none() || story.members.iter().any(|member| of_day(member.article));
    stories.iter().filter(is_shown).collect()
}
