//! Lists of feeds as OPML, the form in which feed readers exchange them.

use std::io::Write;

use anyhow::{Result, bail};
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

/// The most bytes of a list.
pub(crate) const BYTES: u64 = 16 << 20;
/// The most feeds of a list.
pub(crate) const FEEDS: usize = 20_000;
/// The most levels of folders in a list.
const LEVELS: usize = 32;

/// One feed of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outline {
    /// Its address.
    pub(crate) address: String,
    /// What it is called; empty for unknown.
    pub(crate) title: String,
    /// The folders it stands in, from the outermost on.
    pub(crate) folders: Vec<String>,
}

impl Outline {
    /// The innermost folder; empty for none.
    fn folder(&self) -> &str {
        self.folders.last().map_or("", String::as_str)
    }

    /// The innermost folder that is one of these sections.
    pub(crate) fn section<'s>(&self, sections: &'s [String]) -> Option<&'s str> {
        let of_name = |folder: &String| sections.iter().find(|name| name.eq_ignore_ascii_case(folder));
        self.folders.iter().rev().find_map(of_name).map(String::as_str)
    }
}

/// Reads a list. Feeds in folders keep the names of all of them.
pub(crate) fn read(text: &str) -> Result<Vec<Outline>> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let (mut found, mut folders, mut is_list) = (Vec::new(), Vec::<Option<String>>::new(), false);
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => bail!("this is not OPML: near byte {}, {error}", reader.error_position()),
        };
        match event {
            Event::Start(tag) if tag.local_name().as_ref().eq_ignore_ascii_case("opml") => is_list = true,
            Event::Start(tag) if is_outline(&tag) => {
                let outline = outline(&tag, &folders);
                folders.push(outline.as_ref().map_or_else(|| attribute(&tag, &["title", "text"]), |_| None));
                found.extend(outline);
            }
            Event::Empty(tag) if is_outline(&tag) => found.extend(outline(&tag, &folders)),
            Event::End(tag) if tag.local_name().as_ref().eq_ignore_ascii_case("outline") => {
                folders.pop();
            }
            Event::Eof => break,
            _ => {}
        }
        if found.len() > FEEDS || folders.len() > LEVELS {
            bail!("the list has more than {FEEDS} feeds or {LEVELS} levels. Import it in parts");
        }
    }
    if !is_list {
        bail!("this is not OPML: it has no opml element. Export the feeds from your reader as OPML");
    }
    Ok(found)
}

fn is_outline(tag: &BytesStart<'_>) -> bool {
    tag.local_name().as_ref().eq_ignore_ascii_case("outline")
}

fn outline(tag: &BytesStart<'_>, folders: &[Option<String>]) -> Option<Outline> {
    let address = attribute(tag, &["xmlUrl"])?;
    let title = attribute(tag, &["title", "text"]).unwrap_or_default();
    Some(Outline { address, title, folders: folders.iter().flatten().cloned().collect() })
}

/// The first of these attributes that says something; programs differ in upper and lower case.
fn attribute(tag: &BytesStart<'_>, names: &[&str]) -> Option<String> {
    let said = |name: &&str| {
        let mut attributes = tag.html_attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|found| found.key.as_ref().eq_ignore_ascii_case(name))?;
        let raw = &found.value;
        let text = quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_string(), |text| text.to_string());
        let text: String = text.chars().filter(|letter| !letter.is_control()).collect();
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    names.iter().find_map(said)
}

/// Writes a list, with a folder for each section (a feed's innermost folder), in the order of the feeds.
pub(crate) fn write(out: impl Write, name: &str, feeds: &[Outline]) -> Result<()> {
    let mut out = Writer::new_with_indent(out, b' ', 2);
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    out.write_event(Event::Start(BytesStart::new("opml").with_attributes([("version", "2.0")])))?;
    out.write_event(Event::Start(BytesStart::new("head")))?;
    out.create_element("title").write_text_content(BytesText::new(name))?;
    out.write_event(Event::End(BytesEnd::new("head")))?;
    out.write_event(Event::Start(BytesStart::new("body")))?;
    let mut folders: Vec<&str> = feeds.iter().map(Outline::folder).collect();
    folders.sort_unstable();
    folders.dedup();
    for folder in folders {
        if !folder.is_empty() {
            let tag = BytesStart::new("outline").with_attributes([("text", folder), ("title", folder)]);
            out.write_event(Event::Start(tag))?;
        }
        for feed in feeds.iter().filter(|feed| feed.folder() == folder) {
            let title = if feed.title.is_empty() { &feed.address } else { &feed.title };
            let tag = out.create_element("outline");
            let tag = tag.with_attributes([("type", "rss"), ("text", title.as_str()), ("title", title)]);
            tag.with_attribute(("xmlUrl", feed.address.as_str())).write_empty()?;
        }
        if !folder.is_empty() {
            out.write_event(Event::End(BytesEnd::new("outline")))?;
        }
    }
    out.write_event(Event::End(BytesEnd::new("body")))?;
    out.write_event(Event::End(BytesEnd::new("opml")))?;
    out.into_inner().write_all(b"\n")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_comes_back_as_it_was_written() {
        let feed = |address: &str, title: &str, folder: &str| Outline {
            address: address.to_owned(),
            title: title.to_owned(),
            folders: Some(folder.to_owned()).filter(|folder| !folder.is_empty()).into_iter().collect(),
        };
        let feeds = [
            feed("https://a.example/rss?x=1&y=2", "A & \"B\" <C>", ""),
            feed("https://c.example/rss", "C", "World"),
        ];
        let mut bytes = Vec::new();
        write(&mut bytes, "The <Post>", &feeds).expect("memory takes all");
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert_eq!(read(&text).expect("it is OPML"), feeds);
    }

    #[test]
    fn what_is_no_list_is_refused_and_broken_ones_give_what_they_can() {
        for (text, word) in
            [("<html><body></body></html>", "no opml element"), ("", "no opml"), ("<opml", "not OPML")]
        {
            let error = read(text).expect_err(text).to_string();
            assert!(error.contains(word), "{error}");
        }
        let deep = format!("<opml><body>{}", "<outline text='x'>".repeat(100));
        assert!(read(&deep).is_err());
        let odd = "<opml><body><outline TEXT='a &bogus; b' XMLURL=https://a.example/x ></body>";
        assert_eq!(read(odd).expect("read")[0].address, "https://a.example/x");
    }

    #[test]
    fn the_innermost_folder_that_is_a_section_counts() {
        let list = "<opml><body><outline text='All'><outline text='world'><outline text='Asia'>\
                    <outline xmlUrl='https://a.example/x'/></outline></outline></outline></body></opml>";
        let found = read(list).expect("read");
        assert_eq!(found[0].folders, ["All", "world", "Asia"]);
        assert_eq!(found[0].section(&["Sport".to_owned(), "World".to_owned()]), Some("World"));
        assert_eq!(found[0].section(&[]), None);
    }
}
