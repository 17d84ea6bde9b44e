//! Rows whose columns stand in groups, each behind its 小计, where a layout has lost the blank cells and torn the head: which columns the
//! figures are of is not known, yet each group's figures follow the one that they make.

use super::{Context, Found, Rule};
use crate::facts::{Entry, Sheet, SheetRow};
use crate::relations::{Certainty, FactId, Formula, Relation};
use crate::verdicts::Interval;
use rust_decimal::Decimal;
use std::ops::Range;

/// The rule.
pub const RULE: Rule = Rule {
    id: "table-groups",
    name: ["表内分组小计", "the groups of a row"],
    doc: [
        "支出决算明细表一行中，合计等于各“小计”之和，各“小计”等于其后各项之和。复制时丢失空白栏的，按数字的先后次序核对；表中多数行如此相符，才认定其余行有误。",
        "In a row of a detailed table the total is the sum of its 小计, and each 小计 that of the figures behind it. Where a layout has lost the blank cells, the order of the figures tells; a row is only called wrong where most rows of its table hold in this way.",
    ],
    fails: FAILS,
    passes: PASSES,
    find,
};

/// So many rows with groups that hold prove that a table has groups.
const PROVING: usize = 2;

/// Fewer figures than these may follow each other so by chance.
const TELLING: usize = 5;

/// More steps than this in search of a row's groups decide nothing.
const MOST_STEPS: usize = 50_000;

fn find(context: &Context, found: &mut Found) {
    for sheet in &context.reading.sheets {
        let with_groups = |row: Figures| {
            let groups = row.groups(0);
            (row, groups)
        };
        let rows: Vec<(Figures, Option<Vec<Group>>)> = rows(context, sheet).map(with_groups).collect();
        let made = rows.iter().filter(|(_, groups)| groups.is_some()).count();
        let telling = rows.iter().filter(|(row, groups)| groups.is_some() && row.facts.len() >= TELLING).count();
        if telling < PROVING || made * 2 < rows.len() {
            continue;
        }
        for (row, groups) in &rows {
            // Where two groups of a row fail, a person tells whether they are groups.
            let failing = || {
                let one = row.groups(1).map(|groups| (groups, Certainty::Likely));
                one.or_else(|| row.groups(2).map(|groups| (groups, Certainty::Open)))
            };
            if let Some((groups, certainty)) = groups.clone().map(|groups| (groups, Certainty::Sure)).or_else(failing) {
                row.tell(&groups, certainty, found);
            }
        }
    }
}

/// The rows of a sheet behind whose total stand figures of unknown columns.
fn rows<'c>(context: &'c Context, sheet: &'c Sheet) -> impl Iterator<Item = Figures> + use<'c> {
    let facts = |row: &SheetRow| match row.entries.first() {
        Some(Entry::Amount(total)) => [&[*total], &row.behind[..]].concat(),
        _ => Vec::new(),
    };
    let value = move |id: &FactId| context.fact(*id).quantity.interval();
    let rows = sheet.rows.iter().map(facts).filter(|facts| facts.len() >= 3);
    rows.map(move |facts| Figures { values: facts.iter().map(&value).collect(), facts })
}

/// The figures of a row in order, the total first.
struct Figures {
    facts: Vec<FactId>,
    values: Vec<Interval>,
}

/// A group: its 小计 and the figures behind it.
type Group = Range<usize>;

impl Figures {
    /// The groups that make the total, of which so many do not make their own 小计 and as many do; where some fail, only if nothing else
    /// is possible.
    fn groups(&self, failing: usize) -> Option<Vec<Group>> {
        let mut search = Search { row: self, failing, steps: 0, found: Vec::new() };
        search.from(1, Interval::point(Decimal::ZERO), 0, &mut Vec::new());
        let decided = search.steps <= MOST_STEPS && (failing == 0 || search.found.len() == 1);
        search.found.into_iter().next().filter(|_| decided)
    }

    fn holds(&self, group: &Group) -> bool {
        let parts = self.values[group.start + 1..group.end].iter();
        let sum = parts.copied().try_fold(Interval::point(Decimal::ZERO), |sum: Interval, one| sum.plus(one));
        sum.is_some_and(|sum| sum.meet(self.values[group.start]).is_some())
    }

    fn tell(&self, groups: &[Group], certainty: Certainty, found: &mut Found) {
        let mut push = |target: usize, parts: Vec<FactId>| {
            let readings = vec![Formula::Sum(parts, Vec::new())];
            found.relations.push(Relation { rule: RULE.id, target: self.facts[target], readings, certainty });
        };
        push(0, groups.iter().map(|group| self.facts[group.start]).collect());
        groups.iter().for_each(|group| push(group.start, self.facts[group.start + 1..group.end].to_vec()));
    }
}

/// The search for the groups of a row.
struct Search<'s> {
    row: &'s Figures,
    /// How many groups do not make their own 小计.
    failing: usize,
    steps: usize,
    found: Vec<Vec<Group>>,
}

impl Search<'_> {
    /// Parts the figures from a place on into groups whose 小计 make the total with those before, of which some failed.
    fn from(&mut self, start: usize, made: Interval, failed: usize, groups: &mut Vec<Group>) {
        let (values, total) = (&self.row.values, self.row.values[0]);
        if start == values.len() {
            let holding = groups.len() - failed;
            if failed == self.failing && holding >= failed && made.meet(total).is_some() {
                self.found.push(groups.clone());
            }
            return;
        }
        let Some(made) = made.plus(values[start]).filter(|made| made.lo <= total.hi) else { return };
        for end in start + 2..=values.len() {
            self.steps += 1;
            if self.steps > MOST_STEPS || self.found.len() > 1 {
                return;
            }
            let group = start..end;
            let failed = failed + usize::from(!self.row.holds(&group));
            if failed <= self.failing {
                groups.push(group);
                self.from(end, made, failed, groups);
                groups.pop();
            }
        }
    }
}

const FAILS: &str = "一般公共预算财政拨款支出决算明细表\n公开07表\n单位：万元\n科目编码 科目名称 合计 小计 基本工资 津贴补贴 奖金 小计 办公费 印刷费 差旅费 小计 生活补助 奖励金\n合计 91.60 70.30 45.10 25.20 20.10 12.40 7.70 1.20 1.20\n205 教育支出 52.10 40.20 25.10 15.10 10.90 6.30 4.60 1.00 1.00\n20501 教育管理事务 52.10 40.20 25.10 15.10 10.90 6.30 4.60 1.00 1.00\n2050101 行政运行 30.00 21.00 12.50 8.50 8.00 4.60 3.40 1.00 1.00\n2050199 其他教育管理事务支出 22.10 19.20 12.60 6.60 2.90 1.70 1.20\n208 社会保障和就业支出 39.50 30.10 20.00 10.10 9.20 6.10 3.90 0.20 0.20\n注：本表反映支出明细情况。";
const PASSES: &str = "一般公共预算财政拨款支出决算明细表\n公开07表\n单位：万元\n科目编码 科目名称 合计 小计 基本工资 津贴补贴 奖金 小计 办公费 印刷费 差旅费 小计 生活补助 奖励金\n合计 91.60 70.30 45.10 25.20 20.10 12.40 7.70 1.20 1.20\n205 教育支出 52.10 40.20 25.10 15.10 10.90 6.30 4.60 1.00 1.00\n20501 教育管理事务 52.10 40.20 25.10 15.10 10.90 6.30 4.60 1.00 1.00\n2050101 行政运行 30.00 21.00 12.50 8.50 8.00 4.60 3.40 1.00 1.00\n2050199 其他教育管理事务支出 22.10 19.20 12.60 6.60 2.90 1.70 1.20\n208 社会保障和就业支出 39.50 30.10 20.00 10.10 9.20 6.10 3.10 0.20 0.20\n注：本表反映支出明细情况。";
