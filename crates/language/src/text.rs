//! Spans of a text, in bytes inside the program and in code points at its edge.

/// A half-open byte range of a text; both ends stand on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The text that the span covers.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// Whether the two spans share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside this span.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The same span moved right by `by` bytes.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }
}

/// Turns byte offsets of one text into code points and back, in logarithmic time.
#[derive(Debug)]
pub struct CodePoints {
    starts: Vec<usize>,
    len: usize,
}

impl CodePoints {
    /// Indexes `text`; linear in its length.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { starts: text.char_indices().map(|(at, _)| at).collect(), len: text.len() }
    }

    /// How many code points stand before byte `byte`.
    #[must_use]
    pub fn at(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| start < byte)
    }

    /// The byte at which code point `point` starts, the text's length for one past the last, nothing beyond.
    #[must_use]
    pub fn byte(&self, point: usize) -> Option<usize> {
        match self.starts.get(point) {
            Some(&byte) => Some(byte),
            None if point == self.starts.len() => Some(self.len),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_count_characters_and_come_back() {
        let text = "Łódź’s tram";
        let points = CodePoints::new(text);
        let byte = text.find("tram").expect("the word stands there");
        assert_eq!(points.at(byte), 7);
        assert_eq!(points.byte(7), Some(byte));
        assert_eq!(points.byte(11), Some(text.len()));
        assert_eq!(points.byte(12), None);
    }
}
