//! `nutgraf password`: sets an editor's password, typed on standard input or made by chance.

use std::io::{BufRead as _, Read as _, Write as _};

use anyhow::{Result, bail};
use store::{Clock, Store};

use super::office::{self, Need};
use crate::{Status, cli};

/// The fewest characters of a password.
const LEAST: usize = 10;
/// The most bytes of one.
const MOST: u64 = 1024;

pub(crate) fn run(arguments: &cli::Password) -> Result<Status> {
    let name = arguments.name.trim();
    if name.is_empty() || name.chars().count() > 64 || name.contains(char::is_control) {
        bail!("an editor's name has one to 64 letters. Give another");
    }
    let typed = if arguments.stdin { Some(typed()?) } else { None };
    let given = typed.is_some();
    office::within(&arguments.options, Need::Makes, async |_, store, clock| {
        let password = typed.unwrap_or_else(web::fresh_password);
        set(&store, &clock, name, &password).await?;
        let mut out = std::io::stdout().lock();
        if given {
            writeln!(out, "The password of {name} is set. Sessions that were open are closed.")?;
        } else {
            writeln!(out, "{name}: {password}")?;
        }
        Ok(Status::Done)
    })
}

/// Sets a password, adds the editor where there is none, and writes it into the log.
pub(super) async fn set(store: &Store, clock: &Clock, name: &str, password: &str) -> Result<()> {
    let now = clock.now();
    let known = store.editor(name).await?.is_some();
    store.put_editor(name, &web::hash_password(password), now).await?;
    let action = if known { "password" } else { "add" };
    store.log("nutgraf", action, &format!("editor {name}"), "from the command line", now).await?;
    Ok(())
}

/// The first line of standard input.
fn typed() -> Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().take(MOST).read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.chars().count() < LEAST {
        bail!("a password has at least {LEAST} characters. Type it as one line on standard input");
    }
    Ok(password.to_owned())
}
