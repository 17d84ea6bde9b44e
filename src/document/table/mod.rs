//! Tables: what a grid of cells says. Caption, head, rows with their codes and names, and the cells under each column's head.
//!
//! A table arrives as tab-separated rows, as one cell a line (`cells`), or as the space-separated rows of a PDF (`spaced`; `even` where
//! none of its blanks are lost). All become the same [`Table`]. A table whose rows hold two or three lists side by side (收入 | 支出) has one [`Panel`] for each.

mod broken;
mod caption;
mod cells;
mod even;
mod figure;
mod grid;
mod head;
mod merged;
mod spaced;
mod wrapped;

pub use caption::{Caption, is_caption, is_title, scale};

use super::line::Line;
use super::{Block, BlockKind, Flow};
use crate::source::ByteSpan;
use std::borrow::Cow;

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
    /// The columns of percentages.
    pub rates: Vec<Column>,
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
    /// The percentages, one for each such column of the panel.
    pub rates: Vec<Content>,
    /// Figures in order whose columns the layout has lost; the cells are unsure then.
    pub loose: Vec<ByteSpan>,
    /// The row's number in the grid.
    pub index: usize,
}

impl Panel {
    /// Takes the rows of the next page. One that the page has torn, its code and the beginning of its name above and the rest of it below, is
    /// put together.
    fn go_on(&mut self, rows: Vec<Row>) {
        let mut rows = rows.into_iter();
        if let (Some(torn), Some(rest)) = (self.rows.last_mut(), rows.as_slice().first())
            && torn.code.is_some()
            && torn.cells.iter().all(|cell| *cell == Content::Blank)
            && rest.code.is_none()
            && !rest.label.is_empty()
            && !rest.label.ends_with('计')
        {
            let rest = rows.next().expect("there is a first row");
            torn.label.push_str(&rest.label);
            (torn.cells, torn.rates, torn.loose) = (rest.cells, rest.rates, rest.loose);
        }
        self.rows.extend(rows);
    }
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
    let mut found = cells::led_by_tabs(lines);
    let mut at = 0;
    // The last table of a page's rows, which may go on on the next page.
    let mut before = None;
    while let Some(region) = caption::region(text, lines, at) {
        at = region.end.max(at + 1);
        if found.iter().any(|f| f.lines.start < region.end && region.start < f.lines.end) {
            continue;
        }
        if let Some(barred) = cells::barred(text, lines, region.clone()) {
            found.extend(Some(barred).filter(|found| !found.rows.is_empty()));
        } else if let Some(rows) = cells::one_a_line(text, lines, region.clone()) {
            found.push(Found { lines: region, rows, loose: None });
        } else if let Some(sheet) = spaced::read(text, lines, region.clone())
            && (!sheet.is_short() || before.is_some_and(|at| goes_on_from(&found[at], &sheet)))
        {
            before = Some(found.len());
            found.push(Found { lines: region, rows: sheet.rows_as_printed(), loose: Some(sheet) });
        } else {
            found.extend(even::read(text, lines, region));
        }
    }
    found.sort_by_key(|f| f.lines.start);
    found
}

fn goes_on_from(before: &Found, sheet: &spaced::Sheet) -> bool {
    before.loose.as_ref().is_some_and(|before| before.has_columns_of(sheet))
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
    let mut last_is_loose = false;
    for index in 0..blocks.len() {
        let BlockKind::Table { rows } = &blocks[index].kind else { continue };
        let above = if index == 0 { 0 } else { last_table_end(&blocks[..index]) };
        let mut caption = caption::above(text, above, blocks[index].span.start);
        let first_cell = rows.iter().flatten().next().map(|cell| cell.start);
        if let Some(at) = loose.iter().position(|(start, _)| Some(*start) == first_cell) {
            let panels = loose.swap_remove(at).1.panels();
            match tables.last_mut().filter(|table| last_is_loose && goes_on(table, &caption, &panels)) {
                Some(table) => table.panels.iter_mut().zip(panels).for_each(|(panel, more)| panel.go_on(more.rows)),
                None => tables.push(Table { block: index, section: blocks[index].section, caption, panels }),
            }
            (last, last_is_loose) = (None, true);
            continue;
        }
        last_is_loose = false;
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
                panel.go_on(more.rows);
            }
            continue;
        }
        let layout = grid.layout();
        tables.push(Table { block: index, section: blocks[index].section, caption, panels: grid.panels(&layout) });
        last = Some(layout);
    }
    tables
}

/// Whether panels are those of the table before, going on on the next page; one that begins with its own total is another office's.
fn goes_on(table: &Table, caption: &Caption, panels: &[Panel]) -> bool {
    let alike = |(before, panel): (&Panel, &Panel)| before.columns == panel.columns && before.head == panel.head;
    let is_total =
        |panel: &Panel| panel.rows.first().is_some_and(|row| row.code.is_none() && row.label.ends_with("合计"));
    caption.comes_again(&table.caption)
        && table.panels.len() == panels.len()
        && table.panels.iter().zip(panels).all(alike)
        && !panels.iter().any(is_total)
}

/// Where the table before ends: what stands above it is no caption of the next one.
fn last_table_end(blocks: &[Block]) -> usize {
    blocks.iter().rev().find(|b| matches!(b.kind, BlockKind::Table { .. })).map_or(0, |b| b.span.end)
}

/// The text of a cell as it is read.
pub fn plain(text: &str, span: ByteSpan) -> Cow<'_, str> {
    let words = Flow::words(text, span);
    // The flow has dropped the usual blanks, not the rare ones.
    let trimmed = words.trim();
    if trimmed.len() == words.len() { words } else { Cow::Owned(trimmed.to_owned()) }
}
