//! What a reader typed, as a query in the language of each database: nothing typed is ever passed on raw.

use crate::Kind;

/// The most terms of a search; further ones are left out.
const TERMS: usize = 12;

/// The most words of one phrase.
const PHRASE: usize = 12;

/// The most characters of one word.
const WORD: usize = 64;

/// The most bytes of what was typed that are looked at.
const TYPED: usize = 2_000;

/// What is searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Terms {
    /// Words and phrases that must all be there.
    pub(crate) must: Vec<Vec<String>>,
    /// Words and phrases that may not be there.
    pub(crate) without: Vec<Vec<String>>,
}

impl Terms {
    /// Reads what was typed: words, phrases in quotation marks, a leading `-` to exclude.
    pub(crate) fn read(typed: &str) -> Self {
        let typed = &typed[..typed.floor_char_boundary(TYPED)];
        let mut terms = Self::default();
        let mut rest = typed;
        while terms.must.len() + terms.without.len() < TERMS {
            rest = rest.trim_start();
            let (excludes, at) = match rest.strip_prefix(['-', '−']) {
                Some(after) => (true, after),
                None => (false, rest),
            };
            let Some(first) = at.chars().next() else { break };
            let (term, after) = if is_quote(first) {
                let inside = &at[first.len_utf8()..];
                let end = inside.find(is_quote).unwrap_or(inside.len());
                (&inside[..end], inside[end..].trim_start_matches(is_quote))
            } else {
                at.split_at(at.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(at.len()))
            };
            rest = after;
            let words = words(term);
            if words.is_empty() {
                continue;
            }
            if excludes { terms.without.push(words) } else { terms.must.push(words) }
        }
        terms
    }

    /// The query in a database's own language; nothing where no word must be there. `marks` narrow it.
    pub(crate) fn to_sql(&self, kind: Kind, marks: &[String]) -> Option<String> {
        if self.must.is_empty() {
            return None;
        }
        Some(match kind {
            Kind::Sqlite => self.fts5(marks),
            Kind::Postgres => self.tsquery(marks),
        })
    }

    fn fts5(&self, marks: &[String]) -> String {
        let phrase = |words: &Vec<String>| format!("{{title body}} : \"{}\"", words.join(" "));
        let mut parts: Vec<String> = self.must.iter().map(phrase).collect();
        parts.extend(marks.iter().map(|mark| format!("marks : \"{mark}\"")));
        let mut query = format!("({})", parts.join(" AND "));
        for words in &self.without {
            query = format!("({query} NOT {})", phrase(words));
        }
        query
    }

    fn tsquery(&self, marks: &[String]) -> String {
        let phrase = |words: &Vec<String>| {
            let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
            format!("({})", quoted.join(" <-> "))
        };
        let mut parts: Vec<String> = self.must.iter().map(phrase).collect();
        parts.extend(self.without.iter().map(|words| format!("!{}", phrase(words))));
        parts.extend(marks.iter().map(|mark| format!("'{mark}'")));
        parts.join(" & ")
    }

    /// Every word that must be there, in lower case.
    pub(crate) fn words(&self) -> Vec<String> {
        self.must.iter().flatten().map(|word| word.to_lowercase()).collect()
    }
}

/// The words of a stretch of text as both tokenizers see them: runs of letters and digits, so that no character with
/// a meaning in a query language is left.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !is_part(c))
        .filter(|word| !word.is_empty())
        .take(PHRASE)
        .map(|word| word.chars().take(WORD).collect())
        .collect()
}

/// Whether a character is part of a word.
pub(crate) fn is_part(c: char) -> bool {
    c.is_alphanumeric()
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_becomes_terms() {
        let terms = Terms::read("dam -flood \"high water\" -\"low tide\" it's");
        assert_eq!(terms.must, [vec!["dam"], vec!["high", "water"], vec!["it", "s"]]);
        assert_eq!(terms.without, [vec!["flood"], vec!["low", "tide"]]);
        assert_eq!(
            terms.to_sql(Kind::Postgres, &[]).as_deref(),
            Some("('dam') & ('high' <-> 'water') & ('it' <-> 's') & !('flood') & !('low' <-> 'tide')")
        );
    }

    #[test]
    fn nothing_hostile_comes_through() {
        let long = "a".repeat(10_000);
        for typed in [
            "\"", "*", "NEAR(", "a* OR b", "-", "--", "\0", "'", "title:x", "(((", "\\", "&|!<->", "-\"",
            &long,
        ] {
            let terms = Terms::read(typed);
            for query in
                [terms.to_sql(Kind::Sqlite, &[]), terms.to_sql(Kind::Postgres, &[])].into_iter().flatten()
            {
                assert!(!query.contains(['\0', '\\', '*']), "{typed}: {query}");
                assert!(query.len() < 3_000, "{typed}");
            }
        }
    }
}
