//! The API held to its description, and what programs ask of a newsroom.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use serde_json::Value;
use store::State as Used;

use crate::talk::seed::{NOW, Newsroom, article, request};

fn description() -> Value {
    serde_json::from_str(include_str!("../../../../docs/openapi.json")).unwrap()
}

/// The addresses that stand for those of the description.
fn sample(path: &str) -> String {
    let id = if path.contains("/articles/") { "a1" } else { "s1" };
    let path = path.replace("{id}", id).replace("{version}", "1");
    if path.ends_with("/search") { format!("{path}?q=ferry") } else { path }
}

/// Fails where a value is not as a schema says, with the place.
fn hold(root: &Value, schema: &Value, value: &Value, place: &str) {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let found = root
            .pointer(reference.trim_start_matches('#'))
            .unwrap_or_else(|| panic!("{reference} is missing"));
        return hold(root, found, value, place);
    }
    let kinds: Vec<&str> = match schema.get("type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let fits = |kind: &&str| match *kind {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("{place}: unknown type {other}"),
    };
    assert!(kinds.iter().any(fits), "{place}: {value} is none of {kinds:?}");
    if let Some(allowed) = schema.get("enum").and_then(Value::as_array) {
        assert!(allowed.contains(value), "{place}: {value} is not allowed");
    }
    for name in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
        let name = name.as_str().unwrap();
        assert!(value.get(name).is_some(), "{place}: {name} is missing");
    }
    if let (Some(properties), Some(fields)) = (schema.get("properties"), value.as_object()) {
        let all = schema.get("additionalProperties").is_some() || place == "/api/v1/openapi.json";
        for (name, field) in fields {
            match properties.get(name) {
                Some(schema) => hold(root, schema, field, &format!("{place}.{name}")),
                None => assert!(all, "{place}: {name} is not described"),
            }
        }
    }
    if let (Some(items), Some(values)) = (schema.get("items"), value.as_array()) {
        for (at, item) in values.iter().enumerate() {
            hold(root, items, item, &format!("{place}[{at}]"));
        }
    }
}

#[tokio::test]
async fn every_address_answers_as_it_is_described() {
    let room = Newsroom::with(|settings| settings.comments.approve = false).await;
    let token = crate::talk::form_fields(&room.site, "s1").token;
    room.site.clock.advance(5000);
    room.post("/story/s1/comment", &[], &[("token", &token), ("words", "Said.")]).await;
    let description = description();
    for (path, item) in description["paths"].as_object().unwrap() {
        let reply = room.get(&sample(path), &[]).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
        assert_eq!(reply.headers["content-type"], "application/json", "{path}");
        assert_eq!(reply.headers["access-control-allow-origin"], "*", "{path}");
        let value: Value = serde_json::from_str(&reply.body).unwrap();
        let schema = &item["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        assert!(schema.is_object(), "{path} has no schema");
        hold(&description, schema, &value, path);
        let tag = reply.headers["etag"].to_str().unwrap();
        let again = room.get(&sample(path), &[("if-none-match", tag)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}");
        assert!(again.body.is_empty(), "{path}");
    }
}

#[tokio::test]
async fn the_description_is_whole() {
    let description = description();
    let described: BTreeSet<&str> =
        description["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    let routed: BTreeSet<&str> = super::table().iter().map(|(path, _)| *path).collect();
    assert_eq!(described, routed);
    for (path, item) in description["paths"].as_object().unwrap() {
        let named: BTreeSet<&str> = item["get"]["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|parameter| parameter["in"] == "path")
            .filter_map(|parameter| parameter["name"].as_str())
            .collect();
        let held: BTreeSet<&str> =
            path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        assert_eq!(named, held, "{path}");
    }
}

#[tokio::test]
async fn a_list_is_paged_without_loss() {
    let room = Newsroom::open().await;
    for number in 2..=8 {
        let (id, story) = (format!("b{number}"), format!("s{number}"));
        let mut article = article(&id, "post.example", "The Post");
        article.text.push_str(&id);
        room.site.store.put_article(&article, None, NOW).await.unwrap();
        room.assign(&id, &story).await;
        if number > 6 {
            room.site.clock.advance(1000);
        }
        room.publish(&story, &story, true).await;
    }
    for (path, list, count) in
        [("/api/v1/stories?limit=3", "stories", 8), ("/api/v1/articles?limit=2", "articles", 9)]
    {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        for _ in 0..20 {
            let reply = room.get(&format!("{path}&cursor={cursor}"), &[]).await;
            let page: Value = serde_json::from_str(&reply.body).unwrap();
            seen.extend(
                page[list].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()),
            );
            match page["next"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => break,
            }
        }
        let once: BTreeSet<&String> = seen.iter().collect();
        assert_eq!((seen.len(), once.len()), (count, count), "{path}: {seen:?}");
    }
}

#[tokio::test]
async fn problems_say_what_to_do() {
    let room = Newsroom::open().await;
    let description = description();
    let schema = &description["components"]["schemas"]["Problem"];
    for (path, status) in [
        ("/api/v1/stories/none", 404),
        ("/api/v1/stories/s1/versions/9", 404),
        ("/api/v1/nothing", 404),
        ("/api/v1/articles/none", 404),
        ("/api/v1/search", 400),
        ("/api/v1/search?q=a&in=books", 400),
        ("/api/v1/stories?cursor=x", 400),
        ("/api/v1/stories?from=yesterday", 400),
        ("/api/v1/stories?limit=many", 400),
    ] {
        let reply = room.get(path, &[]).await;
        assert_eq!(reply.status.as_u16(), status, "{path}: {}", reply.body);
        assert_eq!(reply.headers["content-type"], "application/problem+json", "{path}");
        hold(&description, schema, &serde_json::from_str(&reply.body).unwrap(), path);
    }
}

#[tokio::test]
async fn what_waits_or_was_withdrawn_is_not_told() {
    let room = Newsroom::open().await;
    room.publish("s1", "second", false).await;
    assert_eq!(room.get("/api/v1/stories/s1/versions/2", &[]).await.status, StatusCode::NOT_FOUND);
    let story = room.get("/api/v1/stories/s1", &[]).await;
    let story: Value = serde_json::from_str(&story.body).unwrap();
    assert_eq!(story["versions"].as_array().unwrap().len(), 1);
    room.site.store.set_digest_state("s1", 1, store::DigestState::Withdrawn, "Wrong.", NOW).await.unwrap();
    for path in [
        "/api/v1/stories/s1",
        "/api/v1/stories/s1/receipt",
        "/api/v1/stories/s1/comments",
        "/api/v1/stories/s1/versions/1",
    ] {
        assert_eq!(room.get(path, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_text_of_an_article_is_not_given_away() {
    let room = Newsroom::open().await;
    for path in ["/api/v1/articles/a1", "/api/v1/articles"] {
        let reply = room.get(path, &[]).await;
        assert!(!reply.body.contains("was told by the harbour"), "{path}");
    }
}

#[tokio::test]
async fn metrics_can_be_read_by_their_format_and_from_near_only() {
    let room = Newsroom::open().await;
    let reply = room.get("/metrics", &[]).await;
    assert_eq!(reply.status, StatusCode::OK);
    let mut families = BTreeSet::new();
    for line in reply.body.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            families.insert(rest.split(' ').next().unwrap().to_owned());
        } else if !line.starts_with('#') {
            let (name, value) = line.rsplit_once(' ').unwrap();
            assert!(value.parse::<f64>().is_ok(), "{line}");
            let name = name.split('{').next().unwrap();
            let family = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end));
            let known = families.contains(name) || family.is_some_and(|family| families.contains(family));
            assert!(known, "{line} has no type");
        }
    }
    assert!(reply.body.contains("nutgraf_stories_published 1\n"), "{}", reply.body);
    assert!(reply.body.contains("nutgraf_jobs{stage=\"write\",state=\"waiting\"} 1\n"), "{}", reply.body);
    for headers in [&[("x-peer", "198.51.100.7")][..], &[("x-forwarded-for", "127.0.0.1")]] {
        assert_eq!(room.get("/metrics", headers).await.status, StatusCode::FORBIDDEN, "{headers:?}");
    }
    for path in ["/health", "/ready"] {
        let reply = room.get(path, &[]).await;
        assert_eq!(reply.status, StatusCode::OK);
        assert_eq!(serde_json::from_str::<Value>(&reply.body).unwrap()["status"], "ok");
    }
}

/// A feed that was subscribed to at a hub; it is due in an hour.
async fn subscribed(room: &Newsroom) -> store::Feed {
    let feed = room.site.store.feeds().await.unwrap().remove(0);
    let fetched = store::Fetched {
        at: NOW,
        health: store::Health::Well,
        note: String::new(),
        etag: None,
        modified: None,
        interval: 3_600_000,
        next: NOW + 3_600_000,
        success: true,
        failures: 0,
        newest: None,
        moved_to: None,
        title: String::new(),
        hub: "https://hub.example/".into(),
        topic: "https://post.example/topic".into(),
        offers: Vec::new(),
    };
    room.site.store.record_fetch(feed.id, &fetched).await.unwrap();
    room.site.store.set_lease(feed.id, "Jefe", None).await.unwrap();
    room.site.store.feed(feed.id).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_hub_is_answered_about_what_we_asked_for_only() {
    let room = Newsroom::open().await;
    let feed = subscribed(&room).await;
    let ask = async |query: &str| room.get(&format!("/websub/{}?{query}", feed.id), &[]).await;
    let topic = "hub.topic=https%3A%2F%2Fpost.example%2Ftopic";
    let long = format!("hub.mode=subscribe&{topic}&hub.challenge={}", "c".repeat(600));
    for query in [
        "hub.mode=subscribe&hub.topic=https%3A%2F%2Fevil.example&hub.challenge=abc",
        &format!("hub.mode=unsubscribe&{topic}&hub.challenge=abc"),
        &format!("hub.mode=subscribe&{topic}"),
        &long,
    ] {
        assert_eq!(ask(query).await.status, StatusCode::NOT_FOUND, "{query}");
    }
    assert_eq!(room.site.store.feed(feed.id).await.unwrap().unwrap().lease, None);
    let reply =
        ask(&format!("hub.mode=subscribe&{topic}&hub.challenge=%3Cb%3E&hub.lease_seconds=99999999999")).await;
    assert_eq!((reply.status, reply.body.as_str()), (StatusCode::OK, "<b>"));
    assert!(reply.headers["content-type"].to_str().unwrap().starts_with("text/plain"));
    assert_eq!(reply.headers["x-content-type-options"], "nosniff");
    let feed = room.site.store.feed(feed.id).await.unwrap().unwrap();
    assert_eq!(feed.lease, Some(NOW + 30 * 86_400_000));
    assert_eq!(feed.secret, "Jefe");
}

#[tokio::test]
async fn a_push_is_a_nudge_if_it_is_signed() {
    let room = Newsroom::open().await;
    let feed = subscribed(&room).await;
    let right = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    let push = async |signature: &str| {
        let body = "what do ya want for nothing?".to_owned();
        let headers = [("x-hub-signature", signature), ("content-type", "application/atom+xml")];
        room.send(request("POST", &format!("/websub/{}", feed.id), &headers, body)).await.status
    };
    assert_eq!(push("sha256=00").await, StatusCode::ACCEPTED);
    assert_eq!(room.site.store.feed(feed.id).await.unwrap().unwrap().next, NOW + 3_600_000);
    assert_eq!(push(right).await, StatusCode::ACCEPTED);
    assert_eq!(room.site.store.feed(feed.id).await.unwrap().unwrap().next, NOW);
    room.site.store.set_feed_state(feed.id, Used::Paused, NOW).await.unwrap();
    assert_eq!(push(right).await, StatusCode::ACCEPTED);
    assert_eq!(room.site.store.feed(feed.id).await.unwrap().unwrap().state, Used::Paused);
    assert_eq!(room.get("/websub/999", &[]).await.status, StatusCode::NOT_FOUND);
}
