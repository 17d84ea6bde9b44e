//! Tables: what a grid of cells says. Caption, head, rows with their codes and names, and the cells under each column's head.
//!
//! A table arrives as tab-separated rows, as one cell a line (`cells`), or as the space-separated rows of a PDF (`spaced`). All become the
//! same [`Table`]. A table whose rows hold two or three lists side by side (收入 | 支出) has one [`Panel`] for each.

mod broken;
mod caption;
mod cells;
mod figure;
mod grid;
mod head;
mod spaced;
mod wrapped;

pub use caption::{Caption, is_caption, is_title};

use super::line::Line;
use super::{Block, BlockKind, Flow};
use crate::source::ByteSpan;

/// A table that was understood.
#[derive(Debug)]
pub struct Table {
    /// Its first block, as an index of [`super::Document::blocks`].
    pub block: usize,
    /// The section that it stands in.
    pub section: usize,
    /// What stands above it.
    pub caption: Caption,
    /// Its lists, side by side.
    pub panels: Vec<Panel>,
}

/// Rows with their names and the columns that belong to them.
#[derive(Debug, Clone, Default)]
pub struct Panel {
    /// The head above the names, from the outermost text inwards.
    pub head: Vec<String>,
    /// The columns of amounts.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A column of amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The texts of its head, from the outermost inwards.
    pub path: Vec<String>,
    /// Where it stands in the grid.
    pub index: usize,
}

/// A row of a panel.
#[derive(Debug, Clone)]
pub struct Row {
    /// The code of the classification.
    pub code: Option<Code>,
    /// The name without the spaces that stretch it.
    pub label: String,
    /// Where the name stands; empty where there is none.
    pub label_span: ByteSpan,
    /// The cells, one for each column of the panel.
    pub cells: Vec<Content>,
    /// Figures in order whose columns the layout has lost; the cells are unsure then.
    pub loose: Vec<ByteSpan>,
    /// The row's number in the grid.
    pub index: usize,
}

impl Row {
    /// Whether it has figures and nothing says whose they are.
    pub fn is_unread(&self) -> bool {
        self.code.is_none() && self.loose.is_empty() && self.cells.contains(&Content::Unsure)
    }
}

/// A code of the functional (3, 5 or 7 digits) or the economic classification (3 or 5 digits).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Its digits.
    pub digits: String,
    /// Where it stands.
    pub span: ByteSpan,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Nothing, which in these tables means zero.
    Blank,
    /// A figure.
    Figure(ByteSpan),
    /// Something that is no figure, or a figure whose column is not certain.
    Unsure,
}

/// A table found in lines that hold no tabs.
#[derive(Debug)]
pub struct Found {
    /// The lines that it takes.
    pub lines: std::ops::Range<usize>,
    /// Its rows as they are shown.
    pub rows: Vec<Vec<ByteSpan>>,
    /// How its rows were laid out, where blank cells are gone.
    loose: Option<spaced::Sheet>,
}

/// Finds the tables among lines without tabs, in order.
pub fn find(text: &str, lines: &[Line]) -> Vec<Found> {
    let mut found = cells::led_by_tabs(text, lines);
    let mut at = 0;
    while let Some(region) = caption::region(text, lines, at) {
        at = region.end.max(at + 1);
        if found.iter().any(|f| f.lines.start < region.end && region.start < f.lines.end) {
            continue;
        }
        if let Some(rows) = cells::one_a_line(text, lines, region.clone()) {
            found.push(Found { lines: region, rows, loose: None });
        } else if let Some(sheet) = spaced::read(text, lines, region.clone()) {
            found.push(Found { lines: region, rows: sheet.rows_as_printed(), loose: Some(sheet) });
        }
    }
    found.sort_by_key(|f| f.lines.start);
    found
}

/// Reads every table of a document.
pub fn read(text: &str, blocks: &mut [Block], found: Vec<Found>) -> Vec<Table> {
    let mut loose: Vec<(usize, spaced::Sheet)> = Vec::new();
    for found in found {
        let start = found.rows.iter().flatten().next().map(|cell| cell.start);
        if let (Some(sheet), Some(start)) = (found.loose, start) {
            loose.push((start, sheet));
        }
    }
    let mut tables: Vec<Table> = Vec::new();
    let mut last: Option<grid::Layout> = None;
    for index in 0..blocks.len() {
        let BlockKind::Table { rows } = &blocks[index].kind else { continue };
        let above = if index == 0 { 0 } else { last_table_end(&blocks[..index]) };
        let mut caption = caption::above(text, above, blocks[index].span.start);
        let first_cell = rows.iter().flatten().next().map(|cell| cell.start);
        if let Some(at) = loose.iter().position(|(start, _)| Some(*start) == first_cell) {
            let (_, sheet) = loose.swap_remove(at);
            tables.push(Table { block: index, section: blocks[index].section, caption, panels: sheet.panels() });
            last = None;
            continue;
        }
        let Some(grid) = grid::Grid::read(text, rows, &mut caption) else {
            last = None;
            continue;
        };
        let previous = tables.last_mut().zip(last.as_ref());
        if let Some((table, layout)) = previous
            && grid.goes_on(layout, &caption, &table.caption)
        {
            // A table that goes on behind a page break, under its head again or without one.
            for (panel, more) in table.panels.iter_mut().zip(grid.panels(layout)) {
                panel.rows.extend(more.rows);
            }
            continue;
        }
        let layout = grid.layout();
        tables.push(Table { block: index, section: blocks[index].section, caption, panels: grid.panels(&layout) });
        last = Some(layout);
    }
    tables
}

/// Where the table before ends: what stands above it is no caption of the next one.
fn last_table_end(blocks: &[Block]) -> usize {
    blocks.iter().rev().find(|b| matches!(b.kind, BlockKind::Table { .. })).map_or(0, |b| b.span.end)
}

/// The text of a cell as it is read.
pub fn plain(text: &str, span: ByteSpan) -> String {
    let words = Flow::words(text, span);
    // The flow has dropped the usual blanks, not the rare ones.
    let trimmed = words.trim();
    if trimmed.len() == words.len() { words } else { trimmed.to_owned() }
}
