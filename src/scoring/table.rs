//! The forms that a table holds: where they begin, their title and the notes below.

use super::Own;
use super::head;
use super::reader::Reader;
use super::row::Row;
use crate::document::{Block, BlockKind, Document};
use crate::facts::Reading;
use crate::source::{ByteSpan, Source};

/// How many rows from a form's beginning may state the unit of its money.
const UNIT_WITHIN: usize = 12;

/// Reads the forms that a table holds. False where it is none.
pub fn read(source: &Source, document: &Document, block: usize, reading: &mut Reading) -> bool {
    let BlockKind::Table { rows } = &document.blocks[block].kind else { return false };
    let row = |(index, cells): (usize, &Vec<ByteSpan>)| {
        Row::new(source.text(), index, cells.iter().map(|&cell| vec![cell]).collect())
    };
    let texts = |cells: &[ByteSpan]| Row::new(source.text(), 0, cells.iter().map(|&cell| vec![cell]).collect()).texts;
    let is_head = |index: usize| {
        rows[index].iter().any(|&cell| head::may_be(source.slice(cell))) && {
            let lower = texts(&rows[index]);
            let upper = index.checked_sub(1).map(|above| texts(&rows[above]));
            head::columns(&lower).is_some() || upper.is_some_and(|upper| head::lower(&upper, &lower).is_some())
        }
    };
    if !(0..rows.len()).any(is_head) {
        return false;
    }
    let mut rows: Vec<Row> = rows.iter().enumerate().map(row).collect();
    let gone = blanks_gone(&rows);
    if gone {
        rows.iter_mut().for_each(Row::trim);
    }
    let title = title(document, block);
    // A note may be the last row, with a name at most before it; a row of more cells speaks of its own indicator.
    let is_note = |row: &&Row| row.texts.iter().filter(|text| !text.is_empty()).count() <= 2;
    let texts: Vec<&String> = rows.iter().rev().take(4).filter(is_note).flat_map(|row| &row.texts).collect();
    let notes = notes(document, block);
    let own = Own::read(notes.iter().chain(texts).map(String::as_str));
    let mut reader = Reader::new(source, document, block, reading);
    // The unit of the money may stand beside its second row.
    rows.iter().take(UNIT_WITHIN).flat_map(|row| &row.texts).for_each(|text| reader.unit(text));
    for row in &rows {
        reader.row(row);
    }
    let (forms, facts) = reader.finish();
    for form in forms {
        form.title.clone_from(&title);
        form.own = own;
        form.torn = gone;
        // Weights that make a whole prove that the cells beside their heads were told apart.
        let proved = form.total().is_some_and(|total| total.weight.is_some())
            && form.weights_make(&|id| facts[id].quantity.value());
        form.indicators.iter_mut().for_each(|row| row.straight |= proved);
    }
    true
}

/// Whether the blank cells of a table are gone from between the others, and stand at the ends of its rows if anywhere: some web pages'
/// tables come so.
fn blanks_gone(rows: &[Row]) -> bool {
    let ends = |row: &Row| row.filled() < row.texts.len();
    rows.iter().all(|row| row.texts[..row.filled()].iter().all(|text| !text.is_empty())) && rows.iter().any(ends)
}

/// The nearest line above that names a form.
fn title(document: &Document, block: usize) -> String {
    let words = |block: &Block| match &block.kind {
        BlockKind::Heading { flow, .. } | BlockKind::Paragraph { flow, .. } => Some(flow.text(0, flow.chars().len())),
        _ => None,
    };
    let lines = document.blocks[..block]
        .iter()
        .rev()
        .take(6)
        .take_while(|b| !matches!(b.kind, BlockKind::Table { .. }))
        .filter_map(words);
    lines
        .take_while(|line| line.chars().count() <= 70)
        .find(|line| line.contains('表') && !line.contains('。'))
        .unwrap_or_default()
}

/// The paragraphs right below a form.
fn notes(document: &Document, block: usize) -> Vec<String> {
    let below = document.blocks[block + 1..].iter().take(3).filter_map(|b| match &b.kind {
        BlockKind::Paragraph { flow, .. } => Some(flow.text(0, flow.chars().len())),
        _ => None,
    });
    below.collect()
}
