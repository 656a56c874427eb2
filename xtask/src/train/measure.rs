//! How well a network reads sentences while it is being trained.

use language::grammar::tree;

use super::conllu::Sentence;
use super::network::Network;
use super::vocabulary::{Vocabulary, tag};

/// Shares of words with the right class, tag, head, and head and relation without its subtype.
pub(crate) fn measure(network: &Network, known: &Vocabulary, sentences: &[Sentence]) -> String {
    let (mut words, mut classes, mut tags, mut heads, mut relations) = (0, 0, 0, 0, 0);
    for sentence in sentences {
        let scores = network.read(&known.example(sentence).rows);
        let arcs: Vec<i32> = scores.arcs.iter().map(|score| (score * 65536.0) as i32).collect();
        let found = tree::heads(&arcs, sentence.words.len());
        let of_classes = scores.classes.chunks_exact(known.classes.len());
        let of_tags = scores.tags.chunks_exact(known.tags.len());
        for (at, (word, (of_class, of_tag))) in sentence.words.iter().zip(of_classes.zip(of_tags)).enumerate()
        {
            words += 1;
            let (class, range) = &known.classes[top(of_class)];
            classes += usize::from(*class == word.upos);
            tags += usize::from(
                known.tags[range.start + top(&of_tag[range.clone()])] == tag(&word.upos, &word.feats),
            );
            if found[at] == word.head {
                heads += 1;
                let relation = &known.relations[top(&network.relations(&scores, at, found[at]))];
                relations += usize::from(relation.split(':').next() == word.relation.split(':').next());
            }
        }
    }
    let share = |part: usize| part as f64 / words as f64;
    format!(
        "upos {:.4} tag {:.4} uas {:.4} las {:.4}",
        share(classes),
        share(tags),
        share(heads),
        share(relations)
    )
}

fn top(scores: &[f32]) -> usize {
    (1..scores.len()).fold(0, |best, at| if scores[at] > scores[best] { at } else { best })
}
