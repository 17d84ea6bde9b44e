//! What was reached against the target: in the rows of a form, and in the prose that says 达到预期绩效目标.

use super::{Context, Found, Rule};
use crate::document;
use crate::facts::{Unit, label};
use crate::numbers::Scale;
use crate::relations::{Certainty, FactId, Formula, Relation, Truth, WordCheck};
use crate::scoring::{Comparison, Form, Indicator, order};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use std::cell::LazyCell;
use std::collections::BTreeSet;

/// The rule.
pub const RULE: Rule = Rule {
    id: "target-met",
    name: ["完成值与指标值", "targets reached"],
    doc: [
        "绩效目标自评表中完成值与年度指标值的比较；正文“达到（实现、完成、未达到）预期绩效目标”应与同名指标的指标值相符。表中的完成率为完成值÷指标值。未完成本身不是错误，仅作提示。",
        "What a form says was reached is held against the target of its row, and the prose that says so (达到预期绩效目标) against the indicator of the same name. A rate of completion is what was reached over the target. Missing a target is no mistake, only a note.",
    ],
    fails: "项目绩效目标完成情况表\n一级指标\t三级指标\t预期指标值\t实际完成指标值\n数量指标\t新增图书\t≥700册\t655册\n\n第四部分 附件\n一、产出情况\n（1）新增图书。\n全年新增图书655册，达到预期绩效目标。",
    passes: "项目绩效目标完成情况表\n一级指标\t三级指标\t预期指标值\t实际完成指标值\n数量指标\t新增图书\t≥700册\t755册\n\n第四部分 附件\n一、产出情况\n（1）新增图书。\n全年新增图书755册，达到预期绩效目标。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    let rows = context.reading.forms.iter().flat_map(|form| form.indicators.iter().map(move |row| (form, row)));
    for (form, row) in rows.filter(|(_, row)| !row.unread) {
        found.relations.extend(completion(context, row));
        cost(context, form, row, found);
        let Some(met) = met(context, row) else { continue };
        let (Some(target), Some(actual)) = (&row.target, &row.actual) else { continue };
        let more = !matches!(wanted(context, row), Some(Comparison::AtMost | Comparison::Below));
        // Of a range the end that the other side is held against.
        let limit = target.figures().map(|[low, high]| if more { low } else { high });
        found.words.push(WordCheck {
            rule: RULE.id,
            span: actual.span,
            operands: limit.into_iter().collect(),
            holds: met,
            truth: Some(missed(more)),
            judge: true,
        });
    }
    outcomes(context, found);
}

/// The rate of completion beside a target and what was reached; of what is limited it may be either over the other.
fn completion(context: &Context, row: &Indicator) -> Option<Relation> {
    let (target, part, whole) = (row.completion?, row.actual.as_ref()?.fact?, row.target.as_ref()?.fact?);
    order(&context.fact(part).quantity, &context.fact(whole).quantity)?;
    // 100% is what is met, however far.
    let met = context.fact(target).quantity.value() == Decimal::ONE_HUNDRED && met(context, row) == Some(true);
    let readings = vec![Formula::Share { part, whole }, Formula::Share { part: whole, whole: part }];
    let forward = !matches!(wanted(context, row), None | Some(Comparison::AtMost | Comparison::Below));
    let readings = readings.into_iter().take(if forward { 1 } else { 2 }).collect();
    (!met).then_some(Relation { rule: RULE.id, target, readings, certainty: Certainty::Likely })
}

/// What is said of a target that was not met: more was wanted, or no more was.
fn missed(more: bool) -> Truth {
    if more { Truth::Missed } else { Truth::Exceeded }
}

/// What a cost was to be and what it was, where no sign says how the target is meant: a person is told where it was more, or less of what is
/// earned. One whose target is the whole budget, and what was reached a rate, has its amount in the row of money.
fn cost(context: &Context, form: &Form, row: &Indicator, found: &mut Found) {
    const EARNED: [&str; 9] = ["收入", "罚", "违约金", "追回", "收回", "挽回", "节约", "效益", "扣除"];
    let (Some(target), Some(actual)) = (&row.target, &row.actual) else { return };
    let (Some(limit), Some(reached)) = (target.fact, actual.fact) else { return };
    let quantity = |id: FactId| context.fact(id).quantity;
    let wanted = quantity(limit);
    // 28万 among costs is money.
    let money = wanted.unit == Unit::Money || wanted.unit == Unit::Bare && wanted.scale > Scale::ONE;
    if target.comparison.is_some() || !money || !row.path.iter().any(|name| name.contains("成本")) {
        return;
    }
    let spent = match quantity(reached).unit {
        Unit::Percent => {
            let of_whole = form
                .funds
                .first()
                .filter(|fund| fund.budget.is_some_and(|budget| quantity(budget).value() == wanted.value()));
            of_whole.and_then(|fund| fund.executed)
        }
        _ => Some(reached),
    };
    let Some(spent) = spent else { return };
    let Some(order) = order(&quantity(spent), &wanted) else { return };
    let earned = EARNED.iter().any(|word| row.name.contains(word));
    found.words.push(WordCheck {
        rule: RULE.id,
        span: actual.span,
        operands: [spent, limit].into_iter().filter(|&id| id != reached).collect(),
        holds: if earned { order.is_ge() } else { order.is_le() },
        truth: Some(missed(earned)),
        judge: true,
    });
}

/// Whether a row's target was reached; none where that cannot be told.
pub fn met(context: &Context, row: &Indicator) -> Option<bool> {
    let (target, actual) = (row.target.as_ref()?, row.actual.as_ref()?);
    let target = crate::scoring::Goal { comparison: wanted(context, row), ..target.clone() };
    actual.meets(&target, &|id| context.fact(id).quantity)
}

/// How a row's target is meant. One without a sign is to be reached at least, unless it is a cost or a time; a term is not to be exceeded.
pub fn wanted(context: &Context, row: &Indicator) -> Option<Comparison> {
    let target = row.target.as_ref()?;
    let words = || row.path.iter().map(String::as_str).chain([row.name.as_str()]);
    let unsure = || {
        words().any(|name| {
            ["成本", "时效", "时限", "时间", "天数", "投诉", "事故", "故障", "下降", "降低", "减少", "控制", "经费"]
                .iter()
                .any(|word| name.contains(word))
        })
    };
    let limited = || {
        let figure = target.figures().map(|[fact, _]| context.fact(fact).quantity.unit);
        figure == Some(Unit::Duration) && TERMS.iter().any(|word| row.name.contains(word))
    };
    let usual = || match limited() {
        true => Some(Comparison::AtMost),
        false => (target.fact.is_some() && !unsure()).then_some(Comparison::AtLeast),
    };
    target.comparison.or_else(usual)
}

/// Names of times that are not to be exceeded.
const TERMS: [&str; 5] = ["时限", "期限", "响应时间", "办理时间", "等待时间"];

/// Words that say whether a target was reached.
const OUTCOMES: [(&str, bool); 12] = [
    ("未达到预期绩效目标", false),
    ("未实现预期绩效目标", false),
    ("未完成预期绩效目标", false),
    ("未达到预期目标", false),
    ("未完成预期目标", false),
    ("达到预期绩效目标", true),
    ("实现预期绩效目标", true),
    ("完成预期绩效目标", true),
    ("达到预期目标", true),
    ("实现预期目标", true),
    ("完成预期目标", true),
    ("达到绩效目标", true),
];

/// Bare numbers that are years whose 年 was left out.
const YEARS: (Decimal, Decimal) =
    (Decimal::from_parts(1990, 0, 0, false, 0), Decimal::from_parts(2100, 0, 0, false, 0));

/// The prose on an indicator, under its name.
fn outcomes(context: &Context, found: &mut Found) {
    // Few reports say it; only then the rows are looked through.
    let aims = LazyCell::new(|| Aims::of(context));
    for paragraph in &context.reading.paragraphs {
        let chars = paragraph.words.chars();
        if chars.is_empty() || paragraph.facts.is_empty() || chars.len() > 400 {
            continue;
        }
        // All of the words below speak of a target.
        if !chars.windows(2).any(|pair| pair == ['目', '标']) {
            continue;
        }
        let words = paragraph.words.text(0, chars.len());
        let Some((at, outcome, reached)) =
            OUTCOMES.iter().find_map(|(word, reached)| Some((words.find(word)?, *word, *reached)))
        else {
            continue;
        };
        let place = words[..at].chars().count();
        let is_year = |id: FactId| {
            let quantity = context.fact(id).quantity;
            quantity.unit == Unit::Bare && quantity.decimals == 0 && (YEARS.0..YEARS.1).contains(&quantity.figure)
        };
        let figures: Vec<FactId> =
            paragraph.facts.clone().filter(|&id| context.fact(id).at.1 <= place && !is_year(id)).collect();
        let [figure] = figures[..] else { continue };
        let title = &context.document.sections[paragraph.section].title;
        let Some((target, wanted, actual)) = aims.aim(title, chars, figure) else { continue };
        let (own, goal) = (context.fact(figure).quantity, context.fact(target).quantity);
        let Some(order) = order(&own, &goal) else { continue };
        // What the sentence says was reached is what the form says.
        if let Some(actual) = actual.filter(|&id| !own.loose && !context.fact(id).quantity.loose) {
            let readings = vec![Formula::Equal(actual)];
            found.relations.push(Relation { rule: RULE.id, target: figure, readings, certainty: Certainty::Likely });
        }
        // 大于90%: the figure is itself only a limit, which may lie at the target.
        let met = wanted.holds(order) || own.loose && order.is_eq();
        found.words.push(WordCheck {
            rule: RULE.id,
            span: paragraph.words.span(place, place + outcome.chars().count()),
            operands: vec![figure, target],
            holds: met == reached,
            truth: Some(Truth::OtherOutcome),
            judge: false,
        });
    }
}

/// What the rows of one name and unit aim at.
struct Aim {
    /// The place of the first of them among all rows.
    row: usize,
    unit: Unit,
    target: FactId,
    wanted: Comparison,
    /// What was reached, by the first row that states it, with its place.
    actual: Option<(usize, FactId)>,
    /// Whether another of them aims at something else.
    torn: bool,
}

/// The aims of all rows, found by the rows' names.
struct Aims<'c> {
    context: &'c Context<'c>,
    names: Vec<(&'c str, Vec<Aim>)>,
    /// The names that begin with three characters.
    starts: FxHashMap<[char; 3], Vec<usize>>,
    /// The names that hold two characters side by side.
    pairs: FxHashMap<[char; 2], Vec<usize>>,
}

impl<'c> Aims<'c> {
    fn of(context: &'c Context) -> Self {
        let mut aims = Aims { context, names: Vec::new(), starts: FxHashMap::default(), pairs: FxHashMap::default() };
        let mut known: FxHashMap<&str, usize> = FxHashMap::default();
        let rows = context.reading.forms.iter().flat_map(|form| &form.indicators);
        for (place, row) in rows.enumerate() {
            let target = row.target.as_ref().and_then(|goal| goal.fact);
            let (Some(target), Some(wanted)) = (target, wanted(context, row)) else { continue };
            let chars: Vec<char> = row.name.chars().collect();
            let Some(start) = chars.first_chunk() else { continue };
            let name = *known.entry(&row.name).or_insert_with(|| {
                let name = aims.names.len();
                aims.starts.entry(*start).or_default().push(name);
                for pair in pairs(&chars) {
                    aims.pairs.entry(pair).or_default().push(name);
                }
                aims.names.push((&row.name, Vec::new()));
                name
            });
            let unit = context.fact(target).quantity.unit;
            let actual = row.actual.as_ref().and_then(|goal| goal.fact).map(|id| (place, id));
            let of_name = &mut aims.names[name].1;
            match of_name.iter_mut().find(|aim| aim.unit == unit) {
                Some(aim) => {
                    aim.torn |= !agree(context, (aim.target, aim.wanted), (target, wanted));
                    aim.actual = aim.actual.or(actual);
                }
                None => of_name.push(Aim { row: place, unit, target, wanted, actual, torn: false }),
            }
        }
        aims
    }

    /// The names that words hold.
    fn named_in(&self, words: &[char]) -> impl Iterator<Item = usize> {
        let held = move |at: usize| {
            let names = words[at..].first_chunk().and_then(|start| self.starts.get(start));
            let begins = move |name: &&usize| document::starts(&words[at..], self.names[**name].0);
            names.into_iter().flatten().filter(begins).copied()
        };
        (0..words.len()).flat_map(held)
    }

    /// The names that a heading is, but for a character here and there: they have two side by side in common.
    fn like(&self, title: &str) -> impl Iterator<Item = usize> {
        let chars: Vec<char> = title.chars().collect();
        let near: BTreeSet<usize> = pairs(&chars).filter_map(|pair| self.pairs.get(&pair)).flatten().copied().collect();
        let long = chars.len() >= 4;
        near.into_iter().filter(move |&name| long && label::likeness(title, self.names[name].0) >= 0.8)
    }

    /// The target of the one indicator that a paragraph is about, by the heading above it or by its own words, with a figure of the same
    /// unit; with what was reached.
    fn aim(&self, title: &str, words: &[char], figure: FactId) -> Option<(FactId, Comparison, Option<FactId>)> {
        let unit = self.context.fact(figure).quantity.unit;
        let heading: Vec<char> = title.chars().collect();
        let near: BTreeSet<usize> =
            self.named_in(words).chain(self.named_in(&heading)).chain(self.like(title)).collect();
        let of_unit = |aim: &&Aim| aim.unit == unit || unit == Unit::Bare;
        let aims: Vec<&Aim> = near.iter().flat_map(|&name| &self.names[name].1).filter(of_unit).collect();
        let first = aims.iter().min_by_key(|aim| aim.row)?;
        let agrees =
            |aim: &Aim| !aim.torn && agree(self.context, (first.target, first.wanted), (aim.target, aim.wanted));
        let actual = aims.iter().filter_map(|aim| aim.actual).min().map(|(_, id)| id);
        aims.iter().all(|aim| agrees(aim)).then_some((first.target, first.wanted, actual))
    }
}

/// Whether two aims are one: the same figure, to be reached from the same side.
fn agree(context: &Context, one: (FactId, Comparison), other: (FactId, Comparison)) -> bool {
    let value = |id: FactId| context.fact(id).quantity.value();
    value(one.0) == value(other.0) && one.1.is_forward() == other.1.is_forward()
}

/// The characters side by side.
fn pairs(chars: &[char]) -> impl Iterator<Item = [char; 2]> {
    chars.windows(2).map(|pair| [pair[0], pair[1]])
}
