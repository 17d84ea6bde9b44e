//! What words state of an indicator is what its row in a form states: as its target, or as what was reached.

use super::{Context, Found, Rule};
use crate::facts::{Fact, Unit};
use crate::relations::{Certainty, FactId, Formula, Relation};
use crate::scoring::{Form, Indicator, order};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub const RULE: Rule = Rule {
    id: "indicator-words",
    name: ["指标与文字一致", "indicators and words agree"],
    doc: [
        "绩效目标、完成情况的文字中写明某项指标数量的，应与表中该指标的指标值或完成值一致。同表中文字含有指标全称的，不一致即提示；其他相近的名称只在一位数字之差时提示。",
        "Where words about goals and what was reached state the figure of an indicator, it is the target or the actual of its row. In the same form, words that hold the indicator's full name are told where they differ; elsewhere only a difference of one keystroke is.",
    ],
    fails: "项目支出绩效自评表\n项目名称\t灌溉渠道修缮\n年度目标\t年初计划全面完成辖区内修缮灌溉渠道12公里，改善农田灌溉条件，保障粮食生产用水。\t完成情况\t全年共完成修缮灌溉渠道18公里，按期通过验收，农田灌溉条件得到改善。\n一级指标\t三级指标\t年度指标值\t实际完成值\n数量指标\t修缮灌溉渠道\t≥12公里\t13公里",
    passes: "项目支出绩效自评表\n项目名称\t灌溉渠道修缮\n年度目标\t年初计划全面完成辖区内修缮灌溉渠道12公里，改善农田灌溉条件，保障粮食生产用水。\t完成情况\t全年共完成修缮灌溉渠道13公里，按期通过验收，农田灌溉条件得到改善。\n一级指标\t三级指标\t年度指标值\t实际完成值\n数量指标\t修缮灌溉渠道\t≥12公里\t13公里",
    find,
};

/// So many characters in a row that the words share with an indicator's name make them speak of it.
const SHARED: usize = 4;

/// So far before and behind a number words are looked at.
const NEAR: usize = 12;

/// Of a long name only so many characters are looked at.
const LONGEST: usize = 24;

/// More rows of one name tell nothing.
const MOST_ROWS: usize = 8;

fn find(context: &Context, found: &mut Found) {
    let names = Names::of(context);
    if names.rows.is_empty() {
        return;
    }
    for (id, fact) in context.facts() {
        let counts = match fact.quantity.unit {
            Unit::Count(_) | Unit::Money => true,
            // 33万参保人员.
            Unit::Bare => fact.quantity.scale > Decimal::ONE,
            _ => false,
        };
        if fact.quantity.loose || !counts {
            continue;
        }
        let words = around(context, fact);
        let rows = names.named_in(&words, |row| {
            goals(row).any(|goal| order(&fact.quantity, &context.fact(goal).quantity).is_some())
        });
        if rows.is_empty() || rows.len() > MOST_ROWS {
            continue;
        }
        let text = String::from_iter(&words);
        let whole = |form: &Form, row: &Indicator| text.contains(&row.name) && is_inside(context, form, fact);
        let certain = matches!(rows[..], [(form, row)] if whole(form, row));
        let comparable = |goal: &FactId| order(&fact.quantity, &context.fact(*goal).quantity).is_some();
        let mut meant: Vec<FactId> = rows.iter().flat_map(|(_, row)| goals(row)).filter(comparable).collect();
        // 34万 can be 33.5万 as 33万 can: the nearest figure is the one that is meant.
        meant.sort_by_key(|&goal| (context.fact(goal).quantity.value() - fact.quantity.value()).abs());
        let readings = meant.into_iter().map(Formula::Equal).collect();
        let certainty = if certain { Certainty::Likely } else { Certainty::Conjecture };
        found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty });
    }
}

/// The figures of a row: its target, and what was reached.
fn goals(row: &Indicator) -> impl Iterator<Item = FactId> {
    [&row.target, &row.actual].into_iter().flatten().filter_map(|goal| goal.fact)
}

/// Whether a fact stands in the table of a form.
fn is_inside(context: &Context, form: &Form, fact: &Fact) -> bool {
    let block = context.document.blocks[form.block].span;
    block.start <= fact.span.start && fact.span.end <= block.end
}

/// The words on both sides of a number, up to the next sign or number: 稽核企业 in 完成稽核企业28家, 医药机构 in 3900家医药机构.
fn around(context: &Context, fact: &Fact) -> Vec<char> {
    let paragraph = &context.reading.paragraphs[fact.paragraph];
    let is_word = |c: &char| c.is_alphabetic() || *c == ' ';
    let before = paragraph.between(fact.at.0.saturating_sub(NEAR), fact.at.0);
    let before: Vec<char> = before.chars().rev().take_while(is_word).collect();
    let behind = paragraph.between(fact.at.1, fact.at.1 + NEAR);
    before.into_iter().rev().chain(behind.chars().take_while(is_word)).filter(|c| *c != ' ').collect()
}

/// The rows of all forms by the runs of characters in their names.
struct Names<'c> {
    rows: Vec<(&'c Form, &'c Indicator, Vec<char>)>,
    runs: BTreeMap<[char; SHARED], Vec<usize>>,
}

impl<'c> Names<'c> {
    fn of(context: &'c Context) -> Self {
        let mut names = Names { rows: Vec::new(), runs: BTreeMap::new() };
        for form in &context.reading.forms {
            for row in form.indicators.iter().filter(|row| !row.unread && goals(row).next().is_some()) {
                let name: Vec<char> = row.name.chars().filter(|c| *c != ' ').take(LONGEST).collect();
                for run in name.windows(SHARED) {
                    let rows = names.runs.entry(run.try_into().expect("a window is as wide as asked for")).or_default();
                    if rows.last() != Some(&names.rows.len()) {
                        rows.push(names.rows.len());
                    }
                }
                names.rows.push((form, row, name));
            }
        }
        names
    }

    /// The rows whose names share most with some words.
    fn named_in(&self, words: &[char], fits: impl Fn(&Indicator) -> bool) -> Vec<(&'c Form, &'c Indicator)> {
        let shared = words.windows(SHARED).filter_map(|run| self.runs.get(run)).filter(|rows| rows.len() <= MOST_ROWS);
        let candidates: BTreeSet<usize> = shared.flatten().copied().filter(|&row| fits(self.rows[row].1)).collect();
        let common = |row: usize| {
            let name = &self.rows[row].2;
            (SHARED..=name.len()).rev().find(|&len| name.windows(len).any(|run| words.windows(len).any(|w| w == run)))
        };
        let longest = candidates.iter().filter_map(|&row| common(row)).max();
        let best = candidates.into_iter().filter(|&row| common(row) == longest);
        best.map(|row| (self.rows[row].0, self.rows[row].1)).collect()
    }
}
