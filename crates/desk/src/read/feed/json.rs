//! JSON Feed, whatever version it claims. Items are read one by one, so that a cut-off file still gives those
//! that are complete.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::address::Base;
use super::{Enclosure, Entry, Feed, Image, MAX_ITEMS, Person, Refused, clean, time};

/// Reads a document that begins with `{`.
pub(super) fn read(text: &str, base: &Base) -> Result<Feed, Refused> {
    let mut document = Document::default();
    let outcome = serde_json::Deserializer::from_str(text).deserialize_map(&mut document);
    let said = document.fields.get("version").and_then(Value::as_str).is_some_and(|v| v.contains("jsonfeed"));
    if !document.listed && !said {
        return Err(Refused::Json);
    }
    let fields = Fields { map: &document.fields, base };
    let mut feed = Feed {
        title: fields.plain("title"),
        link: fields.link("home_page_url"),
        description: fields.plain("description"),
        language: fields.words("language"),
        id: fields.words("id").or_else(|| fields.words("feed_url")),
        authors: fields.authors(),
        generator: fields.words("generator"),
        rights: fields.plain("copyright"),
        updated: fields.moment("date_modified"),
        published: fields.moment("date_published"),
        ..Feed::default()
    };
    feed.entries = document.items.iter().map(|map| entry(&Fields { map, base })).collect();
    if outcome.is_err() {
        feed.notes.push("the feed is cut off or broken: only the items before that were read".to_owned());
    }
    if document.left > 0 {
        feed.notes.push(format!("{} entries beyond the first {MAX_ITEMS} were left out", document.left));
    }
    Ok(feed)
}

fn entry(item: &Fields<'_>) -> Entry {
    let html = item.words("content_html").map(|html| clean::clean(&html, item.base));
    let files = item.map.get("attachments").and_then(Value::as_array).into_iter().flatten();
    Entry {
        id: item.words("id"),
        title: item.plain("title"),
        link: item.link("url").or_else(|| item.link("external_url")),
        summary: item.plain("summary"),
        content: html.filter(|html| !html.is_empty()).or_else(|| item.plain("content_text")),
        published: item.moment("date_published"),
        updated: item.moment("date_modified"),
        authors: item.authors(),
        categories: strings(item.map.get("tags")),
        enclosures: files
            .filter_map(Value::as_object)
            .map(|map| Fields { map, base: item.base })
            .map(|file| Enclosure {
                url: file.link("url"),
                kind: file.words("mime_type"),
                length: file.words("size_in_bytes"),
            })
            .collect(),
        images: ["image", "banner_image"]
            .iter()
            .filter_map(|name| Some(Image { url: item.link(name)?, ..Image::default() }))
            .collect(),
        ..Entry::default()
    }
}

struct Fields<'f> {
    map: &'f Map<String, Value>,
    base: &'f Base,
}

impl Fields<'_> {
    /// A string, or a number as one.
    fn words(&self, name: &str) -> Option<String> {
        let text = match self.map.get(name)? {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    fn plain(&self, name: &str) -> Option<String> {
        self.words(name).map(|text| clean::plain(&text))
    }

    fn link(&self, name: &str) -> Option<String> {
        self.base.resolve(&self.words(name)?)
    }

    fn moment(&self, name: &str) -> Option<String> {
        time::parse(&self.words(name)?)
    }

    /// `authors` of version 1.1, else `author` of version 1.0.
    fn authors(&self) -> Vec<Person> {
        let many = self.map.get("authors").and_then(Value::as_array).into_iter().flatten();
        let read = |value: &Value| {
            let Some(map) = value.as_object() else { return Person::parse(value.as_str()?) };
            let author = Fields { map, base: self.base };
            let person = Person { name: author.words("name"), email: None, uri: author.link("url") };
            (person != Person::default()).then_some(person)
        };
        let people: Vec<_> = many.filter_map(read).collect();
        if people.is_empty() { self.map.get("author").and_then(read).into_iter().collect() } else { people }
    }
}

fn strings(value: Option<&Value>) -> Vec<String> {
    let values = value.and_then(Value::as_array).into_iter().flatten();
    values
        .filter_map(Value::as_str)
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
        .collect()
}

#[derive(Default)]
struct Document {
    fields: Map<String, Value>,
    items: Vec<Map<String, Value>>,
    listed: bool,
    left: usize,
}

impl<'de> Visitor<'de> for &mut Document {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feed")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            if name == "items" {
                map.next_value_seed(Items(self))?;
            } else if self.fields.len() < 100 {
                let value = map.next_value()?;
                self.fields.insert(name, value);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

struct Items<'d>(&'d mut Document);

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.0.listed = true;
        while self.0.items.len() < MAX_ITEMS {
            match list.next_element::<Value>()? {
                Some(Value::Object(item)) => self.0.items.push(item),
                Some(_) => {}
                None => return Ok(()),
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {
            self.0.left += 1;
        }
        Ok(())
    }
}
