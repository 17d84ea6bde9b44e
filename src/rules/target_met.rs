//! What was reached against the target: in the rows of a form, and in the prose that says 达到预期绩效目标.

use super::{Context, Found, Rule};
use crate::facts::{Unit, label};
use crate::relations::{Certainty, FactId, Formula, Relation, Truth, WordCheck};
use crate::scoring::{Comparison, Form, Indicator, order};
use rust_decimal::Decimal;

/// The rule.
pub const RULE: Rule = Rule {
    id: "target-met",
    name: ["完成值与指标值", "targets reached"],
    doc: [
        "绩效目标自评表中完成值与年度指标值的比较；正文“达到（实现、完成、未达到）预期绩效目标”应与同名指标的指标值相符。满意度、合格率等占比不得超过100%。未完成本身不是错误，仅作提示。",
        "What a form says was reached is held against the target of its row, and the prose that says so (达到预期绩效目标) against the indicator of the same name. No satisfaction, coverage or share that passed is more than 100 %. Missing a target is no mistake, only a note.",
    ],
    fails: "项目绩效目标完成情况表\n一级指标\t三级指标\t预期指标值\t实际完成指标值\n数量指标\t新增图书\t≥700册\t655册\n\n第四部分 附件\n一、产出情况\n（1）新增图书。\n全年新增图书655册，达到预期绩效目标。",
    passes: "项目绩效目标完成情况表\n一级指标\t三级指标\t预期指标值\t实际完成指标值\n数量指标\t新增图书\t≥700册\t755册\n\n第四部分 附件\n一、产出情况\n（1）新增图书。\n全年新增图书755册，达到预期绩效目标。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    let rows = context.reading.forms.iter().flat_map(|form| form.indicators.iter().map(move |row| (form, row)));
    for (form, row) in rows.filter(|(_, row)| !row.unread) {
        above_whole(context, row, found);
        cost(context, form, row, found);
        let Some(met) = met(context, row) else { continue };
        let (Some(target), Some(actual)) = (&row.target, &row.actual) else { continue };
        found.words.push(WordCheck {
            rule: RULE.id,
            span: actual.span,
            operands: target.fact.into_iter().collect(),
            holds: met,
            truth: Some(missed(!matches!(wanted(row), Some(Comparison::AtMost | Comparison::Below)))),
            judge: true,
        });
    }
    outcomes(context, found);
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
    let money = wanted.unit == Unit::Money || wanted.unit == Unit::Bare && wanted.scale > Decimal::ONE;
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

/// Indicators whose name says that they are the part of a whole: no more than all of it can be satisfied, checked or covered.
/// (预算编制准确率 is how far the accounts are off, and stands not among them.)
const SHARES: [&str; 14] = [
    "满意度",
    "满意率",
    "合格率",
    "达标率",
    "覆盖率",
    "正确率",
    "知晓率",
    "知晓度",
    "完好率",
    "优良率",
    "及时率",
    "通过率",
    "普及率",
    "公开率",
];

/// A share of more than the whole.
fn above_whole(context: &Context, row: &Indicator, found: &mut Found) {
    if !SHARES.iter().any(|share| row.name.trim_end_matches(['≥', '（', '）', '%']).ends_with(share)) {
        return;
    }
    for id in [&row.target, &row.actual].into_iter().flatten().filter_map(|goal| goal.fact) {
        let fact = context.fact(id);
        if fact.quantity.unit == Unit::Percent && fact.quantity.value() > Decimal::ONE_HUNDRED {
            found.words.push(WordCheck {
                rule: RULE.id,
                span: fact.span,
                operands: Vec::new(),
                holds: false,
                truth: Some(Truth::AboveWhole),
                judge: false,
            });
        }
    }
}

/// Whether a row's target was reached; none where that cannot be told.
pub fn met(context: &Context, row: &Indicator) -> Option<bool> {
    let (target, actual) = (row.target.as_ref()?, row.actual.as_ref()?);
    let target = crate::scoring::Goal { comparison: wanted(row), ..target.clone() };
    actual.meets(&target, &|id| context.fact(id).quantity)
}

/// How a row's target is meant. One without a sign is to be reached at least, unless it is a cost or a time.
pub fn wanted(row: &Indicator) -> Option<Comparison> {
    let target = row.target.as_ref()?;
    let words = || row.path.iter().map(String::as_str).chain([row.name.as_str()]);
    let unsure = words().any(|name| {
        ["成本", "时效", "时限", "时间", "天数", "投诉", "事故", "故障", "下降", "降低", "减少", "控制", "经费"]
            .iter()
            .any(|word| name.contains(word))
    });
    target.comparison.or_else(|| (!unsure && target.fact.is_some()).then_some(Comparison::AtLeast))
}

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
    let rows: Vec<&Indicator> = context
        .reading
        .forms
        .iter()
        .flat_map(|form| &form.indicators)
        .filter(|row| row.target.is_some() && row.name.chars().count() >= 3)
        .collect();
    if rows.is_empty() {
        return;
    }
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
        let Some((target, wanted, actual)) = aim(context, &rows, title, &words, figure) else { continue };
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

/// The target of the one indicator that a paragraph is about, by the heading above it or by its own words, with a figure of the same unit.
fn aim(
    context: &Context,
    rows: &[&Indicator],
    title: &str,
    words: &str,
    figure: FactId,
) -> Option<(FactId, Comparison, Option<FactId>)> {
    let unit = context.fact(figure).quantity.unit;
    let near = |row: &Indicator| {
        words.contains(&row.name)
            || (title.chars().count() >= 4 && label::likeness(title, &row.name) >= 0.8)
            || title.contains(&row.name)
    };
    let mut aims = rows.iter().filter_map(|row| {
        let target =
            row.target.as_ref()?.fact.filter(|&id| context.fact(id).quantity.unit == unit || unit == Unit::Bare)?;
        // Names are compared last: it is the dearest look.
        if !near(row) {
            return None;
        }
        Some((target, wanted(row)?, row.actual.as_ref().and_then(|goal| goal.fact)))
    });
    let first = aims.next()?;
    let value = |id: FactId| context.fact(id).quantity.value();
    let mut actual = first.2;
    for (target, comparison, reached) in aims {
        if value(target) != value(first.0) || comparison.is_forward() != first.1.is_forward() {
            return None;
        }
        actual = actual.or(reached);
    }
    Some((first.0, first.1, actual))
}
