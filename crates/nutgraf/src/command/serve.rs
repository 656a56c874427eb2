//! `nutgraf serve`: opens the newsroom. One process fetches, groups, writes, and serves the site and the desk.

mod door;
mod guests;

use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Write as _};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail};
use desk::group::Window;
use store::{Clock, Store};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::office::{self, Need};
use super::starter;
use crate::demo::{self, Demo};
use crate::newsroom::{self, Newsroom};
use crate::settings::{self, Settings};
use crate::{Status, cli, log, private};

/// How long what runs may take to end after a signal.
const PATIENCE: Duration = Duration::from_secs(10);

/// The editor of a new newsroom.
const EDITOR: &str = "editor";

pub(crate) fn run(arguments: &cli::Serve) -> Result<Status> {
    let settings = settings::in_force(&arguments.options)?.settings;
    log::begin(settings.json_log, &settings.level)?;
    let runtime = office::runtime()?;
    let done = runtime.block_on(serve(arguments, settings));
    // Threads that still wait for an outlet hold nothing up: what they fetch is asked for again at the next start.
    runtime.shutdown_timeout(Duration::from_secs(1));
    done.map(|()| Status::Done)
}

async fn serve(arguments: &cli::Serve, mut settings: Settings) -> Result<()> {
    let listener = bind(&settings.listen).await?;
    let at = listener.local_addr()?;
    if settings.site.base.is_empty() {
        settings.site.base = format!("http://{}", reached(at));
    }
    let own_data = arguments.options.data.is_some() || arguments.options.database.is_some();
    let demo = if arguments.demo { Some(Demo::start(&mut settings, own_data).await?) } else { None };
    let clock = demo.as_ref().map_or(Clock::System, |demo| demo.clock.clone());
    let store = office::open(&settings, Need::Makes).await?;
    let _lock = if arguments.no_fetch { None } else { lock(&settings)? };

    match &demo {
        Some(demo) => demo.fill(&store).await?,
        None => starter::fill(&store, &clock).await?,
    }
    let password = first_editor(&store, &clock).await?;
    let (stop, stopped) = watch::channel(false);
    let site = site(&store, &clock, &settings).await?;
    let mut running = vec![("the site", serving(listener, site, stopped.clone()))];
    if !arguments.no_fetch {
        let newsroom = Newsroom::new(store.clone(), clock.clone(), stages(&settings));
        let stopped = stopped.clone();
        running.push(("the newsroom", tokio::spawn(async move { newsroom.run(stopped).await })));
    }
    if demo.is_some() {
        tokio::spawn(demo::chat(store.clone(), clock.clone(), stopped));
    }
    tell(at, password.as_deref(), own_data || demo.is_none(), &settings)?;
    let ended = until_end(&mut running).await;
    tracing::info!("closing");
    // Nobody listens any more where everything has ended already.
    let _ = stop.send(true);
    let closing = tokio::time::timeout(PATIENCE, close(running)).await;
    closing.unwrap_or_else(|_| {
        tracing::warn!(
            "what ran did not end within {} seconds; it is done at the next start",
            PATIENCE.as_secs()
        );
        Ok(())
    })?;
    ended
}

/// Takes the address for the site.
async fn bind(listen: &str) -> Result<TcpListener> {
    TcpListener::bind(listen).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => anyhow!(
            "{listen} is taken: another program serves there. Stop it, or choose another with --listen 127.0.0.1:8081 \
             (port 0 takes any that is free)"
        ),
        ErrorKind::PermissionDenied => anyhow!(
            "{listen} can't be used without rights. Choose a port from 1024 on with --listen, and put a proxy before it"
        ),
        _ => anyhow!("{listen} can't be served ({error}). Give an address of this machine with --listen HOST:PORT"),
    })
}

/// The address by which a browser on this machine reaches the site.
fn reached(at: SocketAddr) -> SocketAddr {
    let mut at = at;
    if at.ip().is_unspecified() {
        at.set_ip(if at.is_ipv4() { [127, 0, 0, 1].into() } else { std::net::Ipv6Addr::LOCALHOST.into() });
    }
    at
}

/// Holds the data folder against a second newsroom, for as long as the file is open.
fn lock(settings: &Settings) -> Result<Option<File>> {
    if !settings.database.starts_with("sqlite:") {
        return Ok(None);
    }
    private::folder(&settings.data)?;
    let path = settings.data.join("nutgraf.lock");
    let file = private::file(&path).with_context(|| {
        format!("{}: can't be written. Name a folder of your own with --data", path.display())
    })?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => bail!(
            "{}: another nutgraf serve runs in this folder. Stop it, name another folder with --data, or say --no-fetch",
            settings.data.display()
        ),
        Err(TryLockError::Error(error)) => {
            tracing::warn!(%error, "the data folder can't be held against a second newsroom");
            Ok(None)
        }
    }
}

/// Adds the first editor; the password, which nobody can read again later.
async fn first_editor(store: &Store, clock: &Clock) -> Result<Option<String>> {
    if !store.editors().await?.is_empty() {
        return Ok(None);
    }
    let password = web::fresh_password();
    super::password::set(store, clock, EDITOR, &password).await?;
    Ok(Some(password))
}

async fn site(store: &Store, clock: &Clock, settings: &Settings) -> Result<web::Site> {
    let secret = store.secret(&fresh_key()).await?;
    let key = key(&secret).ok_or_else(|| {
        anyhow!("the newsroom's key in the database is damaged. Restore a backup with nutgraf restore")
    })?;
    Ok(web::Site {
        store: store.clone(),
        clock: clock.clone(),
        settings: Arc::new(web::Settings {
            families: settings.write.families.clone(),
            ..settings.site.clone()
        }),
        key: Arc::new(key),
    })
}

/// 32 bytes by chance as 64 letters.
fn fresh_key() -> String {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("an operating system without chance can serve nobody");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// 32 bytes from 64 letters.
fn key(secret: &str) -> Option<[u8; 32]> {
    let mut key = [0; 32];
    if secret.len() != 64 {
        return None;
    }
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(secret.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(key)
}

/// What the run loop is told.
fn stages(settings: &Settings) -> newsroom::Settings {
    let millis = |time: Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    let is_public = !settings.site.demo && settings.site.base.starts_with("https://");
    newsroom::Settings {
        families: settings.write.families.clone(),
        least_families: settings.write.least,
        words: settings.write.words,
        approval: settings.write.approval.clone(),
        fetchers: settings.fetch.fetchers,
        limits: settings.fetch.limits.clone(),
        gap_ms: millis(settings.fetch.gap),
        min_interval_ms: millis(settings.fetch.least),
        max_interval_ms: millis(settings.fetch.most),
        settle_ms: millis(settings.write.settle),
        window: Window { days: settings.days, ..Window::default() },
        base: if is_public { settings.site.base.clone() } else { String::new() },
        full_text: settings.fetch.full_text,
    }
}

type Running = Vec<(&'static str, JoinHandle<Result<()>>)>;

fn serving(listener: TcpListener, site: web::Site, stopped: watch::Receiver<bool>) -> JoinHandle<Result<()>> {
    let mut bounds = door::Bounds::default();
    if site.settings.trusted_hops > 0 {
        // A few proxies bring all readers.
        bounds.each = bounds.most;
    }
    let router = web::measured(web::router(site));
    tokio::spawn(async move {
        door::serve(listener, router, bounds, stopped).await;
        Ok(())
    })
}

/// Waits for a signal, or for a part that ends by itself.
async fn until_end(running: &mut Running) -> Result<()> {
    loop {
        tokio::select! {
            signal = signal() => return signal,
            () = tokio::time::sleep(Duration::from_millis(500)) => {}
        }
        if let Some(at) = running.iter().position(|(_, task)| task.is_finished()) {
            let (name, task) = running.remove(at);
            task.await.with_context(|| format!("{name} broke"))??;
            bail!("{name} ended by itself. Start again; the log says what came before");
        }
    }
}

async fn close(running: Running) -> Result<()> {
    for (name, task) in running {
        task.await.with_context(|| format!("{name} broke"))??;
    }
    Ok(())
}

/// Waits until somebody asks the program to end.
async fn signal() -> Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut end = signal(SignalKind::terminate()).context("signals can't be heard")?;
        let mut interrupt = signal(SignalKind::interrupt()).context("signals can't be heard")?;
        tokio::select! {
            _ = end.recv() => Ok(()),
            _ = interrupt.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.context("signals can't be heard")
}

/// Says where everything is. The password stands here and nowhere else.
fn tell(at: SocketAddr, password: Option<&str>, is_kept: bool, settings: &Settings) -> Result<()> {
    let at = reached(at);
    let rule = "─".repeat(78);
    let mut lines = vec![rule.clone()];
    lines.push(format!("  {} is open.", settings.site.name));
    lines.push(String::new());
    lines.push(format!("  Site      http://{at}/"));
    lines.push(format!("  Desk      http://{at}/desk"));
    if let Some(password) = password {
        lines.push(format!("  Editor    {EDITOR}"));
        lines.push(format!("  Password  {password}"));
        lines.push(format!("            (shown only now; nutgraf password {EDITOR} sets another)"));
    }
    if settings.site.demo {
        lines.push("  Invented news, played over three minutes. Ctrl-C ends it.".to_owned());
    }
    if is_kept {
        lines.push(format!("  Kept in   {}", settings::masked(&settings.database)));
    }
    lines.push(rule);
    writeln!(std::io::stdout(), "{}", lines.join("\n"))?;
    std::io::stdout().flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_from_letters() {
        assert_eq!(key(&"0f".repeat(32)), Some([15; 32]));
        assert!(key(&fresh_key()).is_some());
        for wrong in [String::new(), "0f".repeat(31), "zz".repeat(32), "é".repeat(32)] {
            assert_eq!(key(&wrong), None);
        }
    }

    #[test]
    fn an_address_of_all_interfaces_is_shown_as_one_that_a_browser_reaches() {
        for (at, expected) in
            [("0.0.0.0:80", "127.0.0.1:80"), ("[::]:80", "[::1]:80"), ("192.0.2.7:80", "192.0.2.7:80")]
        {
            let at: SocketAddr = at.parse().expect("an address");
            assert_eq!(reached(at).to_string(), expected);
        }
    }
}
