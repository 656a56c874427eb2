//! No job is lost, doubled or given to two.

use std::collections::BTreeSet;

use store::*;

use crate::sample::{article, drain, feed, fetched, story};
use crate::server::both;

#[test]
fn a_job_is_asked_for_once_and_done_again_when_asked_meanwhile() {
    both("asked", |store| async move {
        store.enqueue(Stage::Write, "s1", 100, 1).await.unwrap();
        store.enqueue(Stage::Write, "s1", 50, 2).await.unwrap();
        store.enqueue(Stage::Write, "s1", 900, 3).await.unwrap();
        assert_eq!(store.next_job().await.unwrap(), Some(50));
        assert!(store.lease(Stage::Write, 49, 10, 9).await.unwrap().is_empty());
        let job = store.lease(Stage::Write, 50, 10, 9).await.unwrap().remove(0);
        assert!(store.lease(Stage::Write, 59, 10, 9).await.unwrap().is_empty(), "it is taken");
        assert!(store.lease(Stage::Group, 59, 10, 9).await.unwrap().is_empty());
        store.enqueue(Stage::Write, "s1", 70, 55).await.unwrap();
        store.finish(&job, 60).await.unwrap();
        assert_eq!(store.next_job().await.unwrap(), Some(70), "it waits until the second asker's time");
        let job = store.lease(Stage::Write, 70, 10, 9).await.unwrap().remove(0);
        assert_eq!(job.attempts, 1);
        store.finish(&job, 71).await.unwrap();
        assert!(store.jobs(9).await.unwrap().is_empty());
    });
}

#[test]
fn a_lost_lease_comes_again_and_a_late_finish_harms_nothing() {
    both("lost", |store| async move {
        store.enqueue(Stage::Read, "1", 10, 1).await.unwrap();
        let lost = store.lease(Stage::Read, 10, 5, 9).await.unwrap().remove(0);
        let again = store.lease(Stage::Read, 15, 5, 9).await.unwrap().remove(0);
        assert_eq!((again.id, again.attempts), (lost.id, 2));
        assert_eq!(store.release_all(16).await.unwrap(), 1);
        assert_eq!(store.lease(Stage::Read, 16, 5, 9).await.unwrap().len(), 1);
        store.finish(&lost, 17).await.unwrap();
        store.finish(&again, 18).await.unwrap();
        store.enqueue(Stage::Read, "2", 18, 18).await.unwrap();
        store.finish(&lost, 19).await.unwrap();
        assert_eq!(drain(&store, Stage::Read, 20).await, ["2"], "a number is never used twice");
    });
}

#[test]
fn a_failed_job_waits_or_is_dead_until_somebody_wakes_it() {
    both("failed", |store| async move {
        store.enqueue(Stage::Read, "1", 10, 1).await.unwrap();
        let job = store.lease(Stage::Read, 10, 5, 9).await.unwrap().remove(0);
        store.fail(&job, "timed \0out", Some(40), 11).await.unwrap();
        assert!(store.lease(Stage::Read, 39, 5, 9).await.unwrap().is_empty());
        let job = store.lease(Stage::Read, 40, 5, 9).await.unwrap().remove(0);
        assert_eq!((job.error.as_str(), job.attempts), ("timed out", 2));
        store.fail(&job, "again", None, 41).await.unwrap();
        assert!(store.lease(Stage::Read, 99, 5, 9).await.unwrap().is_empty());
        assert_eq!(store.job_counts().await.unwrap(), [(Stage::Read, JobState::Dead, 1)]);
        assert_eq!(store.next_job().await.unwrap(), None);
        store.retry_job(job.id, 50).await.unwrap();
        let job = store.lease(Stage::Read, 50, 5, 9).await.unwrap().remove(0);
        // Asked for again while it runs: a failure of the older asking does not kill the newer.
        store.enqueue(Stage::Read, "1", 60, 51).await.unwrap();
        store.fail(&job, "third", None, 52).await.unwrap();
        assert_eq!(drain(&store, Stage::Read, 60).await, ["1"]);
    });
}

#[test]
fn two_leasers_never_get_the_same_job() {
    both("leasers", |store| async move {
        for key in 0..120 {
            store.enqueue(Stage::Group, &key.to_string(), 1, 1).await.unwrap();
        }
        let leasers: Vec<_> = (0..8)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move {
                    let mut mine = Vec::new();
                    loop {
                        let jobs = store.lease(Stage::Group, 1, 1000, 3).await.unwrap();
                        if jobs.is_empty() {
                            return mine;
                        }
                        mine.extend(jobs.into_iter().map(|job| job.key));
                    }
                })
            })
            .collect();
        let mut all = Vec::new();
        for leaser in leasers {
            all.extend(leaser.await.unwrap());
        }
        assert_eq!(all.len(), 120);
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 120);
    });
}

#[test]
fn many_writers_at_once_keep_each_article_and_offer_once() {
    both("writers", |store| async move {
        let (_, feed) = feed(&store, "harbor.example").await;
        let writers: Vec<_> = (0..8)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move {
                    let mut new = 0;
                    for at in 0..12 {
                        let address = format!("https://harbor.example/{at}");
                        let (offers, _) =
                            store.record_fetch(feed, &fetched(2, &[(&address, "h")])).await.unwrap();
                        let put = article(&address, &format!("No {at}"), &format!("Words {at}."));
                        let put = store.put_article(&put, None, 3).await.unwrap();
                        new += offers + usize::from(matches!(put, Put::New { .. }));
                    }
                    new
                })
            })
            .collect();
        let mut new = 0;
        for writer in writers {
            new += writer.await.unwrap();
        }
        assert_eq!(new, 24);
        assert_eq!(store.tally().await.unwrap().revisions, 12);
    });
}

#[test]
fn a_sweep_finds_what_a_lost_message_left_and_nothing_else() {
    both("sweep", |store| async move {
        let (_, feed) = feed(&store, "harbor.example").await;
        store.record_fetch(feed, &fetched(2, &[("https://harbor.example/dam", "h")])).await.unwrap();
        story(&store, "s1", "https://harbor.example/two", "Words.", 3).await;
        store
            .put_article(&article("https://harbor.example/three", "Three", "Three."), None, 3)
            .await
            .unwrap();
        assert_eq!(store.sweep(4).await.unwrap(), 0, "every one has its job");
        // The jobs go without having been done, as after a lost message.
        for stage in [Stage::Read, Stage::Group, Stage::Write] {
            for mut job in store.lease(stage, 5, 1000, 9).await.unwrap() {
                job.stage = Stage::Subscribe;
                store.finish(&job, 5).await.unwrap();
            }
        }
        assert_eq!(store.sweep(6).await.unwrap(), 3);
        assert_eq!(store.sweep(6).await.unwrap(), 0);
        let job = store.lease(Stage::Read, 6, 1000, 9).await.unwrap().remove(0);
        store.refuse_offer(job.key.parse().unwrap(), "not an article").await.unwrap();
        store.finish(&job, 7).await.unwrap();
        drain(&store, Stage::Group, 7).await;
        drain(&store, Stage::Write, 7).await;
        assert_eq!(store.sweep(8).await.unwrap(), 0);
    });
}
