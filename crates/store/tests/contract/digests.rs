//! Every version stays as it was; which one is shown is another matter.

use store::*;

use crate::sample::{digest, story};
use crate::server::both;

async fn shown(store: &Store) -> Story {
    store.story("s1").await.unwrap().unwrap()
}

async fn states(store: &Store) -> Vec<(i64, DigestState)> {
    store.versions("s1").await.unwrap().into_iter().map(|row| (row.version, row.state)).collect()
}

#[test]
fn a_version_is_kept_once_and_never_edited() {
    both("version", |store| async move {
        story(&store, "s1", "https://harbor.example/dam", "Words.", 1).await;
        assert_eq!(store.put_digest(&digest("s1", "i1", "One."), 10).await.unwrap(), Some(1));
        let first = store.digest("s1", 1).await.unwrap().unwrap();
        assert_eq!(first.receipt, digest("s1", "i1", "One.").receipt);
        assert_eq!(store.put_digest(&digest("s1", "i1", "Else."), 11).await.unwrap(), None, "the same input");
        assert_eq!(
            store.put_digest(&digest("s1", "i2", "One."), 12).await.unwrap(),
            None,
            "the same receipt"
        );
        assert!(store.has_input("s1", "i2").await.unwrap() && !store.has_input("s1", "i1").await.unwrap());
        assert_eq!(store.put_digest(&digest("s1", "i3", "Two."), 20).await.unwrap(), Some(2));
        assert_eq!(store.digest("s1", 1).await.unwrap().unwrap(), first);
        assert_eq!(store.published("s1").await.unwrap().unwrap().row.version, 2);
        let story = shown(&store).await;
        assert_eq!((story.published, story.updated, story.lead.as_str()), (Some(10), Some(20), "Two."));
        // Only the printed text around the sentences differs: kept, shown, but nothing moves for readers.
        let mut quiet = digest("s1", "i4", "Two.");
        quiet.receipt.push(' ');
        assert_eq!(store.put_digest(&quiet, 30).await.unwrap(), Some(3));
        assert_eq!(shown(&store).await.updated, Some(20));
        let mut corrected = digest("s1", "i5", "Three.");
        corrected.correction = "An earlier version said two.".to_owned();
        store.put_digest(&corrected, 40).await.unwrap();
        assert_eq!(store.corrections(9).await.unwrap()[0].version, 4);
    });
}

#[test]
fn held_versions_wait_and_withdrawn_ones_go() {
    both("held", |store| async move {
        story(&store, "s1", "https://harbor.example/dam", "Words.", 1).await;
        let waiting = NewDigest { publish: false, ..digest("s1", "i1", "One.") };
        store.put_digest(&waiting, 10).await.unwrap();
        assert_eq!((shown(&store).await.version, shown(&store).await.published), (None, None));
        assert_eq!(store.waiting_digests(9).await.unwrap().len(), 1);
        let waiting = NewDigest { publish: false, ..digest("s1", "i2", "Two.") };
        store.put_digest(&waiting, 20).await.unwrap();
        assert_eq!(states(&store).await, [(2, DigestState::Held), (1, DigestState::Passed)]);
        store.set_digest_state("s1", 2, DigestState::Published, "", 30).await.unwrap();
        assert_eq!((shown(&store).await.version, shown(&store).await.published), (Some(2), Some(30)));
        store.set_held("s1", true).await.unwrap();
        store.put_digest(&digest("s1", "i3", "Three."), 40).await.unwrap();
        assert_eq!(shown(&store).await.version, Some(2), "a held story keeps what it shows");
        assert_eq!(store.waiting_digests(9).await.unwrap()[0].version, 3);
        store.set_digest_state("s1", 1, DigestState::Withdrawn, "old", 45).await.unwrap();
        assert_eq!(shown(&store).await.version, Some(2), "another version's fate is its own");
        store.set_digest_state("s1", 2, DigestState::Withdrawn, "A name is wrong.", 50).await.unwrap();
        let story = shown(&store).await;
        assert_eq!(
            (story.version, story.reason.as_str(), story.headline.as_str()),
            (None, "A name is wrong.", "About s1")
        );
        assert!(store.published("s1").await.unwrap().is_none());
        let all = StoryFilter { published: true, limit: 9, ..Default::default() };
        assert!(store.stories(&all).await.unwrap().is_empty());
        let outlet = StoryFilter { domain: Some("harbor.example".to_owned()), ..all };
        assert!(store.stories(&outlet).await.unwrap().is_empty());
        store.set_digest_state("s1", 3, DigestState::Published, "", 60).await.unwrap();
        let story = shown(&store).await;
        assert_eq!((story.published, story.updated, story.reason.as_str()), (Some(30), Some(60), ""));
        assert_eq!(store.stories(&outlet).await.unwrap().len(), 1);
    });
}

#[test]
fn a_version_and_its_line_in_the_log_are_kept_together() {
    both("noted", |store| async move {
        story(&store, "s1", "https://harbor.example/dam", "Words.", 1).await;
        assert_eq!(store.put_digest_by(&digest("s1", "i1", "One."), "nutgraf", 10).await.unwrap(), Some(1));
        assert_eq!(store.put_digest_by(&digest("s1", "i1", "One."), "nutgraf", 11).await.unwrap(), None);
        store.set_held("s1", true).await.unwrap();
        assert_eq!(store.put_digest_by(&digest("s1", "i2", "Two."), "nutgraf", 12).await.unwrap(), Some(2));
        let lines = store.entries(None, 9).await.unwrap();
        let lines: Vec<(&str, &str)> =
            lines.iter().map(|line| (line.action.as_str(), line.object.as_str())).collect();
        assert_eq!(lines, [("wait", "story s1 version 2"), ("publish", "story s1 version 1")]);
    });
}
