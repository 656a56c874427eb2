//! Texts by chance, the same ones every time.

/// Characters and snippets that cleaning has rules for.
const ODD: [&str; 44] = [
    " ",
    "\n",
    "\r\n",
    "\t",
    "\u{a0}",
    "\u{3000}",
    "\u{2028}",
    "\u{85}",
    "\u{ad}",
    "\u{200b}",
    "\u{200c}",
    "\u{200d}",
    "\u{200e}",
    "\u{202e}",
    "\u{feff}",
    "\u{fe0f}",
    "\u{fe00}",
    "\u{e0100}",
    "\u{e0067}",
    "\u{e007f}",
    "🏴",
    "❤",
    "👩",
    "می",
    "葛",
    "\u{301}",
    "\u{323}",
    "\u{345}",
    "e",
    "A",
    "\u{1100}",
    "\u{1161}",
    "\u{11a8}",
    "\u{958}",
    "\u{212b}",
    "\u{f73}",
    "â€™",
    "Ã©",
    "Â",
    "â",
    "€",
    "\u{92}",
    "“",
    "ｆ",
];

/// A small generator (SplitMix64).
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % most as u64) as usize
    }

    /// Up to `most` pieces: odd ones, ASCII, and any character there is.
    pub(super) fn text(&mut self, most: usize) -> String {
        let mut out = String::new();
        for _ in 0..self.below(most + 1) {
            match self.below(8) {
                0..=4 => out.push_str(ODD[self.below(ODD.len())]),
                5 => out.push(char::from(self.below(128) as u8)),
                6 => out.extend(char::from_u32(self.below(0x3100) as u32)),
                _ => out.extend(char::from_u32(self.below(0x11_0000) as u32)),
            }
        }
        out
    }

    /// Up to `most` letters and marks that are neither white space nor invisible, of scripts that compose.
    pub(super) fn letters(&mut self, most: usize) -> String {
        const RANGES: [(u32, usize); 7] =
            [(0x61, 26), (0x1e00, 200), (0x300, 70), (0x1100, 19), (0x1161, 21), (0x11a8, 27), (0x904, 0x46)];
        let mut out = String::new();
        for _ in 0..self.below(most + 1) {
            let (first, count) = RANGES[self.below(RANGES.len())];
            out.extend(char::from_u32(first + self.below(count) as u32).filter(|c| *c != '\u{34f}'));
        }
        out
    }
}
