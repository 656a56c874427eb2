//! Older databases are brought up to date, newer ones are left alone, and a crash leaves nothing half done.

use sqlx::Connection as _;
use store::*;

use crate::sample::{article, story};
use crate::server::{Folder, fresh, wait};

fn addresses(name: &str) -> (Folder, Vec<String>) {
    let folder = Folder::new(name);
    let addresses = std::iter::once(folder.address()).chain(fresh()).collect();
    (folder, addresses)
}

async fn tell(address: &str, sql: &'static str) {
    sqlx::any::install_default_drivers();
    let mut connection = sqlx::AnyConnection::connect(address).await.unwrap();
    sqlx::query(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

#[test]
fn a_database_of_the_first_schema_is_opened_with_everything_in_it() {
    let (_folder, addresses) = addresses("older");
    for address in addresses {
        wait(async {
            let store = Store::open_at(&address, 1).await.unwrap();
            story(&store, "s1", "https://harbor.example/dam", "The dams held.", 1).await;
            store.close().await;
            let store = Store::open(&address).await.unwrap();
            assert_eq!(store.members_whole("s1").await.unwrap().len(), 1);
            store.close().await;
            let store = Store::open(&address).await.unwrap();
            assert_eq!(store.tally().await.unwrap().articles, 1);
            store.close().await;
        });
    }
}

#[test]
fn a_newer_database_is_refused_and_not_touched() {
    let (_folder, addresses) = addresses("newer");
    for address in addresses {
        wait(async {
            Store::open(&address).await.unwrap().close().await;
            tell(&address, "UPDATE meta SET value = '99' WHERE key = 'schema'").await;
            let error = Store::open(&address).await.unwrap_err();
            assert!(matches!(error, Error::Newer { found: 99, .. }), "{error}");
            tell(&address, "UPDATE meta SET value = 'x' WHERE key = 'schema'").await;
            assert!(matches!(Store::open(&address).await.unwrap_err(), Error::Corrupt { .. }));
        });
    }
}

#[test]
fn an_address_that_can_t_be_opened_is_named_without_its_password() {
    wait(async {
        for (address, said) in [
            ("mysql://a.example/b", "mysql://a.example/b is no database"),
            ("sqlite:", "a path is missing"),
            ("sqlite:/nowhere/at/all/x.sqlite", "/nowhere/at/all/x.sqlite"),
            ("postgres://ana:geheim@localhost:1/x", "postgres://ana@localhost:1/x is no database"),
            ("mysql://localhost/x?user=ana&password=geheim", "mysql://localhost/x is no database"),
            ("mysql://ana:geh@geheim@localhost/x", "mysql://ana@localhost/x is no database"),
            ("mysql://ana:geheim?geheim@localhost/x", "mysql://… is no database"),
        ] {
            let error = Store::open(address).await.unwrap_err().to_string();
            assert!(error.contains(said) && !error.contains("geheim"), "{error}");
        }
    });
}

#[test]
fn what_was_begun_and_not_finished_leaves_nothing() {
    let (_folder, addresses) = addresses("crash");
    for address in addresses {
        wait(async {
            let store = Store::open(&address).await.unwrap();
            for at in 0..40_u32 {
                let put = article(
                    &format!("https://harbor.example/{at}"),
                    &format!("No {at}"),
                    &format!("Words {at}."),
                );
                // Dropped at ever later moments, as a program that ends.
                let _ = tokio::time::timeout(
                    std::time::Duration::from_micros(u64::from(at) * 60),
                    store.put_article(&put, None, 1),
                )
                .await;
            }
            // A commit that was under way when it was dropped may still land: closing waits for it.
            store.close().await;
            let store = Store::open(&address).await.unwrap();
            let mut kept = 0;
            for row in store.articles(&ArticleFilter { limit: 99, ..Default::default() }).await.unwrap() {
                kept += 1;
                assert!(store.article(&row.id).await.unwrap().is_some(), "an article without its text");
            }
            let jobs = store.jobs(99).await.unwrap();
            assert_eq!(jobs.len(), kept, "each has its job");
            assert_eq!(store.sweep(2).await.unwrap(), 0);
            assert_eq!(store.sound().await.unwrap(), Ok(()));
            store.close().await;
        });
    }
}
