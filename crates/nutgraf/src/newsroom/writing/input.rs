//! What a digest is made from, as one hash: the same input gives the same digest and is not written twice.

use desk::article::{Article, sha256};
use desk::edit::Dropped;

/// Raised when the writer or the check changes, so that stories are written anew by the better program.
const WRITER: u32 = 1;

/// The place of an article in its story, as the store keeps it: article, family, what it copies, background.
type Member = (String, String, Option<String>, bool);

/// The hash of everything that a digest is made from; `settings` are the number of words and of families.
pub(super) fn hash(
    articles: &[Article],
    revisions: &[i64],
    members: &[Member],
    dropped: &[Dropped],
    settings: (usize, usize),
) -> String {
    let mut seed = format!("{WRITER} {} {settings:?}\n", env!("CARGO_PKG_VERSION"));
    let mut line = |words: &[&str]| {
        // A length before each word: two inputs never give the same line.
        words.iter().for_each(|word| seed.push_str(&format!("{}:{word} ", word.len())));
        seed.push('\n');
    };
    for (article, revision) in articles.iter().zip(revisions) {
        let published = article.published.map(|stamp| stamp.to_string()).unwrap_or_default();
        let marks = format!("{revision} {:?} {} {}", article.kind, article.reserved, article.paywalled);
        line(&[
            &article.id,
            &article.hash(),
            &marks,
            &published,
            &article.outlet,
            &article.authors.join("; "),
        ]);
    }
    for (article, family, copied, is_background) in members {
        line(&[article, family, copied.as_deref().unwrap_or_default(), &is_background.to_string()]);
    }
    for dropped in dropped {
        line(&[&dropped.article, &format!("{:?}", dropped.span), &dropped.hash]);
    }
    sha256(seed.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::slice;

    use language::Span;

    use super::*;

    #[test]
    fn whatever_may_change_the_digest_changes_the_hash() {
        let article =
            Article { text: "A.".to_owned(), outlet: "The Gazette".to_owned(), ..Article::bare("a") };
        let member = ("a".to_owned(), "f".to_owned(), None, false);
        let dropped = Dropped { article: "a".to_owned(), span: Span::new(0, 2), hash: "h".to_owned() };
        let of = |article: &Article, revision: i64, member: &Member, dropped: &[Dropped], words: usize| {
            hash(slice::from_ref(article), &[revision], slice::from_ref(member), dropped, (words, 2))
        };
        let same = || of(&article, 1, &member, &[], 380);
        let other = Article { text: "B.".to_owned(), ..article.clone() };
        let paid = Article { paywalled: true, ..article.clone() };
        let moved = ("a".to_owned(), "g".to_owned(), None, false);
        let others = [
            of(&other, 1, &member, &[], 380),
            of(&paid, 1, &member, &[], 380),
            of(&article, 2, &member, &[], 380),
            of(&article, 1, &moved, &[], 380),
            of(&article, 1, &member, &[dropped], 380),
            of(&article, 1, &member, &[], 250),
        ];
        assert!(others.iter().all(|other| *other != same()));
        assert_eq!(others.iter().collect::<std::collections::BTreeSet<_>>().len(), others.len());
        assert_eq!(same(), same());
    }
}
