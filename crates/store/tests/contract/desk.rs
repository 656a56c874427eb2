//! Editors, their sessions, what they did, and the newsroom's secret.

use crate::server::both;

#[test]
fn a_session_ends_in_time_on_leaving_and_with_a_new_password() {
    both("session", |store| async move {
        let editor = store.put_editor("ana", "one", 1).await.unwrap();
        store.open_session(editor, "t1", 100, 1).await.unwrap();
        assert_eq!(store.session("t1", 99).await.unwrap().unwrap().name, "ana");
        assert!(store.session("t1", 100).await.unwrap().is_none());
        store.close_session("t1").await.unwrap();
        assert!(store.session("t1", 2).await.unwrap().is_none());
        store.open_session(editor, "t2", 100, 1).await.unwrap();
        assert_eq!(store.put_editor("ana", "two", 3).await.unwrap(), editor);
        assert!(store.session("t2", 4).await.unwrap().is_none());
        assert_eq!(store.editor("ana").await.unwrap().unwrap().password, "two");
        store.put_editor("Ben", "x", 3).await.unwrap();
        let names: Vec<String> = store.editors().await.unwrap().into_iter().map(|it| it.name).collect();
        assert_eq!(names, ["Ben", "ana"], "keys compare byte by byte on both");
    });
}

#[test]
fn the_log_is_read_from_its_end() {
    both("log", |store| async move {
        for at in 1..=5 {
            store.log("ana", "publish", &format!("story s{at}"), "", at).await.unwrap();
        }
        let page = store.entries(None, 2).await.unwrap();
        assert_eq!(page.iter().map(|it| it.at).collect::<Vec<_>>(), [5, 4]);
        let page = store.entries(Some(page[1].id), 9).await.unwrap();
        assert_eq!(page.iter().map(|it| it.at).collect::<Vec<_>>(), [3, 2, 1]);
    });
}

#[test]
fn the_secret_is_made_once() {
    both("secret", |store| async move {
        assert_eq!(store.secret("aa").await.unwrap(), "aa");
        assert_eq!(store.secret("bb").await.unwrap(), "aa");
        assert_eq!(store.sound().await.unwrap(), Ok(()));
    });
}
