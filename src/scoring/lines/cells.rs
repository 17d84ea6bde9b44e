//! Forms a cell a line without the blank cells: where a row ends no mark tells, so the cells are parted into the rows that fit the head best.

use super::layout::{LONGEST, closes};
use super::page::{Page, pieces};
use super::rows::indicator;
use crate::scoring::align::lay;
use crate::scoring::group::{group, is_weighted};
use crate::scoring::head::{self, Column};
use crate::scoring::reader::Reader;
use crate::scoring::row::{Row, is_total, points};
use crate::source::ByteSpan;

/// The most columns of a head.
const WIDEST: usize = 16;
/// What a reason behind a score is worth: it is rather that than the name of the next row's group.
const REASON: i32 = 3;

/// The head that begins at a line, a cell a line, and the line behind.
pub fn head(text: &str, page: &Page, line: usize) -> Option<(Vec<Column>, usize)> {
    page.line(line).last().filter(|word| page.heads(line) && word.text.ends_with("级指标"))?;
    let texts = Row::new(text, 0, stack(page, line, line + WIDEST)).texts;
    let width = texts.iter().take_while(|text| head::named(text).is_some()).count();
    Some((head::columns(&texts[..width])?, line + width))
}

/// The cells from one line to another.
fn stack(page: &Page, from: usize, to: usize) -> Vec<Vec<ByteSpan>> {
    (from..to).map(|line| pieces(page.line(line))).collect()
}

/// Reads the rows from a line on, up to the totals or what stands behind the form; gives the line behind, where all cells belong to rows.
pub fn body(text: &str, page: &Page, reader: &mut Reader, columns: &[Column], from: usize) -> Option<usize> {
    let last = page.last_line(from, LONGEST * 2);
    let cells = Row::new(text, 0, stack(page, from, last));
    let ends = |cell: &String| is_total(cell) || closes(cell);
    let length = cells.texts.iter().position(ends).unwrap_or(cells.texts.len());
    let mut at = 0;
    for end in parts(columns, &cells.texts[..length])? {
        let laid = lay(columns, &cells.texts[at..end]).0;
        if !indicator(text, reader, columns, (at, &cells.cells[at..end]), &laid) {
            return None;
        }
        at = end;
    }
    while cells.texts.get(at).is_some_and(|cell| is_total(cell)) {
        let numbers = cells.texts[at + 1..].iter().take_while(|cell| points(cell).is_some()).count();
        let end = at + 1 + numbers;
        reader.total(&Row::new(text, at, cells.cells[at..end].to_vec()), columns, true);
        at = end;
    }
    Some(from + at)
}

/// Where the rows end that fit the head best.
fn parts(columns: &[Column], cells: &[String]) -> Option<Vec<usize>> {
    let reasons = matches!(columns.last(), Some(Column::Reason | Column::Other));
    let worth = |row: &[String]| {
        let (laid, fit) = lay(columns, row);
        let behind = laid.iter().flatten().max().map_or(0, |last| last + 1);
        let whole = behind == row.len() && (0..behind).all(|cell| laid.contains(&Some(cell)));
        // The weight of a group stands behind its name.
        let named = (1..columns.len()).all(|at| {
            columns[at] != Column::GroupWeight || laid[at].is_none_or(|cell| cell > 0 && laid[at - 1] == Some(cell - 1))
        });
        let scored = columns.iter().zip(&laid).any(|(column, cell)| {
            matches!(column, Column::Weight | Column::Score) && cell.is_some_and(|cell| points(&row[cell]).is_some())
        });
        let reason = laid.last().copied().flatten().filter(|&cell| reasons && is_reason(&row[cell]));
        (whole && named && scored).then(|| fit + reason.map_or(0, |_| REASON))
    };
    // The best way to each cell, and where its last row begins.
    let mut best: Vec<Option<(i32, usize)>> = vec![None; cells.len() + 1];
    best[0] = Some((0, 0));
    for end in 1..=cells.len() {
        let ways = (end.saturating_sub(columns.len())..end).filter_map(|start| {
            let (sum, _) = best[start]?;
            Some((sum + worth(&cells[start..end])?, start))
        });
        best[end] = ways.max();
    }
    let mut ends = Vec::new();
    let mut end = cells.len();
    while end > 0 {
        ends.push(end);
        end = best[end]?.1;
    }
    ends.reverse();
    Some(ends)
}

/// Whether a text may be a reason and is not sooner the name of a group: 产出指标, 预算执行（25分）, 过程.
fn is_reason(text: &str) -> bool {
    group(text).is_none() && !is_weighted(text) && points(text).is_none() && text.chars().count() != 2
}
