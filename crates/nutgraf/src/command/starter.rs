//! The feeds that a new newsroom starts with.

use anyhow::Result;
use store::{Clock, NewFeed, NewOutlet, Store};

/// Address, outlet, name, section; the first line says where they are from.
const STARTER: &str = include_str!("../../data/starter.tsv");

/// Adds the starter feeds where the newsroom has none and never had one, and the rest of them where its first start
/// broke off in the middle: before there was an editor, with nothing but some of these.
pub(super) async fn fill(store: &Store, clock: &Clock) -> Result<()> {
    let feeds = store.feeds().await?;
    let is_ours = |address: &str| rows().any(|row| row[0] == address);
    let broke_off = store.editors().await?.is_empty() && feeds.iter().all(|feed| is_ours(&feed.address));
    if !feeds.is_empty() && !broke_off {
        return Ok(());
    }
    let now = clock.now();
    for [address, domain, name, section] in rows() {
        let outlet = NewOutlet { domain: domain.to_owned(), name: name.to_owned(), ..NewOutlet::default() };
        let outlet = store.put_outlet(&outlet, now).await?;
        let (address, section) = (address.to_owned(), section.to_owned());
        store.add_feed(&NewFeed { address, outlet, title: String::new(), section }, now).await?;
    }
    tracing::info!(feeds = rows().count(), "the starter feeds are added");
    Ok(())
}

fn rows() -> impl Iterator<Item = [&'static str; 4]> {
    let lines = STARTER.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split('\t').collect::<Vec<_>>().try_into().ok())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use desk::families::{Families, host, registrable};
    use store::State;

    use super::*;

    #[test]
    fn the_starter_feeds_are_many_voices_over_every_section() {
        assert_eq!(rows().count(), STARTER.lines().count() - 1, "a line has not four fields");
        assert!(rows().count() >= 40);
        let sections: BTreeSet<&str> = rows().map(|row| row[3]).collect();
        let all = web::Settings::default().sections;
        assert_eq!(sections, all.iter().map(String::as_str).collect());
        let families = Families::starter();
        let mut voices = BTreeSet::new();
        for [address, domain, ..] in rows() {
            assert!(host(address).is_some(), "{address}");
            assert_eq!(registrable(domain).as_deref(), Some(domain), "{domain} is not registrable");
            let mut article = desk::article::Article::bare("a");
            article.url = Some(format!("https://{domain}/"));
            article.domain = Some(domain.to_owned());
            voices.insert(families.of(&article));
        }
        assert!(voices.len() >= 36, "only {} families: {voices:?}", voices.len());
    }

    #[tokio::test]
    async fn a_first_start_that_broke_off_is_made_whole_and_later_ones_add_nothing() {
        let folder = std::env::temp_dir().join(format!("nutgraf-starter-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let store = Store::open(&format!("sqlite:{}", folder.join("news.db").display())).await.unwrap();
        let clock = Clock::held(1);
        let [address, domain, ..] = rows().nth(3).unwrap();
        let outlet = NewOutlet { domain: domain.to_owned(), ..NewOutlet::default() };
        let outlet = store.put_outlet(&outlet, 1).await.unwrap();
        let feed = NewFeed { address: address.to_owned(), outlet, ..NewFeed::default() };
        store.add_feed(&feed, 1).await.unwrap();
        fill(&store, &clock).await.unwrap();
        let feeds = store.feeds().await.unwrap();
        assert_eq!(feeds.len(), rows().count(), "the first start broke off");
        // A user's own newsroom keeps what it has, from the first start on.
        let own = NewFeed { address: "https://orrin.example/feed".to_owned(), outlet, ..NewFeed::default() };
        store.add_feed(&own, 1).await.unwrap();
        store.set_feed_state(feeds[0].id, State::Removed, 1).await.unwrap();
        fill(&store, &clock).await.unwrap();
        assert_eq!(store.feeds().await.unwrap().len(), rows().count() + 1);
        store.close().await;
        let _ = std::fs::remove_dir_all(&folder);
    }
}
