//! What becomes of one character, seen beside its neighbours.

use unicode_normalization::char::canonical_combining_class;

use super::tally::Kind;

/// What becomes of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stays, or another stands in its place.
    Keep(char),
    /// It is taken out.
    Drop(Kind),
    /// It is white space.
    Blank,
    /// It breaks the line.
    Break,
}

/// Judges the character `c`. `before` is the last character that was kept, marks upon it left aside; `rest` is what
/// follows in the source.
pub(super) fn fate(c: char, before: Option<char>, rest: &str) -> Fate {
    match c {
        ' ' | '\t' => return Fate::Blank,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => return Fate::Break,
        // Blank letters of Hangul and Braille are used as spaces that a form's check lets through.
        '\u{2800}' | '\u{3164}' | '\u{ffa0}' => return Fate::Blank,
        c if c.is_whitespace() => return Fate::Blank,
        // The web reads these numbers as Windows-1252, which is where they come from.
        '\u{80}'..='\u{9f}' => return latin(c).map_or(Fate::Drop(Kind::Control), Fate::Keep),
        _ => {}
    }
    let Some(kind) = invisible(c) else { return Fate::Keep(c) };
    // A mark that follows may change its place when the text is composed, so that it can't decide.
    let next = rest.chars().next().filter(|&c| canonical_combining_class(c) == 0);
    let needed = match c {
        '\u{200c}' => before.is_some_and(is_joining) && next.is_some_and(is_joining),
        '\u{200d}' => {
            before.is_some_and(is_joining)
                || next.is_some_and(is_joining)
                || before.is_some_and(ends_emoji) && next.is_some_and(is_emoji)
        }
        '\u{180b}'..='\u{180f}' => before.is_some_and(|c| matches!(c, '\u{1820}'..='\u{18aa}')),
        _ if kind == Kind::Selector => {
            before.is_some_and(|base| selects(base, c)) && !next.is_some_and(is_selector)
        }
        _ => false,
    };
    if needed { Fate::Keep(c) } else { Fate::Drop(kind) }
}

/// The kind of an invisible character; nothing for one that is seen, and for white space.
pub(super) fn invisible(c: char) -> Option<Kind> {
    Some(match c {
        // The commonest characters first.
        ' '..='~' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{a0}'..='\u{ac}' => return None,
        '\u{ad}' => Kind::SoftHyphen,
        '\u{ae}'..='\u{34e}' => return None,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Kind::Control,
        '\u{34f}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{2065}' => Kind::ZeroWidth,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => {
            Kind::Direction
        }
        '\u{feff}' => Kind::ByteOrderMark,
        '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
            Kind::Selector
        }
        '\u{e0000}'..='\u{e007f}' => Kind::Tag,
        '\u{fff0}'..='\u{fffc}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0080}'..='\u{e00ff}'
        | '\u{e01f0}'..='\u{e0fff}' => Kind::Format,
        '\u{fdd0}'..='\u{fdef}' => Kind::Control,
        c if c as u32 & 0xfffe == 0xfffe => Kind::Control,
        _ => return None,
    })
}

/// How many bytes of `rest`, which begins behind a black flag, spell a flag's region in tag characters.
pub(super) fn flag(rest: &str) -> usize {
    const END: char = '\u{e007f}';
    let spells = |c: char| matches!(c, '\u{e0030}'..='\u{e0039}' | '\u{e0061}'..='\u{e007a}');
    let letters = rest.chars().take(7).take_while(|&c| spells(c)).count();
    let is_flag = (1..=6).contains(&letters) && rest.chars().nth(letters) == Some(END);
    if is_flag { (letters + 1) * END.len_utf8() } else { 0 }
}

/// Whether a content credential begins here: the word `C2PATXT`, each byte as one variation selector.
pub(super) fn is_credential(text: &str) -> bool {
    let byte = |c: char| match c {
        '\u{fe00}'..='\u{fe0f}' => Some(c as u32 - 0xfe00),
        '\u{e0100}'..='\u{e01ef}' => Some(c as u32 - 0xe0100 + 16),
        _ => None,
    };
    let mut chars = text.chars();
    b"C2PATXT".iter().all(|&wanted| chars.next().and_then(byte) == Some(u32::from(wanted)))
}

/// What a byte from 0x80 to 0x9F means in Windows-1252, for the control character of that number; nothing for the
/// five that it leaves free.
pub(super) fn latin(c: char) -> Option<char> {
    const TABLE: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', //
        '\0', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    let at = (c as usize).checked_sub(0x80)?;
    TABLE.get(at).copied().filter(|&c| c != '\0')
}

/// The byte that Windows-1252 writes this character with, where it is above ASCII. The five free ones stand for
/// themselves, as the web reads them.
pub(super) fn byte(c: char) -> Option<u8> {
    if let '\u{80}'..='\u{ff}' = c {
        return u8::try_from(u32::from(c)).ok();
    }
    (0x80..=0x9f).find(|&byte| latin(char::from(byte)) == Some(c))
}

/// Letters and marks of scripts that are written with joiners: Arabic and its kin, the scripts of India and beyond,
/// Mongolian.
fn is_joining(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{1820}'..='\u{18aa}' | '\u{1b00}'..='\u{1c7f}' | '\u{a840}'..='\u{abff}' | '\u{fb50}'..='\u{fdcf}'
        | '\u{fdf0}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{11000}'..='\u{11fff}' | '\u{1e900}'..='\u{1e95f}')
        && !matches!(c, '\u{61c}' | '\u{17b4}' | '\u{17b5}')
}

fn is_emoji(c: char) -> bool {
    matches!(c,
        '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{2328}'
        | '\u{232b}'..='\u{23ff}' | '\u{24c2}' | '\u{25a0}'..='\u{27bf}' | '\u{2900}'..='\u{297f}'
        | '\u{2b00}'..='\u{2bff}' | '〰' | '〽' | '㊗' | '㊙' | '\u{1f000}'..='\u{1faff}')
}

/// What may stand before the joiner inside of an emoji.
fn ends_emoji(c: char) -> bool {
    is_emoji(c) || c == '\u{fe0f}'
}

fn is_selector(c: char) -> bool {
    invisible(c) == Some(Kind::Selector)
}

/// Whether a selector makes a difference behind this character.
fn selects(base: char, selector: char) -> bool {
    let han = matches!(base, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    match selector {
        '\u{fe0e}' | '\u{fe0f}' => is_emoji(base) || matches!(base, '0'..='9' | '#' | '*'),
        '\u{e0100}'..='\u{e01ef}' => han,
        '\u{fe00}'..='\u{fe02}' => han || matches!(base, '\u{2200}'..='\u{22ff}' | '\u{2a00}'..='\u{2aff}'),
        _ => false,
    }
}
