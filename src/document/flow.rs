//! The flow view: a stretch of text as it is read, whatever the layout it was pasted in.
//!
//! Full-width digits and signs become plain ones, spaces that only stretch a line go, wrapped lines are one. Each character keeps the bytes
//! that it came from, so every reading can be pointed at in the source.

use crate::source::{ByteSpan, is_without_width};
use std::borrow::Cow;

/// Text for reading, with the way back to the source.
#[derive(Debug, Default, Clone)]
pub struct Flow {
    chars: Box<[char]>,
    runs: Runs,
}

/// Where the characters stand in the source. Most of a table's cells are a single run, which needs no list.
#[derive(Debug, Clone)]
enum Runs {
    /// All are one run: where it begins, and how many bytes each takes.
    One(u32, u32),
    /// Several runs.
    Many(Box<[Run]>),
}

impl Default for Runs {
    fn default() -> Self {
        Runs::One(0, 0)
    }
}

/// Characters that stand side by side in the source and take as many bytes each. A text has one wherever it changes between Chinese and
/// digits, which is far less than one a character.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    /// The first of them.
    first: u32,
    /// Where it begins in the source.
    byte: u32,
    /// How many bytes each takes.
    len: u32,
}

impl Run {
    /// Where a character begins in the source.
    fn byte(self, at: usize) -> usize {
        self.byte as usize + (at - self.first as usize) * self.len as usize
    }
}

impl Flow {
    /// Reads the given pieces of `text` (the lines of one paragraph, a cell) as one.
    pub fn read(text: &str, pieces: &[ByteSpan]) -> Flow {
        let mut pen = Pen::default();
        // Few blanks are read: what grows by one now and then is given back less often than what was too long.
        let read = |piece: &str| piece.chars().count() - piece.bytes().filter(|byte| *byte == b' ').count();
        pen.chars.reserve(pieces.iter().map(|piece| read(&text[piece.start..piece.end])).sum());
        let mut eye = Eye::default();
        for &piece in pieces {
            eye.read(text, piece, |c, byte, len| pen.write(c, byte, len));
        }
        let runs = if pen.before.is_empty() {
            Runs::One(pen.run.byte, pen.run.len)
        } else {
            pen.before.push(pen.run);
            Runs::Many(pen.before.into())
        };
        Flow { chars: pen.chars.into(), runs }
    }

    /// What a piece of `text` reads as, where nobody asks for the way back. Most read as they stand.
    pub fn words(text: &str, piece: ByteSpan) -> Cow<'_, str> {
        let raw = &text[piece.start..piece.end];
        if raw.chars().all(reads_as_it_stands) {
            return Cow::Borrowed(raw);
        }
        let mut words = String::with_capacity(raw.len());
        Eye::default().read(text, piece, |c, _, _| words.push(c));
        Cow::Owned(words)
    }

    /// The characters.
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The text between two character indices.
    pub fn text(&self, start: usize, end: usize) -> String {
        string(&self.chars[start..end])
    }

    /// Whether it holds a word.
    pub fn contains(&self, word: &str) -> bool {
        let Some(first) = word.chars().next() else { return true };
        (0..self.chars.len()).any(|at| self.chars[at] == first && starts(&self.chars[at..], word))
    }

    /// The source behind the characters `start..end`, of which there must be one at least.
    pub fn span(&self, start: usize, end: usize) -> ByteSpan {
        let last = self.run(end - 1);
        ByteSpan { start: self.run(start).byte(start), end: last.byte(end) }
    }

    /// The run of a character.
    fn run(&self, at: usize) -> Run {
        match &self.runs {
            Runs::One(byte, len) => Run { first: 0, byte: *byte, len: *len },
            Runs::Many(runs) => runs[runs.partition_point(|run| run.first as usize <= at) - 1],
        }
    }
}

/// What goes over the pieces of a text, character by character.
#[derive(Default)]
struct Eye {
    /// The byte and the length of the space before the next character, which is read only where it keeps two Latin words or two numbers
    /// apart; any other only stretches the line.
    space: Option<(usize, usize)>,
    /// Whether the last character was a Latin letter or a digit.
    alphanumeric: bool,
}

impl Eye {
    /// Tells `write` each character of the next piece in its plain form, with its first byte and its length in the source.
    fn read(&mut self, text: &str, piece: ByteSpan, mut write: impl FnMut(char, usize, usize)) {
        let mut rest = text[piece.start..piece.end].chars();
        let mut byte = piece.start;
        while let Some(c) = rest.next() {
            let behind = rest.as_str();
            if is_ideographic(c) {
                (self.space, self.alphanumeric) = (None, false);
                write(c, byte, c.len_utf8());
                byte = piece.end - behind.len();
                continue;
            }
            // Word leaves its bookmarks in pasted text, Markdown its stars, pages their marks without width; nobody sees them.
            let hidden = match c {
                _ if is_without_width(c) => Some(0),
                '[' if behind.starts_with("bookmark:") => behind.find(']').map(|close| close + 1),
                '*' if behind.starts_with('*') => Some(1),
                _ => None,
            };
            let len = c.len_utf8();
            let plain = plain(c);
            if let Some(hidden) = hidden {
                rest = behind[hidden..].chars();
            } else if plain == ' ' {
                self.space = Some((byte, len));
            } else {
                let alphanumeric = plain.is_ascii_alphanumeric();
                if let Some((byte, len)) = self.space.take()
                    && alphanumeric
                    && self.alphanumeric
                {
                    write(' ', byte, len);
                }
                self.alphanumeric = alphanumeric;
                write(plain, byte, len);
            }
            byte = piece.end - rest.as_str().len();
        }
    }
}

/// A flow that is being written.
#[derive(Default)]
struct Pen {
    chars: Vec<char>,
    /// The run that is being written, and those before it.
    run: Run,
    before: Vec<Run>,
}

impl Pen {
    fn write(&mut self, c: char, byte: usize, len: usize) {
        let at = self.chars.len();
        if self.run.len as usize != len || self.run.byte(at) != byte {
            if at > 0 {
                self.before.push(self.run);
            }
            self.run = Run { first: at as u32, byte: byte as u32, len: len as u32 };
        }
        self.chars.push(c);
    }
}

/// Characters as a string, which is not grown over and over: few take more than three bytes.
pub fn string(chars: &[char]) -> String {
    let mut text = String::with_capacity(chars.len() * 3);
    text.extend(chars);
    text
}

/// The first of some words that the characters begin with, by its place. Few begin alike: the last byte of the first character tells most
/// of them apart.
pub fn start<'w>(chars: &[char], words: impl IntoIterator<Item = &'w str>) -> Option<usize> {
    let mut bytes = [0; 4];
    let first = chars.first()?.encode_utf8(&mut bytes).as_bytes();
    let mut words = words.into_iter();
    words.position(|word| word.as_bytes().get(first.len() - 1) == first.last() && starts(chars, word))
}

/// The first of some words that the characters end with, by its place; told apart by their last bytes.
pub fn end<'w>(chars: &[char], words: impl IntoIterator<Item = &'w str>) -> Option<usize> {
    let mut bytes = [0; 4];
    let last = chars.last()?.encode_utf8(&mut bytes).as_bytes();
    let mut words = words.into_iter();
    words.position(|word| word.as_bytes().last() == last.last() && ends(chars, word))
}

/// Whether the characters begin with a word.
pub fn starts(chars: &[char], word: &str) -> bool {
    let mut at = chars.iter();
    word.chars().all(|w| at.next() == Some(&w))
}

/// Whether the characters end with a word.
pub fn ends(chars: &[char], word: &str) -> bool {
    let mut at = chars.iter().rev();
    word.chars().rev().all(|w| at.next() == Some(&w))
}

/// Words that hold what stands before them against what follows: 比上年, 与2022年相比.
pub const COMPARING: [char; 4] = ['比', '较', '与', '同'];

/// Whether what begins at a place is what something is held against.
pub fn is_compared(chars: &[char], at: usize) -> bool {
    at > 0 && COMPARING.contains(&chars[at - 1])
}

/// The plain form of a character: full-width ASCII, the many dashes and spaces. The full-width comma stays, for it parts clauses where the
/// plain one may group digits.
pub fn plain(c: char) -> char {
    match c {
        _ if is_ideographic(c) => c,
        '０'..='９'
        | 'Ａ'..='Ｚ'
        | 'ａ'..='ｚ'
        | '％'
        | '＋'
        | '－'
        | '＝'
        | '．'
        | '＜'
        | '＞'
        | '／'
        | '＊'
        | '｜' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '(' => '（',
        ')' => '）',
        ':' => '：',
        ';' => '；',
        '−' | '﹣' | '‐' | '‑' => '-',
        '﹪' => '%',
        '\t' | '\r' | '\n' | '\u{a0}' | '\u{3000}' | '\u{2000}'..='\u{200a}' => ' ',
        _ => c,
    }
}

/// Whether a character stands for itself wherever it stands: it is no blank, hides nothing and has no plainer form.
fn reads_as_it_stands(c: char) -> bool {
    is_ideographic(c) || (c.is_ascii_graphic() && !matches!(c, '[' | '*') && plain(c) == c)
}

/// Whether a character is one of those that most of a text is made of, and that stand for themselves: ideographs and their punctuation.
fn is_ideographic(c: char) -> bool {
    ('\u{3001}'..'\u{fe00}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Flow {
        Flow::read(text, &[ByteSpan { start: 0, end: text.len() }])
    }

    #[test]
    fn reads_full_width_and_stretched_text_plainly() {
        let text = "收 入　１２．３４ 万 元，占９８．６５％";
        let flow = read(text);
        let plain: String = flow.chars().iter().collect();
        assert_eq!(plain, "收入12.34万元，占98.65%");
        let at = plain.chars().position(|c| c == '1').unwrap();
        let span = flow.span(at, at + 7);
        assert_eq!(&text[span.start..span.end], "１２．３４ 万 元");
    }

    #[test]
    fn keeps_two_numbers_apart() {
        assert_eq!(read("12.5   30 人").chars().iter().collect::<String>(), "12.5 30人");
    }

    #[test]
    fn what_has_no_width_parts_no_number() {
        let text = "共1\u{200b}00\u{feff}万\u{ad}元\u{2060}";
        let flow = read(text);
        assert_eq!(flow.chars().iter().collect::<String>(), "共100万元");
        let span = flow.span(1, 6);
        assert_eq!(&text[span.start..span.end], "1\u{200b}00\u{feff}万\u{ad}元");
    }

    #[test]
    fn forgets_bookmarks_and_stars() {
        assert_eq!(read("**甲**[bookmark: _Hlk1635]乙").chars().iter().collect::<String>(), "甲乙");
    }
}
