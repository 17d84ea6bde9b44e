//! A plain list with its total: 合计 over rows without codes.

use super::{Context, Found, Rule};
use crate::document::Row;
use crate::facts::{Entry, Sheet};
use crate::numbers::Interval;
use crate::relations::{Certainty, FactId, Formula, Relation};
use crate::taxonomy::tables::{self, Subject};
use rust_decimal::Decimal;

/// The rule.
pub const RULE: Rule = Rule {
    id: "table-list",
    name: ["清单合计", "the total of a list"],
    doc: [
        "分单位、分项目等清单中，合计行等于各行之和（“其中”行除外）。至少一栏相符时才认定其他栏的错误。",
        "In lists by office or project the row 合计 is the sum of the rows. A column that misses it is only called wrong where another column bears the list out.",
    ],
    fails: "分单位支出情况\n金额单位：万元\n单位\t本年\t上年\n本级\t30.00\t20.00\n示例中心\t12.00\t11.00\n示例站\t8.00\t7.00\n合计\t50.00\t83.00",
    passes: "分单位支出情况\n金额单位：万元\n单位\t本年\t上年\n本级\t30.00\t20.00\n示例中心\t12.00\t11.00\n示例站\t8.00\t7.00\n合计\t50.00\t38.00",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for sheet in &context.reading.sheets {
        let rows = &context.document.tables[sheet.table].panels[sheet.panel].rows;
        let other = sheet.form.is_some_and(|form| matches!(form.subject, Subject::Overview | Subject::Sangong));
        if other || rows.iter().any(|row| row.code.is_some()) {
            continue;
        }
        let Some(total) = rows.iter().position(|row| matches!(row.label.as_str(), "合计" | "总计")) else {
            continue;
        };
        if total != 0 && total + 1 != rows.len() {
            continue;
        }
        let Some(parts) = parts(context, sheet, rows, total) else { continue };
        let sums: Vec<(FactId, Vec<FactId>)> =
            (0..sheet.columns.len()).filter_map(|column| sum(sheet, total, &parts, column)).collect();
        let confirmed = sums.iter().any(|(target, parts)| parts.len() >= 2 && holds(context, *target, parts));
        let certainty = if confirmed { Certainty::Sure } else { Certainty::Conjecture };
        for (target, parts) in sums {
            found.relations.push(Relation {
                rule: RULE.id,
                target,
                readings: vec![Formula::Sum(parts, Vec::new())],
                certainty,
            });
        }
    }
}

/// The rows that make the total. Behind 其中：甲 the rows below may be of its list or of the whole one: the total tells, or a row that is the
/// sum of the list below it; none where neither does.
fn parts(context: &Context, sheet: &Sheet, rows: &[Row], total: usize) -> Option<Vec<usize>> {
    let is_part = |row: &usize| {
        let label = &rows[*row].label;
        *row != total && !tables::is_aside(label) && !label.ends_with("小计")
    };
    let all: Vec<usize> = (0..rows.len()).filter(is_part).collect();
    let mut openers = (0..rows.len()).filter(|&row| rows[row].label.starts_with("其中") && row != total);
    let (Some(opener), None) = (openers.next(), openers.next()) else { return Some(all) };
    let behind = all.iter().filter(|&&row| row > opener).count();
    // The list of 其中 takes this many rows more.
    let without = |more: usize| -> Vec<usize> {
        let kept = all.iter().filter(|&&row| row < opener);
        kept.chain(all.iter().filter(|&&row| row > opener).skip(more)).copied().collect()
    };
    let makes = |target: usize, parts: &[usize]| {
        let sums = (0..sheet.columns.len()).filter_map(|column| sum(sheet, target, parts, column));
        sums.filter(|(target, parts)| holds(context, *target, parts)).count()
    };
    let best = |score: &dyn Fn(usize) -> usize| {
        let most = (0..=behind).map(score).max().filter(|&most| most > 0)?;
        let mut fitting = (0..=behind).filter(|&more| score(more) == most);
        fitting.next().filter(|_| fitting.next().is_none())
    };
    let of_list = |more: usize| {
        let list: Vec<usize> =
            std::iter::once(opener).chain(all.iter().copied().filter(|&row| row > opener).take(more)).collect();
        opener.checked_sub(1).filter(|head| is_part(head) && more > 0).map_or(0, |head| makes(head, &list))
    };
    let more =
        if behind == 0 { Some(0) } else { best(&|more| makes(total, &without(more))).or_else(|| best(&of_list)) };
    more.map(without)
}

fn sum(sheet: &Sheet, total: usize, parts: &[usize], column: usize) -> Option<(FactId, Vec<FactId>)> {
    let target = sheet.rows[total].entries[column].fact()?;
    let unsure = parts.iter().any(|&row| sheet.rows[row].entries[column] == Entry::Unsure);
    let parts: Vec<FactId> = parts.iter().filter_map(|&row| sheet.rows[row].entries[column].fact()).collect();
    (!unsure && !parts.is_empty()).then_some((target, parts))
}

fn holds(context: &Context, target: FactId, parts: &[FactId]) -> bool {
    let value = |id: FactId| context.fact(id).quantity.interval();
    let sum = parts.iter().try_fold(Interval::point(Decimal::ZERO), |sum, &id| sum.plus(value(id)));
    sum.is_some_and(|sum| sum.meet(value(target)).is_some())
}
