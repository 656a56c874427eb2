//! Feeds: when they are due, what they offer, where they move.

use store::*;

use crate::sample::{drain, feed, fetched};
use crate::server::both;

#[test]
fn the_same_address_in_several_feeds_is_one_offer() {
    both("offers", |store| async move {
        let (_, first) = feed(&store, "harbor.example").await;
        let (_, second) = feed(&store, "ravel.example").await;
        let offers = [
            ("https://harbor.example/a", "1"),
            ("https://harbor.example/b", "1"),
            ("https://harbor.example/a", "2"),
        ];
        assert_eq!(store.record_fetch(first, &fetched(2, &offers)).await.unwrap(), (2, 0));
        assert_eq!(drain(&store, Stage::Read, 2).await.len(), 2);
        assert_eq!(store.record_fetch(first, &fetched(3, &offers)).await.unwrap(), (0, 0));
        // Another feed words it otherwise: that does not have it read again, and again, for ever.
        assert_eq!(store.record_fetch(second, &fetched(4, &[(offers[0].0, "9")])).await.unwrap(), (0, 0));
        assert!(drain(&store, Stage::Read, 4).await.is_empty());
        assert_eq!(store.record_fetch(first, &fetched(5, &[(offers[0].0, "3")])).await.unwrap(), (0, 1));
        let id = drain(&store, Stage::Read, 5).await.remove(0).parse().unwrap();
        assert_eq!(store.offer(id).await.unwrap().unwrap().offer.hash, "3");
        store.set_feed_state(first, State::Removed, 6).await.unwrap();
        assert_eq!(store.record_fetch(second, &fetched(7, &[(offers[0].0, "9")])).await.unwrap(), (0, 1));
        assert_eq!(store.feed(first).await.unwrap().unwrap().offered, 2);
    });
}

#[test]
fn a_feed_is_due_in_its_time() {
    both("due", |store| async move {
        let (_, first) = feed(&store, "harbor.example").await;
        let (_, second) = feed(&store, "ravel.example").await;
        assert_eq!(store.due_feeds(1, 9).await.unwrap().len(), 2, "a new one is due at once");
        store.record_fetch(first, &fetched(10, &[])).await.unwrap();
        store
            .record_fetch(
                second,
                &Fetched { success: false, failures: 3, health: Health::Failing, ..fetched(20, &[]) },
            )
            .await
            .unwrap();
        assert_eq!(store.next_due().await.unwrap(), Some(60_010));
        let row = store.feed(second).await.unwrap().unwrap();
        assert_eq!(
            (row.fetched, row.succeeded, row.failures, row.health),
            (Some(20), None, 3, Health::Failing)
        );
        store.nudge_feed(second, 30).await.unwrap();
        assert_eq!(store.due_feeds(30, 9).await.unwrap()[0].id, second);
        store.set_feed_state(second, State::Paused, 31).await.unwrap();
        assert!(store.due_feeds(31, 9).await.unwrap().is_empty());
        store.set_feed_state(second, State::Active, 32).await.unwrap();
        assert_eq!(store.due_feeds(32, 9).await.unwrap().len(), 1);
        store.set_lease(second, "secret", Some(99)).await.unwrap();
        let row = store.feed(second).await.unwrap().unwrap();
        assert_eq!((row.secret.as_str(), row.lease), ("secret", Some(99)));
    });
}

#[test]
fn a_feed_that_moved_is_known_by_both_addresses() {
    both("moved", |store| async move {
        let (outlet, id) = feed(&store, "harbor.example").await;
        let new = "https://harbor.example/new";
        store.record_fetch(id, &Fetched { moved_to: Some(new.to_owned()), ..fetched(2, &[]) }).await.unwrap();
        let row = store.feed(id).await.unwrap().unwrap();
        assert_eq!((row.address.as_str(), row.moved_from.as_str()), (new, "https://harbor.example/feed"));
        for address in [new, "https://harbor.example/feed"] {
            let again = NewFeed { address: address.to_owned(), outlet, ..Default::default() };
            assert_eq!(store.add_feed(&again, 3).await.unwrap(), (id, false));
        }
        // Onto an address that another feed has: one of both is enough.
        let (_, other) = feed(&store, "ravel.example").await;
        store
            .record_fetch(other, &Fetched { moved_to: Some(new.to_owned()), ..fetched(4, &[]) })
            .await
            .unwrap();
        assert_eq!(store.feed(other).await.unwrap().unwrap().state, State::Removed);
        // And back to where it was.
        store
            .record_fetch(
                id,
                &Fetched { moved_to: Some("https://harbor.example/feed".to_owned()), ..fetched(5, &[]) },
            )
            .await
            .unwrap();
        assert_eq!(store.feed(id).await.unwrap().unwrap().address, "https://harbor.example/feed");
        assert_eq!(store.feeds().await.unwrap().len(), 2);
    });
}

#[test]
fn an_outlet_is_filled_not_overwritten() {
    both("outlet", |store| async move {
        let given = NewOutlet {
            domain: "harbor.example".to_owned(),
            name: "Harbor Post".to_owned(),
            ..Default::default()
        };
        let id = store.put_outlet(&given, 1).await.unwrap();
        let fuller = NewOutlet { name: "Other".to_owned(), country: "pt".to_owned(), ..given.clone() };
        assert_eq!(store.put_outlet(&fuller, 2).await.unwrap(), id);
        let row = store.outlet("harbor.example").await.unwrap().unwrap();
        assert_eq!((row.name.as_str(), row.country.as_str()), ("Harbor Post", "pt"));
        store
            .change_outlet(id, &NewOutlet { family: "Harbor Group".to_owned(), paywalled: true, ..fuller })
            .await
            .unwrap();
        let row = store.outlets().await.unwrap().remove(0);
        assert_eq!((row.name.as_str(), row.family.as_str(), row.paywalled), ("Other", "Harbor Group", true));
    });
}

#[test]
fn an_item_that_changes_its_address_is_no_second_offer() {
    both("renamed", |store| async move {
        let (_, id) = feed(&store, "harbor.example").await;
        let item = |path: &str, guid: &str, published: i64, hash: &str| Offer {
            address: format!("https://harbor.example/{path}"),
            guid: guid.to_owned(),
            published: Some(published),
            ..fetched(1, &[("", hash)]).offers.remove(0)
        };
        let look = |at: i64, offers: Vec<Offer>| Fetched { offers, ..fetched(at, &[]) };
        let first = vec![item("dam", "g1", 5, "h1"), item("weir", "g2", 5, "h2")];
        assert_eq!(store.record_fetch(id, &look(10, first)).await.unwrap(), (2, 0));
        // A new address and new words under the old id: the same item, to be read anew.
        let renamed = vec![item("dam-holds", "g1", 5, "h3"), item("weir", "g2", 5, "h2")];
        assert_eq!(store.record_fetch(id, &look(20, renamed)).await.unwrap(), (0, 1));
        let row = store.offer(1).await.unwrap().unwrap();
        assert_eq!((row.offer.address.as_str(), row.first_seen), ("https://harbor.example/dam-holds", 10));
        // Another moment, another id, or an old address that is still listed: another item.
        for other in [
            vec![item("lock", "g1", 6, "h4")],
            vec![item("mole", "g3", 5, "h5")],
            vec![item("weir", "g2", 5, "h2"), item("pier", "g2", 5, "h6")],
        ] {
            assert_eq!(store.record_fetch(id, &look(30, other.clone())).await.unwrap(), (1, 0), "{other:?}");
        }
        // An id that the feed gave to several items says nothing.
        let constant = vec![item("quay", "g1", 6, "h7")];
        assert_eq!(store.record_fetch(id, &look(40, constant)).await.unwrap(), (1, 0));
    });
}
