//! The way from the UTF-16 offsets that a report speaks to the bytes of the text that the page holds.

/// A mark is kept once in so many code units: between two marks the text is walked.
const STEP: usize = 256;

/// An index over one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offsets {
    /// The byte of the first character that starts at or after each multiple of [`STEP`], and the unit where it does start.
    marks: Vec<(usize, usize)>,
}

impl Offsets {
    /// Walks `text` once.
    pub fn new(text: &str) -> Offsets {
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut unit = 0;
        for (byte, ch) in text.char_indices() {
            if unit >= marks.len() * STEP {
                marks.push((byte, unit));
            }
            unit += ch.len_utf16();
        }
        Offsets { marks }
    }

    /// The byte where code unit `unit` stands; one past the end stands for the end, the middle of a pair for its character.
    pub fn byte(&self, text: &str, unit: usize) -> usize {
        let mut nearest = unit / STEP;
        // A pair may push a mark one unit past its multiple.
        while nearest > 0 && self.marks.get(nearest).is_none_or(|mark| mark.1 > unit) {
            nearest = (nearest - 1).min(self.marks.len().saturating_sub(1));
        }
        let Some(&(start, mut at)) = self.marks.get(nearest) else { return text.len() };
        for (byte, ch) in text[start..].char_indices() {
            if at + ch.len_utf16() > unit {
                return start + byte;
            }
            at += ch.len_utf16();
        }
        text.len()
    }

    /// The text between two code units.
    pub fn slice<'a>(&self, text: &'a str, start: usize, end: usize) -> &'a str {
        let from = self.byte(text, start);
        &text[from..self.byte(text, end.max(start)).max(from)]
    }
}

/// How many UTF-16 code units `text` takes.
pub fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_of_a_long_mixed_text_finds_its_character() {
        let text = "收入a𠮷,1.5万元\n".repeat(200);
        let offsets = Offsets::new(&text);
        let mut unit = 0;
        for (byte, ch) in text.char_indices() {
            assert_eq!(offsets.byte(&text, unit), byte);
            if ch.len_utf16() == 2 {
                assert_eq!(offsets.byte(&text, unit + 1), byte, "the middle of a pair");
            }
            unit += ch.len_utf16();
        }
        assert_eq!(unit, units(&text));
        assert_eq!(offsets.byte(&text, unit), text.len());
        assert_eq!(offsets.byte(&text, unit + 5000), text.len());
    }

    #[test]
    fn slices_are_cut_by_units_and_nonsense_gives_nothing() {
        let offsets = Offsets::new("𠮷收入");
        assert_eq!(offsets.slice("𠮷收入", 2, 3), "收");
        assert_eq!(offsets.slice("𠮷收入", 3, 1), "");
        assert_eq!(Offsets::new("").slice("", 0, 9), "");
    }
}
