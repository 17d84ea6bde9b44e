//! Forms whose cells are whole, and only the blank ones are gone: a line is a row and each word between blanks a cell, or each line a cell
//! ([`cells`]). They are laid under the head as those of a table are. A form is only read so where its weights make the whole, or its scores
//! the total; a line that leaves a word over, or whose words make no row, says that its lines are no such rows.

use super::layout::{LONGEST, closes};
use super::money::money;
use super::page::Page;
use super::{MONEY_ABOVE, block, cells, conclusion, finish, narrative};
use crate::document::Document;
use crate::facts::{Fact, FactId, Reading};
use crate::scoring::Form;
use crate::scoring::align::align;
use crate::scoring::group::group;
use crate::scoring::head::{self, Column};
use crate::scoring::reader::Reader;
use crate::scoring::row::{Row, is_total};
use crate::source::{ByteSpan, Source};
use rust_decimal::Decimal;

/// The fewest rows of a form.
const FEWEST: usize = 2;

/// Reads the form whose head begins at a line, with the money above it, no further up than `from`; gives the line behind.
pub fn read(
    source: &Source,
    document: &Document,
    page: &Page,
    reading: &mut Reading,
    at: usize,
    from: usize,
) -> Option<usize> {
    let text = source.text();
    let columns = columns(text, page, at);
    let stacked = if columns.is_none() { cells::head(text, page, at) } else { None };
    let block =
        (columns.is_some() || stacked.is_some()).then(|| block(document, page.line(at).first()?.span().start))??;
    let (facts, forms, paragraphs) = (reading.facts.len(), reading.forms.len(), reading.paragraphs.len());
    let above = from.max(at.saturating_sub(MONEY_ABOVE))..at;
    let by_line = columns.is_some();
    let mut reader = Reader::new(source, document, block, reading);
    let end = match (columns, stacked) {
        (Some(columns), _) => {
            let opens = |&line: &usize| page.line(line).first().is_some_and(|word| word.text.contains("名称"));
            let named = above.clone().rev().find(opens).unwrap_or(above.start);
            (named..at).filter_map(|line| row(text, page, line)).for_each(|row| reader.row(&row));
            body(text, page, &mut reader, &columns, at + 1)
        }
        (None, Some((columns, first))) => {
            money(text, page, &mut reader, above.clone());
            narrative(page, &mut reader, above.clone());
            cells::body(text, page, &mut reader, &columns, first)
        }
        (None, None) => None,
    };
    let end = end.filter(|_| reader.rows() >= FEWEST);
    let behind = page.start(end.unwrap_or(at));
    conclusion(page, &mut reader, behind);
    let weighed = finish(page, reader, above, behind);
    let proves = |form: &Form| adds_up(form, &reading.facts) || by_line && is_measured(form);
    if end.is_none() || !weighed && !reading.forms[forms..].iter().all(proves) {
        reading.facts.truncate(facts);
        reading.forms.truncate(forms);
        reading.paragraphs.truncate(paragraphs);
        return None;
    }
    end
}

/// A line's words as the cells of a row.
fn row(text: &str, page: &Page, line: usize) -> Option<Row> {
    let words = page.line(line);
    (!words.is_empty()).then(|| Row::new(text, line, words.iter().map(|word| vec![word.span()]).collect()))
}

/// The columns that a line names, alone or with the line above.
fn columns(text: &str, page: &Page, line: usize) -> Option<Vec<Column>> {
    if !page.heads(line) {
        return None;
    }
    let lower = row(text, page, line)?.texts;
    let upper = || row(text, page, line.checked_sub(1)?).and_then(|upper| head::lower(&upper.texts, &lower));
    head::columns(&lower).or_else(upper)
}

/// Reads the rows from a line on, up to the totals or what stands behind the form; gives the line behind, where each line is a row.
fn body(text: &str, page: &Page, reader: &mut Reader, columns: &[Column], from: usize) -> Option<usize> {
    let last = page.last_line(from, LONGEST);
    let mut totalled = false;
    let mut line = from;
    while line < last {
        let Some(row) = row(text, page, line) else { break };
        let first = row.texts[0].as_str();
        if is_total(first) {
            reader.total(&row, columns, true);
            totalled = true;
        } else if totalled || closes(first) {
            break;
        } else if self::columns(text, page, line).is_none_or(|again| again != columns) {
            let cells = align(columns, &row.texts);
            let behind = cells.iter().flatten().max().map_or(0, |last| last + 1);
            let left_over = (0..behind).any(|cell| !cells.contains(&Some(cell)));
            let read = indicator(text, reader, columns, (line, &row.cells), &cells);
            let names_group = row.texts.len() == 1 && group(first).is_some();
            if left_over || !read && !names_group {
                return None;
            }
        }
        line += 1;
    }
    Some(line)
}

/// Reads a row whose cells are laid under their heads; whether it was one.
pub fn indicator(
    text: &str,
    reader: &mut Reader,
    columns: &[Column],
    (index, row): (usize, &[Vec<ByteSpan>]),
    cells: &[Option<usize>],
) -> bool {
    let known = reader.rows();
    let under = cells.iter().map(|cell| cell.map_or(Vec::new(), |cell| row[cell].clone())).collect();
    let places: Vec<Option<usize>> = cells.iter().enumerate().map(|(place, cell)| cell.map(|_| place)).collect();
    reader.indicator(&Row::new(text, index, under), columns, &places);
    reader.rows() > known
}

/// Whether the scores make the total, with or without that of the money.
fn adds_up(form: &Form, facts: &[Fact]) -> bool {
    let value = |id: FactId| facts[id].quantity.value();
    let scores: Option<Decimal> = form.indicators.iter().map(|row| row.score.map(value)).sum();
    let money = form.funds.iter().find_map(|fund| fund.score).map_or(Decimal::ZERO, value);
    let total = form.total().and_then(|total| total.score).map(value);
    scores.zip(total).is_some_and(|(scores, total)| scores == total || scores + money == total)
}

/// Whether a form without weights and scores has a target, and what was reached, in each of its rows.
fn is_measured(form: &Form) -> bool {
    form.indicators.iter().all(|row| {
        row.weight.is_none()
            && row.score.is_none()
            && !row.name.is_empty()
            && row.target.is_some()
            && row.actual.is_some()
    })
}
