//! `nutgraf audit`: judges a cited text.

use anyhow::Result;

use crate::{Status, cli};

pub(crate) fn run(_arguments: &cli::Audit) -> Result<Status> {
    anyhow::bail!("stub")
}
