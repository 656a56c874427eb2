//! What may be attributed to somebody: each word that may be a cue, the clauses and phrases around it, and its source.

use super::tree::Tree;
use super::verbs;
use crate::grammar::{Class, Relation, lexicon};

/// A word that may attribute something, with the parts of the sentence that it may attribute.
pub(super) struct Cue {
    /// The word.
    pub(super) at: usize,
    /// The word that the words of the source hang on.
    pub(super) source: Option<usize>,
    /// For `who`, whom it stands for.
    pub(super) named: Option<usize>,
    /// What it may attribute.
    pub(super) parts: Vec<Part>,
}

/// A part of a sentence beside a cue.
#[derive(Clone, Copy)]
pub(super) struct Part {
    /// The word on which it hangs.
    pub(super) head: usize,
    /// Whether the cue hangs on it, rather than it on the cue.
    pub(super) above: bool,
    /// What is no part of it though it hangs on it: the cue's own branch.
    pub(super) without: Option<usize>,
}

/// The cues of a sentence in order.
pub(super) fn cues(tree: &Tree<'_>) -> Vec<Cue> {
    (0..tree.words.len()).filter_map(|at| cue(tree, at)).filter(|cue| !cue.parts.is_empty()).collect()
}

fn cue(tree: &Tree<'_>, at: usize) -> Option<Cue> {
    let word = &tree.words[at];
    if word.lemma == "accord" {
        return according(tree, at);
    }
    let parts = match word.class {
        Class::Verb => verb_parts(tree, at),
        Class::Adj if verbs::class(&word.lemma) == Some("state") => below(tree, at, CLAUSES),
        Class::Noun if is_noun_cue(&word.lemma) => noun_parts(tree, at),
        _ => return None,
    };
    let source = source(tree, at);
    let named = source.and_then(|source| relative(tree, source));
    let mut parts = parts;
    parts.retain(|part| Some(part.head) != source || part.above);
    Some(Cue { at, source, named, parts })
}

const CLAUSES: &[Relation] = &[Relation::Ccomp, Relation::Xcomp, Relation::Advcl, Relation::Obl];

/// Nouns of communication, thought and feeling.
fn is_noun_cue(lemma: &str) -> bool {
    const COGNITION: u8 = 7;
    const COMMUNICATION: u8 = 8;
    const FEELING: u8 = 10;
    verbs::class(lemma).is_some()
        || lexicon::entry(lemma)
            .is_some_and(|(entry, _)| matches!(entry.noun(), COGNITION | COMMUNICATION | FEELING))
}

fn below(tree: &Tree<'_>, at: usize, relations: &[Relation]) -> Vec<Part> {
    tree.dependents(at)
        .iter()
        .filter(|child| relations.contains(&tree.words[**child].relation))
        .map(|child| Part { head: *child, above: false, without: None })
        .collect()
}

fn verb_parts(tree: &Tree<'_>, at: usize) -> Vec<Part> {
    use Relation as R;
    let word = &tree.words[at];
    let mut parts = below(
        tree,
        at,
        &[
            R::Ccomp,
            R::Xcomp,
            R::Obj,
            R::Iobj,
            R::Obl,
            R::Advcl,
            R::AdvclRelcl,
            R::Conj,
            R::Parataxis,
            R::NsubjPass,
            R::Advmod,
            R::Csubj,
            R::CsubjPass,
            R::Dep,
            R::Appos,
            R::OblUnmarked,
            R::Dislocated,
            R::List,
            R::Orphan,
            R::Discourse,
            R::Nsubj,
            R::NsubjOuter,
        ],
    );
    // What shares its subject with the verb goes on telling, and tells nothing of what was said.
    parts.retain(|part| match tree.words[part.head].relation {
        R::Advmod => tree.dependents(part.head).len() > 1,
        R::Conj => tree.dependent(part.head, &[R::Nsubj, R::NsubjPass]).is_some(),
        _ => true,
    });
    if verbs::class(&word.lemma) == Some("seem") {
        parts.extend(below(tree, at, &[R::Expl]));
    }
    parts.extend(told(tree, at));
    let above = matches!(
        word.relation,
        R::Parataxis | R::Advcl | R::AclRelcl | R::Acl | R::Amod | R::Ccomp | R::Dep | R::Conj | R::Xcomp
    );
    if let Some(head) = tree.head(at).filter(|_| above) {
        parts.push(Part { head, above: true, without: Some(at) });
    }
    parts
}

/// The clause of `told the crew that …` where the tree hangs it on the crew.
fn told(tree: &Tree<'_>, at: usize) -> Option<Part> {
    use Relation as R;
    let says = verbs::class(&tree.words[at].lemma) == Some("say");
    if !says || tree.dependent(at, &[R::Ccomp]).is_some() {
        return None;
    }
    let crew = tree
        .dependents(at)
        .iter()
        .filter(|child| **child > at && matches!(tree.words[**child].relation, R::Obj | R::Iobj | R::Obl));
    let mut clauses = crew.flat_map(|crew| tree.dependents(*crew)).copied();
    let head = clauses.find(|clause| {
        let is_clause = matches!(tree.words[*clause].relation, R::AclRelcl | R::Acl);
        is_clause && tree.dependents(*clause).first().is_some_and(|first| tree.words[*first].lemma == "that")
    })?;
    Some(Part { head, above: false, without: None })
}

fn noun_parts(tree: &Tree<'_>, at: usize) -> Vec<Part> {
    use Relation as R;
    let word = &tree.words[at];
    let mut parts =
        below(tree, at, &[R::Acl, R::Nmod, R::Ccomp, R::AclRelcl, R::Appos, R::Xcomp, R::Parataxis]);
    if let Some(head) = tree.head(at).filter(|_| matches!(word.relation, R::Nsubj | R::NsubjOuter)) {
        parts.push(Part { head, above: true, without: Some(at) });
    }
    // `The statement came after …`, `a plan was made to …`.
    if let Some(head) =
        tree.head(at).filter(|_| matches!(word.relation, R::Nsubj | R::NsubjPass | R::Obj | R::Obl))
    {
        let more =
            tree.dependents(head).iter().filter(|child| **child > at).filter(|child| {
                matches!(tree.words[**child].relation, R::Advcl | R::Ccomp | R::Xcomp | R::Obl)
            });
        parts.extend(more.map(|child| Part { head: *child, above: false, without: None }));
    }
    parts
}

/// `According to Lind, …`.
fn according(tree: &Tree<'_>, at: usize) -> Option<Cue> {
    let source = tree.head(at)?;
    let mut head = tree.head(source)?;
    let is_apart = at == 0 || tree.is_punctuation(at - 1);
    // Up to the clause that it is said of, which is the whole sentence where a comma stands before it.
    for _ in 0..tree.words.len() {
        let nominal =
            matches!(tree.words[head].relation, Relation::Nmod | Relation::NmodUnmarked | Relation::Conj);
        let Some(above) = tree.head(head).filter(|_| nominal || is_apart) else { break };
        head = above;
    }
    Some(Cue {
        at,
        source: Some(source),
        named: None,
        parts: vec![Part { head, above: true, without: Some(source) }],
    })
}

/// The word on which the words hang that name whose words or thoughts these are.
pub(super) fn source(tree: &Tree<'_>, at: usize) -> Option<usize> {
    use Relation as R;
    let word = &tree.words[at];
    if word.class == Class::Noun {
        let own = tree.dependent(at, &[R::NmodPoss]).or_else(|| by(tree, at, &[R::Nmod], "by"));
        let head = tree.head(at).filter(|head| tree.words[*head].class == Class::Verb);
        return own.or_else(|| match word.relation {
            R::Obj | R::Obl => head.and_then(|head| subject(tree, head)),
            _ => by(tree, at, &[R::Nmod], "from"),
        });
    }
    if word.relation == R::Amod || word.relation == R::Acl && word.feature("VerbForm") == Some("Part") {
        return by(tree, at, &[R::OblAgent, R::Obl], "by")
            .or_else(|| tree.head(at).filter(|_| word.feature("Voice") != Some("Pass")));
    }
    subject(tree, at)
}

fn by(tree: &Tree<'_>, at: usize, relations: &[Relation], case: &str) -> Option<usize> {
    tree.dependents(at)
        .iter()
        .copied()
        .find(|child| relations.contains(&tree.words[*child].relation) && tree.marker(*child) == Some(case))
}

/// Who does what a verb says: its subject or agent, or that of the verb that it goes along with.
fn subject(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    use Relation as R;
    let mut at = verb;
    // Up a chain of verbs, each word at most once.
    for _ in 0..8 {
        let word = &tree.words[at];
        let passive = tree.dependent(at, &[R::NsubjPass, R::CsubjPass]).is_some()
            || tree.dependent(at, &[R::AuxPass]).is_some();
        if passive && at == verb {
            return tree.dependent(at, &[R::OblAgent]).or_else(|| by(tree, at, &[R::Obl], "by"));
        }
        if let Some(found) = nearest(tree, at, &[R::Nsubj, R::NsubjOuter, R::NsubjPass, R::Expl]) {
            return Some(found);
        }
        let head = tree.head(at)?;
        match word.relation {
            R::Conj | R::Advcl | R::Parataxis => at = head,
            // `He asked them to say`: they say.
            R::Xcomp => match tree.dependent(head, &[R::Obj, R::Iobj]) {
                Some(object) => return Some(object),
                None => at = head,
            },
            R::Acl | R::AclRelcl => return Some(head),
            _ => return None,
        }
    }
    None
}

/// The nearest of a word's dependents with one of these relations: in `the plan, he said, failed` both are subjects.
fn nearest(tree: &Tree<'_>, at: usize, relations: &[Relation]) -> Option<usize> {
    let found = tree.dependents(at).iter().copied();
    found
        .filter(|child| relations.contains(&tree.words[*child].relation))
        .min_by_key(|child| child.abs_diff(at))
}

/// For `who`, `which` and `that` the word that the clause hangs on.
fn relative(tree: &Tree<'_>, pronoun: usize) -> Option<usize> {
    let word = &tree.words[pronoun];
    if word.class != Class::Pron || !matches!(word.lemma.as_str(), "who" | "which" | "that") {
        return None;
    }
    let mut at = tree.head(pronoun)?;
    for _ in 0..4 {
        match tree.words[at].relation {
            Relation::AclRelcl => return tree.head(at),
            Relation::Conj => at = tree.head(at)?,
            _ => return None,
        }
    }
    None
}
