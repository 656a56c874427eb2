//! Search: what is found, how it is narrowed, and that nothing typed does harm.

use store::*;

use crate::sample::{article, digest, story};
use crate::server::both;

async fn filled(store: &Store) {
    for (at, (id, domain, words)) in [
        ("s1", "harbor.example", "The dams above Ravel held through the night, officials said."),
        ("s2", "ravel.example", "High water reached the old bridge in Mirsan."),
        ("s3", "harbor.example", "Water prices rise. The bridge stays high and dry in Mirsan: water, water."),
    ]
    .into_iter()
    .enumerate()
    {
        let now = i64::try_from(at).unwrap() * 1000 + 1000;
        story(store, id, &format!("https://{domain}/{id}"), words, now).await;
        let mut shown = digest(id, "i", words);
        shown.headline = format!("Headline {id}");
        shown.domains = vec![domain.to_owned()];
        store.put_digest(&shown, now).await.unwrap();
    }
    store.set_section("s3", "money & more").await.unwrap();
}

fn typed(words: &str) -> Search {
    Search { words: words.to_owned(), limit: 9, ..Default::default() }
}

async fn ids(store: &Store, search: Search) -> Vec<String> {
    let (found, count) = store.search_stories(&search).await.unwrap();
    assert!(count >= i64::try_from(found.len()).unwrap());
    let mut ids: Vec<String> = found.into_iter().map(|it| it.id).collect();
    if !search.newest {
        ids.sort();
    }
    ids
}

#[test]
fn words_phrases_exclusions_and_filters_find_what_they_say() {
    both("found", |store| async move {
        filled(&store).await;
        for (words, expected) in [
            ("dam", vec!["s1"]),
            ("DAMS ravel", vec!["s1"]),
            ("water", vec!["s2", "s3"]),
            ("\"high water\"", vec!["s2"]),
            ("water -prices", vec!["s2"]),
            ("bridge -\"old bridge\"", vec!["s3"]),
            ("headline", vec!["s1", "s2", "s3"]),
            ("nowhere", vec![]),
            ("-water", vec![]),
            ("money", vec![]),
            ("example", vec![]),
        ] {
            assert_eq!(ids(&store, typed(words)).await, expected, "{words}");
        }
        assert_eq!(
            ids(&store, Search { section: Some("money & more".to_owned()), ..typed("water") }).await,
            ["s3"]
        );
        assert_eq!(
            ids(&store, Search { domain: Some("ravel.example".to_owned()), ..typed("water") }).await,
            ["s2"]
        );
        assert_eq!(ids(&store, Search { newest: true, ..typed("water") }).await, ["s3", "s2"]);
        assert_eq!(ids(&store, Search { from: Some(3000), ..typed("water") }).await, ["s3"]);
        assert_eq!(ids(&store, Search { until: Some(3000), ..typed("water") }).await, ["s2"]);
        assert_eq!(ids(&store, Search { newest: true, offset: 1, limit: 1, ..typed("water") }).await, ["s2"]);
        let best = store.search_stories(&typed("water")).await.unwrap().0;
        assert_eq!(best[0].id, "s3", "three times water is better than once");
    });
}

#[test]
fn what_is_found_follows_what_is_kept() {
    both("follows", |store| async move {
        filled(&store).await;
        let (found, count) = store.search_articles(&typed("dams")).await.unwrap();
        assert_eq!(
            (count, found[0].place.as_str(), found[0].story.as_deref()),
            (1, "Harbor Post", Some("s1"))
        );
        assert_eq!(found[0].url.as_deref(), Some("https://harbor.example/s1"));
        assert!(found[0].excerpt.starts_with("The \u{2}dams\u{3} above"), "{}", found[0].excerpt);
        let edited = article("https://harbor.example/s1", "About s1", "A levee broke.");
        store.put_article(&edited, None, 9).await.unwrap();
        assert_eq!(store.search_articles(&typed("dams")).await.unwrap().1, 0);
        assert_eq!(store.search_articles(&typed("levee")).await.unwrap().1, 1);
        store.withdraw_article(&found[0].id, true, 9).await.unwrap();
        assert_eq!(store.search_articles(&typed("levee")).await.unwrap().1, 0);
        store.withdraw_article(&found[0].id, false, 9).await.unwrap();
        assert_eq!(store.search_articles(&typed("levee")).await.unwrap().1, 1);
        let shown = NewDigest { headline: "Levee".to_owned(), ..digest("s1", "i2", "A levee broke.") };
        store.put_digest(&shown, 10).await.unwrap();
        assert_eq!(ids(&store, typed("dams")).await, Vec::<String>::new());
        assert_eq!(ids(&store, typed("levee")).await, ["s1"]);
    });
}

#[test]
fn nothing_typed_does_harm() {
    both("hostile", |store| async move {
        filled(&store).await;
        let long = "water ".repeat(2_000);
        let one = "w".repeat(10_000);
        for words in [
            "",
            " ",
            "\"",
            "\"\"",
            "'",
            "''",
            "*",
            "water*",
            "w*",
            "NEAR(water bridge)",
            "NEAR",
            "AND",
            "OR NOT",
            "-",
            "--water",
            "-\"",
            "(",
            "((((",
            ")",
            "water)",
            "title:water",
            "{title}:water",
            "^water",
            "water + bridge",
            "\0",
            "wa\0ter",
            "water\\",
            "water:*",
            "water & bridge",
            "!water",
            "<->",
            "water <-> bridge",
            "'; DROP TABLE stories; --",
            "\u{202e}water",
            "🌊",
            "é",
            "日本",
            "%",
            "_",
            "$1",
            "{",
            "the",
            "a",
            &long,
            &one,
        ] {
            for newest in [false, true] {
                let search = Search { newest, ..typed(words) };
                store.search_stories(&search).await.unwrap_or_else(|error| panic!("{words:?}: {error}"));
                store.search_articles(&search).await.unwrap_or_else(|error| panic!("{words:?}: {error}"));
            }
        }
        let odd = Search {
            section: Some("'\"\0)".to_owned()),
            domain: Some("x\" OR \"".to_owned()),
            limit: -1,
            offset: -5,
            ..typed("water")
        };
        assert!(store.search_stories(&odd).await.unwrap().0.is_empty());
        assert_eq!(ids(&store, typed("the")).await, ["s1", "s2", "s3"], "a stop word alone still finds");
    });
}
