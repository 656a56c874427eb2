//! Databases for tests: a file in a folder of its own, and a fresh database of a PostgreSQL that the tests start.

use std::future::Future;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use store::Store;

/// A folder that is removed at the end.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("nutgraf-store-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn address(&self) -> String {
        format!("sqlite:{}", self.0.join("newsroom.sqlite").display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs a test on an empty newsroom in both databases.
pub(crate) fn both<F>(name: &str, test: impl Fn(Store) -> F)
where
    F: Future<Output = ()>,
{
    let folder = Folder::new(name);
    run(&folder.address(), &test);
    if let Some(address) = fresh() {
        run(&address, &test);
    }
}

/// Runs something on a runtime of its own.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().unwrap().block_on(future)
}

/// The address of a fresh database of the PostgreSQL; nothing where none is installed.
pub(crate) fn fresh() -> Option<String> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let server = server()?;
    let name = format!("newsroom{}", NEXT.fetch_add(1, Ordering::SeqCst));
    wait(async {
        sqlx::any::install_default_drivers();
        let mut admin =
            <sqlx::AnyConnection as sqlx::Connection>::connect(&server.address("postgres")).await.unwrap();
        let sql = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
        sqlx::query(sql).execute(&mut admin).await.unwrap();
    });
    Some(server.address(&name))
}

fn run<F>(address: &str, test: &impl Fn(Store) -> F)
where
    F: Future<Output = ()>,
{
    wait(async {
        let store = Store::open(address).await.unwrap_or_else(|error| panic!("{address}: {error}"));
        test(store.clone()).await;
        store.close().await;
    });
}

/// A PostgreSQL of the tests' own: no network, a socket in its folder. A shell holds it, and stops it when the pipe
/// from the test program closes, however that ends.
struct Server {
    folder: PathBuf,
    _pipe: ChildStdin,
    _shell: Child,
}

impl Server {
    fn address(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.folder.display())
    }
}

/// Started with the first test that asks, for all of them.
fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    SERVER
        .get_or_init(|| {
            let Some(programs) = programs() else {
                println!("skipped: PostgreSQL is not installed (apt-get install postgresql)");
                return None;
            };
            Some(start(&programs))
        })
        .as_ref()
}

/// The folder with `initdb` and `postgres`.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|entry| entry.path().join("bin")).collect();
    folders.sort();
    folders.reverse();
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    folders.into_iter().find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

const START: &str = r#"
as() { exec "$@"; }
if [ "$(id -u)" = 0 ]; then
    user=postgres; id postgres >/dev/null 2>&1 || user=nobody
    chown -R "$user" "$2"
    as() { exec setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@"; }
fi
(as "$1/initdb" -D "$2/data" -U postgres -A trust -E UTF8 --locale=C --no-sync) >"$2/log" 2>&1 || { echo failed; exit 1; }
as "$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c full_page_writes=off \
    -c max_connections=200 -c shared_buffers=64MB >>"$2/log" 2>&1 &
server=$!
echo started
read -r _
kill -INT "$server"
wait "$server"
rm -rf "$2"
"#;

#[expect(clippy::zombie_processes, reason = "the shell ends by itself after the tests, when its pipe closes")]
fn start(programs: &Path) -> Server {
    let folder = std::env::temp_dir().join(format!("nutgraf-pg-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let mut shell = Command::new("sh")
        .args(["-c", START, "sh"])
        .args([programs, &folder])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = [0; 7];
    shell.stdout.take().unwrap().read_exact(&mut said).unwrap();
    let log = || std::fs::read_to_string(folder.join("log")).unwrap_or_default();
    assert_eq!(&said, b"started", "PostgreSQL does not start:\n{}", log());
    let socket = folder.join(".s.PGSQL.5432");
    for _ in 0..600 {
        if socket.exists() && log().contains("ready to accept connections") {
            let pipe = shell.stdin.take().unwrap();
            return Server { folder, _pipe: pipe, _shell: shell };
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("PostgreSQL does not answer:\n{}", log());
}
