//! One amount in several tables is the same.

use super::{Context, Found, Rule};
use crate::numbers::Interval;
use crate::relations::{Certainty, FactId, Formula, Place, Relation, Tree};
use crate::taxonomy::tables::{Item, Meaning, Nature};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    id: "tables-agree",
    name: ["表间一致", "tables agree"],
    doc: [
        "同一资金来源、同一性质、同一科目的金额在各表中应当一致：收支总表与收入、支出决算表的合计及各类，财政拨款总表与一般公共预算、政府性基金、国有资本经营各表，支出表的基本支出与基本支出明细表等。合计由四舍五入后的各项相加得出的，允许相应尾差。依据：公开01至13表的表间关系。",
        "An amount of the same money, nature and item is the same in every table: the overviews and the tables by code, the budgets and their overview, the basic expenditure by function and by economic class. A total added up from rounded items may carry their tails. Source: the relations between tables 公开01-13.",
    ],
    fails: "收入支出决算总表\n公开01表\n金额单位：万元\n收入\t\t支出\t\n项目\t决算数\t项目\t决算数\n一、财政拨款收入\t90.00\t一、教育支出\t61.00\n\t\t二、住房保障支出\t29.00\n本年收入合计\t90.00\t本年支出合计\t90.00\n注：\n支出决算表\n公开03表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n\t合计\t90.00\t60.00\t30.00\n205\t教育支出\t65.00\t35.00\t30.00\n221\t住房保障支出\t25.00\t25.00\t",
    passes: "收入支出决算总表\n公开01表\n金额单位：万元\n收入\t\t支出\t\n项目\t决算数\t项目\t决算数\n一、财政拨款收入\t90.00\t一、教育支出\t65.00\n\t\t二、住房保障支出\t25.00\n本年收入合计\t90.00\t本年支出合计\t90.00\n注：\n支出决算表\n公开03表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n\t合计\t90.00\t60.00\t30.00\n205\t教育支出\t65.00\t35.00\t30.00\n221\t住房保障支出\t25.00\t25.00\t",
    find,
};

fn find(context: &Context, found: &mut Found) {
    let leaves = leaves(context);
    let cells = cells(context);
    let places = places(context);
    basic_by_kinds(context, &cells, &leaves, found);
    for facts in cells.into_values() {
        // What most tables print; of amounts printed as often, the first.
        let value = |id: FactId| context.fact(id).quantity.value();
        let mut counts: BTreeMap<Decimal, usize> = BTreeMap::new();
        facts.iter().for_each(|&id| *counts.entry(value(id)).or_default() += 1);
        let Some(&reference) = facts.iter().max_by_key(|&&id| (counts[&value(id)], usize::MAX - id)) else { continue };
        for &id in facts.iter().filter(|&&id| id != reference && are_one(context, &places, id, reference)) {
            let tail =
                |of: FactId, held: FactId| leaves.get(&of).filter(|leaves| carries_tails(context, of, held, leaves));
            let (target, readings) = if let Some(leaves) = tail(reference, id) {
                (id, vec![Formula::Equal(reference), Formula::Sum(leaves.clone(), Vec::new())])
            } else if let Some(leaves) = tail(id, reference) {
                (reference, vec![Formula::Equal(id), Formula::Sum(leaves.clone(), Vec::new())])
            } else {
                (id, vec![Formula::Equal(reference)])
            };
            found.relations.push(Relation { rule: RULE.id, target, readings, certainty: Certainty::Sure });
        }
    }
}

/// The sheet and the row's label of each amount of the tables.
type Places<'r> = FxHashMap<FactId, (usize, &'r str)>;

fn places<'r>(context: &'r Context) -> Places<'r> {
    let mut places = Places::default();
    for (index, sheet) in context.reading.sheets.iter().enumerate() {
        let rows = &context.document.tables[sheet.table].panels[sheet.panel].rows;
        for (row, content) in sheet.rows.iter().zip(rows) {
            let amounts = row.entries.iter().filter_map(|entry| entry.fact());
            places.extend(amounts.map(|id| (id, (index, content.label.as_str()))));
        }
    }
    places
}

/// Whether two amounts of one meaning are one amount. In one table only the totals of its two sides are: other cells stand under heads or
/// years that part them, whether those were understood or not.
fn are_one(context: &Context, places: &Places, a: FactId, b: FactId) -> bool {
    let table = |id: FactId| context.fact(id).cell.map(|cell| cell.table);
    if table(a) != table(b) {
        return true;
    }
    let grand = |label: &str| matches!(label.trim_start_matches(['收', '入', '支', '出', '、']), "总计" | "合计");
    match (places.get(&a), places.get(&b)) {
        (Some((one, label)), Some((other, beside))) => one != other && grand(label) && grand(beside),
        _ => false,
    }
}

/// 基本支出 of the tables by function is 人员经费 with 公用经费 of the table by economic class, which prints no total of both.
fn basic_by_kinds(context: &Context, cells: &Cells, leaves: &BTreeMap<FactId, Vec<FactId>>, found: &mut Found) {
    let table = |id: FactId| context.fact(id).cell.map(|cell| cell.table);
    let is_whole = |meaning: &Meaning| meaning.nature == Nature::Basic && meaning.item == Item::Total;
    for (&(set, meaning), basics) in cells.iter().filter(|((_, meaning), _)| is_whole(meaning)) {
        let of = |nature| cells.get(&(set, Meaning { nature, ..meaning })).and_then(|ids| ids.first().copied());
        let (Some(personnel), Some(public)) = (of(Nature::Personnel), of(Nature::Public)) else { continue };
        let elsewhere = basics.iter().find(|&&basic| table(basic) != table(personnel));
        let Some(&target) = elsewhere.filter(|_| table(personnel) == table(public)) else { continue };
        let kinds = vec![personnel, public];
        // Both may be added up from rounded items or classes, and carry their tails.
        let by_class = |tree: &&Tree| table(personnel) == Some(context.document.tables[tree.table].block as u32);
        let classes = context.trees.iter().find(by_class).and_then(|tree| {
            let roots: Vec<usize> = tree.roots().collect();
            tree.column(context.reading, &roots, 0)
        });
        let tails = basics.iter().filter_map(|basic| leaves.get(basic)).chain(&classes).find(|parts| {
            let sum = sum(context, parts);
            meets(sum, Some(context.fact(target).quantity.interval())) && meets(sum, self::sum(context, &kinds))
        });
        let readings = std::iter::once(kinds.clone()).chain(tails.cloned());
        found.relations.push(Relation {
            rule: RULE.id,
            target,
            readings: readings.map(|parts| Formula::Sum(parts, Vec::new())).collect(),
            certainty: Certainty::Sure,
        });
    }
}

fn sum(context: &Context, facts: &[FactId]) -> Option<Interval> {
    facts.iter().try_fold(Interval::point(Decimal::ZERO), |sum, &id| sum.plus(context.fact(id).quantity.interval()))
}

fn meets(a: Option<Interval>, b: Option<Interval>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a.meet(b).is_some())
}

/// The cells of each meaning, by the set of tables that they stand in.
pub type Cells = BTreeMap<(usize, Meaning), Vec<FactId>>;

/// Collects them.
pub fn cells(context: &Context) -> Cells {
    let mut cells = Cells::new();
    for (index, sheet) in context.reading.sheets.iter().enumerate() {
        for (row, content) in sheet.rows.iter().enumerate() {
            for (column, entry) in content.entries.iter().enumerate() {
                if let (Some(id), Some(mut meaning)) = (entry.fact(), sheet.meaning(row, column)) {
                    if let Item::Code(code) = meaning.item {
                        meaning.item = Item::Code(context.codes.right(Place { sheet: index, row }, code));
                    }
                    cells.entry((sheet.set, meaning)).or_default().push(id);
                }
            }
        }
    }
    cells
}

/// The cells without further parts under each cell of the tables by code.
fn leaves(context: &Context) -> BTreeMap<FactId, Vec<FactId>> {
    let mut leaves = BTreeMap::new();
    for tree in &context.trees {
        for (index, node) in tree.nodes.iter().enumerate().filter(|(_, node)| !node.children.is_empty()) {
            add(context, tree, node.place.entries(context.reading), &tree.leaves(index), &mut leaves);
        }
        if let Some(total) = tree.total {
            let all: Vec<usize> = tree.roots().flat_map(|root| tree.leaves(root)).collect();
            add(context, tree, total.entries(context.reading), &all, &mut leaves);
        }
    }
    leaves
}

fn add(
    context: &Context,
    tree: &Tree,
    entries: &[crate::facts::Entry],
    below: &[usize],
    leaves: &mut BTreeMap<FactId, Vec<FactId>>,
) {
    for (column, entry) in entries.iter().enumerate() {
        if let (Some(id), Some(facts)) = (entry.fact(), tree.column(context.reading, below, column)) {
            leaves.insert(id, facts);
        }
    }
}

/// Whether a total is its rounded items added up, and the other statement of it lies within the tails of those items.
fn carries_tails(context: &Context, total: FactId, other: FactId, leaves: &[FactId]) -> bool {
    let value = |id: FactId| Some(context.fact(id).quantity.interval());
    let sum = sum(context, leaves);
    meets(sum, value(total)) && meets(sum, value(other))
}
