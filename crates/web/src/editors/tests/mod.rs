//! The desk from end to end.

mod entry;
mod pages;
mod work;

use axum::http::Method;
use store::{CommentState, NewComment};

use super::hash_password;
use crate::talk::seed::{EDITOR, HOSTILE, NOW, Newsroom, PASSWORD, Reply};

/// Somebody who has logged in.
struct Desk {
    room: Newsroom,
    cookie: String,
    csrf: String,
}

impl Desk {
    async fn open() -> Self {
        let room = Newsroom::open().await;
        room.site.store.put_editor(EDITOR, &hash_password(PASSWORD), NOW).await.unwrap();
        let reply = login(&room, &[], EDITOR, PASSWORD).await;
        assert_eq!(reply.to(), "/desk", "{}", reply.body);
        let cookie = reply.cookie();
        let csrf = room.get("/desk", &[("cookie", &cookie)]).await.field("csrf");
        assert_eq!(csrf.len(), 64);
        Self { room, cookie, csrf }
    }

    async fn get(&self, path: &str) -> Reply {
        self.room.get(path, &[("cookie", &self.cookie)]).await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let mut all = vec![("csrf", self.csrf.as_str())];
        all.extend(fields);
        self.room.post(path, &[("cookie", &self.cookie)], &all).await
    }

    /// What the log says was done, the newest first.
    async fn done(&self) -> Vec<String> {
        let entries = self.room.site.store.entries(None, 50).await.unwrap();
        entries.into_iter().map(|entry| format!("{} {} {}", entry.who, entry.action, entry.object)).collect()
    }
}

async fn login(room: &Newsroom, headers: &[(&str, &str)], name: &str, password: &str) -> Reply {
    room.post("/desk/login", headers, &[("name", name), ("password", password)]).await
}

/// Every address of the desk, filled in, with what it is asked by.
fn addresses() -> Vec<(Method, String)> {
    let actions = [
        ("/desk/feed/", vec!["pause", "remove"]),
        ("/desk/outlet/", vec!["remove"]),
        ("/desk/comment/", vec!["approve"]),
    ];
    let mut out = Vec::new();
    for (path, router) in super::table() {
        if matches!(path, "/desk/login" | "/desk/style/{name}") {
            continue;
        }
        let words = format!("{router:?}");
        let id = if path.contains("/story/") { "s1" } else { "1" };
        let filled = path.replace("{id}", id).replace("{domain}", "post.example");
        let actions = actions.iter().find(|(start, _)| path.starts_with(start) && path.contains("{action}"));
        let filled: Vec<String> = match actions {
            Some((_, actions)) => actions.iter().map(|action| filled.replace("{action}", action)).collect(),
            None => vec![filled],
        };
        for (method, name) in [(Method::GET, "get: "), (Method::POST, "post: ")] {
            let handled = words.split(name).nth(1).is_some_and(|rest| !rest.trim_start().starts_with("None"));
            if handled {
                out.extend(filled.iter().map(|path| (method.clone(), path.clone())));
            }
        }
    }
    out
}

/// Leaves a hostile author's comment.
async fn comment(desk: &Desk, words: &str) -> i64 {
    let comment = NewComment {
        story: "s1".into(),
        parent: None,
        author: HOSTILE.into(),
        words: words.into(),
        state: CommentState::Waiting,
        editor: false,
        token: String::new(),
        sender: "x".into(),
    };
    desk.room.site.store.put_comment(&comment, NOW).await.unwrap()
}
