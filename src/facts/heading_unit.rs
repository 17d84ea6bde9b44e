//! A table whose head names the wrong unit: its figures are those of the prose, in 万元 here and in 元 there.

use super::{Fact, Reading, Role, Unit};
use crate::document::{self, BlockKind, Document};
use crate::numbers::Scale;
use crate::source::{ByteSpan, Source};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// A unit in the head of a table that its figures cannot have.
#[derive(Debug, Clone)]
pub struct HeadingUnit {
    /// The unit.
    pub span: ByteSpan,
    /// The unit that the prose prints behind the same figure.
    pub right: ByteSpan,
    /// A cell, and the amount of the prose that has its figure.
    pub same: [usize; 2],
}

/// As many different amounts of the prose say what a table's unit is, where none says otherwise.
const WITNESSES: usize = 2;

/// How many blocks above a table can hold its unit.
const REACH: usize = 8;

/// Finds such tables. Their cells are read in the unit of the prose, so that the slip is told once.
pub fn settle(source: &Source, document: &Document, reading: &mut Reading) {
    let mut prose: FxHashMap<Decimal, usize> = FxHashMap::default();
    let mut cells: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (id, fact) in reading.facts.iter().enumerate().filter(|(_, fact)| fact.quantity.unit == Unit::Money) {
        match fact.cell {
            Some(cell) => cells.entry(cell.table as usize).or_default().push(id),
            None if is_telling(fact) => {
                prose.entry(fact.quantity.value().normalize()).or_insert(id);
            }
            None => {}
        }
    }
    for table in &document.tables {
        let (Some(cells), Some(printed)) = (cells.get(&table.block), table.caption.scale) else { continue };
        let Some(meant) = other_scale(printed) else { continue };
        let facts = &reading.facts;
        let headed: Vec<usize> = cells.iter().copied().filter(|&id| facts[id].quantity.scale == printed).collect();
        // The cells whose figures the prose prints too, read in a scale.
        let same_in = |scale: Scale| -> Vec<(usize, usize)> {
            let telling = headed.iter().filter(|&&id| is_telling(&facts[id]));
            let value = |id: usize| facts[id].quantity.figure.checked_mul(scale.into()).map(|value| value.normalize());
            telling.filter_map(|&id| Some((id, *prose.get(&value(id)?)?))).collect()
        };
        let witnesses = same_in(meant);
        let different: BTreeSet<Decimal> = witnesses.iter().map(|&(id, _)| facts[id].quantity.figure).collect();
        if different.len() < WITNESSES || !same_in(printed).is_empty() {
            continue;
        }
        let (cell, amount) = witnesses[0];
        let Some(span) = unit_above(source, document, table.block, printed) else { continue };
        let right = unit_behind(source, facts[amount].span);
        headed.iter().for_each(|&id| reading.facts[id].quantity.scale = meant);
        reading.heading_units.push(HeadingUnit { span, right, same: [cell, amount] });
    }
}

/// 万元 for 元, and 元 for 万元.
fn other_scale(scale: Scale) -> Option<Scale> {
    match scale {
        Scale::ONE => Some(Scale::TEN_THOUSAND),
        Scale::TEN_THOUSAND => Some(Scale::ONE),
        _ => None,
    }
}

/// An amount with digits enough that prose and table do not share them by chance.
fn is_telling(fact: &Fact) -> bool {
    matches!(fact.role, Role::Value(_))
        && !fact.quantity.loose
        && fact.quantity.figure.mantissa().unsigned_abs() >= 1000
}

/// Where the unit stands that the head of a table names.
fn unit_above(source: &Source, read: &Document, table: usize, scale: Scale) -> Option<ByteSpan> {
    let cells = match &read.blocks[table].kind {
        BlockKind::Table { rows } => rows.iter().take(3).flatten().copied().collect(),
        _ => Vec::new(),
    };
    let above = read.blocks[table.saturating_sub(REACH)..table].iter().rev().map(|block| block.span);
    cells.into_iter().chain(above).find_map(|span| {
        let text = source.slice(span);
        let names_it = |text: &str| document::scale(text) == Some(scale);
        let line = text.lines().rev().find(|line| names_it(&line.replace(char::is_whitespace, "")))?;
        let end = text.find(line)? + line.rfind('元')? + '元'.len_utf8();
        let start =
            if line[..line.rfind('元')?].ends_with('万') { end - "万元".len() } else { end - '元'.len_utf8() };
        Some(ByteSpan { start: span.start + start, end: span.start + end })
    })
}

/// What stands behind the figure of an amount.
fn unit_behind(source: &Source, amount: ByteSpan) -> ByteSpan {
    let text = source.slice(amount);
    let unit = text.trim_start_matches(|c: char| !c.is_alphabetic());
    ByteSpan { start: amount.end - unit.len(), end: amount.end }
}
