//! Stories: their articles, and the lists in which they stand.

use store::*;

use crate::sample::{article, digest, drain, story};
use crate::server::both;

const DAY: i64 = 86_400_000;

#[test]
fn an_article_stays_in_its_story_and_assigning_it_twice_changes_nothing() {
    both("assign", |store| async move {
        let id = story(&store, "s1", "https://harbor.example/dam", "Words.", 1).await;
        assert_eq!(drain(&store, Stage::Write, 1).await, ["s1"]);
        let elsewhere =
            Assigned { article: id.clone(), story: "s2".to_owned(), likeness: 0.9, section: "x".to_owned() };
        store.assign(&elsewhere, 2, 2).await.unwrap();
        assert!(store.story("s2").await.unwrap().is_none());
        let held = store.article(&id).await.unwrap().unwrap();
        assert_eq!((held.story.as_deref(), held.likeness), (Some("s1"), 0.5));
        assert_eq!(store.story("s1").await.unwrap().unwrap().articles, 1);
        assert_eq!(drain(&store, Stage::Write, 2).await, ["s1"], "its own story is written again");
        let earlier = article("https://ravel.example/x", "Earlier", "Earlier words.");
        let earlier =
            desk::article::Article { published: desk::stamp::Stamp::parse("2020-01-01"), ..earlier };
        store.put_article(&earlier, None, 3).await.unwrap();
        let assigned = Assigned {
            article: earlier.id.clone(),
            story: "s1".to_owned(),
            likeness: 0.25,
            section: "y".to_owned(),
        };
        store.assign(&assigned, 3, 3).await.unwrap();
        store
            .set_members("s1", &[(id.clone(), "f".to_owned(), Some(earlier.id.clone()), true)], 7)
            .await
            .unwrap();
        let members = store.members("s1").await.unwrap();
        let order: Vec<&str> = members.iter().map(|member| member.article.id.as_str()).collect();
        assert_eq!(order, [earlier.id.as_str(), id.as_str()], "in publication order");
        assert_eq!((members[1].copy_of.as_deref(), members[1].background), (Some(earlier.id.as_str()), true));
        let row = store.story("s1").await.unwrap().unwrap();
        assert_eq!((row.articles, row.families, row.section.as_str()), (2, 7, "world"));
        assert_eq!(store.window(1, 9).await.unwrap().len(), 1);
    });
}

#[test]
fn articles_go_to_another_story_and_both_are_written_again() {
    both("shift", |store| async move {
        let first = story(&store, "s1", "https://harbor.example/dam", "Words.", 1).await;
        let second = article("https://ravel.example/x", "Other", "Other words.");
        store.put_article(&second, None, 2).await.unwrap();
        let assigned = Assigned {
            article: second.id.clone(),
            story: "s1".to_owned(),
            likeness: 0.75,
            section: "x".to_owned(),
        };
        store.assign(&assigned, 2, 2).await.unwrap();
        drain(&store, Stage::Write, 9).await;
        let moved = |article: &str, from: &str, to: &str| desk::group::Moved {
            article: article.to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
        };
        let moves = [moved(&second.id, "s1", "s2"), moved(&first, "s9", "s2"), moved("none", "s1", "s2")];
        store.shift(&moves, 10, 10).await.unwrap();
        let held = store.article(&second.id).await.unwrap().unwrap();
        assert_eq!((held.story.as_deref(), held.likeness), (Some("s2"), 0.75));
        let (one, two) =
            (store.story("s1").await.unwrap().unwrap(), store.story("s2").await.unwrap().unwrap());
        assert_eq!((one.articles, two.articles, two.headline.as_str()), (1, 1, "Other"));
        assert_eq!(two.section, one.section, "it stays in its section");
        assert_eq!(store.members("s2").await.unwrap().len(), 1);
        let mut written = drain(&store, Stage::Write, 11).await;
        written.sort();
        assert_eq!(written, ["s1", "s2"]);
    });
}

#[test]
fn lists_are_ordered_narrowed_and_counted_alike() {
    both("lists", |store| async move {
        for at in 1..=12 {
            let id = format!("s{at:02}");
            story(&store, &id, &format!("https://harbor.example/{at}"), &format!("Words {at}."), at).await;
            if at % 2 == 0 {
                let sections = ["world", "sport"];
                store.set_section(&id, sections[usize::try_from(at).unwrap() / 2 % 2]).await.unwrap();
                let mut shown = digest(&id, "i", &format!("Sentence {at}."));
                shown.domains = vec![format!("d{}.example", at % 3), "harbor.example".to_owned()];
                store.put_digest(&shown, at * DAY / 4).await.unwrap();
            }
        }
        let ids = async |filter: StoryFilter| {
            let rows = store.stories(&filter).await.unwrap();
            let ids: Vec<String> = rows.into_iter().map(|row| row.id).collect();
            let count = store.count_stories(&StoryFilter { offset: 0, ..filter.clone() }).await.unwrap();
            (ids.join(" "), count)
        };
        let shown = StoryFilter { published: true, limit: 9, ..Default::default() };
        let expect = |ids: &str, count| (ids.to_owned(), count);
        assert_eq!(ids(shown.clone()).await, expect("s12 s10 s08 s06 s04 s02", 6));
        assert_eq!(ids(StoryFilter { offset: 4, ..shown.clone() }).await, expect("s04 s02", 6));
        assert_eq!(
            ids(StoryFilter { section: Some("sport".to_owned()), ..shown.clone() }).await,
            expect("s10 s06 s02", 3)
        );
        assert_eq!(
            ids(StoryFilter { domain: Some("d0.example".to_owned()), ..shown.clone() }).await,
            expect("s12 s06", 2)
        );
        let day = StoryFilter { from: Some(DAY), until: Some(2 * DAY), ..shown.clone() };
        assert_eq!(ids(day).await, expect("s06 s04", 2));
        let all = StoryFilter { limit: 3, ..Default::default() };
        assert_eq!(ids(all.clone()).await, expect("s12 s11 s10", 12));
        assert_eq!(
            ids(StoryFilter { domain: Some("d0.example".to_owned()), ..all }).await,
            expect("s12 s06", 2)
        );
        assert_eq!(store.days(2).await.unwrap(), [(3, 1), (2, 2)]);
        assert_eq!(store.sections().await.unwrap(), [("sport".to_owned(), 3), ("world".to_owned(), 3)]);
        let tally = store.tally().await.unwrap();
        assert_eq!((tally.stories, tally.published, tally.versions), (12, 6, 6));
    });
}

#[test]
fn a_forbidden_passage_is_kept_once_and_has_the_story_written_anew() {
    both("dropped", |store| async move {
        let id = story(&store, "s1", "https://harbor.example/dam", "Words.", 1).await;
        drain(&store, Stage::Write, 1).await;
        for now in [2, 3] {
            store.drop_passage("s1", &id, 3, 9, "h", now).await.unwrap();
        }
        assert_eq!(store.dropped("s1").await.unwrap(), [(id, 3, 9, "h".to_owned())]);
        assert_eq!(drain(&store, Stage::Write, 3).await, ["s1"]);
        store.set_reason("s1", "too few sources").await.unwrap();
        assert_eq!(store.story("s1").await.unwrap().unwrap().reason, "too few sources");
    });
}
