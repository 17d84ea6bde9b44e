//! The goals of a form in words (年度总体目标, 实际完成情况) against its indicators and its money.

use super::{Context, Found, Rule};
use crate::facts::Unit;
use crate::relations::{Certainty, FactId, Formula, Relation, Truth, WordCheck};
use crate::scoring::{Form, Goal, Indicator, Statement, order};

/// The rule.
pub const RULE: Rule = Rule {
    id: "form-goal",
    name: ["自评表目标文字", "a form's goals in words"],
    doc: [
        "绩效自评表“年度总体目标”文字中的数字应与同名指标的指标值一致，“实际完成情况”中的数字应与其完成值一致；其中的资金总额应与全年预算数、全年执行数一致。",
        "The figures in the words of a form's goals are the targets of the indicators that they name, those of what was done are what was reached, and its money is that of the row of money.",
    ],
    fails: "项目支出绩效自评表\n年度总体目标\t预期目标\t\t实际完成情况\t\n\t清淤灌渠86公里，改造泵站5座，新建水窖120口。\t\t清淤灌渠37公里。\t\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t清淤灌渠\t≥36公里\t37公里\t40\t40\n产出指标\t改造泵站\t≥5座\t5座\t30\t30\n产出指标\t新建水窖\t≥120口\t120口\t30\t30",
    passes: "项目支出绩效自评表\n年度总体目标\t预期目标\t\t实际完成情况\t\n\t清淤灌渠36公里，改造泵站5座，新建水窖120口。\t\t清淤灌渠37公里。\t\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t清淤灌渠\t≥36公里\t37公里\t40\t40\n产出指标\t改造泵站\t≥5座\t5座\t30\t30\n产出指标\t新建水窖\t≥120口\t120口\t30\t30",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for form in &context.reading.forms {
        let (target, actual) = (&form.narrative.target, &form.narrative.actual);
        let mut pairs = named(context, form, target, |row| row.target.as_ref());
        pairs.extend(named(context, form, actual, |row| row.actual.as_ref()));
        let value = |id: FactId| context.fact(id).quantity.value();
        let agreeing = pairs.iter().filter(|(said, of)| value(*said) == value(*of)).count();
        // The words may speak of more than the indicator of that name, unless they agree elsewhere.
        let certainty =
            if agreeing >= 2 && agreeing + 1 >= pairs.len() { Certainty::Likely } else { Certainty::Conjecture };
        for (said, of) in pairs {
            found.relations.push(Relation {
                rule: RULE.id,
                target: said,
                readings: vec![Formula::Equal(of)],
                certainty,
            });
        }
        let whole = form.funds.first();
        let spent = ["支出", "支付", "执行", "使用", "完成", "投入", "拨付"];
        let planned = ["预算", "资金", "经费", "投入", "安排"];
        let money = [
            (target, &planned[..], whole.and_then(|fund| fund.budget)),
            (actual, &spent[..], whole.and_then(|fund| fund.executed)),
        ];
        for (statements, words, of) in money {
            if let (Some(said), Some(of)) = (only_money(context, statements, words), of) {
                let readings = vec![Formula::Equal(of)];
                found.relations.push(Relation {
                    rule: RULE.id,
                    target: said,
                    readings,
                    certainty: Certainty::Conjecture,
                });
            }
        }
        met(context, target, actual, found);
    }
}

/// The figures of words that name an indicator, each with the figure of its cell; none where the words name it twice.
fn named<'f>(
    context: &Context,
    form: &'f Form,
    statements: &[Statement],
    cell: fn(&'f Indicator) -> Option<&'f Goal>,
) -> Vec<(FactId, FactId)> {
    let quantity = |id: FactId| context.fact(id).quantity;
    let mut pairs = Vec::new();
    for row in form.indicators.iter().filter(|row| !row.unread) {
        let Some(of) = cell(row).and_then(|goal| goal.fact) else { continue };
        let alike = |id: FactId| order(&quantity(id), &quantity(of)).is_some();
        // The cell may name what it counts: 稽核企业28家.
        let own =
            cell(row).map_or("", |goal| goal.text.as_str()).split(|c: char| c.is_ascii_digit()).next().unwrap_or("");
        let names = |said: &Statement| names(&said.words, &row.name) || common_end(&said.words, own) >= SHORTEST;
        let mut said = statements.iter().filter(|said| names(said) && alike(said.fact));
        if let (Some(said), None) = (said.next(), said.next()) {
            pairs.push((said.fact, of));
        }
    }
    // A figure whose words name two indicators is of neither.
    let of_two = |said: FactId| pairs.iter().filter(|(other, _)| *other == said).count() > 1;
    pairs.iter().copied().filter(|(said, _)| !of_two(*said)).collect()
}

/// Whether words name an indicator.
fn names(words: &str, name: &str) -> bool {
    // 指标1：泵站改造数量
    let name = name.rsplit(['：', ':']).next().unwrap_or(name);
    let stem = ["数量", "人数", "个数", "率"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    stem.chars().count() >= SHORTEST && words.contains(stem)
}

/// How many characters a name has at least that is found in other words.
const SHORTEST: usize = 4;

/// How many characters two texts end with alike.
fn common_end(a: &str, b: &str) -> usize {
    a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).count()
}

/// The amount of money that words state, where it is the only one and they say what it is.
fn only_money(context: &Context, statements: &[Statement], words: &[&str]) -> Option<FactId> {
    let mut amounts = statements.iter().filter(|said| context.fact(said.fact).quantity.unit == Unit::Money);
    let only = amounts.next().filter(|_| amounts.next().is_none())?;
    words.iter().any(|word| only.words.contains(word)).then_some(only.fact)
}

/// What was done against what was to be done, where both texts use the same words. Missing a goal is a note.
fn met(context: &Context, target: &[Statement], actual: &[Statement], found: &mut Found) {
    let quantity = |id: FactId| context.fact(id).quantity;
    // Of money less may have been wanted.
    let counted = |id: FactId| matches!(quantity(id).unit, Unit::Count(_) | Unit::Percent);
    for wanted in target.iter().filter(|said| counted(said.fact)) {
        let like = |said: &&Statement| {
            common_end(&said.words, &wanted.words) >= SHORTEST && quantity(said.fact).unit == quantity(wanted.fact).unit
        };
        let mut reached = actual.iter().filter(like);
        let (Some(reached), None) = (reached.next(), reached.next()) else { continue };
        let Some(order) = order(&quantity(reached.fact), &quantity(wanted.fact)) else { continue };
        found.words.push(WordCheck {
            rule: RULE.id,
            span: context.fact(reached.fact).span,
            operands: vec![wanted.fact],
            holds: order.is_ge(),
            truth: Some(Truth::Missed),
            judge: true,
        });
    }
}
