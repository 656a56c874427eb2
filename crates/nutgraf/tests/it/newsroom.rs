//! A running newsroom: `nutgraf serve` in a folder of the test's own, ended with the test.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::command::program;
use crate::web::{Answer, get};

/// A running newsroom.
pub(crate) struct Newsroom {
    child: Child,
    lines: Receiver<String>,
    /// Where the site is, without a slash at its end.
    pub(crate) site: String,
    /// The password that was printed.
    pub(crate) password: Option<String>,
}

impl Newsroom {
    /// Starts `nutgraf serve` on a free port and waits until it says where it is.
    #[track_caller]
    pub(crate) fn start(folder: &Path, arguments: &[&str]) -> Self {
        let log = std::fs::File::create(folder.join("serve.log")).expect("the folder can be written");
        let mut command = program(folder);
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(arguments);
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn();
        let mut child = child.expect("the program is built with its tests");
        let stdout = BufReader::new(child.stdout.take().expect("it is piped"));
        let (send, lines) = channel();
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                if send.send(line).is_err() {
                    break;
                }
            }
        });
        let mut newsroom = Self { child, lines, site: String::new(), password: None };
        let mut rules = 0;
        while rules < 2 {
            let line = newsroom.lines.recv_timeout(Duration::from_secs(60));
            let line = line.unwrap_or_else(|_| panic!("it did not open:\n{}", newsroom.log(folder)));
            rules += usize::from(line.starts_with('─'));
            let mut words = line.split_whitespace();
            match (words.next(), words.next()) {
                (Some("Site"), Some(at)) => newsroom.site = at.trim_end_matches('/').to_owned(),
                (Some("Password"), Some(password)) => newsroom.password = Some(password.to_owned()),
                _ => {}
            }
        }
        assert!(newsroom.site.starts_with("http://127.0.0.1:"), "it did not say where the site is");
        newsroom
    }

    /// What it wrote to its log so far.
    pub(crate) fn log(&self, folder: &Path) -> String {
        std::fs::read_to_string(folder.join("serve.log")).unwrap_or_default()
    }

    /// Asks the site.
    #[track_caller]
    pub(crate) fn get(&self, path: &str) -> Answer {
        get(&format!("{}{path}", self.site)).expect("the site answers")
    }

    /// Asks until the answer is as it should be; panics with the last one when that takes too long.
    #[track_caller]
    pub(crate) fn until(&self, path: &str, seconds: u64, fits: impl Fn(&Answer) -> bool) -> Answer {
        let begun = Instant::now();
        loop {
            let answer = self.get(path);
            if fits(&answer) {
                return answer;
            }
            let late = begun.elapsed() > Duration::from_secs(seconds);
            assert!(
                !late,
                "{path} is not as it should be after {seconds} s:\n{}\n{}",
                answer.head, answer.body
            );
            std::thread::sleep(Duration::from_millis(250));
        }
    }

    /// Asks it to end, as the system does, and gives its exit status and how long it took.
    #[track_caller]
    pub(crate) fn end(mut self) -> (Option<i32>, Duration) {
        let begun = Instant::now();
        let id = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status();
        assert!(asked.is_ok_and(|status| status.success()), "kill is there on every Unix");
        let code = self.child.wait().expect("it is our child").code();
        (code, begun.elapsed())
    }
}

impl Drop for Newsroom {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
