//! A mail's bytes → the articles in it: a newsletter is an article of its sender, a page saved as MHTML the page
//! that it was.
//!
//! The mail is taken apart by `mail-parser`; what stands here decides which part is the text, who is the outlet and
//! where it was published. A mail with more parts than any real one has is refused before it is taken apart.

mod head;
mod letter;
mod plain;

use mail_parser::{Message, MessageParser, PartType};

use crate::article::Article;
use crate::families::Families;
use crate::read::{page, record};

pub use head::looks_like_mail;

/// The most parts of one mail, those of forwarded mails counted. Pages saved as MHTML have one for each picture.
const PARTS: usize = 2_000;
/// The most mails within one mail, and how deep one may stand in another.
const FORWARDED: usize = 100;
const DEPTH: usize = 4;

/// Reads the articles in a mail: its own text, and those of the mails that it forwards. Where there is none, the
/// notes say why.
#[must_use]
pub fn read(bytes: &[u8], families: &Families) -> (Vec<Article>, Vec<String>) {
    if head::parts(bytes, PARTS) > PARTS {
        return (Vec::new(), vec![format!("the mail has more than {PARTS} parts and was not taken apart")]);
    }
    let Some(message) = MessageParser::default().parse(bytes) else {
        return (Vec::new(), vec!["the mail has no head".to_owned()]);
    };
    let mut reading = Reading { families, articles: Vec::new(), notes: Vec::new(), left: FORWARDED };
    reading.message(&message, 0);
    if reading.articles.is_empty() && reading.notes.is_empty() {
        reading.notes.push("the mail has no running text".to_owned());
    }
    (reading.articles, reading.notes)
}

struct Reading<'r> {
    families: &'r Families,
    articles: Vec<Article>,
    notes: Vec<String>,
    left: usize,
}

impl Reading<'_> {
    // The depth is bounded, so the recursion is too.
    fn message(&mut self, message: &Message<'_>, depth: usize) {
        let article = match letter::saved_page(message) {
            Some((html, address)) => {
                let (page, notes) = page::read(&html, address.as_deref());
                self.notes.extend(notes);
                record::from_page(page, address.as_deref(), None, self.families)
            }
            None => self.letter(message),
        };
        self.articles.extend(article);
        for part in &message.parts {
            let PartType::Message(inner) = &part.body else { continue };
            if self.left == 0 || depth >= DEPTH {
                self.notes
                    .push("mails forwarded within others beyond a number or depth were left out".to_owned());
                return;
            }
            self.left -= 1;
            self.message(inner, depth + 1);
        }
    }

    fn letter(&mut self, message: &Message<'_>) -> Option<Article> {
        let html = letter::text(message)?;
        let (mut page, _) = page::read_letter(&html);
        let sender = letter::sender(message);
        let subject = letter::subject(message);
        if !subject.is_empty() {
            page.title = subject;
        }
        page.published = letter::date(message).or(page.published);
        page.outlet = sender.name.or(page.outlet);
        let address = letter::address(message);
        let id = letter::id(message);
        let mut article = record::from_page(page, address.as_deref(), id.as_deref(), self.families)?;
        if article.domain.is_none() {
            article.domain = sender.domain;
        }
        if article.outlet.is_empty() {
            let known = article.domain.as_deref().and_then(|domain| self.families.name(domain));
            article.outlet = known.map(str::to_owned).or_else(|| article.domain.clone()).unwrap_or_default();
        }
        Some(article)
    }
}

#[cfg(test)]
mod tests;
