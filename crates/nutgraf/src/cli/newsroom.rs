//! What may be asked of a newsroom: opening it, its settings, its feeds, what it keeps.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Which settings are in force; shared by all commands of the newsroom.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Settings")]
pub(crate) struct Options {
    /// The file of settings [default: ./nutgraf.toml, else ~/.config/nutgraf/nutgraf.toml]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The folder that everything is kept in
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// The database: sqlite:PATH or postgres://USER@HOST/NAME [default: SQLite in the data folder]
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) database: Option<String>,
    /// Where the site is served [default: 127.0.0.1:8080]
    #[arg(long, global = true, value_name = "HOST:PORT")]
    pub(crate) listen: Option<String>,
    /// The address under which readers reach the site
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) base: Option<String>,
    /// Any setting, such as site.name="The Post"; may be given more than once
    #[arg(long, global = true, value_name = "KEY=VALUE", value_parser = pair)]
    pub(crate) set: Vec<(String, String)>,
}

#[derive(Args, Debug)]
pub(crate) struct Serve {
    /// Show the repository's example stories, played as feeds over three minutes, in a folder that is thrown away
    #[arg(long)]
    pub(crate) demo: bool,
    /// Only serve what is there: fetch nothing, write nothing
    #[arg(long, conflicts_with = "demo")]
    pub(crate) no_fetch: bool,
    #[command(flatten)]
    pub(crate) options: Options,
}

#[derive(Args, Debug)]
pub(crate) struct Config {
    /// Print the example file: every setting with its meaning and default
    #[arg(long)]
    pub(crate) example: bool,
    #[command(flatten)]
    pub(crate) options: Options,
}

#[derive(Args, Debug)]
pub(crate) struct Feeds {
    #[command(subcommand)]
    pub(crate) wish: FeedWish,
    #[command(flatten)]
    pub(crate) options: Options,
}

#[derive(Debug, Subcommand)]
pub(crate) enum FeedWish {
    /// Add feeds by their addresses, or by that of a page that names its feed
    Add {
        /// The addresses; of a page that names several feeds, these are listed to choose from
        #[arg(required = true, value_name = "URL")]
        addresses: Vec<String>,
        /// The section that their articles count for
        #[arg(long, value_name = "NAME")]
        section: Option<String>,
    },
    /// Add the feeds of a list: OPML, or JSON by category as kite_feeds.json
    Import {
        /// The file; - for standard input
        file: String,
    },
    /// Print the feeds as OPML
    Export,
    /// List the feeds with their health
    List,
    /// Ask feeds now, and say how each is; changes nothing
    Check {
        /// Addresses [default: all feeds of the newsroom]
        #[arg(value_name = "URL")]
        addresses: Vec<String>,
    },
    /// Let a feed rest
    Pause {
        /// Its address
        #[arg(value_name = "URL")]
        address: String,
    },
    /// Ask a resting or removed feed again
    Wake {
        /// Its address
        #[arg(value_name = "URL")]
        address: String,
    },
    /// Take a feed out; its articles stay
    Remove {
        /// Its address
        #[arg(value_name = "URL")]
        address: String,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Keep {
    /// The file, .jsonl.gz
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) options: Options,
}

#[derive(Args, Debug)]
pub(crate) struct Restore {
    /// The backup, .jsonl.gz or .jsonl
    pub(crate) file: PathBuf,
    /// Replace what the database holds
    #[arg(long)]
    pub(crate) replace: bool,
    #[command(flatten)]
    pub(crate) options: Options,
}

#[derive(Args, Debug)]
pub(crate) struct Export {
    /// Leave out editors, sessions, secrets, what readers don’t see, and whatever tells where they came from
    #[arg(long)]
    pub(crate) public: bool,
    #[command(flatten)]
    pub(crate) options: Options,
}

#[derive(Args, Debug)]
pub(crate) struct Import {
    /// Replace what the database holds
    #[arg(long)]
    pub(crate) replace: bool,
    #[command(flatten)]
    pub(crate) options: Options,
}

#[derive(Args, Debug)]
pub(crate) struct Password {
    /// The editor; added where there is none of that name
    pub(crate) name: String,
    /// Read the password from standard input [default: make one and print it]
    #[arg(long)]
    pub(crate) stdin: bool,
    #[command(flatten)]
    pub(crate) options: Options,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').ok_or("give KEY=VALUE, such as site.name=\"The Post\"")?;
    Ok((parts.0.trim().to_owned(), parts.1.to_owned()))
}
