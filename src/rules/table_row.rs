//! The cells of a row: a total column is the sum of the columns that it stands over.

use super::{Context, Found, Rule};
use crate::facts::{Entry, Sheet, SheetRow};
use crate::numbers::slip;
use crate::relations::division::{self, Division};
use crate::relations::{Certainty, FactId, Formula, Relation, Truth, WordCheck};
use crate::taxonomy::tables::{Side, Subject};
use rust_decimal::Decimal;

/// The rule.
pub const RULE: Rule = Rule {
    id: "table-row",
    name: ["表内横向合计", "the columns of a table's row"],
    doc: [
        "表内每行：合计（小计）栏等于其所辖各栏之和，如本年支出合计=基本支出+项目支出+上缴上级支出+经营支出+对附属单位补助支出，小计=人员经费+公用经费；年末结转和结余=年初结转和结余+本年收入−本年支出。依据：公开02至13表的栏次关系。",
        "In each row a total column is the sum of its columns: expenditure is basic, project and so on; the closing balance is the opening one plus income less expenditure. Source: the column relations of tables 公开02-13.",
    ],
    fails: "支出决算表\n公开03表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n\t合计\t90.00\t60.00\t30.00\n205\t教育支出\t90.00\t60.00\t30.00\n20508\t进修及培训\t90.00\t60.00\t31.00",
    passes: "支出决算表\n公开03表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n\t合计\t90.00\t60.00\t30.00\n205\t教育支出\t90.00\t60.00\t30.00\n20508\t进修及培训\t90.00\t60.00\t30.00",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for sheet in &context.reading.sheets {
        for (total, parts) in &sheet.totals {
            column_sum(context, sheet, *total, parts, found);
        }
        unsettled(context, sheet, found);
        divided(context, sheet, found);
        unread(context, sheet, found);
        movement(sheet, found);
    }
}

/// A row whose blanks are lost and whose columns nothing settles: its first figure is the total, and the rest are its parts in some order of
/// columns. Where no order adds up, one of the figures is wrong, or has been lost with the blanks.
fn unsettled(context: &Context, sheet: &Sheet, found: &mut Found) {
    let Some((0, parts)) = sheet.totals.first() else { return };
    for (index, row) in sheet.rows.iter().enumerate() {
        let [total, rest @ ..] = row.loose.as_slice() else { continue };
        if sheet.amounts(index, parts).is_some() {
            continue;
        }
        // A figure alone says nothing: what should stand beside it is lost.
        if rest.is_empty() {
            continue;
        }
        let mut readings: Vec<Vec<FactId>> = Vec::new();
        placed(rest, 1..sheet.columns.len(), parts, &mut Vec::new(), &mut readings);
        readings.retain(|facts| !facts.is_empty());
        readings.sort_by_key(|facts| std::cmp::Reverse(facts.len()));
        readings.dedup();
        if !readings.is_empty() && readings.len() < MOST_READINGS {
            let mistyped = readings.iter().any(|parts| is_mistyped(context, *total, parts));
            let certainty = if mistyped { Certainty::Likely } else { Certainty::Conjecture };
            found.relations.push(Relation {
                rule: RULE.id,
                target: *total,
                readings: readings.into_iter().map(|facts| Formula::Sum(facts, Vec::new())).collect(),
                certainty,
            });
        }
    }
}

/// In a table whose columns are not known, but that they stand in groups with sums of their own, each row says itself what its sums are. Where
/// enough rows do, one that only a slip keeps from it is told.
fn divided(context: &Context, sheet: &Sheet, found: &mut Found) {
    if sheet.columns.len() != 1 {
        return;
    }
    let figures = |row: &SheetRow| -> Vec<FactId> {
        row.entries[0].fact().into_iter().chain(row.loose.iter().copied()).collect()
    };
    let rows: Vec<Vec<FactId>> =
        sheet.rows.iter().filter(|row| !row.loose.is_empty()).map(figures).filter(|row| row.len() > 2).collect();
    let divisions: Vec<Option<Division>> = rows.iter().map(|row| division::divide(context.reading, row)).collect();
    let telling = divisions.iter().flatten().filter(|division| division.is_telling()).count();
    if telling < LEAST_DIVIDED {
        return;
    }
    for (row, division) in rows.iter().zip(divisions) {
        let certainty = if division.is_some() { Certainty::Sure } else { Certainty::Likely };
        let Some(division) = division.or_else(|| division::nearly(context.reading, row)) else { continue };
        for (target, parts) in division.sums {
            let readings = vec![Formula::Sum(parts, Vec::new())];
            found.relations.push(Relation { rule: RULE.id, target, readings, certainty });
        }
    }
}

/// So many rows that divide are no chance.
const LEAST_DIVIDED: usize = 3;

/// Whether one keystroke in one figure explains why a total is not its parts, and all figures are too long to come so near by chance.
fn is_mistyped(context: &Context, total: FactId, parts: &[FactId]) -> bool {
    let value = |id: FactId| context.fact(id).quantity.figure;
    let gap = value(total) - parts.iter().map(|&id| value(id)).sum::<Decimal>();
    let decimals = |id: FactId| context.fact(id).quantity.decimals;
    let is_long = |id: FactId| value(id).mantissa().unsigned_abs() >= 10_000;
    is_long(total)
        && (slip(value(total), value(total) - gap, decimals(total)).is_some()
            || parts.iter().any(|&id| is_long(id) && slip(value(id), value(id) + gap, decimals(id)).is_some()))
}

/// What a layout has lost is told, once a table, for a person to look up: an amount, or the columns of rows.
fn unread(context: &Context, sheet: &Sheet, found: &mut Found) {
    let mut tell = |fact: FactId, truth: Truth| {
        let span = context.fact(fact).span;
        let truth = Some(truth);
        found.words.push(WordCheck { rule: RULE.id, span, operands: Vec::new(), holds: false, truth, judge: true });
    };
    for row in &sheet.rows {
        if let (Some(lost), Some(total)) = (row.lost, row.entries.iter().find_map(|entry| entry.fact())) {
            tell(total, Truth::LostAmount((lost.middle() / context.fact(total).quantity.scale).normalize()));
        }
    }
    // Of a table whose head was not understood nothing but the totals was to be read.
    let mut rows = sheet.rows.iter().filter(|_| sheet.columns.len() > 1).filter_map(|row| row.loose.first());
    if let Some(&first) = rows.next() {
        tell(first, Truth::UnreadRows(1 + rows.count()));
    }
}

/// More readings of one row than this tell nothing.
const MOST_READINGS: usize = 200;

/// The figures that come to stand in columns of `parts`, for each way to lay them into the columns in order.
fn placed(
    figures: &[FactId],
    columns: std::ops::Range<usize>,
    parts: &[usize],
    chosen: &mut Vec<FactId>,
    readings: &mut Vec<Vec<FactId>>,
) {
    let [first, rest @ ..] = figures else {
        readings.push(chosen.clone());
        return;
    };
    for column in columns.clone() {
        if columns.end - column < figures.len() || readings.len() >= MOST_READINGS {
            return;
        }
        let is_part = parts.contains(&column);
        if is_part {
            chosen.push(*first);
        }
        placed(rest, column + 1..columns.end, parts, chosen, readings);
        if is_part {
            chosen.pop();
        }
    }
}

fn column_sum(context: &Context, sheet: &Sheet, total: usize, parts: &[usize], found: &mut Found) {
    let used = |part: &usize| sheet.rows.iter().any(|row| row.entries[*part] != Entry::Blank);
    if !parts.iter().any(used) {
        return;
    }
    let known = sheet.columns[total].is_some() && parts.iter().all(|&part| sheet.columns[part].is_some());
    let mut relations: Vec<(FactId, Vec<FactId>)> = Vec::new();
    for row in 0..sheet.rows.len() {
        let Entry::Amount(target) = sheet.rows[row].entries[total] else { continue };
        if let Some(parts) = sheet.amounts(row, parts) {
            relations.push((target, parts));
        }
    }
    let value = |id: FactId| context.fact(id).quantity.value();
    let holds =
        |(target, parts): &&(FactId, Vec<FactId>)| parts.iter().map(|&id| value(id)).sum::<Decimal>() == value(*target);
    // Heads that the accounts do not know make a total only where the figures say so.
    let confirmed = known || relations.iter().filter(holds).count() * 2 > relations.len();
    for (target, parts) in relations {
        let certainty = match (confirmed, parts.is_empty()) {
            (true, false) => Certainty::Sure,
            (true, true) => Certainty::Likely,
            (false, _) => Certainty::Conjecture,
        };
        found.relations.push(Relation {
            rule: RULE.id,
            target,
            readings: vec![Formula::Sum(parts, Vec::new())],
            certainty,
        });
    }
}

/// 年末结转和结余 = 年初结转和结余 + 本年收入 − 本年支出, where a table has them as columns.
fn movement(sheet: &Sheet, found: &mut Found) {
    if sheet.form.is_none_or(|form| form.subject != Subject::Movement) {
        return;
    }
    let of =
        |side: Side| (0..sheet.columns.len()).find(|&column| sheet.columns[column].is_some_and(|c| c.is_whole(side)));
    let (Some(opening), Some(income), Some(spent), Some(closing)) =
        (of(Side::Opening), of(Side::Income), of(Side::Expenditure), of(Side::Closing))
    else {
        return;
    };
    for row in &sheet.rows {
        let entries = [opening, income, spent, closing].map(|column| row.entries[column]);
        if entries.contains(&Entry::Unsure) {
            continue;
        }
        let facts = |entries: &[Entry]| entries.iter().filter_map(|entry| entry.fact()).collect::<Vec<FactId>>();
        // With a blank balance at the end, what was received was spent.
        let (target, plus, minus) = match entries {
            [_, _, _, Entry::Amount(closing)] => (closing, facts(&entries[..2]), facts(&entries[2..3])),
            [_, _, Entry::Amount(spent), _] => (spent, facts(&entries[..2]), Vec::new()),
            _ => continue,
        };
        found.relations.push(Relation {
            rule: RULE.id,
            target,
            readings: vec![Formula::Sum(plus, minus)],
            certainty: Certainty::Sure,
        });
    }
}
