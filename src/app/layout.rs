//! The document as it is drawn: cut into slices that are mounted one after another and drawn anew only when they change, and within a
//! block into runs of text that carry the same marks.
//!
//! A slice holds its own text and counts from its own beginning, so that an edit far above leaves it equal to what it was.

use std::ops::Range;
use std::rc::Rc;

use super::offsets::{Offsets, units};
use super::state::{Checked, Model, Outcome};
use crate::report::{Block, BlockKind, Severity, Span};

/// A slice ends before a heading once it weighs this much ...
const SLICE: usize = 30;
/// ... and before any block once it weighs this much.
const SLICE_MAX: usize = 60;
/// Rows of a table that are drawn at once: a longer table is cut.
const ROWS: usize = 200;

/// A piece of the document that is drawn at once.
#[derive(Debug, Clone)]
pub struct Slice {
    /// Where it begins in the text that was checked. It takes no part in comparison.
    pub start: usize,
    /// Its length.
    pub units: usize,
    /// Its blocks.
    pub blocks: Vec<Drawn>,
}

impl PartialEq for Slice {
    fn eq(&self, other: &Slice) -> bool {
        self.units == other.units && self.blocks == other.blocks
    }
}

/// One block as drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drawn {
    /// A heading and its depth.
    Heading(u8, Stretch),
    /// A paragraph, whose line ends are not shown.
    Paragraph(Stretch),
    /// A line that is shown but not read.
    Furniture(Stretch),
    /// A table.
    Table(Table),
}

/// A stretch of the text, counted from the beginning of its slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The first code unit.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The text, verbatim.
    pub text: String,
    /// The marks that touch it, by start.
    pub marks: Vec<Mark>,
}

/// A table as drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The rows.
    pub rows: Vec<Vec<Stretch>>,
    /// How many of them, from the top, are the head.
    pub head: usize,
    /// The number of columns.
    pub columns: usize,
}

/// A mark on a stretch, counted from the beginning of its slice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The first code unit.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What it says.
    pub kind: MarkKind,
}

/// What a mark says. The order is that of importance: where two marks lie on one character, the smaller is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkKind {
    /// A finding, by its place in the report.
    Finding(Severity, usize),
    /// The result of a check.
    Check(Outcome),
    /// A number that the result of a check was computed from.
    Operand,
}

/// What is looked at, somewhere in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Emphasis {
    /// The first code unit.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Its place in the selection: 0 is the number itself, the others are what it was held against.
    pub place: usize,
    /// Whether it is what the last step wrote.
    pub changed: bool,
}

impl Emphasis {
    /// Whether it touches a stretch of the same slice.
    pub fn touches(&self, stretch: &Stretch) -> bool {
        self.start < stretch.end && self.end > stretch.start
    }
}

/// What a model emphasises, by start.
pub fn emphasis(model: &Model) -> Vec<Emphasis> {
    let mut all: Vec<Emphasis> = match (model.inspection(), model.changed) {
        (Some(inspection), _) => inspection
            .rows
            .iter()
            .enumerate()
            .map(|(place, row)| Emphasis { start: row.span.start, end: row.span.end, place, changed: false })
            .collect(),
        (None, Some((start, end))) => vec![Emphasis { start, end, place: 0, changed: true }],
        (None, None) => Vec::new(),
    };
    all.sort_by_key(|emphasis| (emphasis.start, emphasis.place));
    all
}

/// The part of `all` that touches a slice, counted from its beginning.
pub fn emphasis_in(all: &[Emphasis], slice: &Slice) -> Vec<Emphasis> {
    let end = slice.start + slice.units;
    all.iter()
        .filter(|emphasis| emphasis.start < end && emphasis.end > slice.start)
        .map(|emphasis| Emphasis {
            start: emphasis.start.saturating_sub(slice.start),
            end: emphasis.end - slice.start,
            ..*emphasis
        })
        .collect()
}

/// Cuts a checked document into slices.
pub fn slices(checked: &Checked, model: &Model) -> Vec<Rc<Slice>> {
    let blocks = &checked.report.document.blocks;
    if blocks.is_empty() {
        return plain_slices(&checked.text);
    }
    cut(&checked.text, &checked.offsets, blocks, &marks(checked, model))
}

/// The document before anything is known of it: every line a paragraph.
pub fn plain_slices(text: &str) -> Vec<Rc<Slice>> {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split_inclusive('\n') {
        let length = units(line);
        if !line.trim().is_empty() {
            let span = Span { start: at, end: at + units(line.trim_end()), line: 0, column: 0 };
            blocks.push(Block { kind: BlockKind::Paragraph, span, level: None, rows: Vec::new() });
        }
        at += length;
    }
    cut(text, &Offsets::new(text), &blocks, &Marks::new(Vec::new()))
}

/// Marks by start, one a stretch.
struct Marks {
    marks: Vec<Mark>,
    /// The length of the longest: no mark that begins further back touches a place.
    longest: usize,
}

impl Marks {
    /// Of several marks on one stretch the weightiest is kept.
    fn new(mut marks: Vec<Mark>) -> Marks {
        marks.sort_by_key(|mark| (mark.start, mark.end, mark.kind));
        marks.dedup_by_key(|mark| (mark.start, mark.end));
        let longest = marks.iter().map(|mark| mark.end.saturating_sub(mark.start)).max().unwrap_or(0);
        Marks { marks, longest }
    }

    /// Those that touch a stretch, counted from `base`.
    fn touching(&self, start: usize, end: usize, base: usize) -> Vec<Mark> {
        let from = self.marks.partition_point(|mark| mark.start + self.longest <= start);
        let to = self.marks.partition_point(|mark| mark.start < end);
        self.marks[from.min(to)..to]
            .iter()
            .filter(|mark| mark.end > start)
            .map(|mark| Mark { start: mark.start.saturating_sub(base), end: mark.end - base, ..*mark })
            .collect()
    }
}

/// The marks that the model lets show.
fn marks(checked: &Checked, model: &Model) -> Marks {
    let mut marks = Vec::new();
    for (index, finding) in checked.report.findings.iter().enumerate() {
        let shown = model.ignored_for(index).is_none() && model.shown.includes(finding.severity);
        if shown {
            let (start, end) = (finding.span.start, finding.span.end);
            marks.push(Mark { start, end, kind: MarkKind::Finding(finding.severity, index) });
        }
    }
    for (check, outcome) in checked.report.checks.iter().zip(&checked.outcomes) {
        let mut mark = |span: Span, kind| marks.push(Mark { start: span.start, end: span.end, kind });
        mark(check.result.span, MarkKind::Check(*outcome));
        check.operands.iter().for_each(|operand| mark(operand.span, MarkKind::Operand));
    }
    Marks::new(marks)
}

fn cut(text: &str, offsets: &Offsets, blocks: &[Block], marks: &Marks) -> Vec<Rc<Slice>> {
    let mut slices = Vec::new();
    let mut first = 0;
    let mut total = 0;
    for index in 1..=blocks.len() {
        total += weight(&blocks[index - 1]);
        let ends = match blocks.get(index) {
            None => true,
            Some(next) => {
                total >= SLICE_MAX
                    || (total >= SLICE && next.kind == BlockKind::Heading)
                    || next.rows.len() > ROWS
                    || blocks[index - 1].rows.len() > ROWS
            }
        };
        if ends {
            push_slices(&mut slices, text, offsets, &blocks[first..index], marks);
            first = index;
            total = 0;
        }
    }
    slices
}

/// How much work a block is to draw. It is coarse on purpose: a changed figure must not move the ends of all slices after it.
fn weight(block: &Block) -> usize {
    1 + block.span.end.saturating_sub(block.span.start) / 500 + block.rows.len()
}

/// One slice for the blocks, or several where they are one long table.
fn push_slices(slices: &mut Vec<Rc<Slice>>, text: &str, offsets: &Offsets, blocks: &[Block], marks: &Marks) {
    let [first, ..] = blocks else { return };
    if blocks.len() > 1 || first.rows.len() <= ROWS {
        let span = first.span.start..blocks[blocks.len() - 1].span.end;
        slices.push(Rc::new(slice(text, offsets, span, blocks.iter(), marks)));
        return;
    }
    let columns = columns(&first.rows);
    for rows in first.rows.chunks(ROWS) {
        let cells = || rows.iter().flatten();
        let (Some(start), Some(end)) = (cells().map(|cell| cell.start).min(), cells().map(|cell| cell.end).max())
        else {
            continue;
        };
        let part =
            Block { kind: BlockKind::Table, span: Span { start, end, ..first.span }, level: None, rows: rows.to_vec() };
        let mut part = slice(text, offsets, start..end, std::iter::once(&part), marks);
        for block in &mut part.blocks {
            if let Drawn::Table(table) = block {
                table.columns = columns;
            }
        }
        slices.push(Rc::new(part));
    }
}

fn slice<'a>(
    text: &str,
    offsets: &Offsets,
    span: Range<usize>,
    blocks: impl Iterator<Item = &'a Block>,
    marks: &Marks,
) -> Slice {
    let base = span.start;
    let stretch = |span: &Span| Stretch {
        start: span.start - base,
        end: span.end.max(span.start) - base,
        text: offsets.slice(text, span.start, span.end).to_owned(),
        marks: marks.touching(span.start, span.end, base),
    };
    let draw = |block: &Block| match block.kind {
        BlockKind::Heading => Drawn::Heading(block.level.unwrap_or(4), stretch(&block.span)),
        BlockKind::Paragraph => Drawn::Paragraph(stretch(&block.span)),
        BlockKind::Furniture => Drawn::Furniture(stretch(&block.span)),
        BlockKind::Table => {
            let rows: Vec<Vec<Stretch>> = block.rows.iter().map(|row| row.iter().map(stretch).collect()).collect();
            Drawn::Table(Table { head: head(&rows), columns: columns(&block.rows), rows })
        }
    };
    Slice { start: base, units: span.end - base, blocks: blocks.map(draw).collect() }
}

fn columns(rows: &[Vec<Span>]) -> usize {
    rows.iter().map(Vec::len).max().unwrap_or(0)
}

/// The rows above the first one that holds an amount are the head; where none does, the first row is.
fn head(rows: &[Vec<Stretch>]) -> usize {
    match rows.iter().position(|row| row.iter().any(|cell| is_amount(&cell.text))) {
        Some(first) if first <= 5 => first,
        _ => 1.min(rows.len()),
    }
}

/// Whether a cell is read as a number, and stands to the right.
pub fn is_number(cell: &str) -> bool {
    let cell = cell.trim();
    cell.chars().any(|ch| ch.is_ascii_digit() || ('０'..='９').contains(&ch))
        && cell
            .chars()
            .all(|ch| ch.is_ascii_digit() || ('０'..='９').contains(&ch) || " .,，．%％-－—+()（）".contains(ch))
}

/// A number with decimals or of more than one digit: a head has column numbers, but no amounts.
fn is_amount(cell: &str) -> bool {
    is_number(cell) && (cell.contains(['.', '．', ',']) || cell.trim().chars().count() > 2)
}

/// A run of text within a block that carries the same marks throughout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The text as shown.
    pub text: String,
    /// The mark to draw.
    pub mark: Option<Mark>,
    /// What is looked at here: its place in the selection, and whether it is a change.
    pub emphasis: Option<(usize, bool)>,
}

/// Cuts a stretch into runs. Line ends inside it join, and white space at its ends is not shown.
pub fn runs(stretch: &Stretch, emphasis: &[Emphasis]) -> Vec<Run> {
    let emphasis: Vec<&Emphasis> = emphasis.iter().filter(|emphasis| emphasis.touches(stretch)).collect();
    let mut runs: Vec<Run> = Vec::new();
    let mut push = |at: usize, ch: char| {
        let mark =
            stretch.marks.iter().filter(|mark| mark.start <= at && at < mark.end).min_by_key(|mark| mark.kind).copied();
        let emphasis = emphasis
            .iter()
            .filter(|emphasis| emphasis.start <= at && at < emphasis.end)
            .map(|emphasis| (emphasis.place, emphasis.changed))
            .min();
        match runs.last_mut() {
            Some(run) if run.mark == mark && run.emphasis == emphasis => run.text.push(ch),
            _ => runs.push(Run { text: ch.into(), mark, emphasis }),
        }
    };
    let mut at = stretch.start;
    let mut last: Option<char> = None;
    // White space waits for what follows: a line end is drawn as nothing, or as a space between two words of Latin letters.
    let mut gap: Vec<(usize, char)> = Vec::new();
    for ch in stretch.text.chars() {
        if ch.is_whitespace() {
            gap.push((at, ch));
        } else {
            if let Some(last) = last {
                if !gap.iter().any(|&(_, ch)| ch == '\n' || ch == '\r') {
                    gap.iter().for_each(|&(at, ch)| push(at, ch));
                } else if last.is_ascii_alphabetic() && ch.is_ascii_alphabetic() {
                    push(gap[0].0, ' ');
                }
            }
            gap.clear();
            push(at, ch);
            last = Some(ch);
        }
        at += ch.len_utf16();
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(start: usize, text: &str) -> Stretch {
        Stretch { start, end: start + units(text), text: text.to_owned(), marks: Vec::new() }
    }

    fn shown(runs: &[Run]) -> Vec<&str> {
        runs.iter().map(|run| run.text.as_str()).collect()
    }

    #[test]
    fn a_hard_wrapped_paragraph_reads_as_one_line() {
        assert_eq!(shown(&runs(&stretch(0, "　　支出 58 万\n\n元，占\n"), &[])), ["支出 58 万元，占"]);
        assert_eq!(shown(&runs(&stretch(0, "final\n accounts"), &[])), ["final accounts"]);
        assert_eq!(shown(&runs(&stretch(0, "1198.\n41"), &[])), ["1198.41"]);
        assert_eq!(shown(&runs(&stretch(0, " \n "), &[])), [""; 0]);
    }

    #[test]
    fn a_mark_goes_on_over_a_line_end_and_the_weightier_one_is_drawn() {
        let error = Mark { start: 12, end: 16, kind: MarkKind::Finding(Severity::Error, 3) };
        let check = Mark { start: 11, end: 17, kind: MarkKind::Check(Outcome::Pass) };
        let runs = runs(&Stretch { marks: vec![check, error], ..stretch(10, "占a1\n23bc") }, &[]);
        assert_eq!(shown(&runs), ["占", "a", "123", "b", "c"]);
        assert_eq!(runs[1].mark, Some(check));
        assert_eq!(runs[2].mark, Some(error));
        assert_eq!(runs[4].mark, None);
    }

    #[test]
    fn emphasis_splits_runs_and_the_number_itself_wins() {
        let chosen = Emphasis { start: 2, end: 4, place: 0, changed: false };
        let related = Emphasis { start: 1, end: 3, place: 2, changed: false };
        let runs = runs(&stretch(0, "abcdef"), &[related, chosen]);
        assert_eq!(shown(&runs), ["a", "b", "cd", "ef"]);
        assert_eq!(runs[2].emphasis, Some((0, false)));
        assert_eq!(runs[1].emphasis, Some((2, false)));
    }

    fn paragraph(start: usize, end: usize) -> Block {
        Block {
            kind: BlockKind::Paragraph,
            span: Span { start, end, line: 1, column: 1 },
            level: None,
            rows: Vec::new(),
        }
    }

    #[test]
    fn slices_cover_the_blocks_in_order_and_carry_their_own_marks() {
        let text = "收入支出结余结转\n".repeat(2000);
        let blocks: Vec<Block> = (0..2000).map(|line| paragraph(line * 9, line * 9 + 8)).collect();
        let mark = Mark { start: 9000, end: 9002, kind: MarkKind::Finding(Severity::Warning, 0) };
        let slices = cut(&text, &Offsets::new(&text), &blocks, &Marks::new(vec![mark]));
        assert_eq!(slices.iter().map(|slice| slice.blocks.len()).sum::<usize>(), 2000);
        let marked: Vec<_> = slices
            .iter()
            .flat_map(|slice| slice.blocks.iter().map(move |block| (slice.start, block)))
            .filter_map(|(start, block)| match block {
                Drawn::Paragraph(stretch) => Some(start + stretch.marks.first()?.start),
                _ => None,
            })
            .collect();
        assert_eq!(marked, [9000]);
    }

    #[test]
    fn a_stretch_has_every_mark_that_touches_it_and_of_two_alike_the_weightier() {
        let mark = |start, end, kind| Mark { start, end, kind };
        let marks = Marks::new(vec![
            mark(0, 40, MarkKind::Finding(Severity::Warning, 0)),
            mark(5, 9, MarkKind::Operand),
            mark(5, 9, MarkKind::Check(Outcome::Pass)),
            mark(12, 14, MarkKind::Operand),
        ]);
        let kinds = |start, end| marks.touching(start, end, 0).iter().map(|mark| mark.kind).collect::<Vec<_>>();
        let finding = MarkKind::Finding(Severity::Warning, 0);
        assert_eq!(kinds(4, 6), [finding, MarkKind::Check(Outcome::Pass)]);
        assert_eq!(kinds(9, 12), [finding]);
        assert_eq!(kinds(13, 50), [finding, MarkKind::Operand]);
        assert_eq!(kinds(40, 50), []);
        assert_eq!(marks.touching(13, 50, 10), [mark(0, 30, finding), mark(2, 4, MarkKind::Operand)]);
    }

    #[test]
    fn an_edit_above_leaves_a_slice_equal() {
        let text = "收入支出\n".repeat(2000);
        let moved = format!("新{text}");
        let one = plain_slices(&text);
        let other = plain_slices(&moved);
        assert_eq!(one.len(), other.len());
        assert_ne!(one[0], other[0]);
        assert_eq!(one[1..one.len() - 1], other[1..one.len() - 1]);
    }

    #[test]
    fn a_long_table_is_cut_and_keeps_its_columns() {
        let text = "甲\t1.00\n".repeat(450);
        let row = |row: usize| {
            let cell =
                |start: usize, end: usize| Span { start: row * 7 + start, end: row * 7 + end, line: 1, column: 1 };
            vec![cell(0, 1), cell(2, 6)]
        };
        let table = Block { kind: BlockKind::Table, rows: (0..450).map(row).collect(), ..paragraph(0, 450 * 7 - 1) };
        let slices = cut(&text, &Offsets::new(&text), &[table], &Marks::new(Vec::new()));
        assert_eq!(slices.len(), 3);
        for slice in slices {
            let [Drawn::Table(table)] = &slice.blocks[..] else { panic!("a table") };
            assert_eq!(table.columns, 2);
            assert_eq!(table.rows[0][1].text, "1.00");
        }
    }

    #[test]
    fn the_head_of_a_table_ends_where_amounts_begin() {
        let rows = |rows: &[&[&str]]| -> Vec<Vec<Stretch>> {
            rows.iter().map(|row| row.iter().map(|cell| stretch(0, cell)).collect()).collect()
        };
        assert_eq!(head(&rows(&[&["项目", "金额"], &["栏次", "1"], &["收入", "12.50"]])), 2);
        assert_eq!(head(&rows(&[&["指标", "内容"], &["数量", "册"]])), 1);
        assert_eq!(head(&rows(&[&["收入", "12.50"]])), 0);
        assert_eq!(head(&[]), 0);
    }

    #[test]
    fn numbers_stand_to_the_right() {
        assert!(is_number(" 1,358.87 "));
        assert!(is_number("（12.3）"));
        assert!(is_number("98.65％"));
        assert!(!is_number("—"));
        assert!(!is_number("2023年"));
    }
}
