//! One indicator in two forms of the same project: its target and what was reached are the same in both.

use super::{Context, Found, Rule};
use crate::relations::{Certainty, FactId, Formula, Relation, Truth, WordCheck};
use crate::scoring::{Form, Goal, Indicator};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub const RULE: Rule = Rule {
    id: "same-indicator",
    name: ["同一指标前后一致", "one indicator in two forms"],
    doc: [
        "同一项目的绩效目标完成情况表与自评打分表中，同名指标的指标值、完成值应一致。两表有三个以上同名指标且多数一致的，视为同一项目。",
        "The target form and the scoring form of one project give the same indicator the same target and the same actual. Two forms are of one project where three indicators or more have the same names and most of them agree.",
    ],
    fails: "项目绩效目标完成情况表\n一级指标\t三级指标\t预期指标值\t实际完成指标值\n数量指标\t新增图书册数\t≥700册\t755册\n数量指标\t举办讲座场次\t≥20场\t24场\n质量指标\t图书验收合格率\t≥98%\t100%\n第二部分 附件\n项目自评打分表\n一级指标\t三级指标\t标准值\t分值\t得分\n数量指标\t新增图书册数\t≥700册\t40\t40\n数量指标\t举办讲座场次\t≥20场\t30\t30\n质量指标\t图书验收合格率\t≥88%\t30\t30",
    passes: "项目绩效目标完成情况表\n一级指标\t三级指标\t预期指标值\t实际完成指标值\n数量指标\t新增图书册数\t≥700册\t755册\n数量指标\t举办讲座场次\t≥20场\t24场\n质量指标\t图书验收合格率\t≥98%\t100%\n第二部分 附件\n项目自评打分表\n一级指标\t三级指标\t标准值\t分值\t得分\n数量指标\t新增图书册数\t≥700册\t40\t40\n数量指标\t举办讲座场次\t≥20场\t30\t30\n质量指标\t图书验收合格率\t≥98%\t30\t30",
    find,
};

/// How many names two forms of one project share at least.
const SHARED: usize = 3;

fn find(context: &Context, found: &mut Found) {
    let forms = &context.reading.forms;
    let mut known = Known::default();
    for second in forms {
        for first in known.sharing(second) {
            let other_project =
                !first.project.is_empty() && !second.project.is_empty() && first.project != second.project;
            if other_project {
                continue;
            }
            let pairs = pairs(first, second);
            let targets: Vec<(FactId, FactId)> =
                pairs.iter().filter_map(|(a, b)| both(context, a.target.as_ref(), b.target.as_ref())).collect();
            let value = |id: FactId| context.fact(id).quantity.value();
            let agreeing = targets.iter().filter(|(a, b)| value(*a) == value(*b)).count();
            if targets.len() < SHARED || agreeing * 2 <= targets.len() {
                continue;
            }
            let actuals = pairs.iter().filter_map(|(a, b)| both(context, a.actual.as_ref(), b.actual.as_ref()));
            let of_office = [first, second].iter().any(|form| form.title.contains("整体"));
            for (earlier, later) in targets.iter().copied().chain(actuals) {
                // The form of the whole office gathers the indicators of many projects, some of the same name: a person tells.
                if of_office && value(earlier) != value(later) {
                    found.words.push(WordCheck {
                        rule: RULE.id,
                        span: context.fact(later).span,
                        operands: Vec::new(),
                        holds: false,
                        truth: Some(Truth::SameAs(context.fact(earlier).span)),
                        judge: true,
                    });
                    continue;
                }
                found.relations.push(Relation {
                    rule: RULE.id,
                    target: later,
                    readings: vec![Formula::Equal(earlier)],
                    certainty: Certainty::Likely,
                });
            }
        }
        known.add(second);
    }
}

/// The forms before one, by the names of their indicators. A form that comes again, row for row, takes the place of the one before it: what
/// agrees with the one is held against the other, and a document of many reports costs no more for each.
#[derive(Default)]
struct Known<'f> {
    forms: Vec<&'f Form>,
    places: FxHashMap<(&'f str, &'f str, Vec<&'f str>), usize>,
    named: FxHashMap<&'f str, Vec<usize>>,
}

impl<'f> Known<'f> {
    fn add(&mut self, form: &'f Form) {
        let names: Vec<&str> = form.indicators.iter().map(|row| row.name.as_str()).collect();
        let next = self.forms.len();
        match self.places.entry((&form.title, &form.project, names)) {
            Entry::Occupied(place) => self.forms[*place.get()] = form,
            Entry::Vacant(place) => {
                place.key().2.iter().collect::<BTreeSet<_>>().into_iter().for_each(|name| {
                    self.named.entry(name).or_default().push(next);
                });
                place.insert(next);
                self.forms.push(form);
            }
        }
    }

    /// The forms that share enough names with another, in the order in which they stand.
    fn sharing(&self, form: &Form) -> Vec<&'f Form> {
        let names: BTreeSet<&str> = form.indicators.iter().map(|row| row.name.as_str()).collect();
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        names.into_iter().filter_map(|name| self.named.get(name)).flatten().for_each(|&place| {
            *shared.entry(place).or_default() += 1;
        });
        shared.into_iter().filter(|(_, count)| *count >= SHARED).map(|(place, _)| self.forms[place]).collect()
    }
}

/// The rows of the same name, where each form has one of it.
fn pairs<'f>(first: &'f Form, second: &'f Form) -> Vec<(&'f Indicator, &'f Indicator)> {
    let only = |form: &'f Form, name: &str| {
        let mut rows = form.indicators.iter().filter(|row| !row.unread && row.name == name);
        rows.next().filter(|_| rows.next().is_none())
    };
    let named = second.indicators.iter().filter(|row| row.name.chars().count() >= 4);
    named.filter_map(|row| Some((only(first, &row.name)?, only(second, &row.name)?))).collect()
}

/// The figures of two cells, where both have one of the same unit.
fn both(context: &Context, first: Option<&Goal>, second: Option<&Goal>) -> Option<(FactId, FactId)> {
    let (a, b) = (first?.fact?, second?.fact?);
    (context.fact(a).quantity.unit == context.fact(b).quantity.unit).then_some((a, b))
}
