//! What a mail says of itself: its text as HTML, sender, subject, day and address.

use std::borrow::Cow;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, HeaderName, HeaderValue, Message, MessagePart, MimeHeaders, PartType};

use super::plain;
use crate::families::registrable;
use crate::stamp::Stamp;

/// Who sent a mail.
#[derive(Debug, Default)]
pub(super) struct Sender {
    /// The name before the address.
    pub(super) name: Option<String>,
    /// The registrable domain of the address.
    pub(super) domain: Option<String>,
}

/// The page that a mail is where a browser saved one as MHTML, and its address.
pub(super) fn saved_page<'m>(message: &'m Message<'_>) -> Option<(Cow<'m, [u8]>, Option<String>)> {
    let snapshot = message.header(HeaderName::Other("Snapshot-Content-Location".into()));
    let snapshot = snapshot.and_then(HeaderValue::as_text).map(str::trim);
    let root = message.parts.first()?.content_type();
    let related =
        root.is_some_and(|kind| kind.subtype().is_some_and(|kind| kind.eq_ignore_ascii_case("related")));
    let pages = || message.parts.iter().filter(|part| matches!(part.body, PartType::Html(_)));
    let place = |part: &MessagePart<'_>| part.content_location().map(str::trim).map(str::to_owned);
    let own = snapshot.and_then(|address| pages().find(|part| place(part).as_deref() == Some(address)));
    let located = || pages().next().filter(|part| related && place(part).is_some());
    let part = own.or_else(|| pages().next().filter(|_| snapshot.is_some())).or_else(located)?;
    let address = place(part).or_else(|| snapshot.map(str::to_owned));
    let address = address.filter(|address| address.starts_with("http://") || address.starts_with("https://"));
    Some((html(message, part)?, address))
}

/// A letter's text as HTML: the longest of its HTML parts, else its plain text in paragraphs.
pub(super) fn text<'m>(message: &'m Message<'_>) -> Option<Cow<'m, [u8]>> {
    let shown = message.html_body.iter().chain(&message.text_body).filter_map(|at| message.part(*at));
    let shown: Vec<_> = shown.collect();
    let pages = shown.iter().filter_map(|part| Some((*part, length(part)?)));
    // The first of the longest, so that the choice does not hang on the order of equal ones.
    let longest = pages.fold(None, |best: Option<(&MessagePart<'_>, usize)>, (part, length)| match best {
        Some((_, most)) if most >= length => best,
        _ => Some((part, length)),
    });
    if let Some((part, _)) = longest {
        return html(message, part);
    }
    let words = shown.iter().find_map(|part| match &part.body {
        PartType::Text(text) if !text.trim().is_empty() => Some(text),
        _ => None,
    })?;
    let flowed = message.parts.first().and_then(|part| part.content_type()?.attribute("format"));
    Some(Cow::Owned(
        plain::page(words, flowed.is_some_and(|form| form.eq_ignore_ascii_case("flowed"))).into_bytes(),
    ))
}

/// How long an HTML part is; none for another part, and for one without a tag or word.
fn length(part: &MessagePart<'_>) -> Option<usize> {
    match &part.body {
        PartType::Html(text) if !text.trim().is_empty() => Some(text.len()),
        _ => None,
    }
}

/// The bytes of an HTML part. One whose head names no charset is given as it came, for its own meta tag to be heard.
fn html<'m>(message: &'m Message<'_>, part: &'m MessagePart<'_>) -> Option<Cow<'m, [u8]>> {
    let PartType::Html(decoded) = &part.body else { return None };
    let named = part.content_type().is_some_and(|kind| kind.attribute("charset").is_some());
    if !named && !decoded.is_ascii() {
        let (begin, end) = (usize::try_from(part.offset_body).ok()?, usize::try_from(part.offset_end).ok()?);
        let raw = message.raw_message.get(begin..end);
        let raw = raw.and_then(|raw| match part.encoding {
            Encoding::None => Some(Cow::Borrowed(raw)),
            Encoding::QuotedPrintable => quoted_printable_decode(raw).map(Cow::Owned),
            Encoding::Base64 => base64_decode(raw).map(Cow::Owned),
        });
        if let Some(raw) = raw {
            return Some(raw);
        }
    }
    Some(Cow::Borrowed(decoded.as_bytes()))
}

pub(super) fn sender(message: &Message<'_>) -> Sender {
    let from = message.from().or_else(|| message.sender());
    let Some(first) = from.and_then(|from| from.first()) else { return Sender::default() };
    let name = first.name.as_deref().map(clean).filter(|name| !name.is_empty() && !name.contains('@'));
    let domain = first.address.as_deref().and_then(|address| address.rsplit_once('@'));
    let domain = domain.map(|(_, domain)| domain.trim().to_lowercase()).filter(|domain| domain.contains('.'));
    Sender { name, domain: domain.map(|domain| registrable(&domain).unwrap_or(domain)) }
}

/// The subject without the marks of forwarding and answering.
pub(super) fn subject(message: &Message<'_>) -> String {
    let subject = clean(message.subject().unwrap_or_default());
    let mut rest = subject.as_str();
    while let Some((mark, after)) = rest.split_once(':') {
        if !["fwd", "fw", "re", "wg", "aw", "tr"].iter().any(|known| mark.trim().eq_ignore_ascii_case(known))
        {
            break;
        }
        rest = after.trim_start();
    }
    rest.to_owned()
}

/// When it was sent, in the sender's own offset.
pub(super) fn date(message: &Message<'_>) -> Option<Stamp> {
    let date = message.date().filter(|date| date.is_valid())?;
    Stamp::parse(&date.to_rfc3339())
}

/// Where it can be read on the web, where its head says so (RFC 5064).
pub(super) fn address(message: &Message<'_>) -> Option<String> {
    let value = message.header_raw("Archived-At")?;
    let value = value.trim().trim_start_matches('<').trim_end_matches('>');
    let plain = value.len() < 2048 && !value.contains(|c: char| c.is_whitespace() || c.is_control());
    (plain && (value.starts_with("https://") || value.starts_with("http://"))).then(|| value.to_owned())
}

/// Its own id, which is the same wherever it is kept.
pub(super) fn id(message: &Message<'_>) -> Option<String> {
    let id = message.message_id()?.trim();
    (!id.is_empty()).then(|| crate::article::sha256(id.as_bytes())[..16].to_owned())
}

fn clean(text: &str) -> String {
    let shown: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}
