//! What is denied and what is said with reserve: the words under a cue.

use super::reading::Token;

const DENIALS: &str = " not no never without neither nor none nobody nothing cannot unable fail fails failed deny denies denied refuse refuses refused reject rejects rejected ";
const RESERVES: &str = " may might could reportedly allegedly alleged possibly perhaps likely probably apparently rumored rumoured suspected potential potentially possible unconfirmed proposed propose proposes plan plans planned considering consider considers expected hopes hope ";

fn cue(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|w| w == word)
}

/// For each token, whether a denial stands over it: the next two words of content, to the next pause.
pub(super) fn denied(tokens: &[Token]) -> Vec<bool> {
    under(tokens, 2, |word| word.ends_with("n't") || cue(DENIALS, word))
}

/// For each token, whether a word of reserve stands over it: the next three words of content.
pub(super) fn reserved(tokens: &[Token]) -> Vec<bool> {
    under(tokens, 3, |word| cue(RESERVES, word))
}

/// Whether the word itself is a cue of denial or reserve.
pub(super) fn is_cue(word: &str) -> bool {
    word.ends_with("n't") || cue(DENIALS, word) || cue(RESERVES, word)
}

fn under(tokens: &[Token], reach: usize, is_cue: impl Fn(&str) -> bool) -> Vec<bool> {
    let mut out = vec![false; tokens.len()];
    let mut left = 0;
    for (token, out) in tokens.iter().zip(&mut out) {
        if token.pause {
            left = 0;
        }
        if token.hyphen {
            continue;
        }
        if is_cue(&token.text) {
            // `not only` denies nothing.
            left = reach;
        } else if token.text == "only" {
            left = 0;
        } else if token.content() && left > 0 {
            *out = true;
            left -= 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::judge::reading::read;

    #[test]
    fn denial_covers_the_words_after_it() {
        let tokens = read("The council did not close the depot, it opened one.");
        let words: Vec<&str> =
            tokens.iter().zip(denied(&tokens)).filter(|(_, d)| *d).map(|(t, _)| t.text.as_str()).collect();
        assert_eq!(words, ["close", "depot"]);
    }
}
