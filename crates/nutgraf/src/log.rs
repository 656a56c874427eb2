//! The log on standard error: lines for people, or one JSON object a line.

use std::io::IsTerminal as _;

use anyhow::{Result, anyhow};
use tracing_subscriber::EnvFilter;

/// The crates of this program; of what they use only warnings are logged.
const OURS: [&str; 6] = ["nutgraf", "web", "store", "fetch", "desk", "language"];

/// Begins to log. May be called once.
pub(crate) fn begin(json: bool, level: &str) -> Result<()> {
    let ours: Vec<String> = OURS.iter().map(|name| format!("{name}={level}")).collect();
    let filter = EnvFilter::new(format!("warn,{}", ours.join(",")));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let done = if json {
        log.json().flatten_event(true).try_init()
    } else {
        log.with_ansi(std::io::stderr().is_terminal()).with_target(false).try_init()
    };
    done.map_err(|error| anyhow!("the log can't be begun: {error}"))
}
