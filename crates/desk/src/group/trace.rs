//! What spoke for each two groups on the way to stories that are known: what the weights are learned from.

use std::borrow::Cow;

use super::Settings;
use super::gather::gather;
use super::likeness::Evidence;
use super::profile::{Profile, profile};
use super::terms::Reader;
use super::vocabulary::Vocabulary;
use crate::article::Article;
use crate::stamp::Stamp;

/// Pairs with less evidence are not learned from: none of them is near a decision.
const LEAST: f64 = -4.0;

/// Two groups of articles, each of one story.
#[derive(Clone, Debug)]
pub struct Traced {
    /// What speaks for them being one.
    pub evidence: Evidence,
    /// The first article of each, as an index into the slice that was traced.
    pub first: [usize; 2],
    /// Whether they are of one story.
    pub same: bool,
}

/// Gathers articles whose stories are known, always those two groups first that the settings take for the likeliest
/// one: joined if they are one story, else kept apart.
#[must_use]
pub fn trace(articles: &[Article], labels: &[String], settings: Settings) -> Vec<Traced> {
    let (mut reader, mut vocabulary) = (Reader::default(), Vocabulary::default());
    let mut terms: Vec<_> = articles.iter().map(|article| reader.terms(article)).collect();
    terms.iter_mut().for_each(|terms| vocabulary.learn(terms));
    let profiles = terms.iter_mut().zip(articles).map(|(terms, article)| {
        vocabulary.rate(terms);
        (Cow::Owned(profile(terms)), article.published.as_ref().map(Stamp::seconds))
    });
    let profiles: Vec<(Cow<'_, Profile>, Option<i64>)> = profiles.collect();
    let mut traced = Vec::new();
    gather(&profiles, settings.weights, LEAST, |pair| {
        let first = [pair.one[0], pair.other[0]];
        let same = labels[first[0]] == labels[first[1]];
        traced.push(Traced { evidence: pair.evidence, first, same });
        same
    });
    traced
}
