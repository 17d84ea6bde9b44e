//! The flow view: a stretch of text as it is read, whatever the layout it was pasted in.
//!
//! Full-width digits and signs become plain ones, spaces that only stretch a line go, wrapped lines are one. Each character keeps the bytes
//! that it came from, so every reading can be pointed at in the source.

use crate::source::ByteSpan;

/// Text for reading, with the way back to the source.
#[derive(Debug, Default, Clone)]
pub struct Flow {
    chars: Vec<char>,
    starts: Vec<u32>,
    lengths: Vec<u8>,
}

impl Flow {
    /// Reads the given pieces of `text` (the lines of one paragraph, a cell) as one.
    pub fn read(text: &str, pieces: &[ByteSpan]) -> Flow {
        let mut flow = Flow::default();
        // A Chinese character takes three bytes.
        let expected = pieces.iter().map(|p| p.end - p.start).sum::<usize>() / 3 + 8;
        flow.chars.reserve(expected);
        flow.starts.reserve(expected);
        flow.lengths.reserve(expected);
        for &piece in pieces {
            flow.push_piece(text, piece);
        }
        flow.drop_stretching_spaces();
        flow
    }

    fn push_piece(&mut self, text: &str, piece: ByteSpan) {
        let mut rest = &text[piece.start..piece.end];
        while let Some(c) = rest.chars().next() {
            // Word leaves its bookmarks in pasted text, Markdown its stars; nobody sees them on the page.
            if rest.starts_with("[bookmark:")
                && let Some(close) = rest.find(']')
            {
                rest = &rest[close + 1..];
                continue;
            }
            if let Some(after) = rest.strip_prefix("**") {
                rest = after;
                continue;
            }
            self.chars.push(plain(c));
            self.starts.push((piece.end - rest.len()) as u32);
            self.lengths.push(c.len_utf8() as u8);
            rest = &rest[c.len_utf8()..];
        }
    }

    /// Removes every space but those that keep two Latin words or two numbers apart.
    fn drop_stretching_spaces(&mut self) {
        let mut kept: usize = 0;
        for i in 0..self.chars.len() {
            if self.chars[i] == ' ' {
                let next = self.chars.get(i + 1).copied().unwrap_or(' ');
                let apart = next == ' ' && kept > 0 && self.chars[kept - 1] != ' ';
                let between_words =
                    kept > 0 && self.chars[kept - 1].is_ascii_alphanumeric() && next.is_ascii_alphanumeric();
                // Of several spaces the last is looked at, for only it has the next word beside it.
                if apart || !between_words {
                    continue;
                }
            }
            self.chars[kept] = self.chars[i];
            self.starts[kept] = self.starts[i];
            self.lengths[kept] = self.lengths[i];
            kept += 1;
        }
        self.chars.truncate(kept);
        self.starts.truncate(kept);
        self.lengths.truncate(kept);
    }

    /// The characters.
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The text between two character indices.
    pub fn text(&self, start: usize, end: usize) -> String {
        self.chars[start..end].iter().collect()
    }

    /// The source behind the characters `start..end`, of which there must be one at least.
    pub fn span(&self, start: usize, end: usize) -> ByteSpan {
        let last = end - 1;
        ByteSpan { start: self.starts[start] as usize, end: self.starts[last] as usize + self.lengths[last] as usize }
    }
}

/// The plain form of a character: full-width ASCII, the many dashes and spaces. The full-width comma stays, for it parts clauses where the
/// plain one may group digits.
pub fn plain(c: char) -> char {
    match c {
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
        '\t' | '\r' | '\n' | '\u{a0}' | '\u{3000}' | '\u{2000}'..='\u{200b}' | '\u{feff}' => ' ',
        _ => c,
    }
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
    fn forgets_bookmarks_and_stars() {
        assert_eq!(read("**甲**[bookmark: _Hlk1635]乙").chars().iter().collect::<String>(), "甲乙");
    }
}
