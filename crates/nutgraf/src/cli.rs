//! The command line: what may be asked for, and the help that says so.

mod newsroom;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use newsroom::{Config, Export, FeedWish, Feeds, Import, Keep, Options, Password, Restore, Serve};

/// Reads what many outlets publish, sees which articles report the same event, and writes for each event one
/// digest in which every sentence is cited to the exact passage that supports it.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 110, after_help = STATUS)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// How many threads to use [default: one a core]
    #[arg(long, global = true, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
}

const STATUS: &str = "Exit status: 0 done; 1 done, and faults were found (audit, receipt); 2 the command line \
was wrong; 3 an input could not be read; 4 nothing to write (no article, no story with enough families, no \
sentence that passed the check).";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a checked, cited digest from articles
    #[command(after_help = STATUS)]
    Digest(Digest),
    /// Judge a cited text sentence by sentence against its sources
    #[command(after_help = STATUS)]
    Audit(Audit),
    /// Check a receipt again, offline
    #[command(after_help = STATUS)]
    Receipt(Receipt),
    /// Open the newsroom: fetch, group, write and publish by itself, with a site for readers and a desk for editors
    #[command(after_help = STATUS)]
    Serve(Serve),
    /// Newsroom: print the settings in force and where each comes from
    Config(Config),
    /// Newsroom: add, list, check, pause or remove feeds, import and export OPML
    Feeds(Feeds),
    /// Newsroom: set an editor's password
    Password(Password),
    /// Newsroom: write everything into one file, while it runs
    Backup(Keep),
    /// Newsroom: put a backup back
    Restore(Restore),
    /// Newsroom: write everything to standard output as JSON Lines
    Export(Export),
    /// Newsroom: read everything from standard input as JSON Lines
    Import(Import),
    /// Stage: pages to articles, JSON Lines in and out; or the articles of a folder, archive, mailbox or feed
    Read(Read),
    /// Stage: feed files to feeds, JSON Lines in and out
    ParseFeed(Rooted),
    /// Stage: what a text says of itself, JSON Lines in and out
    Mark(Mark),
    /// Stage: articles to stories, JSON Lines in and out
    Group(Group),
    /// Stage: claims against evidence, JSON Lines in and out
    Check(Check),
    /// Stage: CSL records to references, JSON Lines in and out
    Cite(Cite),
}

#[derive(Args, Debug)]
pub(crate) struct Digest {
    /// HTML files, folders, http(s) addresses of pages or feeds, feed files, JSON Lines of articles, mails (EML, MHTML,
    /// mbox), WARC files, any of them packed (.gz, .zst), or - for standard input
    #[arg(required = true, value_name = "SOURCE")]
    pub(crate) sources: Vec<String>,
    /// Write the story that these words are about
    #[arg(long, value_name = "WORDS", conflicts_with = "all")]
    pub(crate) topic: Option<String>,
    /// Write every story with enough families [default: the largest recent one]
    #[arg(long)]
    pub(crate) all: bool,
    /// How many independent families must report a story
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(crate) families: usize,
    /// A file of families: domain or agency, tab, family; # opens a comment
    #[arg(long, value_name = "FILE")]
    pub(crate) families_file: Option<PathBuf>,
    /// Only articles published on or after that day (2026-03-10), or within that many days of the newest (7d)
    #[arg(long, value_name = "WHEN", value_parser = when)]
    pub(crate) since: Option<String>,
    /// Only articles published on or before that day, or at least that many days before the newest
    #[arg(long, value_name = "WHEN", value_parser = when)]
    pub(crate) until: Option<String>,
    /// About how many words a digest may have
    #[arg(long, value_name = "N", default_value_t = 380)]
    pub(crate) words: usize,
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// The style of the reference list
    #[arg(long, default_value = "mla", value_parser = style)]
    pub(crate) style: desk::cite::Style,
    /// The number of the first mark
    #[arg(long, value_name = "0|1", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=1))]
    pub(crate) first_mark: u32,
    /// Write one file a digest into this folder, named by the story's id
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Take the stories from this field of the records instead of grouping
    #[arg(long, value_name = "FIELD")]
    pub(crate) story_field: Option<String>,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

#[derive(Args, Debug)]
pub(crate) struct Limits {
    /// How many items of a feed to fetch
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub(crate) items: usize,
    /// The most bytes of a page
    #[arg(long, value_name = "BYTES", default_value_t = 16 << 20)]
    pub(crate) max_page_bytes: u64,
    /// The most bytes of a feed
    #[arg(long, value_name = "BYTES", default_value_t = 32 << 20)]
    pub(crate) max_feed_bytes: u64,
    /// The most bytes of a file of records
    #[arg(long, value_name = "BYTES", default_value_t = 2 << 30)]
    pub(crate) max_records_bytes: u64,
    /// The most files of a folder
    #[arg(long, value_name = "N", default_value_t = 200_000)]
    pub(crate) max_files: usize,
    /// The most seconds for one address, redirects and all
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    pub(crate) timeout: u64,
    /// Allow addresses in private networks, for a server of your own
    #[arg(long)]
    pub(crate) allow_private: bool,
}

impl Limits {
    pub(crate) fn for_fetching(&self) -> fetch::Limits {
        fetch::Limits {
            page_bytes: self.max_page_bytes,
            feed_bytes: self.max_feed_bytes,
            records_bytes: self.max_records_bytes,
            files: self.max_files,
            timeout: std::time::Duration::from_secs(self.timeout.max(1)),
            allow_private: self.allow_private,
            ..fetch::Limits::default()
        }
    }
}

/// What the main job can write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// The specimen's form
    Text,
    /// Markdown with footnotes
    Markdown,
    /// One self-contained page
    Html,
    /// One JSON object a line
    Json,
    /// Everything that is needed to check it again
    Receipt,
    /// The references as CSL-JSON
    CslJson,
    /// The references as BibTeX
    Bibtex,
    /// The references as RIS
    Ris,
}

#[derive(Args, Debug)]
pub(crate) struct Audit {
    /// The cited text: the specimen's form, Markdown footnotes, `[n]` marks, or HTML with links; - for standard input
    pub(crate) text: String,
    /// Files, folders or archives that hold the articles it cites
    #[arg(long, value_name = "SOURCE")]
    pub(crate) sources: Vec<String>,
    /// How to print the result
    #[arg(long, value_enum, default_value_t = AuditFormat::Text)]
    pub(crate) format: AuditFormat,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

/// What an audit can print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AuditFormat {
    /// For people at a terminal
    Text,
    /// For programs
    Json,
    /// A page
    Html,
}

#[derive(Args, Debug)]
pub(crate) struct Receipt {
    /// The receipt; - for standard input
    pub(crate) file: String,
    /// Look for every passage in the pages too: files, folders, archives or addresses that hold the articles cited
    #[arg(long, value_name = "SOURCE", num_args = 1..)]
    pub(crate) pages: Vec<String>,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

#[derive(Args, Debug)]
pub(crate) struct Rows {
    /// JSON Lines [default: standard input]
    pub(crate) file: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Check {
    /// Print what the model reads of each claim too, for fitting its weights
    #[arg(long)]
    pub(crate) features: bool,
    #[command(flatten)]
    pub(crate) rows: Rows,
}

#[derive(Args, Debug)]
pub(crate) struct Rooted {
    /// The folder that paths inside records start from
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) root: PathBuf,
    #[command(flatten)]
    pub(crate) rows: Rows,
}

#[derive(Args, Debug)]
pub(crate) struct Read {
    /// For rows whose pages are files: say too where each part of the text stands in the page's source, in bytes of
    /// it as UTF-8
    #[arg(long)]
    pub(crate) places: bool,
    #[command(flatten)]
    pub(crate) rooted: Rooted,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

#[derive(Args, Debug)]
pub(crate) struct Mark {
    /// What to mark
    #[arg(long, value_enum, default_value_t = What::All)]
    pub(crate) what: What,
    /// How to print it; conllu and html are for trees and grammar, which read texts (.txt) and CoNLL-U (.conllu, or a
    /// folder of them) too
    #[arg(long, value_enum, default_value_t = MarkFormat::Json)]
    pub(crate) format: MarkFormat,
    #[command(flatten)]
    pub(crate) rows: Rows,
}

/// How marks can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MarkFormat {
    /// One JSON object a line
    Json,
    /// Trees as treebanks are kept
    Conllu,
    /// A page that draws the trees
    Html,
}

/// What can be marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum What {
    /// All of the following but trees and grammar in one object
    All,
    /// Where sentences begin and end
    Sentences,
    /// Dates and times with their values
    Dates,
    /// Numbers with what they count
    Numbers,
    /// Who said what
    Quotes,
    /// Words, their classes and trees (English)
    Trees,
    /// The same with names and who is who (English)
    Grammar,
}

#[derive(Args, Debug)]
pub(crate) struct Group {
    /// Print what speaks for each two groups of articles, given the field that names their story
    #[arg(long, value_name = "FIELD", hide = true)]
    pub(crate) features: Option<String>,
    /// Other weights for the kinds of evidence, parted by commas
    #[arg(long, value_name = "WEIGHTS", hide = true, value_parser = weights, allow_hyphen_values = true)]
    pub(crate) weights: Option<desk::group::Weights>,
    /// A file of families: domain or agency, tab, family; # opens a comment
    #[arg(long, value_name = "FILE")]
    pub(crate) families_file: Option<PathBuf>,
    /// Print the family that each article counts for, which article it copies, and the sentences that differ
    #[arg(long)]
    pub(crate) copies: bool,
    /// How many days back articles are compared with; of the newest, 10,000 are however old
    #[arg(long, value_name = "N", default_value_t = 7)]
    pub(crate) days: u16,
    /// Print how each article came into its story, and the stories that are nearly one with it
    #[arg(long)]
    pub(crate) reasons: bool,
    /// Print why two articles, given by their ids, are or are not in one story
    #[arg(long, value_names = ["A", "B"], num_args = 2, conflicts_with_all = ["copies", "reasons"])]
    pub(crate) explain: Option<Vec<String>>,
    /// Only stories with an article of this day (2026-03-10), or all [default: all; for html the newest day]
    #[arg(long, value_name = "DAY", value_parser = wanted, conflicts_with_all = ["explain", "features"])]
    pub(crate) day: Option<Wanted>,
    /// How to print the stories
    #[arg(long, value_enum, default_value_t = GroupFormat::Json)]
    pub(crate) format: GroupFormat,
    #[command(flatten)]
    pub(crate) rows: Rows,
}

/// How stories can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GroupFormat {
    /// One JSON object a line
    Json,
    /// A page: who reports each story, how it grew, why each article is in it, and what nearly joined
    Html,
}

/// The day whose stories are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Those of every day.
    All,
    /// Those with an article of one day.
    Of(jiff::civil::Date),
}

#[derive(Args, Debug)]
pub(crate) struct Cite {
    /// The style of the references
    #[arg(long, default_value = "mla", value_parser = style)]
    pub(crate) style: desk::cite::Style,
    #[command(flatten)]
    pub(crate) rows: Rows,
}

/// A day, or a number of days before the newest article.
fn when(text: &str) -> Result<String, String> {
    let is_day = text.parse::<jiff::civil::Date>().is_ok();
    let is_count = text.strip_suffix('d').is_some_and(|days| days.parse::<u16>().is_ok());
    if is_day || is_count {
        Ok(text.to_owned())
    } else {
        Err("give a day (2026-03-10) or a number of days (7d)".to_owned())
    }
}

/// A day, or all of them.
fn wanted(text: &str) -> Result<Wanted, String> {
    if text == "all" {
        return Ok(Wanted::All);
    }
    text.parse().map(Wanted::Of).map_err(|_| "give a day (2026-03-10) or all".to_owned())
}

/// Weights of the kinds of evidence of grouping.
fn weights(given: &str) -> Result<desk::group::Weights, String> {
    let numbers: Vec<f64> = given.split(',').filter_map(|number| number.trim().parse().ok()).collect();
    let weights = numbers.try_into().map(desk::group::Weights);
    weights.map_err(|_| format!("{} numbers are expected, parted by commas", desk::group::KINDS))
}

fn style(name: &str) -> Result<desk::cite::Style, String> {
    name.parse().map_err(|error: desk::cite::style::UnknownStyle| error.to_string())
}
