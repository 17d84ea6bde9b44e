//! The overviews (公开01, 04): the items make the year's total, and with the balances the grand total; of 财政拨款, each budget for itself.

use super::{Context, Found, Rule};
use crate::document::{Row, is_numeral};
use crate::facts::{Basis, Entry, Sheet};
use crate::relations::{Certainty, FactId, Formula, Relation};
use crate::taxonomy::tables::{Item, Meaning, Money, Nature, Side, Subject, is_item};

/// The rule.
pub const RULE: Rule = Rule {
    id: "table-overview",
    name: ["收支总表", "the overviews of income and expenditure"],
    doc: [
        "收入支出决算总表、财政拨款收入支出决算总表：本年收入合计为各项收入之和，本年支出合计为各类支出之和；总计=本年合计+结余（年初、年末结转和结余，使用非财政拨款结余，结余分配）；收入总计=支出总计。财政拨款总表的结转和结余等于各预算之和；每项预算的总计=本年收入+年初结转和结余。依据：公开01、04表。",
        "In the overviews the items make the year's total; the grand total is that total with the balances, and the same on both sides. Of 财政拨款 the balances are the sum of the budgets', and each budget's total is its income with its opening balance. Source: tables 公开01 and 04.",
    ],
    fails: "收入支出决算总表\n公开01表\n金额单位：万元\n收入\t\t支出\t\n项目\t决算数\t项目\t决算数\n一、财政拨款收入\t80.00\t一、教育支出\t60.00\n二、其他收入\t10.00\t二、住房保障支出\t35.00\n本年收入合计\t90.00\t本年支出合计\t85.00\n年初结转和结余\t\t年末结转和结余\t5.00\n总计\t90.00\t总计\t90.00",
    passes: "收入支出决算总表\n公开01表\n金额单位：万元\n收入\t\t支出\t\n项目\t决算数\t项目\t决算数\n一、财政拨款收入\t80.00\t一、教育支出\t60.00\n二、其他收入\t10.00\t二、住房保障支出\t25.00\n本年收入合计\t90.00\t本年支出合计\t85.00\n年初结转和结余\t\t年末结转和结余\t5.00\n总计\t90.00\t总计\t90.00",
    find,
};

fn find(context: &Context, found: &mut Found) {
    budgets(context, found);
    for sheet in
        context.reading.sheets.iter().filter(|sheet| sheet.form.is_some_and(|form| form.subject == Subject::Overview))
    {
        let rows = &context.document.tables[sheet.table].panels[sheet.panel].rows;
        let Some(year) = rows.iter().position(|row| is_year_total(&row.label)) else { continue };
        let items = items(&rows[..year]);
        let grand = rows.iter().skip(year + 1).position(|row| row.label.ends_with("总计")).map(|at| at + year + 1);
        let balances = grand.map(|grand| balances(sheet, year + 1..grand)).unwrap_or_default();
        let parted = parted_balances(sheet);
        for column in 0..sheet.columns.len() {
            sum(sheet, year, &items, column, found);
            parted.iter().for_each(|(balance, parts)| sum(sheet, *balance, parts, column, found));
            if let Some(grand) = grand {
                let parts: Vec<usize> = std::iter::once(year).chain(balances.iter().copied()).collect();
                sum(sheet, grand, &parts, column, found);
            }
        }
    }
}

/// The balances of 财政拨款 with the rows that part them by budgets.
fn parted_balances(sheet: &Sheet) -> Vec<(usize, Vec<usize>)> {
    if sheet.form.is_none_or(|form| form.money != Money::Fiscal) {
        return Vec::new();
    }
    let balance = |row: usize| sheet.rows[row].meaning.and_then(|meaning| meaning.balance());
    let wholes = (0..sheet.rows.len())
        .filter(|&row| balance(row).is_some() && row.checked_sub(1).and_then(balance) != balance(row));
    let parts =
        |whole: usize| (whole + 1..sheet.rows.len()).take_while(|&row| balance(row) == balance(whole)).collect();
    wholes.map(|whole| (whole, parts(whole))).filter(|(_, parts): &(usize, Vec<usize>)| parts.len() >= 2).collect()
}

/// Each budget of 财政拨款 for itself: its total on the side of expenditure is its income with its opening balance, which stand on the other.
fn budgets(context: &Context, found: &mut Found) {
    let fiscal = |sheet: &&Sheet| {
        sheet.form.is_some_and(|form| form.subject == Subject::Overview && form.money == Money::Fiscal)
    };
    let sheets: Vec<&Sheet> = context.reading.sheets.iter().filter(fiscal).collect();
    for sides in sheets.chunk_by(|a, b| a.table == b.table) {
        let only = |money: Money, side: Side| -> Option<Entry> {
            let wanted = Meaning { money, side, nature: Nature::Any, item: Item::Total, basis: Basis::Actual };
            let mut cells = sides.iter().flat_map(|sheet| {
                let columns = 0..sheet.columns.len();
                let places =
                    (0..sheet.rows.len()).flat_map(move |row| columns.clone().map(move |column| (row, column)));
                let meant = places.filter(move |&(row, column)| sheet.meaning(row, column) == Some(wanted));
                meant.map(|(row, column)| sheet.rows[row].entries[column])
            });
            cells.next().filter(|_| cells.next().is_none())
        };
        // Without an opening balance as a whole there is none to part: a figure beside a budget's name is not one.
        if !matches!(only(Money::Fiscal, Side::Opening), Some(Entry::Amount(_))) {
            continue;
        }
        for money in [Money::General, Money::Fund, Money::Capital] {
            let (Some(Entry::Amount(target)), Some(income), Some(opening)) =
                (only(money, Side::Total), only(money, Side::Income), only(money, Side::Opening))
            else {
                continue;
            };
            let parts: Vec<FactId> = [income, opening].into_iter().filter_map(Entry::fact).collect();
            if ![income, opening].contains(&Entry::Unsure) && !parts.is_empty() {
                found.relations.push(Relation {
                    rule: RULE.id,
                    target,
                    readings: vec![Formula::Sum(parts, Vec::new())],
                    certainty: Certainty::Sure,
                });
            }
        }
    }
}

/// Whether a row is the total of the year (本年收入合计), without balances.
pub fn is_year_total(label: &str) -> bool {
    label.ends_with("合计") && !label.contains("财政拨款结转") || matches!(label, "本年收入" | "本年支出")
}

/// The rows that make the year's total: the numbered ones where there are such, else all but 其中.
fn items(rows: &[Row]) -> Vec<usize> {
    let numbered: Vec<usize> =
        (0..rows.len()).filter(|&row| is_item(&rows[row].label) || rows[row].is_unread()).collect();
    let outer = |row: usize| rows[row].label.starts_with(is_numeral);
    if numbered.iter().any(|&row| outer(row)) {
        // 1. under 一、 is a part of that item.
        return numbered.into_iter().filter(|&row| outer(row) || rows[row].is_unread()).collect();
    }
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
