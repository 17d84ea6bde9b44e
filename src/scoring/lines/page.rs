//! A text as words in lines, without the page numbers between them.

use crate::document::parts_cells;
use crate::scoring::head;
use crate::source::ByteSpan;

/// A word between blanks.
#[derive(Debug, Clone, Copy)]
pub struct Word<'t> {
    /// The word.
    pub text: &'t str,
    /// Where it begins in the source.
    start: u32,
    /// Its line among those that are not blank.
    pub line: u32,
}

impl Word<'_> {
    /// Where it stands.
    pub fn span(&self) -> ByteSpan {
        let start = self.start as usize;
        ByteSpan { start, end: start + self.text.len() }
    }
}

/// A line that is not blank. A page has as many as a text has cells: each tells only where it begins, the next one where it ends.
struct Line {
    /// Its first word, as an index of [`Page::words`].
    start: u32,
    /// Whether its cells stand between tabs: a table's, which is read as such.
    tabbed: bool,
    /// Whether it may belong to the head of a form.
    heads: bool,
}

/// A text's lines and words.
pub struct Page<'t> {
    /// Its words.
    pub words: Vec<Word<'t>>,
    lines: Vec<Line>,
}

impl<'t> Page<'t> {
    /// Parts a text.
    pub fn read(text: &'t str) -> Page<'t> {
        let mut page = Page { words: Vec::new(), lines: Vec::new() };
        for line in text.split('\n').map(str::trim).filter(|line| !is_furniture(line)) {
            let start = page.words.len();
            // A bar alone at the end only says that a cell ends there.
            let bare = line.trim_end_matches(is_bar);
            // One tab parts cells; of bars it takes two.
            let marks = bare.chars().map(|c| if c == '\t' { 2 } else { usize::from(is_bar(c)) });
            let tabbed = marks.sum::<usize>() >= 2;
            for word in bare.split_whitespace().filter(|_| !tabbed) {
                let at = word.as_ptr() as usize - text.as_ptr() as usize;
                page.words.push(Word { text: word, start: at as u32, line: page.lines.len() as u32 });
            }
            if tabbed || page.words.len() > start {
                page.lines.push(Line { start: start as u32, tabbed, heads: !tabbed && head::may_be(bare) });
            }
        }
        page.words.shrink_to_fit();
        page.lines.shrink_to_fit();
        page
    }

    /// The words of a line.
    pub fn line(&self, line: usize) -> &[Word<'t>] {
        &self.words[self.start(line)..self.start(line + 1)]
    }

    /// The place of a line's first word; behind the last line, that of the last word's end.
    pub fn start(&self, line: usize) -> usize {
        self.lines.get(line).map_or(self.words.len(), |line| line.start as usize)
    }

    /// The line of a word; behind the last word, the line behind.
    pub fn line_of(&self, word: usize) -> usize {
        self.words.get(word).map_or(self.lines.len(), |word| word.line as usize)
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether a line may belong to the head of a form.
    pub fn heads(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|line| line.heads)
    }

    /// The last line before a tab or `most` lines further.
    pub fn last_line(&self, from: usize, most: usize) -> usize {
        let end = self.lines.len().min(from + most);
        (from..end).find(|&line| self.lines[line].tabbed).unwrap_or(end)
    }
}

/// The bar of a table drawn with characters.
fn is_bar(c: char) -> bool {
    c != '\t' && parts_cells(c)
}

/// A page number between dashes.
fn is_furniture(line: &str) -> bool {
    let dash = ['-', '—', '－'];
    let framed = line.strip_prefix(dash).and_then(|rest| rest.strip_suffix(dash));
    framed
        .map(str::trim)
        .is_some_and(|page| !page.is_empty() && page.len() <= 3 && page.bytes().all(|b| b.is_ascii_digit()))
}

/// The text of some words without what parts them.
pub fn joined(words: &[Word]) -> String {
    words.iter().map(|word| word.text).collect()
}

/// Where some words stand.
pub fn pieces(words: &[Word]) -> Vec<ByteSpan> {
    words.iter().map(Word::span).collect()
}
