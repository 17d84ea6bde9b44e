//! Tables whose amounts have slipped against their names: rows were cut out of one column and not out of the other, and every amount below
//! stands beside another code. One slip makes every sum of the table fail; where another table shows the same amounts at the right codes, it
//! is told as one and no cell of the table is read.

use super::{Entry, Reading, Sheet};
use crate::document::Document;
use crate::numbers::Interval;
use rust_decimal::Decimal;

/// So many amounts in a row that all stand the same number of rows from their codes are no chance.
const RUN: usize = 5;

/// The furthest that amounts are looked for.
const REACH: usize = 6;

/// The tables of one report stand near each other; those further off are another report's.
const NEAR: usize = 40;

/// A row with its code and its first amount.
struct Coded<'d> {
    row: usize,
    code: &'d str,
    amount: Interval,
}

/// Finds the tables that have slipped, and leaves their cells unread.
pub fn find(document: &Document, reading: &mut Reading) {
    let slipped: Vec<(usize, usize)> = {
        let sheets: Vec<Vec<Coded>> = reading.sheets.iter().map(|sheet| coded(document, reading, sheet)).collect();
        let broken: Vec<usize> = sheets.iter().map(|rows| broken_sums(rows)).collect();
        (0..sheets.len())
            .filter_map(|own| {
                let near = own.saturating_sub(NEAR)..sheets.len().min(own + NEAR + 1);
                let others = near.filter(|&other| other != own && broken[other] * 2 < broken[own]);
                others.filter_map(|other| first_shifted(&sheets[own], &sheets[other])).min().map(|row| (own, row))
            })
            .collect()
    };
    for (sheet, row) in slipped {
        let sheet = &mut reading.sheets[sheet];
        sheet.shifted = first_amount(&sheet.rows[row]);
        for row in &mut sheet.rows {
            row.loose.clear();
            row.entries.fill(Entry::Unsure);
        }
    }
}

fn first_amount(row: &super::SheetRow) -> Option<usize> {
    row.entries.iter().find_map(|entry| entry.fact()).or(row.loose.first().copied())
}

fn coded<'d>(document: &'d Document, reading: &Reading, sheet: &Sheet) -> Vec<Coded<'d>> {
    let rows = &document.tables[sheet.table].panels[sheet.panel].rows;
    rows.iter()
        .zip(&sheet.rows)
        .enumerate()
        .filter_map(|(row, (content, read))| {
            let code = content.code.as_ref()?.digits.as_str();
            let amount = reading.facts[first_amount(read)?].quantity.interval();
            Some(Coded { row, code, amount })
        })
        .collect()
}

/// How many classes and groups are not the sum of their rows.
fn broken_sums(rows: &[Coded]) -> usize {
    let broken = |at: &usize| {
        let whole = &rows[*at];
        let below = rows[at + 1..].iter().take_while(|row| row.code.starts_with(whole.code));
        let mut parts = below.filter(|row| row.code.len() == whole.code.len() + 2).peekable();
        parts.peek().is_some()
            && parts
                .try_fold(Interval::point(Decimal::ZERO), |sum, part| sum.plus(part.amount))
                .is_some_and(|sum| sum.meet(whole.amount).is_none())
    };
    (0..rows.len()).filter(broken).count()
}

/// The first of a run of rows whose amounts another table shows so many rows further on, or back.
fn first_shifted(own: &[Coded], other: &[Coded]) -> Option<usize> {
    let places: Vec<Option<usize>> =
        own.iter().map(|row| other.iter().position(|theirs| theirs.code == row.code)).collect();
    let differs = |at: usize, place: usize| own[at].amount.meet(other[place].amount).is_none();
    let reach = REACH as isize;
    let runs = (-reach..=reach).filter(|shift| *shift != 0).filter_map(|shift| {
        let mut start = 0;
        for at in 0..own.len() {
            let stands = places[at].is_some_and(|place| {
                let shown = place.checked_add_signed(shift).and_then(|place| other.get(place));
                differs(at, place) && shown.is_some_and(|shown| shown.amount.meet(own[at].amount).is_some())
            });
            if !stands {
                start = at + 1;
            } else if at + 1 - start >= RUN {
                return Some(own[start].row);
            }
        }
        None
    });
    runs.min()
}
