//! Near-copies as outlets make them of another's report, and reports that only look like copies; drawn by a seed.

/// A report to make copies of.
#[derive(Clone, Debug, Default)]
pub(super) struct Report {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) paragraphs: Vec<String>,
}

impl Report {
    pub(super) fn words(&self) -> usize {
        self.paragraphs.iter().map(|paragraph| count(paragraph)).sum()
    }
}

/// How a copy is made.
pub(super) const KINDS: [&str; 8] =
    ["trimmed", "retitled", "reordered", "reworded", "rewritten", "furniture", "brief", "mixed"];
/// What is put into a report from another, without making it a copy.
pub(super) const BORROWED: [&str; 2] = ["quotation", "two sentences"];

/// A brief's words.
const BRIEF: usize = 80;
/// Of so many words one is changed.
const ONE_IN: usize = 8;

/// What outlets put around a report.
const FURNITURE: [&str; 8] = [
    "Sign up for our morning newsletter and get the stories that matter in your inbox every day.",
    "This article was first published elsewhere and has been edited for length and style by our desk.",
    "Have a tip for our reporters? Write to the newsroom or call the number at the foot of this page.",
    "You are reading a free story. Support independent local journalism with a small monthly gift.",
    "All rights reserved. This material may not be published, broadcast, rewritten or redistributed.",
    "Read more: what we know so far, in five charts, and why readers can't stop talking about it.",
    "Listen to the podcast of this story while you walk, drive or cook, wherever you get podcasts.",
    "Our comment section is open until midnight; please keep to the rules and be kind to each other.",
];

/// Words that editors put for others.
const SYNONYMS: [(&str, &str); 44] = [
    ("about", "around"),
    ("after", "following"),
    ("allegedly", "reportedly"),
    ("also", "too"),
    ("although", "though"),
    ("because", "since"),
    ("began", "started"),
    ("big", "large"),
    ("but", "yet"),
    ("called", "named"),
    ("children", "kids"),
    ("died", "perished"),
    ("during", "throughout"),
    ("end", "close"),
    ("group", "band"),
    ("help", "aid"),
    ("hit", "struck"),
    ("home", "house"),
    ("however", "still"),
    ("injured", "hurt"),
    ("killed", "slain"),
    ("large", "big"),
    ("left", "departed"),
    ("man", "male"),
    ("many", "numerous"),
    ("money", "cash"),
    ("more", "further"),
    ("near", "close to"),
    ("new", "fresh"),
    ("officials", "authorities"),
    ("often", "frequently"),
    ("old", "elderly"),
    ("people", "persons"),
    ("police", "officers"),
    ("said", "stated"),
    ("saw", "watched"),
    ("several", "various"),
    ("show", "reveal"),
    ("some", "certain"),
    ("talks", "negotiations"),
    ("told", "informed"),
    ("use", "employ"),
    ("while", "as"),
    ("world", "globe"),
];

/// Words for those that have no synonym here.
const FILLERS: [&str; 10] =
    ["matter", "issue", "such", "given", "certain", "rather", "indeed", "further", "present", "various"];

/// Numbers drawn one after another from a seed (SplitMix64).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % sides.max(1) as u64) as usize
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }
}

/// The paragraphs of a copy of that kind.
pub(super) fn copy(report: &Report, kind: &str, dice: &mut Dice) -> Vec<String> {
    let all = report.paragraphs.clone();
    match kind {
        "trimmed" => trimmed(all, dice),
        "reordered" => reordered(all, dice),
        "reworded" => reworded(&all, dice),
        "rewritten" => rewritten(reworded(&trimmed(all, dice), dice), dice),
        "furniture" => furnished(all, dice),
        "brief" => brief(&all, dice),
        "mixed" => furnished(reordered(reworded(&trimmed(all, dice), dice), dice), dice),
        _ => all,
    }
}

/// The paragraphs of a report with words of another between them; nothing where that has none that fit.
pub(super) fn borrowed(report: &Report, other: &Report, kind: &str, dice: &mut Dice) -> Option<Vec<String>> {
    let words = match kind {
        "quotation" => quotation(other)?,
        _ => {
            let sentences = sentences(other.paragraphs.iter().max_by_key(|paragraph| paragraph.len())?);
            let from = dice.below(sentences.len().saturating_sub(1));
            sentences.get(from..from + 2)?.join(" ")
        }
    };
    let mut all = report.paragraphs.clone();
    all.insert(dice.below(all.len()), words);
    Some(all)
}

/// The first paragraphs, at least a brief's words and a third of all.
fn trimmed(mut all: Vec<String>, dice: &mut Dice) -> Vec<String> {
    let whole: usize = all.iter().map(|paragraph| count(paragraph)).sum();
    let wanted = (whole / 3 + dice.below(whole / 2)).max(BRIEF);
    let mut words = 0;
    let kept = all.iter().take_while(|paragraph| {
        let keeps = words < wanted;
        words += count(paragraph);
        keeps
    });
    let kept = kept.count();
    all.truncate(kept);
    all
}

fn reordered(mut all: Vec<String>, dice: &mut Dice) -> Vec<String> {
    for at in (1..all.len()).rev() {
        all.swap(at, dice.below(at + 1));
    }
    all
}

fn reworded(all: &[String], dice: &mut Dice) -> Vec<String> {
    all.iter().map(|paragraph| reworded_words(paragraph, dice)).collect()
}

fn reworded_words(paragraph: &str, dice: &mut Dice) -> String {
    let mut out: Vec<&str> = Vec::new();
    for word in paragraph.split_whitespace() {
        let plain = word.chars().all(|c| c.is_ascii_lowercase());
        if !plain || dice.below(ONE_IN) != 0 {
            out.push(word);
        } else if let Some((_, other)) = SYNONYMS.iter().find(|(known, _)| *known == word) {
            out.push(other);
        } else if !word.ends_with("ly") && dice.below(2) == 0 {
            out.push(dice.one(&FILLERS));
        }
    }
    out.join(" ")
}

/// One sentence in five in the editor's own words: of the reporter's only every other is left.
fn rewritten(all: Vec<String>, dice: &mut Dice) -> Vec<String> {
    let paragraph = |paragraph: String| {
        let sentences = sentences(&paragraph);
        let each = sentences.iter().map(|sentence| match dice.below(5) {
            0 => {
                let words = sentence.split_whitespace().enumerate();
                let word = words.map(|(at, word)| if at % 2 == 1 { dice.one(&FILLERS) } else { word });
                word.collect::<Vec<_>>().join(" ")
            }
            _ => sentence.clone(),
        });
        each.collect::<Vec<_>>().join(" ")
    };
    all.into_iter().map(paragraph).collect()
}

fn furnished(mut all: Vec<String>, dice: &mut Dice) -> Vec<String> {
    all.insert(0, dice.one(&FURNITURE).to_owned());
    for _ in 0..=dice.below(2) {
        all.push(dice.one(&FURNITURE).to_owned());
    }
    all
}

/// Whole sentences in a row, mostly the first, until they are a brief's words.
fn brief(all: &[String], dice: &mut Dice) -> Vec<String> {
    let mut left: usize = all.iter().map(|paragraph| count(paragraph)).sum();
    let from = if dice.below(3) == 0 { dice.below(all.len()) } else { 0 };
    let (mut words, mut out) = (0, Vec::new());
    for (at, paragraph) in all.iter().enumerate() {
        left -= count(paragraph);
        if at < from && left >= BRIEF {
            continue;
        }
        let mut part = Vec::new();
        for sentence in sentences(paragraph) {
            if words >= BRIEF {
                break;
            }
            words += count(&sentence);
            part.push(sentence);
        }
        out.extend((!part.is_empty()).then(|| part.join(" ")));
    }
    out
}

/// A long quotation with its marks, said by nobody in particular.
fn quotation(report: &Report) -> Option<String> {
    let text = report.paragraphs.iter().find_map(|paragraph| {
        let (_, rest) = paragraph.split_once(['“', '"'])?;
        let (words, _) = rest.split_once(['”', '"'])?;
        (count(words) >= 25).then_some(words)
    })?;
    Some(format!("“{text}”"))
}

/// The same report with other names and figures, as forms that are filled in give them; only where most sentences have
/// some.
pub(super) fn twin(all: &[String], dice: &mut Dice) -> Option<Vec<String>> {
    let is_telling = |at: usize, word: &str| {
        word.contains(|c: char| c.is_ascii_digit()) || at > 0 && word.starts_with(|c: char| c.is_uppercase())
    };
    let all: Vec<String> = all.iter().flat_map(|paragraph| sentences(paragraph)).take(8).collect();
    let telling = |sentence: &&String| {
        sentence.split_whitespace().enumerate().filter(|(at, word)| is_telling(*at, word)).count() >= 2
    };
    if all.len() < 4 || all.iter().filter(telling).count() * 10 < all.len() * 8 {
        return None;
    }
    let turn = 1 + dice.below(8);
    let other = |(at, word): (usize, &str)| {
        let letter = |c: char| match c {
            '0'..='9' => char::from(b'0' + (c as u8 - b'0' + turn as u8) % 10),
            'a'..='z' => char::from(b'a' + (c as u8 - b'a' + turn as u8) % 26),
            _ => c,
        };
        if is_telling(at, word) { word.chars().map(letter).collect() } else { word.to_owned() }
    };
    let sentence =
        |text: &String| text.split_whitespace().enumerate().map(other).collect::<Vec<_>>().join(" ");
    Some(all.iter().map(sentence).collect())
}

/// Sentences as far as the changes need them.
fn sentences(paragraph: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut ended = true;
    for word in paragraph.split_whitespace() {
        match out.last_mut() {
            Some(last) if !ended => {
                last.push(' ');
                last.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
        let bare = word.trim_end_matches(['”', '"', '’', '\'', ')']);
        ended = bare.ends_with(['.', '!', '?']) && bare.len() > 4;
    }
    out
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_drawn_by_the_seed_and_keep_most_words() {
        let paragraph = |at: usize| {
            let word = |word: usize| format!("w{at}x{word}");
            format!("The {}. He said {}.", (0..30).map(word).collect::<Vec<_>>().join(" "), at)
        };
        let report = Report { paragraphs: (0..9).map(paragraph).collect(), ..Report::default() };
        for kind in KINDS {
            let made = |seed| copy(&report, kind, &mut Dice(seed));
            assert_eq!(made(3), made(3), "{kind}");
            let words: usize = made(3).iter().map(|paragraph| count(paragraph)).sum();
            assert!((60..=report.words() + 60).contains(&words), "{kind} {words}");
        }
        let none = borrowed(&report, &report, "two sentences", &mut Dice(1)).expect("there are two");
        assert_eq!(none.len(), 10);
        assert_eq!(borrowed(&report, &report, "quotation", &mut Dice(1)), None);
    }
}
