//! What the prose states of an indicator is what its row in a form states: as its target, or as what was reached.

use super::{Context, Found, Rule};
use crate::facts::{Fact, Unit};
use crate::numbers::Scale;
use crate::relations::{Certainty, FactId, Formula, Relation};
use crate::scoring::{Indicator, order};
use std::collections::BTreeSet;

/// The rule.
pub const RULE: Rule = Rule {
    id: "indicator-words",
    name: ["指标与正文一致", "indicators and prose agree"],
    doc: [
        "正文中写明某项绩效指标数量的，应与自评表中该指标的指标值或完成值一致。名称只是相近，因此只在相差一位数字（或相邻两位颠倒）时提示。",
        "Where the prose states the figure of an indicator, it is the target or the actual of its row in a form. Names are only alike, so only a difference of one keystroke is told.",
    ],
    fails: "项目支出绩效自评表\n项目名称\t技能培训\n一级指标\t三级指标\t年度指标值\t实际完成值\n数量指标\t培训学员人次\t≥12000人次\t13245人次\n数量指标\t培训班次\t≥20期\t24期\n一、项目成效\n全年共完成培训学员13425人次，学员满意。",
    passes: "项目支出绩效自评表\n项目名称\t技能培训\n一级指标\t三级指标\t年度指标值\t实际完成值\n数量指标\t培训学员人次\t≥12000人次\t13245人次\n数量指标\t培训班次\t≥20期\t24期\n一、项目成效\n全年共完成培训学员13245人次，学员满意。",
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
    let forms: BTreeSet<usize> = context.reading.forms.iter().map(|form| form.block).collect();
    for (id, fact) in context.facts() {
        // The goals in a form's own words are those of the whole form, not of one indicator.
        if block(context, fact).is_some_and(|block| forms.contains(&block)) {
            continue;
        }
        let counts = match fact.quantity.unit {
            Unit::Count(_) | Unit::Money => true,
            // 33万参保人员.
            Unit::Bare => fact.quantity.scale > Scale::ONE,
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
        let comparable = |goal: &FactId| order(&fact.quantity, &context.fact(*goal).quantity).is_some();
        let mut meant: Vec<FactId> = rows.iter().flat_map(|row| goals(row)).filter(comparable).collect();
        // 34万 can be 33.5万 as 33万 can: the nearest figure is the one that is meant.
        meant.sort_by_key(|&goal| (context.fact(goal).quantity.value() - fact.quantity.value()).abs());
        let readings = meant.into_iter().map(Formula::Equal).collect();
        found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty: Certainty::Conjecture });
    }
}

/// The figures of a row: its target, and what was reached.
fn goals(row: &Indicator) -> impl Iterator<Item = FactId> {
    [&row.target, &row.actual].into_iter().flatten().filter_map(|goal| goal.fact)
}

/// The block that a fact stands in.
fn block(context: &Context, fact: &Fact) -> Option<usize> {
    context.document.blocks.partition_point(|block| block.span.start <= fact.span.start).checked_sub(1)
}

/// The words on both sides of a number, up to the next sign or number: 稽核企业 in 完成稽核企业28家, 医药机构 in 3900家医药机构.
fn around(context: &Context, fact: &Fact) -> Vec<char> {
    let paragraph = &context.reading.paragraphs[fact.paragraph];
    let is_word = |c: &char| c.is_alphabetic() || *c == ' ';
    let (before, behind) =
        (paragraph.chars(fact.at.0.saturating_sub(NEAR), fact.at.0), &paragraph.chars(fact.at.1, fact.at.1 + NEAR));
    let start = before.iter().rposition(|c| !is_word(c)).map_or(0, |sign| sign + 1);
    let words = before[start..].iter().chain(behind.iter().take_while(|c| is_word(c)));
    words.copied().filter(|c| *c != ' ').collect()
}

/// The rows of all forms by the runs of characters in their names.
struct Names<'c> {
    rows: Vec<(&'c Indicator, Vec<char>)>,
    /// The runs with the places of their rows, in order.
    runs: Vec<([char; SHARED], usize)>,
}

impl<'c> Names<'c> {
    fn of(context: &'c Context) -> Self {
        let mut names = Names { rows: Vec::new(), runs: Vec::new() };
        for form in &context.reading.forms {
            for row in form.indicators.iter().filter(|row| !row.unread && goals(row).next().is_some()) {
                let name: Vec<char> = row.name.chars().filter(|c| *c != ' ').take(LONGEST).collect();
                let run = |run: &[char]| run.try_into().expect("a window is as wide as asked for");
                names.runs.extend(name.windows(SHARED).map(|window| (run(window), names.rows.len())));
                names.rows.push((row, name));
            }
        }
        names.runs.sort_unstable();
        names.runs.dedup();
        names
    }

    /// The rows whose names hold a run.
    fn with(&self, run: &[char]) -> &[([char; SHARED], usize)] {
        let behind = &self.runs[self.runs.partition_point(|(other, _)| other.as_slice() < run)..];
        &behind[..behind.iter().take_while(|(other, _)| other == run).count()]
    }

    /// The rows whose names share most with some words.
    fn named_in(&self, words: &[char], fits: impl Fn(&Indicator) -> bool) -> Vec<&'c Indicator> {
        let shared = words.windows(SHARED).map(|run| self.with(run)).filter(|rows| rows.len() <= MOST_ROWS);
        let rows = shared.flatten().map(|&(_, row)| row);
        let candidates: BTreeSet<usize> = rows.filter(|&row| fits(self.rows[row].0)).collect();
        let common = |row: usize| {
            let name = &self.rows[row].1;
            (SHARED..=name.len()).rev().find(|&len| name.windows(len).any(|run| words.windows(len).any(|w| w == run)))
        };
        let longest = candidates.iter().filter_map(|&row| common(row)).max();
        let best = candidates.into_iter().filter(|&row| common(row) == longest);
        best.map(|row| self.rows[row].0).collect()
    }
}
