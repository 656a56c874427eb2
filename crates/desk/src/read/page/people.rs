//! The people and organisations that JSON-LD names: as texts, lists, objects with a name or its parts, references.

use serde_json::Value;

use super::jsonld::texts;

/// Names of persons or organisations, each with whether it is an account; references by `@id` are followed once.
pub(super) fn named(value: Option<&Value>, objects: &[&Value]) -> Vec<(String, bool)> {
    let mut out: Vec<(String, bool)> = Vec::new();
    let items: Vec<&Value> = match value {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(other) => vec![other],
        None => return out,
    };
    for item in items.into_iter().take(60) {
        let named = if item.get("name").is_none()
            && let Some(id) = item.get("@id")
        {
            objects
                .iter()
                .copied()
                .find(|object| object.get("@id") == Some(id) && object.get("name").is_some())
                .unwrap_or(item)
        } else {
            item
        };
        let plain = |text: String| (text, false);
        match named {
            Value::Array(inner) => {
                inner.iter().for_each(|one| out.extend(texts(Some(one)).into_iter().map(plain)))
            }
            Value::Object(person) => {
                let account = ["@id", "url"].iter().any(|key| {
                    person.get(*key).or(item.get(*key)).and_then(Value::as_str).is_some_and(is_account)
                });
                let names = match person.get("name") {
                    Some(name) if !texts(Some(name)).is_empty() => texts(Some(name)),
                    _ => whole(named).into_iter().collect(),
                };
                out.extend(names.into_iter().map(|name| (name, account)));
            }
            other => out.extend(texts(Some(other)).into_iter().map(plain)),
        }
    }
    out
}

/// A name that is given in parts.
fn whole(person: &Value) -> Option<String> {
    let parts = ["givenName", "additionalName", "familyName"];
    let parts: Vec<String> =
        parts.iter().filter_map(|key| texts(person.get(*key)).into_iter().next()).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Whether an author's page is that of an account which many use.
pub(super) fn is_account(url: &str) -> bool {
    let mut parts = url.trim_end_matches('/').rsplit('/');
    let last = parts.next().unwrap_or_default().to_ascii_lowercase();
    matches!(last.as_str(), "admin" | "administrator" | "webmaster" | "root" | "wordpress")
}

#[cfg(test)]
mod tests {
    use super::super::jsonld::{Linked, read};

    fn check(script: &str) -> Option<Linked> {
        read(&[script], None, &mut Vec::new())
    }

    #[test]
    fn authors_are_lists_objects_or_references() {
        for (author, expected) in [
            ("\"Mira Okpara\"", vec!["Mira Okpara"]),
            ("[{\"name\":\"Mira Okpara\"},{\"name\":\"Jon Vell\"}]", vec!["Mira Okpara", "Jon Vell"]),
            ("{\"name\":[\"Mira Okpara\",\"Jon Vell\"]}", vec!["Mira Okpara", "Jon Vell"]),
            ("{\"@id\":\"#m\"}", vec!["Mira Okpara"]),
            ("{}", vec![]),
            ("[{\"givenName\":\"Mira\",\"familyName\":\"Okpara\"}]", vec!["Mira Okpara"]),
            ("{\"name\":\"Vell P\",\"url\":\"https://post.example/author/admin/\"}", vec!["Vell P"]),
        ] {
            let script = format!(
                "{{\"@graph\":[{{\"@type\":\"Article\",\"author\":{author}}},{{\"@id\":\"#m\",\"@type\":\"Person\",\"name\":\"Mira Okpara\"}}]}}"
            );
            assert_eq!(check(&script).expect("an article").authors, expected, "{author}");
        }
    }
}
