//! Why two articles are, or are not, in one story.

use std::collections::BTreeMap;

use super::likeness::{Evidence, Group, NAMES, days, evidence, likely};
use super::profile::{self, PARTS, Profile, product, profile};
use super::terms::{Reader, Term};
use super::vocabulary::Vocabulary;
use super::{Place, Settings, Story};
use crate::article::Article;
use crate::stamp::Stamp;

/// How many shared words are told.
const MOST: usize = 12;

/// What was found of two articles.
#[derive(Clone, Debug)]
pub struct Explained {
    /// Whether they are in one story.
    pub together: bool,
    /// The two alone.
    pub alone: Weighed,
    /// Each with the other's story, itself left out: nothing where no other article is in it.
    pub with_story: [Option<Weighed>; 2],
    /// Their stories, where these are two.
    pub stories: Option<Weighed>,
    /// What both speak of, what counts most first.
    pub shared: Vec<Shared>,
    /// How many days lie between their publication, where both are dated.
    pub days: Option<f64>,
}

/// What speaks for two groups of articles telling one event.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// How likely it is, from 0 to 1; above .5 they are put together.
    pub likelihood: f64,
    /// The kinds of evidence by name, each with its measure and what that adds to the sum or takes from it.
    pub kinds: Vec<(&'static str, f64, f64)>,
}

/// A word that both articles have.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// As the first of them writes it.
    pub word: String,
    /// Whether it is a name or a figure in both.
    pub name: bool,
    /// Whether it stands in both headlines.
    pub headline: bool,
    /// What it adds to the likeness of both, from 0 to 1.
    pub share: f64,
}

/// Explains two articles, as indices into those that were grouped, with what is known when all were read.
#[must_use]
pub fn explain(articles: &[Article], stories: &[Story], [a, b]: [usize; 2], settings: Settings) -> Explained {
    let (mut reader, mut vocabulary) = (Reader::default(), Vocabulary::default());
    let mut terms: Vec<Vec<Term>> = articles.iter().map(|article| reader.terms(article)).collect();
    terms.iter_mut().for_each(|terms| vocabulary.learn(terms));
    terms.iter_mut().for_each(|terms| vocabulary.rate(terms));
    let sum = |members: &[usize]| -> Option<(Group, Profile)> {
        let mut whole: Option<(Group, Profile)> = None;
        for &member in members {
            let one = Group::one(articles[member].published.as_ref().map(Stamp::seconds));
            let (group, sum) = whole.get_or_insert_with(|| (one, Profile::new()));
            let first = sum.is_empty();
            let across = profile::add(sum, &profile(&terms[member]));
            if !first {
                *group = group.with(one, across);
            }
        }
        whole
    };
    let weigh = |one: &(Group, Profile), other: &(Group, Profile)| {
        weighed(settings, &evidence(one.0, other.0, product(&one.1, &other.1)))
    };
    let members = |article: usize| -> Vec<usize> {
        let mut all = stories.iter().map(|story| story.members.iter().map(|member| member.article));
        all.find(|members| members.clone().any(|member| member == article))
            .map(Iterator::collect)
            .unwrap_or_default()
    };
    let [story, other] = [members(a), members(b)];
    let together = story.contains(&b);
    let without = |members: &[usize], article: usize| -> Vec<usize> {
        members.iter().copied().filter(|member| *member != article).collect()
    };
    let one = |article: usize| sum(&[article]).unwrap_or((Group::one(None), Profile::new()));
    let (one_a, one_b) = (one(a), one(b));
    let with_story = [(&one_a, without(&other, a)), (&one_b, without(&story, b))];
    let at = |article: usize| articles[article].published.as_ref().map(Stamp::seconds);
    Explained {
        together,
        alone: weigh(&one_a, &one_b),
        with_story: with_story.map(|(one, members)| Some(weigh(one, &sum(&members)?))),
        stories: if together { None } else { sum(&story).zip(sum(&other)).map(|(a, b)| weigh(&a, &b)) },
        shared: shared(&mut reader, [&articles[a], &articles[b]], [&terms[a], &terms[b]]),
        days: at(a).zip(at(b)).map(|(a, b)| a.abs_diff(b) as f64 / 86_400.0),
    }
}

fn weighed(settings: Settings, evidence: &Evidence) -> Weighed {
    let each = NAMES.iter().zip(evidence).zip(settings.weights.0);
    Weighed {
        likelihood: likely(settings.weights.weigh(evidence)),
        kinds: each.map(|((name, measure), weight)| (*name, *measure, measure * weight)).collect(),
    }
}

fn shared(reader: &mut Reader, articles: [&Article; 2], terms: [&[Term]; 2]) -> Vec<Shared> {
    let written = reader.written(articles[0]);
    let [one, other] = terms.map(profile);
    let held: BTreeMap<u32, f32> = other.into_iter().collect();
    let mut shares: BTreeMap<u32, [f64; PARTS]> = BTreeMap::new();
    for (key, weight) in one {
        if let Some(held) = held.get(&key) {
            shares.entry(key & !7).or_default()[(key & 7) as usize] = f64::from(weight) * f64::from(*held);
        }
    }
    let mut shared: Vec<Shared> = shares
        .into_iter()
        .filter_map(|(term, parts)| {
            let word = (*written.get(&term)?).to_owned();
            Some(Shared { word, name: parts[1] > 0.0, headline: parts[3] > 0.0, share: parts[0] })
        })
        .collect();
    shared.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.word.cmp(&b.word)));
    shared.truncate(MOST);
    shared
}

/// From which measure on a kind of evidence is told as a reason.
const TOLD: [(usize, f64, &str); 6] = [
    (4, 0.4, "same names and figures"),
    (3, 0.1, "headlines alike"),
    (6, 0.2, "same quotations"),
    (7, 0.2, "linked"),
    (1, 0.3, "same words"),
    (5, 0.4, "same days"),
];

/// In words how an article came into its story: "same names and figures, within a day; 0.81 against 0.36 for the next".
#[must_use]
pub fn reason(place: &Place) -> String {
    let moved = if place.first.is_some() { "; moved here later" } else { "" };
    let Some(evidence) = place.evidence else {
        return match &place.next {
            Some((story, likelihood)) => {
                format!("opened a story; the next likely one was {story} with {likelihood:.2}{moved}")
            }
            None => format!("opened a story; none was like it{moved}"),
        };
    };
    let told = TOLD.iter().filter(|(kind, least, _)| evidence[*kind] >= *least).map(|told| told.2);
    let mut told: Vec<String> = told.map(str::to_owned).collect();
    if told.is_empty() {
        told.push("some of the same words".to_owned());
    }
    told.push(match days(&evidence) {
        days if days <= 1.0 => "within a day".to_owned(),
        days if days < 1.5 => "a day apart".to_owned(),
        days => format!("{days:.0} days apart"),
    });
    let next = place.next.as_ref().map_or(0.0, |next| next.1);
    format!("{}; {:.2} against {next:.2} for the next{moved}", told.join(", "), place.likeness)
}
