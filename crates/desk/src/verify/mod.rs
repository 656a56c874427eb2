//! (in work)
pub mod digest;
use crate::article::Article;
use crate::families::Families;
use crate::write::draft::Draft;
/// (in work)
pub fn freeze(draft: &Draft, articles: &[Article], families: &Families) -> digest::Digest {
    digest::Digest::freeze(draft, articles, &|at| families.of(&articles[at]))
}
