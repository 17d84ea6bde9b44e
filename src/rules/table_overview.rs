//! The overviews (公开01, 04): the items make the year's total, and with the balances the grand total.

use super::{Context, Found, Rule};
use crate::document::Row;
use crate::facts::{Entry, Sheet};
use crate::relations::{Certainty, FactId, Formula, Relation};
use crate::taxonomy::tables::{Subject, is_item};

/// The rule.
pub const RULE: Rule = Rule {
    id: "table-overview",
    name: ["收支总表", "the overviews of income and expenditure"],
    doc: [
        "收入支出决算总表、财政拨款收入支出决算总表：本年收入合计为各项收入之和，本年支出合计为各类支出之和；总计=本年合计+结余（年初、年末结转和结余，使用非财政拨款结余，结余分配）；收入总计=支出总计。依据：公开01、04表。",
        "In the overviews the items make the year's total; the grand total is that total with the balances, and the same on both sides. Source: tables 公开01 and 04.",
    ],
    fails: "收入支出决算总表\n公开01表\n金额单位：万元\n收入\t\t支出\t\n项目\t决算数\t项目\t决算数\n一、财政拨款收入\t80.00\t一、教育支出\t60.00\n二、其他收入\t10.00\t二、住房保障支出\t35.00\n本年收入合计\t90.00\t本年支出合计\t85.00\n年初结转和结余\t\t年末结转和结余\t5.00\n总计\t90.00\t总计\t90.00",
    passes: "收入支出决算总表\n公开01表\n金额单位：万元\n收入\t\t支出\t\n项目\t决算数\t项目\t决算数\n一、财政拨款收入\t80.00\t一、教育支出\t60.00\n二、其他收入\t10.00\t二、住房保障支出\t25.00\n本年收入合计\t90.00\t本年支出合计\t85.00\n年初结转和结余\t\t年末结转和结余\t5.00\n总计\t90.00\t总计\t90.00",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for sheet in
        context.reading.sheets.iter().filter(|sheet| sheet.form.is_some_and(|form| form.subject == Subject::Overview))
    {
        let rows = &context.document.tables[sheet.table].panels[sheet.panel].rows;
        let Some(year) = rows.iter().position(|row| is_year_total(&row.label)) else { continue };
        let items = items(&rows[..year]);
        let grand = rows.iter().skip(year + 1).position(|row| row.label.ends_with("总计")).map(|at| at + year + 1);
        let balances = grand.map(|grand| balances(sheet, year + 1..grand)).unwrap_or_default();
        for column in 0..sheet.columns.len() {
            sum(sheet, year, &items, column, found);
            if let Some(grand) = grand {
                let parts: Vec<usize> = std::iter::once(year).chain(balances.iter().copied()).collect();
                sum(sheet, grand, &parts, column, found);
            }
        }
    }
}

fn is_year_total(label: &str) -> bool {
    label.ends_with("合计") && !label.contains("财政拨款结转") || matches!(label, "本年收入" | "本年支出")
}

/// The rows that make the year's total: the numbered ones where there are such, else all but 其中.
fn items(rows: &[Row]) -> Vec<usize> {
    let numbered: Vec<usize> =
        (0..rows.len()).filter(|&row| is_item(&rows[row].label) || rows[row].is_unread()).collect();
    if numbered.iter().any(|&row| is_item(&rows[row].label)) {
        return numbered;
    }
    (0..rows.len()).filter(|&row| !rows[row].label.starts_with("其中") && !rows[row].label.is_empty()).collect()
}

/// The balances between the year's total and the grand total, without the rows that part them by budgets.
fn balances(sheet: &Sheet, rows: std::ops::Range<usize>) -> Vec<usize> {
    let mut under = None;
    rows.filter(|&row| {
        let balance = sheet.rows[row].meaning.and_then(|meaning| meaning.balance());
        let part = balance.is_some() && balance == under;
        under = balance.or(under.filter(|_| sheet.rows[row].meaning.is_none()));
        !part && sheet.rows[row].meaning.is_some()
    })
    .collect()
}

fn sum(sheet: &Sheet, total: usize, parts: &[usize], column: usize, found: &mut Found) {
    let Entry::Amount(target) = sheet.rows[total].entries[column] else { return };
    let entries = || parts.iter().map(|&row| sheet.rows[row].entries[column]);
    if entries().any(|entry| entry == Entry::Unsure) {
        return;
    }
    let parts: Vec<FactId> = entries().filter_map(Entry::fact).collect();
    if !parts.is_empty() {
        found.relations.push(Relation {
            rule: RULE.id,
            target,
            readings: vec![Formula::Sum(parts, Vec::new())],
            certainty: Certainty::Sure,
        });
    }
}
