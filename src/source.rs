//! The original text, untouched, and the way from byte offsets to what an editor or a browser counts.
//!
//! Every later stage points into the source with [`ByteSpan`]s; only the report turns them into UTF-16 offsets, lines and columns. The two
//! kinds of offset are different types, so they cannot be mixed.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A stretch of the source in bytes, always on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ByteSpan {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl ByteSpan {
    /// The smallest span that holds both.
    pub fn to(self, other: ByteSpan) -> ByteSpan {
        ByteSpan { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A stretch of the source text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The first UTF-16 code unit.
    pub start: usize,
    /// One past the last UTF-16 code unit.
    pub end: usize,
    /// The 1-based line of the start.
    pub line: usize,
    /// The 1-based column of the start, in characters.
    pub column: usize,
}

/// A piece of the source text and where it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The text of the span, verbatim.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// How many bytes lie between two counted places. A look-up goes to the right one at once and scans at most this much, so it costs the same
/// in a text of any length, even where the whole text is one line.
const STRIDE: usize = 64;

/// The counts of everything before a byte offset.
#[derive(Debug, Clone, Copy)]
struct Milestone {
    byte: u32,
    utf16: u32,
    chars: u32,
}

/// A document's text with an index of its positions.
#[derive(Debug)]
pub struct Source<'t> {
    text: &'t str,
    milestones: Vec<Milestone>,
    /// The first byte of each line.
    lines: Vec<u32>,
}

impl<'t> Source<'t> {
    /// Indexes a text in one pass.
    pub fn new(text: &'t str) -> Self {
        let mut milestones = vec![Milestone { byte: 0, utf16: 0, chars: 0 }];
        let mut lines = vec![0];
        let (mut utf16, mut next) = (0, STRIDE);
        milestones.reserve(text.len() / STRIDE);
        for (chars, (byte, c)) in text.char_indices().enumerate() {
            if byte >= next {
                milestones.push(Milestone { byte: byte as u32, utf16: utf16 as u32, chars: chars as u32 });
                next += STRIDE;
            }
            utf16 += c.len_utf16();
            if c == '\n' {
                lines.push(byte as u32 + 1);
            }
        }
        lines.shrink_to_fit();
        Source { text, milestones, lines }
    }

    /// The whole text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The text of a span.
    pub fn slice(&self, span: ByteSpan) -> &'t str {
        &self.text[span.start..span.end]
    }

    /// The text of a span without the blanks and line ends that stretch it.
    pub fn words(&self, span: ByteSpan) -> Cow<'t, str> {
        let text = self.slice(span);
        let stretches = |c: char| c.is_whitespace() || is_without_width(c);
        if text.contains(stretches) { text.split(stretches).collect() } else { text.into() }
    }

    /// The span as the report counts it.
    pub fn span(&self, span: ByteSpan) -> Span {
        let (start, chars) = self.count(span.start);
        let (units, _) = lengths(self.slice(span));
        let line = self.lines.partition_point(|&line| line as usize <= span.start);
        let (_, before) = self.count(self.lines[line - 1] as usize);
        Span { start, end: start + units, line, column: chars - before + 1 }
    }

    /// The span with its text.
    pub fn place(&self, span: ByteSpan) -> Place {
        Place { text: self.slice(span).to_owned(), span: self.span(span) }
    }

    /// UTF-16 units and characters before a byte offset.
    fn count(&self, byte: usize) -> (usize, usize) {
        // The milestone of a stride is the first character that begins in it.
        let last = (byte / STRIDE).min(self.milestones.len() - 1);
        let from = if self.milestones[last].byte as usize <= byte { last } else { last - 1 };
        let from = self.milestones[from];
        let (units, chars) = lengths(&self.text[from.byte as usize..byte]);
        (from.utf16 as usize + units, from.chars as usize + chars)
    }
}

/// How many UTF-16 units and characters a text has.
fn lengths(text: &str) -> (usize, usize) {
    text.chars().fold((0, 0), |(units, chars), c| (units + c.len_utf16(), chars + 1))
}

/// How many half-width columns a character takes in a terminal.
pub fn columns(c: char) -> usize {
    if (c as u32) < 0x2E80 { 1 } else { 2 }
}

/// The part of a long line around the words at a 1-based column, `len` characters long, and the columns before them in it.
pub fn window(line: &str, column: usize, len: usize) -> (String, usize) {
    const BEFORE: usize = 30;
    const BEHIND: usize = 20;
    let start = column.saturating_sub(1 + BEFORE);
    let shown: Vec<char> =
        line.chars().skip(start).take(column - 1 - start + len + BEHIND).filter(|c| *c != '\r').collect();
    let before = shown.iter().take(column - 1 - start).map(|&c| if c == '\t' { 1 } else { columns(c) }).sum();
    (shown.iter().map(|&c| if c == '\t' { ' ' } else { c }).collect(), before)
}

/// Whether a character takes no room: joiners, and places where a line or a word may break.
pub fn is_without_width(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_utf16_and_columns_after_astral_characters() {
        let text = "甲😀乙\n丙12";
        let source = Source::new(text);
        let at = text.find("12").unwrap();
        let span = source.span(ByteSpan { start: at, end: at + 2 });
        assert_eq!(span, Span { start: 6, end: 8, line: 2, column: 2 });
    }

    #[test]
    fn agrees_with_a_plain_count_everywhere() {
        let text = "一二三\n，😀,元".repeat(200);
        let source = Source::new(&text);
        for (byte, _) in text.char_indices() {
            let span = source.span(ByteSpan { start: byte, end: byte });
            let before = &text[..byte];
            assert_eq!(span.start, before.encode_utf16().count());
            assert_eq!(span.line, before.matches('\n').count() + 1);
            assert_eq!(span.column, before.rsplit('\n').next().unwrap().chars().count() + 1);
        }
    }
}
