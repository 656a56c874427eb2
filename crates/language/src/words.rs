//! (stub)
use crate::Span;
pub struct Word {
    pub span: Span,
}
pub fn words(t: &str) -> Vec<Word> {
    let mut v = vec![];
    let mut s = None;
    for (i, c) in t.char_indices() {
        if c.is_alphanumeric() {
            if s.is_none() {
                s = Some(i)
            }
        } else if let Some(a) = s.take() {
            v.push(Word { span: Span::new(a, i) })
        }
    }
    if let Some(a) = s {
        v.push(Word { span: Span::new(a, t.len()) })
    }
    v
}
pub fn content(t: &str, _l: &str) -> Vec<(Span, String)> {
    words(t).into_iter().map(|w| (w.span, w.span.of(t).to_lowercase())).collect()
}
